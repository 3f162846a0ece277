import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { EvidenceKindType } from '../compliance/evidence.types.js';
import { RulePackReader } from '../compliance/rule-pack.reader.js';
import { askedEvidence } from '../core/policy/evidence-kinds.js';
import type { AskedEvidence } from '../core/policy/evidence-kinds.js';
import { AgencyType } from '../registry/element.types.js';
import { seenByUrn } from '../registry/seen.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { AwaitedEvidenceType } from './awaited-evidence.types.js';
import type { AwaitedEvidence } from './awaited-evidence.types.js';

/** Awaited evidence as the schema says it. */
@Resolver(() => AwaitedEvidenceType)
export class AwaitedEvidenceResolver {
  constructor(private readonly packs: RulePackReader) {}

  @ResolveField(() => EvidenceKindType, { description: 'What it is.' })
  kind(@Parent() { kind: id }: AwaitedEvidence): AskedEvidence {
    const kind = askedEvidence(this.packs.checked).get(id);
    if (kind === undefined) throw new Error(`A rule needs evidence of a kind that its pack does not have: ${id}.`);
    return kind;
  }

  @ResolveField(() => String, {
    description: 'What it is needed of, by name: the proposal, or an element that it adds.',
  })
  subjectName({ finding }: AwaitedEvidence): string {
    return finding.subjectName;
  }

  @ResolveField(() => AgencyType, { nullable: true, description: 'Who can give it; null where nobody is known.' })
  askedFrom({ finding: { landscape }, askedFrom }: AwaitedEvidence): SeenElement | null {
    return seenByUrn(landscape, askedFrom);
  }
}
