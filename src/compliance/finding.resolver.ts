import { Args, ArgsType, Context, Field, ID, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Min } from 'class-validator';
import type { Because } from '../core/policy/explain.js';
import type { ExplanationNode } from '../core/policy/explanation-tree.js';
import type { Finding } from '../core/policy/finding.js';
import type { FactNow } from '../core/policy/needed-change.js';
import type { FindingOutcome } from '../core/policy/rule.js';
import { effectiveOutcome } from '../core/policy/waiver.js';
import type { EffectiveOutcome, Waiver } from '../core/policy/waiver.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import type { MissingFact } from '../registry/coverage.types.js';
import { MissingFactType } from '../registry/coverage.types.js';
import { ElementType } from '../registry/element.types.js';
import { seenByUrn } from '../registry/seen.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { PageArgs, mapPage, pageInOrder } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { JsonScalar } from '../runtime/scalars.js';
import { todayInVietnam } from '../runtime/today.js';
import { FIRST_TIER } from '../core/policy/rule-pack.js';
import {
  FindingConnectionType,
  FindingOutcomeEnum,
  FindingType,
  TIER_DESCRIPTION,
  TREE,
  WAYS,
  WayToPassType,
} from './compliance.types.js';
import type { SeenFinding } from './compliance.types.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { factLooks } from './fact-looks.js';
import { FindingsReader } from './findings.reader.js';
import { sentenceOf } from './finding-text.js';
import { RulePackReader } from './rule-pack.reader.js';
import type { WayWords } from './fact-text.js';
import { waySentence } from './way-text.js';
import { WaiverReader, seenWaiver } from './waiver.reader.js';
import { EffectiveOutcomeEnum, WaiverType } from './waiver.types.js';
import type { SeenWaiver } from './waiver.types.js';

/** A page of findings that come out in some ways. */
@ArgsType()
export class OutcomeArgs extends PageArgs {
  @Field(() => [FindingOutcomeEnum], { nullable: true, description: 'Only these outcomes; all where none is given.' })
  outcome?: readonly FindingOutcome[] | null;
}

/** A page of an element's findings. */
@ArgsType()
export class FindingArgs extends OutcomeArgs {
  @Field(() => Int, { defaultValue: FIRST_TIER, description: TIER_DESCRIPTION })
  @Min(1)
  tier: number;
}

/** What asking one rule about an element costs, in looks at a record. */
const LOOKS_A_RULE = 200;

/** What saying why one finding came out so costs, in looks at a record. */
const LOOKS = 50;

function toldOf({ expression, path, value, known }: FactNow): WayToPassType['changes'][number]['now'][number] {
  return { expression, path, value, known };
}

/** What the rules say of an element. */
@Resolver(() => ElementType)
export class ElementFindingsResolver {
  constructor(
    private readonly findingsReader: FindingsReader,
    private readonly access: FindingsAccess,
    private readonly packs: RulePackReader,
  ) {}

  @ResolveField(() => FindingConnectionType, {
    nullable: true,
    description: "What the city's rules say of it; null, with an error, for whoever may not read findings.",
  })
  async findings(
    @Parent() element: SeenElement,
    @Args() { outcome, tier, ...page }: FindingArgs,
    @Context() context: RequestContext,
  ): Promise<Page<SeenFinding>> {
    this.access.require(context.actor);
    const { landscape } = element;
    const looks = LOOKS_A_RULE * this.findingsReader.rulesAsked(element.kind, tier);
    workOf(context).spend(looks + factLooks(landscape, element.seq));
    const evidence = await this.findingsReader.evidence(landscape, todayInVietnam(), context);
    const all = this.findingsReader.ofElement(landscape, element, evidence, tier);
    const asked = all.filter((each) => outcome?.includes(each.outcome) ?? true);
    return mapPage(
      pageInOrder(asked, this.packs.ordering, page, () => ['findings', element.urn, outcome, tier]),
      (finding) => ({ ...finding, landscape }),
    );
  }
}

/** A finding as people and programs read it. */
@Resolver(() => FindingType)
export class FindingResolver {
  constructor(
    private readonly packs: RulePackReader,
    private readonly findings: FindingsReader,
    private readonly waivers: WaiverReader,
    private readonly definitions: AttributeDefinitionReader,
  ) {}

  @ResolveField(() => ID, { description: 'Rule and subject.' })
  id({ rule, subject, subjectName }: Finding): string {
    return `finding:${rule.code}:${subject ?? subjectName}`;
  }

  @ResolveField(() => ElementType, {
    nullable: true,
    description: 'What it speaks of; null for a proposal without a record.',
  })
  subject({ subject, landscape }: SeenFinding): SeenElement | null {
    return seenByUrn(landscape, subject);
  }

  @ResolveField(() => String, { description: 'The finding as a sentence, in Vietnamese.' })
  sentenceVi(finding: Finding): string {
    return sentenceOf(finding, this.packs.checked.pack.words, 'VI');
  }

  @ResolveField(() => String, { description: 'The finding as a sentence, in English.' })
  sentenceEn(finding: Finding): string {
    return sentenceOf(finding, this.packs.checked.pack.words, 'EN');
  }

  @ResolveField(() => JsonScalar, {
    description: 'The sub-expressions that decided, with the facts they read and the counterexamples.',
  })
  explanation(@Parent() { explanation }: Finding, @Context() context: RequestContext): readonly Because[] {
    workOf(context).spend(LOOKS);
    return explanation.because();
  }

  @ResolveField(() => JsonScalar, { description: TREE })
  explanationTree(@Parent() { explanation }: Finding, @Context() context: RequestContext): ExplanationNode {
    workOf(context).spend(LOOKS);
    return explanation.tree();
  }

  @ResolveField(() => [WayToPassType], { description: WAYS })
  changesToPass(@Parent() finding: SeenFinding, @Context() context: RequestContext): readonly WayToPassType[] {
    if (finding.outcome !== 'FAIL' && finding.outcome !== 'NEEDS_EVIDENCE') return [];
    workOf(context).spend(LOOKS);
    const words = this.wayWords(finding);
    return finding.explanation.changes().map((way) => ({
      changes: way.map(({ now, ...change }) => ({ ...change, now: now.map(toldOf) })),
      sentenceVi: waySentence(way, words, 'VI'),
      sentenceEn: waySentence(way, words, 'EN'),
    }));
  }

  @ResolveField(() => [MissingFactType], { description: 'Facts that nobody has told, and whom to ask.' })
  missingFacts(@Parent() finding: SeenFinding, @Context() { language }: RequestContext): MissingFact[] {
    return this.findings.missingFacts(finding.landscape, finding, language);
  }

  @ResolveField(() => WaiverType, {
    nullable: true,
    description: 'The waiver in force today by which this failure is not held against the subject; null where none is.',
  })
  async waiver(@Parent() finding: SeenFinding, @Context() context: RequestContext): Promise<SeenWaiver | null> {
    const id = (await this.waiverOf(finding, context))?.id;
    if (id === undefined) return null;
    const kept = (await this.waivers.forRequest(context)).find((each) => each.id === id);
    return kept === undefined ? null : (seenWaiver(kept, finding.landscape, todayInVietnam()) ?? null);
  }

  @ResolveField(() => EffectiveOutcomeEnum, {
    description: 'What it counts as today: `outcome`, and WAIVED for a failure that is waived, which is no pass.',
  })
  async effectiveOutcome(
    @Parent() finding: SeenFinding,
    @Context() context: RequestContext,
  ): Promise<EffectiveOutcome> {
    return effectiveOutcome(finding.outcome, (await this.waiverOf(finding, context)) !== undefined);
  }

  private wayWords({ landscape, rule }: SeenFinding): WayWords {
    const { words, names } = this.packs.checked.pack;
    const nameOf = (urn: string): string | undefined => landscape.elementByUrn(urn)?.name;
    return { words, names, ...rule, definitions: this.definitions.all, nameOf };
  }

  /** Only a failure is waived: of nothing else anybody is asked. */
  private async waiverOf(finding: SeenFinding, context: RequestContext): Promise<Waiver | undefined> {
    const { outcome, rule, subject, landscape, agency = null } = finding;
    if (outcome !== 'FAIL') return undefined;
    const cover = await this.findings.cover(landscape, todayInVietnam(), context);
    if (subject === null) return cover.ofAgency(rule.code, agency);
    const element = landscape.elementByUrn(subject);
    return element === undefined ? undefined : cover.ofElement(rule.code, element);
  }
}
