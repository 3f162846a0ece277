import { mendedText } from '../core/garbled-text.js';
import { alikePairs } from '../core/similarity/all-pairs.js';
import { saysTooLittle } from '../core/similarity/need.js';
import { DEFAULT_BOUNDS, NeedIndex } from '../core/similarity/need-index.js';
import { PairJudge } from '../core/similarity/pair-model.js';
import type { JudgedPair, ModelledPair } from '../core/similarity/pair-model.js';
import type { TitleLine } from '../exchange/title-list.reader.js';
import { equalLines, pairsAcross, pairsWithin } from './equal-lines.js';
import type { EqualLines, LinePairs } from './equal-lines.js';
import { NeedReader, TEXT_MAXIMUM } from './need-list.js';
import type { RegisteredNeed } from './need-list.js';
import { readPairModel } from './pair-model.reader.js';

/** What is asked of a list. */
export interface ListQuestion {
  readonly lines: readonly TitleLine[];
  /** What the registry has that the lines are compared with; undefined where they are not. */
  readonly registered: readonly RegisteredNeed[] | undefined;
  /** Whether the lines are compared with each other. */
  readonly amongThemselves: boolean;
  /** Pairs from this score on; undefined = those that are called more than distinct. */
  readonly least: number | undefined;
}

/** One side of a pair: a line of the list, or something that the registry has. */
export interface ListedSide {
  /** The line's own, or the urn. */
  readonly id: string;
  readonly title: string;
  /** Where the line stands; null for what the registry has. */
  readonly place: string | null;
}

/** Two that are alike; the first is a line of the list. */
export interface ListedPair {
  readonly a: ListedSide;
  readonly b: ListedSide;
  readonly pair: ModelledPair;
}

/** A line that nobody could read, and what it should say. */
export interface GarbledLine {
  readonly line: TitleLine;
  /** The title where that is garbled, else the description. */
  readonly suggestion: string;
}

/** Among what was sought, and what could not be. It grows while the pairs are asked for. */
export interface ListSummary {
  pairs: number;
  readonly lines: number;
  /** Objects of the registry that the lines were compared with; undefined where they were not. */
  readonly registered: number | undefined;
  /** Lines that say too little to be compared. */
  readonly tooLittle: readonly TitleLine[];
  /** Lines that were written in one encoding and read in another; they are compared with none. */
  readonly garbled: readonly GarbledLine[];
  /** Lines of which only the beginning of a text was read. */
  readonly cutTexts: readonly TitleLine[];
  /** Ids that more than one line has. */
  readonly sharedIds: readonly string[];
  /** Pairs of lines that say the same as others, which were left out. */
  untold: number;
  /** Lines that may be alike to more than they were compared with. */
  readonly cutLines: TitleLine[];
  readonly model: string;
}

/**
 * Compares each line of a list with what the registry has, with the other lines, or with both: with those that share words
 * or capabilities with it, a few hundred at most. Lines that say the same are compared once, and each of their pairs is
 * told. A line that says too little, or is garbled, is compared with none.
 */
export class ListComparison {
  readonly summary: ListSummary;
  private readonly reader = new NeedReader();
  private readonly model = readPairModel();
  private readonly judge = new PairJudge(this.model);
  private readonly groups: readonly EqualLines[];
  private readonly registered: readonly RegisteredNeed[];
  private readonly cutGroups = new Set<EqualLines>();

  constructor(private readonly question: ListQuestion) {
    const { lines, registered } = question;
    const garbled = lines.flatMap(garbledLine);
    const unread = new Set(garbled.map(({ line }) => line));
    const all = equalLines(lines.filter((line) => !unread.has(line)));
    const tooLittle = new Set(all.filter(([line]) => saysTooLittle(this.reader.read(line))));
    this.registered = (registered ?? []).filter((each) => !saysTooLittle(this.reader.readRegistered(each)));
    this.groups = all.filter((group) => !tooLittle.has(group));
    this.summary = {
      pairs: 0,
      lines: lines.length,
      registered: registered === undefined ? undefined : this.registered.length,
      tooLittle: [...tooLittle].flat(),
      garbled,
      cutTexts: lines.filter((line) => isCutShort(line) && !unread.has(line)),
      sharedIds: sharedIds(lines),
      untold: 0,
      cutLines: [],
      model: this.model.version,
    };
  }

  /** As they are found: line after line, what the registry has before other lines, each best first. */
  *pairs(): Generator<ListedPair> {
    // Read again: what was read takes several times the memory of the index, and reading is quick.
    const index = NeedIndex.of(eachOf(this.groups, ([line]) => this.reader.weigh(this.reader.read(line))));
    const known = NeedIndex.of(eachOf(this.registered, (each) => this.reader.weigh(this.reader.readRegistered(each))));
    const found = alikePairs(index, this.model, this.isTold);
    for (const [number, group] of this.groups.entries()) {
      if (this.registered.length > 0) yield* this.ofRegistry(index, number, known);
      if (!this.question.amongThemselves) continue;
      yield* this.withinGroup(index, number);
      const alike = found.next();
      if (alike.done === true) continue;
      if (alike.value.isCut) this.cut(group);
      for (const pair of alike.value.pairs.toSorted(byScore)) yield* this.acrossGroups(pair);
    }
  }

  private readonly isTold = ({ score, band }: JudgedPair): boolean => {
    const { least } = this.question;
    return least === undefined ? band !== 'DISTINCT' : score >= least;
  };

  private *ofRegistry(lines: NeedIndex, number: number, known: NeedIndex): Generator<ListedPair> {
    const group = this.groups[number];
    if (group === undefined) return;
    const need = lines.needs.need(number);
    const spread = known.spread(need);
    const candidates = known.candidates(need);
    const told = candidates.filter((at) => this.isTold(this.judge.judge(spread, known.needs.need(at))));
    if (candidates.length === DEFAULT_BOUNDS.limit && told.at(-1) === candidates.at(-1)) this.cut(group);
    const pairs = told.map((at) => ({ at, pair: this.judge.explain(spread, known.needs.need(at)) }));
    const best = pairs.toSorted((one, other) => other.pair.score - one.pair.score || one.at - other.at);
    for (const line of group) {
      for (const { at, pair } of best) {
        const element = this.registered[at];
        if (element !== undefined) yield this.told(line, { id: element.urn, title: element.name, place: null }, pair);
      }
    }
  }

  /** All lines of a group are cut alike, once, whatever they were compared with. */
  private cut(group: EqualLines): void {
    if (this.cutGroups.has(group)) return;
    this.cutGroups.add(group);
    this.summary.cutLines.push(...group);
  }

  private *withinGroup(index: NeedIndex, number: number): Generator<ListedPair> {
    const group = this.groups[number];
    if (group === undefined || group.length === 1) return;
    const need = index.needs.need(number);
    const pair = this.judge.explain(need, need);
    if (this.isTold(pair)) yield* this.toldLines(pairsWithin(group), pair);
  }

  private *acrossGroups(pair: ModelledPair & { readonly left: number; readonly right: number }): Generator<ListedPair> {
    const [left, right] = [this.groups[pair.left], this.groups[pair.right]];
    if (left !== undefined && right !== undefined) yield* this.toldLines(pairsAcross(left, right), pair);
  }

  private *toldLines({ pairs, untold }: LinePairs, pair: ModelledPair): Generator<ListedPair> {
    this.summary.untold += untold;
    for (const [a, b] of pairs) yield this.told(a, b, pair);
  }

  private told(a: ListedSide, b: ListedSide, pair: ModelledPair): ListedPair {
    this.summary.pairs++;
    return { a, b, pair };
  }
}

function garbledLine(line: TitleLine): GarbledLine[] {
  const suggestion = mendedText(line.title) ?? mendedText(line.description ?? '');
  return suggestion === undefined ? [] : [{ line, suggestion }];
}

function isCutShort({ title, description }: TitleLine): boolean {
  return title.length > TEXT_MAXIMUM || (description ?? '').length > TEXT_MAXIMUM;
}

/** In the order in which they are met a second time. */
function sharedIds(lines: readonly TitleLine[]): string[] {
  const [seen, shared] = [new Set<string>(), new Set<string>()];
  for (const { id } of lines) (seen.has(id) ? shared : seen).add(id);
  return [...shared];
}

/** What is made of each, made when it is asked for and kept nowhere. */
function* eachOf<T, U>(items: Iterable<T>, make: (item: T) => U): Generator<U> {
  for (const item of items) yield make(item);
}

function byScore(
  one: ModelledPair & { readonly left: number; readonly right: number },
  other: ModelledPair & { readonly left: number; readonly right: number },
): number {
  return other.score - one.score || one.left - other.left || one.right - other.right;
}
