import { allElements } from '../landscape/filter-select.js';
import type { Relation } from '../landscape/model.js';
import { sameJson } from '../same-json.js';
import type { WorkBudget } from '../work-budget.js';
import { changeScope } from './change-scope.js';
import type { Concern, ProposedChange } from './change-scope.js';
import { CHANGE_STANDINGS, turnOf } from './change-standing.js';
import type { ChangeStanding, Said, Turn } from './change-standing.js';
import type { Finding } from './finding.js';
import { Judge } from './judge.js';
import type { AskedElement, Judged } from './judge.js';
import type { OutcomeOrNone } from './preview.js';
import type { WayStep } from './rule-graph.js';
import type { CheckedRule } from './rule-pack.js';
import { kindsListed, readsOf, waysAsked } from './rule-reads.js';
import type { Rule } from './rule.js';
import type { Facts } from './value.js';

/** A change set, and by what it is judged. */
export interface ChangeInput extends ProposedChange, Required<Omit<Judged, 'landscape'>> {
  /** Looks at nothing but what the change set adds, for whoever may not read what is found on the rest. */
  readonly onlyAdded: boolean;
  readonly work: WorkBudget;
}

/** What a change set does to what a rule says of one element. */
export interface ChangeFinding {
  readonly standing: ChangeStanding;
  /** What the rule says after it; where it is not asked any more, what it said before. */
  readonly finding: Finding;
  readonly before: OutcomeOrNone;
  readonly after: OutcomeOrNone;
}

/** What a change set does to the findings on a landscape. */
export interface ChangeFindings {
  /** By standing, then in the order of the operations, the elements that none of them names last, then of the pack. */
  readonly findings: readonly ChangeFinding[];
  /** Number of elements that were looked at. */
  readonly judged: number;
  /** Whether more elements may be concerned than were looked at. */
  readonly truncated: boolean;
}

/** What it costs to make the facts of an element twice, to ask a rule, and to tell what it says, in looks at a record. */
const FACTS_LOOKS = 1000;
const ASKED_LOOKS = 50;
const TOLD_LOOKS = 400;
/** What it costs to compare one reason, or one missing fact, with those of before. */
const REASON_LOOKS = 20;
/** What it costs at each element to look for ways in a landscape that nobody has looked through before. */
const WAYS_LOOKS = 20;

/**
 * What a change set does to what rules say of a landscape, a step for each element. Looked at is what it names, what it
 * takes relations from, and what is joined to these, as far as `changeScope` goes: never the whole landscape.
 *
 * An element that is added is asked as any other: where the facts that decide are missing it needs evidence. A project that
 * is added is not asked: whoever proposes it is judged by what he says of it himself.
 */
export function* changeFindings(input: ChangeInput): Generator<void, ChangeFindings> {
  const { pack, before, after, work, onlyAdded } = input;
  const ways = waysAsked(pack);
  const kinds = new Set(pack.rules.flatMap(({ cases }) => [...cases.keys()]));
  // Of what is seen, so that the work that is left tells nothing of what is hidden.
  work.spend(ways.size > 0 ? WAYS_LOOKS * allElements(before).length : 0);
  const scope = yield* changeScope(input, { kinds, ways, listed: kindsListed(pack), onlyAdded, work });
  const judge = new ChangeJudge(input);
  const found: ChangeFinding[] = [];
  let judged = 0;
  for (const [seq, concern] of scope.concerned) {
    // A project that the operations record is what the proposal itself is judged as.
    if (before.elementAt(seq) === undefined && after.elementAt(seq)?.kind === 'PROJECT') continue;
    judged += 1;
    found.push(...judge.of(seq, concern));
    yield;
  }
  const findings = CHANGE_STANDINGS.flatMap((each) => found.filter(({ standing }) => standing === each));
  return { findings, judged, truncated: scope.truncated };
}

/** One element before a change set and after it; at least one of the two is there. */
interface Sides {
  readonly before: AskedElement | undefined;
  readonly after: AskedElement | undefined;
  readonly concern: Concern;
}

class ChangeJudge {
  private readonly before: Judge;
  private readonly after: Judge;
  /** The ends of relations that are not as they were, and the elements that are not. */
  private readonly joined: ReadonlySet<string>;
  private readonly touched: ReadonlySet<string>;
  private readonly places: ReadonlyMap<Rule, number>;

  constructor(private readonly input: ChangeInput) {
    const { pack, before, after, changed } = input;
    this.before = new Judge({ ...input, landscape: before });
    this.after = new Judge({ ...input, landscape: after });
    this.places = new Map(pack.rules.map(({ rule }, place) => [rule, place]));
    this.joined = new Set(changed.relations.flatMap((each) => (each.after ? keyOfStep(each.after) : [])));
    this.touched = new Set(changed.elements.flatMap((each) => each.after?.urn ?? []));
  }

  /** What the change set does to the findings on one element. */
  of(seq: number, concern: Concern): ChangeFinding[] {
    this.input.work.spend(FACTS_LOOKS);
    const [old, now] = [this.input.before, this.input.after].map((side) => side.elementAt(seq));
    const before = old && this.before.asked(old);
    const after = now && this.after.asked(now);
    const sides = { before, after, concern };
    const { turning, staying } = this.rulesOn(sides);
    const found = [...this.turned(turning, sides), ...this.stayed(staying, sides)];
    return found.toSorted((a, b) => this.placeOf(a) - this.placeOf(b));
  }

  /** The rules that may say something else, and those that read nothing that is not as it was. */
  private rulesOn({ before, after }: Sides): { readonly turning: CheckedRule[]; readonly staying: CheckedRule[] } {
    const kind = (after ?? before)?.subject.kind;
    const asked = this.input.pack.rules.filter(({ cases }) => kind !== undefined && cases.has(kind));
    if (before === undefined || after === undefined) return { turning: asked, staying: [] };
    const isUnlike = unlikeBetween(before.subject.values, after.subject.values);
    const isSameDay = before.context.decisionDate === after.context.decisionDate;
    const mayTurn = (rule: CheckedRule): boolean => {
      const reads = readsOf(rule, after.subject.kind);
      return !isSameDay || reads === undefined || reads.asksLandscape || [...reads.facts].some(isUnlike);
    };
    return { turning: asked.filter(mayTurn), staying: asked.filter((rule) => !mayTurn(rule)) };
  }

  private turned(rules: readonly CheckedRule[], sides: Sides): ChangeFinding[] {
    const said = this.outcomes(rules, this.before, sides.before);
    const says = this.outcomes(rules, this.after, sides.after);
    return rules.flatMap((rule) => {
      const [before, after] = [said, says].map((each) => each.get(rule.rule.code) ?? null);
      return this.turn(rule, { before: before ?? null, after: after ?? null }, sides) ?? [];
    });
  }

  private turn(
    rule: CheckedRule,
    outcomes: { readonly before: OutcomeOrNone; readonly after: OutcomeOrNone },
    { before, after, concern }: Sides,
  ): ChangeFinding | undefined {
    const said = (asked: AskedElement | undefined): Said => ({
      finding: this.finding(rule, asked),
      facts: asked?.subject.values ?? {},
    });
    const sides = (): { before: Said; after: Said } => ({ before: said(before), after: said(after) });
    const spend = (reasons: number): void => this.input.work.spend(REASON_LOOKS * reasons);
    const turn = turnOf({ ...outcomes, sides, spend, isNewWay: (way) => this.isNewWay(way) });
    if (turn === undefined || (turn === 'OLDER_DEBT' && !tellsDebts(concern))) return undefined;
    const finding = this.finding(rule, outcomes.after === null ? before : after);
    return { ...outcomes, standing: standingOf(turn, concern), finding };
  }

  /** What fails as it did before. */
  private stayed(rules: readonly CheckedRule[], { after, concern }: Sides): ChangeFinding[] {
    if (!tellsDebts(concern)) return [];
    const says = this.outcomes(rules, this.after, after);
    const failing = rules.filter(({ rule: { code } }) => says.get(code) === 'FAIL');
    const standing = 'OLDER_DEBT';
    return failing.map((rule) => ({ standing, before: 'FAIL', after: 'FAIL', finding: this.finding(rule, after) }));
  }

  private isNewWay(way: readonly WayStep[]): boolean {
    const { after } = this.input;
    const seqs = way.map(({ urn }) => after.elementByUrn(urn)?.seq ?? -1);
    const isJoined = seqs.some((target, at) => this.joined.has(keyOfStep({ source: seqs[at - 1] ?? -1, target })));
    return isJoined || way.some(({ urn }) => this.touched.has(urn));
  }

  private outcomes(
    rules: readonly CheckedRule[],
    judge: Judge,
    asked: AskedElement | undefined,
  ): ReadonlyMap<string, OutcomeOrNone> {
    if (asked === undefined) return NOTHING_SAID;
    this.input.work.spend(ASKED_LOOKS * rules.length);
    return judge.outcomesOf(new Set(rules.map(({ rule }) => rule)), asked);
  }

  private placeOf({ finding: { rule } }: ChangeFinding): number {
    return this.places.get(rule) ?? 0;
  }

  private finding(rule: CheckedRule, asked: AskedElement | undefined): Finding {
    this.input.work.spend(TOLD_LOOKS);
    const finding = asked && this.after.findingOf(rule, asked);
    if (finding === undefined) throw new Error(`${rule.rule.code} was asked where it is not.`);
    return finding;
  }
}

/** Whether a fact is not as it was, asked by its name; each is looked at once. */
function unlikeBetween(before: Facts, after: Facts): (field: string) => boolean {
  const known = new Map<string, boolean>();
  return (field) => {
    const isUnlike = known.get(field) ?? !sameJson(before[field], after[field]);
    known.set(field, isUnlike);
    return isUnlike;
  };
}

function keyOfStep({ source, target }: Pick<Relation, 'source' | 'target'>): string {
  return `${source} ${target}`;
}

/** The debts of those that nobody touches are not told. */
function tellsDebts(concern: Concern): boolean {
  return concern !== 'NEAR';
}

const NOTHING_SAID: ReadonlyMap<string, OutcomeOrNone> = new Map();

function standingOf(turn: Turn, concern: Concern): ChangeStanding {
  if (turn !== 'INTRODUCED') return turn;
  return concern === 'NAMED' ? 'BY_CHANGE' : 'KNOCK_ON';
}
