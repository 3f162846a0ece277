import type { AttributeDefinitions } from '../landscape/attribute.js';
import type { Landscape } from '../landscape/landscape.js';
import { isPartialDate } from '../landscape/model.js';
import type { Element, ElementKind, PartialDate } from '../landscape/model.js';
import { Context } from './context.js';
import { factsOfElement } from './element-facts.js';
import type { EvidenceCover } from './evidence-cover.js';
import { casesInEffect, contextOf, findingsOf } from './finding.js';
import type { CaseInEffect, DecisionContext, Finding } from './finding.js';
import { outcomeIn } from './checked-case.js';
import type { CheckedRulePack } from './rule-pack.js';
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
  /** What evidence shows today; nothing where it is not given. */
  readonly evidence?: EvidenceCover | undefined;
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

  /** All findings on an element, in the order of the pack. */
  findings(element: Element): Finding[] {
    return findingsOf(this.judged.pack, this.factsOf(element), contextOfElement(element, this.world));
  }

  /** The outcomes alone, in the order of the pack: for sums over many elements. */
  outcomes(element: Element): RuleOutcome[] {
    const outcomes: RuleOutcome[] = [];
    this.forEachOutcome(element, (rule, outcome) => outcomes.push({ rule, outcome }));
    return outcomes;
  }

  /** As `outcomes`, one after the other. */
  forEachOutcome(element: Element, visit: (rule: Rule, outcome: FindingOutcome) => void): void {
    const cases = this.casesFor(element);
    if (cases.length === 0) return;
    // One context for all: the outcome alone leaves nothing behind in it.
    const context = new Context(this.factsOf(element).values, this.world, false);
    for (const { rule, checked } of cases) visit(rule, outcomeIn(checked, context));
  }

  private casesFor(element: Element): readonly CaseInEffect[] {
    const { decisionDate } = contextOfElement(element, this.world);
    const key = keyOf(element.kind, decisionDate);
    let cases = this.inEffect.get(key);
    if (cases === undefined) {
      cases = casesInEffect(this.judged.pack, element.kind, decisionDate);
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
