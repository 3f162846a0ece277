import { DEFAULT_BOUNDS } from './need-index.js';
import type { NeedIndex, SearchBounds } from './need-index.js';
import { PairJudge } from './pair-model.js';
import type { JudgedPair, ModelledPair, PairModel } from './pair-model.js';

/** Two needs that are alike, by their numbers; the first is the smaller. */
export interface AlikePair extends ModelledPair {
  readonly left: number;
  readonly right: number;
}

/** Half as many candidates as for one query: of a pair either side may find the other. */
const ALL_PAIRS_BOUNDS: SearchBounds = { ...DEFAULT_BOUNDS, limit: DEFAULT_BOUNDS.limit / 2 };

const NONE: readonly number[] = [];

/**
 * All pairs worth telling, each once. A pair is judged when either of the two is among the candidates of the other; of
 * those judged only the told ones are remembered, for they are few.
 * @param isTold - which of the judged pairs are given; always the same answer for the same pair.
 * @yields the pairs of one need after the other, so that whoever asks can stop, or say how far it is.
 */
export function* alikePairs(
  index: NeedIndex,
  model: PairModel,
  isTold: (pair: JudgedPair) => boolean,
  bounds: SearchBounds = ALL_PAIRS_BOUNDS,
): Generator<AlikePair[]> {
  const { needs } = index;
  const judge = new PairJudge(model);
  /** By need, those after it that it was told with. */
  const told: (readonly number[] | undefined)[] = [];
  for (let number = 0; number < needs.size; number++) {
    const need = needs.need(number);
    const spread = index.spread(need);
    const pairs: AlikePair[] = [];
    for (const other of index.candidates(need, bounds)) {
      if (other === number || (other < number && (told[other] ?? NONE).includes(number))) continue;
      const theirs = needs.need(other);
      if (!isTold(judge.judge(spread, theirs))) continue;
      const [left, right] = number < other ? [number, other] : [other, number];
      pairs.push({ left, right, ...judge.explain(spread, theirs) });
    }
    told.push(pairs.length === 0 ? undefined : pairs.flatMap(({ left, right }) => (left === number ? [right] : [])));
    yield pairs;
  }
}
