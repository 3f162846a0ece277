import { daysLater, earliestDay, latestDay } from '../landscape/calendar-day.js';
import { ownerOf, phaseOf, targetsOf } from '../landscape/landscape.js';
import type { Landscape } from '../landscape/landscape.js';
import type { Element, LifecyclePhase, PartialDate } from '../landscape/model.js';
import { livingIn, recordedNeedWalk } from '../landscape/needs.js';
import { nextInSuccession } from '../landscape/succession.js';
import { supportState } from '../landscape/technology-support.js';
import type { FindingOutcome } from './rule.js';
import { TREATMENT_SIGNS } from './treatment.js';
import type {
  TreatmentEvidence,
  TreatmentFact,
  TreatmentOption,
  TreatmentPolicy,
  TreatmentProposal,
  TreatmentSign,
  TreatmentSubject,
  UntoldFact,
} from './treatment.js';

/** Most elements that one piece of evidence names; it counts the rest. */
const NAMED_MAXIMUM = 20;

/**
 * What is proposed for an element, with all that speaks for it. What surely speaks for an answer is enough for it; that
 * nothing does is enough for KEEP only where everything is known that could. Pure: the same landscape, the same answer.
 */
export function proposeTreatment(subject: TreatmentSubject, policy: TreatmentPolicy): TreatmentProposal {
  const found = new Found(subject, policy);
  lookAtLife(subject, found);
  lookAtOwner(subject, found);
  lookAtLikes(subject, found);
  lookAtTechnologies(subject, found);
  lookAtContracts(subject, found);
  lookAtRules(subject, found);
  lookAtDeclarations(subject, found);
  const dependents = dependentsOf(subject.landscape, subject.element);
  if (dependents.length > 0) found.sign('NEEDED', { elements: dependents });
  return {
    proposed: found.proposed(),
    evidence: found.inOrder(),
    missing: found.missing,
    dueOn: found.dueOn,
    dependents: dependents.length,
    objectsKnown: subject.alike?.objectsKnown ?? 0,
  };
}

/** Those alive that need an element directly, ended or not, in order of seq: what stands in the way of its end. */
export function dependentsOf(landscape: Landscape, { seq }: Element): Element[] {
  const isAlive = livingIn(landscape);
  const found = new Map<number, Element>();
  recordedNeedWalk(landscape, 'DEPENDENTS')(seq, (other) => {
    const element = other === seq || !isAlive(other) ? undefined : landscape.elementAt(other);
    if (element !== undefined) found.set(other, element);
  });
  return [...found.values()].toSorted((a, b) => a.seq - b.seq);
}

/** What was found so far. */
class Found {
  readonly missing: UntoldFact[] = [];
  dueOn: PartialDate | null = null;
  private readonly evidence: TreatmentEvidence[] = [];

  constructor(
    readonly subject: TreatmentSubject,
    readonly policy: TreatmentPolicy,
  ) {}

  sign(sign: TreatmentSign, more: Partial<Omit<TreatmentEvidence, 'sign'>> = {}): void {
    const { elements = [], date = null } = more;
    this.evidence.push({
      sign,
      option: this.policy.signs[sign].option,
      count: elements.length,
      date,
      finding: null,
      ...more,
      elements: elements.slice(0, NAMED_MAXIMUM),
    });
  }

  /** An end that forces somebody to decide. */
  due(date: PartialDate): void {
    if (this.dueOn === null || earliestDay(date) < earliestDay(this.dueOn)) this.dueOn = date;
  }

  /** A fact that nobody has told, where the policy wants it to be known. */
  untold(field: TreatmentFact, element: Element = this.subject.element): void {
    if (this.policy.keepNeeds[field] !== undefined) this.missing.push({ element, field });
  }

  inOrder(): TreatmentEvidence[] {
    return this.evidence.toSorted((a, b) => TREATMENT_SIGNS.indexOf(a.sign) - TREATMENT_SIGNS.indexOf(b.sign));
  }

  proposed(): TreatmentOption {
    const spokenFor = new Set(this.evidence.map(({ option }) => option));
    const first = this.policy.precedence.find((option) => spokenFor.has(option));
    if (first !== undefined) return first;
    return this.missing.length > 0 || spokenFor.has('UNDECIDED') ? 'UNDECIDED' : 'KEEP';
  }
}

/** What a phase says by itself. */
const SIGN_OF_PHASE: Readonly<Partial<Record<LifecyclePhase, TreatmentSign>>> = {
  PLAN: 'PLANNED',
  SUSPENDED: 'SUSPENDED',
  END_OF_LIFE: 'LIFE_ENDED',
  PHASE_OUT: 'LIFE_ENDING',
};

function lookAtLife(subject: TreatmentSubject, found: Found): void {
  const { landscape, element } = subject;
  const phase = phaseOf(landscape, element);
  const successors = nextInSuccession(landscape, element.seq, 'SUCCESSORS');
  if (successors.length > 0) found.sign('SUCCEEDED', { elements: successors });
  if (phase === 'UNKNOWN') found.untold('phases');
  else if (element.attributes['architectureState'] === 'TARGET') found.sign('PLANNED');
  else found.sign(SIGN_OF_PHASE[phase] ?? 'IN_USE', { date: beginOf(element, phase) });
  if (phase !== 'END_OF_LIFE') lookAtComingEnd(subject, phase, found);
}

const ENDS: ReadonlySet<LifecyclePhase> = new Set(['PHASE_OUT', 'END_OF_LIFE']);

function lookAtComingEnd({ element, day }: TreatmentSubject, phase: LifecyclePhase, found: Found): void {
  const horizon = daysLater(latestDay(day), found.policy.horizonDays.phase);
  for (const { phase: next, from } of element.phases) {
    if (!ENDS.has(next) || from === null) continue;
    if (latestDay(from) < earliestDay(day) || earliestDay(from) > horizon) continue;
    found.due(from);
    if (phase !== 'PHASE_OUT') found.sign('LIFE_ENDING', { date: from });
  }
}

function beginOf({ phases }: Element, phase: LifecyclePhase): PartialDate | null {
  return phases.findLast((each) => each.phase === phase)?.from ?? null;
}

function lookAtOwner({ landscape, element, day }: TreatmentSubject, found: Found): void {
  const owner = ownerOf(landscape, element.seq);
  if (owner === undefined) {
    found.untold('OWNED_BY');
    return;
  }
  const { validTo } = owner.attributes;
  const isOver = typeof validTo === 'string' && latestDay(validTo) < earliestDay(day);
  const isFormer = owner.level !== null && found.policy.formerLevels.includes(owner.level);
  if (isOver || isFormer) {
    found.sign('OWNER_GONE', { elements: [owner], date: typeof validTo === 'string' ? validTo : null });
  }
}

/** Kinds of relation whose ends belong together: two that are joined by one are no duplicates of each other. */
const JOINING: ReadonlySet<string> = new Set([
  'DEPENDS_ON',
  'USES_PLATFORM',
  'RUNS_ON',
  'AUTHENTICATES_WITH',
  'EXCHANGES_DATA_WITH',
  'PART_OF',
  'REALIZES',
  'PROVIDES',
  'REPLACES',
]);

function lookAtLikes({ landscape, element, alike }: TreatmentSubject, found: Found): void {
  if (alike === undefined) {
    found.untold('description');
    return;
  }
  const joined = new Set<number>();
  const join: Parameters<Landscape['forEachOutgoing']>[1] = (kind, other) => {
    if (JOINING.has(kind)) joined.add(other);
  };
  landscape.forEachOutgoing(element.seq, join);
  landscape.forEachIncoming(element.seq, join);
  const elements = alike.elements.filter((each) => {
    const phase = phaseOf(landscape, each);
    return !joined.has(each.seq) && phase !== 'PLAN' && phase !== 'END_OF_LIFE';
  });
  const isNational = (each: Element): boolean => servesNation(landscape, each, found.policy);
  const own = isNational(element);
  const equals = elements.filter((each) => isNational(each) === own);
  if (equals.length > 0) found.sign('DUPLICATED', { elements: equals });
  // What serves the nation is not put in question by what a city has of its own.
  const national = own ? [] : elements.filter(isNational);
  if (national.length > 0) found.sign('SERVED_NATIONALLY', { elements: national });
  if (equals.length + national.length === 0) found.sign('ALONE', { count: alike.objectsKnown });
}

function servesNation(
  landscape: Landscape,
  { seq, attributes }: Element,
  { nationalLevels }: TreatmentPolicy,
): boolean {
  if (attributes['scope'] === 'NATIONAL') return true;
  const level = ownerOf(landscape, seq)?.level ?? null;
  return level !== null && nationalLevels.includes(level);
}

function lookAtTechnologies({ landscape, element, day }: TreatmentSubject, found: Found): void {
  const { seq } = element;
  const stoodOn = [...targetsOf(landscape, seq, 'RUNS_ON'), ...targetsOf(landscape, seq, 'DEPENDS_ON')];
  const technologies = [...new Set(stoodOn.filter(({ kind }) => kind === 'TECHNOLOGY'))];
  if (technologies.length === 0) found.untold('technologies');
  const supported: Element[] = [];
  for (const technology of technologies) {
    const { endOfSupport } = technology.attributes;
    const date = typeof endOfSupport === 'string' ? endOfSupport : null;
    switch (supportState(technology, day, found.policy.horizonDays.support)) {
      case 'UNKNOWN':
        found.untold('endOfSupport', technology);
        break;
      case 'SUPPORTED':
        supported.push(technology);
        break;
      case 'ENDING':
        found.sign('SUPPORT_ENDING', { elements: [technology], date });
        break;
      default:
        found.sign('SUPPORT_ENDED', { elements: [technology], date });
    }
    if (date !== null) found.due(date);
  }
  if (supported.length > 0 && supported.length === technologies.length)
    found.sign('SUPPORTED', { elements: supported });
}

function lookAtContracts({ landscape, element, day }: TreatmentSubject, found: Found): void {
  const horizon = daysLater(latestDay(day), found.policy.horizonDays.contract);
  const isOver = (end: string): boolean => latestDay(end) < earliestDay(day);
  const contracts = targetsOf(landscape, element.seq, 'GOVERNED_BY').filter(({ kind }) => kind === 'CONTRACT');
  const runsOn = contracts.some(({ attributes: { endsOn } }) => typeof endsOn === 'string' && !isOver(endsOn));
  for (const contract of contracts) {
    const { endsOn } = contract.attributes;
    if (endsOn === undefined) found.untold('endsOn', contract);
    // One that runs longer takes the place of one that is over.
    if (typeof endsOn !== 'string' || (isOver(endsOn) && runsOn)) continue;
    found.due(endsOn);
    if (earliestDay(endsOn) <= horizon) found.sign('CONTRACT_ENDING', { elements: [contract], date: endsOn });
  }
}

function lookAtRules({ findings }: TreatmentSubject, found: Found): void {
  for (const finding of findings) {
    const option = found.policy.rules[finding.rule.code];
    if (option === undefined) continue;
    if (finding.outcome === 'FAIL') found.sign('RULE_FAILED', { option, finding, count: 1 });
    // What could not be computed is known no better than what lacks facts.
    else if (OPEN.has(finding.outcome)) found.sign('RULE_OPEN', { finding, count: 1 });
  }
}

/** Outcomes that leave it open whether a rule fails. */
const OPEN: ReadonlySet<FindingOutcome> = new Set(['NEEDS_EVIDENCE', 'ERROR']);

function lookAtDeclarations({ element, day }: TreatmentSubject, found: Found): void {
  const { attestedOn, flowsDeclaredCompleteOn } = element.attributes;
  if (typeof flowsDeclaredCompleteOn !== 'string') found.untold('flowsDeclaredCompleteOn');
  const oldest = daysLater(earliestDay(day), -found.policy.confirmedWithinDays);
  if (typeof attestedOn === 'string' && earliestDay(attestedOn) >= oldest)
    found.sign('CONFIRMED', { date: attestedOn });
  else found.untold('attestedOn');
}
