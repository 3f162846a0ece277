import type { AttributeDefinitions } from '../landscape/attribute.js';
import type { Landscape } from '../landscape/landscape.js';
import { isPartialDate } from '../landscape/model.js';
import type { Element, ElementKind, PartialDate } from '../landscape/model.js';
import { Context } from './context.js';
import { factsOfElement } from './element-facts.js';
import type { EvidenceCover } from './evidence-cover.js';
import { casesInEffect, contextOf, evaluateRule, findingsOf } from './finding.js';
import type { CaseInEffect, DecisionContext, Finding } from './finding.js';
import { outcomeIn } from './checked-case.js';
import type { CheckedRule, CheckedRulePack } from './rule-pack.js';
import { ruleGraphOf } from './rule-graph.js';
import type { RuleGraph } from './rule-graph.js';
import type { FindingOutcome, Rule } from './rule.js';
import type { SubjectFacts } from './subject.js';
import { worldOf } from './world.js';
import type { Asked, World } from './world.js';

/** What is judged, by which rules, on which day. */
export interface Judged {
  /** A revision, or a view of one. */
  readonly landscape: Landscape;
  readonly pack: CheckedRulePack;
  readonly definitions: AttributeDefinitions;
  readonly today: PartialDate;
  /**
   * The day whose law holds for all but projects on record: null where it is not decided; today, for what is in operation,
   * where it is not given.
   */
  readonly decidedOn?: PartialDate | null | undefined;
  /** What evidence shows today; nothing where it is not given. */
  readonly evidence?: EvidenceCover | undefined;
}

/** An element as rules are asked of it. */
export interface AskedElement {
  readonly subject: SubjectFacts;
  readonly context: DecisionContext;
}

/** What one rule says. */
export interface RuleOutcome {
  readonly rule: Rule;
  readonly outcome: FindingOutcome;
}

/** Asks the rules of a pack about the elements of one landscape, on one day. */
export class Judge {
  readonly world: World;
  private readonly judged: Judged;
  /** By kind and day of decision the cases that are in effect. */
  private readonly inEffect = new Map<string, readonly CaseInEffect[]>();

  /** @param graph - what rules ask of the landscape as a whole; made from it where it is not given. */
  constructor(judged: Judged, graph: RuleGraph = ruleGraphOf(judged.landscape)) {
    this.judged = judged;
    this.world = { ...judged.pack.reference, today: judged.today, graph };
  }

  /** What is known of an element, with what evidence shows of it. */
  factsOf(element: Element): SubjectFacts {
    const { landscape, definitions, evidence } = this.judged;
    return factsOfElement(landscape, element, definitions, evidence?.factsOf(element.urn));
  }

  /** An element, to be asked more than once. */
  asked(element: Element): AskedElement {
    return { subject: this.factsOf(element), context: this.contextOf(element) };
  }

  /** All findings on an element, in the order of the pack. */
  findings(element: Element): Finding[] {
    const { subject, context } = this.asked(element);
    return findingsOf(this.judged.pack, subject, context);
  }

  /** What one rule of the pack says; undefined where it is not asked. */
  findingOf(rule: CheckedRule, { subject, context }: AskedElement): Finding | undefined {
    return evaluateRule(rule, subject, context, this.judged.pack.questions);
  }

  /** The outcomes of some rules of the pack alone, by their codes. */
  outcomesOf(rules: ReadonlySet<Rule>, { subject, context }: AskedElement): ReadonlyMap<string, FindingOutcome> {
    const cases = this.casesFor(subject.kind, context).filter(({ rule }) => rules.has(rule));
    const asking = new Context(subject.values, this.world, false);
    return new Map(cases.map(({ rule, checked }) => [rule.code, outcomeIn(checked, asking)]));
  }

  /** The outcomes alone, in the order of the pack: for sums over many elements. */
  outcomes(element: Element): RuleOutcome[] {
    const outcomes: RuleOutcome[] = [];
    this.forEachOutcome(element, (rule, outcome) => outcomes.push({ rule, outcome }));
    return outcomes;
  }

  /** As `outcomes`, one after the other. */
  forEachOutcome(element: Element, visit: (rule: Rule, outcome: FindingOutcome) => void): void {
    const cases = this.casesFor(element.kind, this.contextOf(element));
    if (cases.length === 0) return;
    // One context for all: the outcome alone leaves nothing behind in it.
    const context = new Context(this.factsOf(element).values, this.world, false);
    for (const { rule, checked } of cases) visit(rule, outcomeIn(checked, context));
  }

  private contextOf(element: Element): DecisionContext {
    const { decidedOn } = this.judged;
    // A project on record has a decision of its own.
    const isOfElement = decidedOn === undefined || element.kind === 'PROJECT';
    return isOfElement ? contextOfElement(element, this.world) : contextOf(decidedOn, this.world);
  }

  private casesFor(kind: ElementKind, { decisionDate }: DecisionContext): readonly CaseInEffect[] {
    const key = keyOf(kind, decisionDate);
    let cases = this.inEffect.get(key);
    if (cases === undefined) {
      cases = casesInEffect(this.judged.pack, kind, decisionDate);
      this.inEffect.set(key, cases);
    }
    return cases;
  }
}

function keyOf(kind: ElementKind, decisionDate: PartialDate): string {
  return `${kind} ${decisionDate}`;
}

/** The day whose law an element is judged by: a project's decision, else today. */
export function contextOfElement(element: Element, asked: Asked): DecisionContext {
  const world = worldOf(asked);
  if (element.kind !== 'PROJECT') return { decisionDate: world.today, provisional: false, world };
  const { decidedOn } = element.attributes;
  return contextOf(typeof decidedOn === 'string' && isPartialDate(decidedOn) ? decidedOn : null, world);
}
