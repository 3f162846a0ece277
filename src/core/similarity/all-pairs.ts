import { DEFAULT_BOUNDS } from './need-index.js';
import type { NeedIndex, SearchBounds } from './need-index.js';
import { PairJudge } from './pair-model.js';
import type { JudgedPair, ModelledPair, PairModel } from './pair-model.js';
import type { WeighedNeed } from './weighed-need.js';

/** Two needs that are alike, by their numbers; the first is the smaller. */
export interface AlikePair extends ModelledPair {
  readonly left: number;
  readonly right: number;
}

/** The same without what speaks for it, which takes as long again. */
export interface AlikeScore extends JudgedPair {
  readonly left: number;
  readonly right: number;
}

/** What one need of a list is alike to. */
export interface AlikeOfOne<Pair = AlikePair> {
  /** Its pairs, but for those that were told with one before it. */
  readonly pairs: readonly Pair[];
  /** Even the last of its candidates was to be told, and there was no room for more: it may have pairs that were not seen. */
  readonly isCut: boolean;
}

/** Half as many candidates as for one query: of a pair either side may find the other. */
const ALL_PAIRS_BOUNDS: SearchBounds = { ...DEFAULT_BOUNDS, limit: DEFAULT_BOUNDS.limit / 2 };

const NONE: readonly number[] = [];

/**
 * All pairs worth telling, each once. A pair is judged when either of the two is among the candidates of the other; of
 * those judged only the told ones are remembered, for they are few.
 * @param isTold - which of the judged pairs are given; always the same answer for the same pair.
 * @yields what one need after the other is alike to, so that whoever asks can stop, or say how far it is.
 */
export function alikePairs(
  index: NeedIndex,
  model: PairModel,
  isTold: (pair: JudgedPair) => boolean,
  bounds: SearchBounds = ALL_PAIRS_BOUNDS,
): Generator<AlikeOfOne> {
  const judge = new PairJudge(model);
  return pairsOfEach(index, bounds, (mine, theirs) =>
    isTold(judge.judge(mine, theirs)) ? judge.explain(mine, theirs) : undefined,
  );
}

/** The same pairs with how alike they are alone, for whoever only counts or joins them. */
export function alikeScores(
  index: NeedIndex,
  model: PairModel,
  isTold: (pair: JudgedPair) => boolean,
): Generator<AlikeOfOne<AlikeScore>> {
  const judge = new PairJudge(model);
  return pairsOfEach(index, ALL_PAIRS_BOUNDS, (mine, theirs) => {
    const judged = judge.judge(mine, theirs);
    return isTold(judged) ? judged : undefined;
  });
}

/** @param told - what is told of a pair; undefined where it is not told. */
function* pairsOfEach<Told extends object>(
  index: NeedIndex,
  bounds: SearchBounds,
  told: (mine: WeighedNeed, theirs: WeighedNeed) => Told | undefined,
): Generator<AlikeOfOne<Told & { readonly left: number; readonly right: number }>> {
  const { needs } = index;
  /** By need, those after it that it was told with. */
  const toldWith: (readonly number[] | undefined)[] = [];
  for (let number = 0; number < needs.size; number++) {
    const need = needs.need(number);
    const spread = index.spread(need);
    const pairs: (Told & { readonly left: number; readonly right: number })[] = [];
    const candidates = index.candidates(need, bounds);
    let isLastTold = false;
    for (const other of candidates) {
      if (other === number) continue;
      isLastTold = other < number && (toldWith[other] ?? NONE).includes(number);
      if (isLastTold) continue;
      const pair = told(spread, needs.need(other));
      isLastTold = pair !== undefined;
      if (pair === undefined) continue;
      pairs.push({ ...pair, left: Math.min(number, other), right: Math.max(number, other) });
    }
    toldWith.push(
      pairs.length === 0 ? undefined : pairs.flatMap(({ left, right }) => (left === number ? [right] : [])),
    );
    yield { pairs, isCut: isLastTold && candidates.length === bounds.limit };
  }
}
