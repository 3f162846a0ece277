import { Injectable } from '@nestjs/common';
import type { Proposed } from '../core/access/proposed.js';
import type { PartialDate } from '../core/landscape/model.js';
import { changeFindings } from '../core/policy/change-findings.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { inSlices } from '../runtime/slices.js';
import type { SeenChangeFindings } from './change-findings.types.js';
import { FindingsReader } from './findings.reader.js';
import { RulePackReader } from './rule-pack.reader.js';

/** By what a change set is judged. */
export interface ChangeOrder {
  readonly today: PartialDate;
  /** The day of the decision; null for a draft. */
  readonly decidedOn: PartialDate | null;
  /** The highest tier of rules that are asked. */
  readonly tier: number;
}

/** What operations that nobody commits do to the findings on a landscape. */
@Injectable()
export class ChangeFindingsReader {
  constructor(
    private readonly packs: RulePackReader,
    private readonly definitions: AttributeDefinitionReader,
    private readonly findings: FindingsReader,
    private readonly access: FindingsAccess,
  ) {}

  /**
   * Works it out while others have their turn. Whoever may not read findings is told those on what he adds alone: the rest
   * would tell him what is found on what is there.
   * @throws RegistryError WORK_EXHAUSTED where the request has no work left for so many elements.
   */
  async of(
    proposed: Proposed,
    { today, decidedOn, tier }: ChangeOrder,
    context: RequestContext,
  ): Promise<SeenChangeFindings> {
    const { before, after } = proposed;
    const onlyAdded = !this.access.allows(context.actor);
    const evidence = await this.findings.evidence(before, today, context);
    const cover = await this.findings.cover(after, today, context);
    const input = {
      ...proposed,
      pack: this.packs.ofTier(tier),
      definitions: this.definitions.all,
      today,
      decidedOn,
      evidence,
      onlyAdded,
      work: workOf(context),
    };
    const { findings, judged, truncated } = await inSlices(changeFindings(input));
    return {
      judged,
      truncated,
      onlyAdded,
      findings: findings.map((each, place) => {
        const { finding } = each;
        const [was, is] = [before, after].map((side) => side.elementByUrn(finding.subject ?? ''));
        return {
          ...each,
          place,
          isAdded: was === undefined,
          isWaived: is !== undefined && cover.ofElement(finding.rule.code, is) !== undefined,
          finding: { ...finding, landscape: each.after === null ? before : after },
        };
      }),
    };
  }
}
