import type { Landscape } from '../landscape/landscape.js';
import type { Element, ElementKind, Relation, Urn } from '../landscape/model.js';
import type { EvidenceCover } from './evidence-cover.js';
import { Judge } from './judge.js';
import type { Judged } from './judge.js';
import { NotingGraph, readOfWays, readsOfChange } from './noting-graph.js';
import { ReadingLandscape } from './reading-landscape.js';
import type { ReadKey } from './reading-landscape.js';
import { ReaderIndex } from './reader-index.js';
import { ruleGraphOf } from './rule-graph.js';
import { FINDING_OUTCOMES } from './rule.js';
import type { FindingOutcome } from './rule.js';

/** What is watched, by which rules, on which day. */
export type SupervisionSetting = Pick<Judged, 'pack' | 'definitions' | 'today'>;

/** What a rule says of a subject from now on; null = it is not asked of it (any more). */
export interface Transition {
  readonly rule: string;
  readonly subject: Urn;
  readonly from: FindingOutcome | null;
  readonly to: FindingOutcome | null;
}

/** Records that are not as they were. */
export interface ChangedRecords {
  readonly elements: readonly { readonly before: Element | undefined; readonly after: Element | undefined }[];
  readonly relations: readonly { readonly before: Relation | undefined; readonly after: Relation | undefined }[];
}

/** The outcomes of one subject, by the place of the rule in the pack: 0 = not asked, else 1 + the place of the outcome. */
interface SubjectOutcomes {
  readonly urn: Urn;
  readonly codes: Uint8Array;
}

/**
 * The outcome of every rule for everything that a landscape holds, kept up to date: a change judges anew only those
 * whose facts read what changed. What reads a record is noted while the facts are made, so nothing has to be known of
 * how they are made. Another day, pack or set of definitions begins another supervision.
 */
export class Supervision {
  readonly setting: SupervisionSetting;
  private at: Landscape;
  private reading: ReadingLandscape;
  private judge: Judge;
  private evidence: EvidenceCover | undefined;
  private readonly bySubject = new Map<number, SubjectOutcomes>();
  private readonly readers = new ReaderIndex();
  private readonly places: ReadonlyMap<string, number>;
  /** Kinds of element of which a rule is asked. */
  private readonly kinds: ReadonlySet<ElementKind>;

  /**
   * Nothing is judged before `judgeAll`.
   * @param evidence - what evidence shows today; nothing where it is not given.
   */
  constructor(landscape: Landscape, setting: SupervisionSetting, evidence?: EvidenceCover) {
    this.setting = setting;
    this.evidence = evidence;
    this.at = landscape;
    this.reading = new ReadingLandscape(landscape);
    this.judge = this.judgeOf(landscape);
    this.kinds = new Set(setting.pack.rules.flatMap(({ cases }) => [...cases.keys()]));
    this.places = new Map(setting.pack.rules.map(({ rule: { code } }, place) => [code, place]));
  }

  get landscape(): Landscape {
    return this.at;
  }

  /** Judges every element, one a step, so that whoever asks may do other things between. */
  *judgeAll(): Generator<void> {
    for (const element of this.at.elements()) {
      this.ask(element);
      yield;
    }
  }

  /**
   * Goes on to another revision, one subject a step; until it has ended, nothing else may be asked of it.
   * @returns what changed, in order of subject and rule.
   */
  *moveTo(landscape: Landscape, changed: ChangedRecords, evidence?: EvidenceCover): Generator<void, Transition[]> {
    const shown = this.shownOtherwise(landscape, evidence);
    this.evidence = evidence;
    this.at = landscape;
    this.reading = new ReadingLandscape(landscape);
    this.judge = this.judgeOf(landscape);
    const transitions: Transition[] = [];
    for (const seq of this.concernedBy(changed, shown)) {
      const before = this.bySubject.get(seq);
      const element = landscape.elementAt(seq);
      if (element === undefined) this.forget(seq);
      else this.ask(element);
      transitions.push(...this.between(before, this.bySubject.get(seq)));
      yield;
    }
    return transitions;
  }

  /** Where this supervision says something else than another one of the same pack. */
  differencesFrom(before: Supervision): Transition[] {
    const seqs = new Set([...before.bySubject.keys(), ...this.bySubject.keys()]);
    return [...seqs]
      .toSorted((a, b) => a - b)
      .flatMap((seq) => this.between(before.bySubject.get(seq), this.bySubject.get(seq)));
  }

  /** Everything it says, as it is kept and compared: by subject in order of seq, by rule in order of the pack. */
  *outcomes(): Generator<{ readonly subject: Urn; readonly rule: string; readonly outcome: FindingOutcome }> {
    for (const seq of [...this.bySubject.keys()].toSorted((a, b) => a - b)) {
      const judged = this.bySubject.get(seq);
      for (const [rule, place] of judged === undefined ? [] : this.places) {
        const outcome = outcomeOfCode(judged?.codes[place]);
        if (judged !== undefined && outcome !== null) yield { subject: judged.urn, rule, outcome };
      }
    }
  }

  /** Asks a landscape in a way that tells what was read. */
  private judgeOf(landscape: Landscape): Judge {
    const { reading, evidence } = this;
    const graph = new NotingGraph(ruleGraphOf(landscape), reading, (key) => reading.note(key));
    return new Judge({ ...this.setting, landscape: reading, evidence }, graph);
  }

  private ask(element: Element): void {
    if (!this.kinds.has(element.kind)) return;
    const codes = new Uint8Array(this.places.size);
    this.judge.forEachOutcome(element, ({ code }, outcome) => {
      codes[this.places.get(code) ?? 0] = CODES[outcome];
    });
    this.readers.replace(element.seq, this.reading.taken());
    this.bySubject.set(element.seq, { urn: element.urn, codes });
  }

  private forget(seq: number): void {
    this.readers.replace(seq, []);
    this.bySubject.delete(seq);
  }

  /** The seqs of what evidence shows something else of than before. */
  private shownOtherwise(landscape: Landscape, evidence: EvidenceCover | undefined): number[] {
    if (evidence === this.evidence) return [];
    const subjects = new Set([...(this.evidence?.subjects() ?? []), ...(evidence?.subjects() ?? [])]);
    return [...subjects]
      .filter((urn) => shownOf(this.evidence, urn) !== shownOf(evidence, urn))
      .flatMap((urn) => landscape.elementByUrn(urn)?.seq ?? []);
  }

  private concernedBy({ elements, relations }: ChangedRecords, shown: readonly number[]): number[] {
    const keys = new Set<ReadKey>();
    const concerned = new Set<number>(shown);
    for (const { before, after } of elements) {
      const element = after ?? before;
      if (element === undefined) continue;
      keys.add(element.seq).add(element.urn);
      concerned.add(element.seq);
      for (const key of readsOfChange(before, after)) keys.add(key);
    }
    for (const each of relations) {
      for (const relation of [each.before, each.after]) {
        if (relation !== undefined) keys.add(relation.source).add(relation.target).add(readOfWays(relation.kind));
      }
    }
    for (const key of keys) for (const seq of this.readers.of(key)) concerned.add(seq);
    return [...concerned].toSorted((a, b) => a - b);
  }

  private between(before: SubjectOutcomes | undefined, after: SubjectOutcomes | undefined): Transition[] {
    const subject = (after ?? before)?.urn;
    if (subject === undefined) return [];
    const transitions: Transition[] = [];
    for (const [rule, place] of this.places) {
      const [from, to] = [outcomeOfCode(before?.codes[place]), outcomeOfCode(after?.codes[place])];
      if (from !== to) transitions.push({ rule, subject, from, to });
    }
    return transitions;
  }
}

/** Of each outcome 1 + its place. */
const CODES = Object.fromEntries(FINDING_OUTCOMES.map((outcome, place) => [outcome, 1 + place])) as Readonly<
  Record<FindingOutcome, number>
>;

/** What evidence shows of a subject, as text that is the same for the same. */
function shownOf(cover: EvidenceCover | undefined, urn: string): string {
  const facts = Object.entries(cover?.factsOf(urn) ?? {});
  return JSON.stringify(facts.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function outcomeOfCode(code: number | undefined): FindingOutcome | null {
  return FINDING_OUTCOMES[(code ?? 0) - 1] ?? null;
}
