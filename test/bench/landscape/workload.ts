import type { SeededRandom } from '../../support/seeded-random.js';
import type { Oracle } from './oracle.js';

/** One question of the bench: how it is asked of both sides, and how its answers are told to be right. */
export interface Workload {
  readonly id: string;
  readonly what: string;
  /** The question as one GraphQL query. */
  readonly document: string;
  readonly concurrent: number;
  /** How many times cheaper than the peer it is to be: by /graphql, and as a trusted document. */
  readonly goals: readonly [graphql: number | null, trusted: number | null];
  /** Questions that are asked in turn. */
  readonly questions: (oracle: Oracle, random: SeededRandom) => readonly Question[];
  /** What the answers of the service and of the peer say, in a form in which both can be compared with the oracle's. */
  readonly ofService: (data: never) => unknown;
  readonly ofPeer: (answer: never) => unknown;
  /** Whether an answer is right; where it is left out, it has to equal what the oracle says. */
  readonly isRight?: (said: unknown, question: Question, oracle: Oracle) => boolean;
  /** A quality between 0 and 1 of an answer, for questions that have no single right answer. */
  readonly quality?: (said: unknown, question: Question) => number;
}

export interface Question {
  readonly variables: Readonly<Record<string, unknown>>;
  /** Values of the peer's statement. */
  readonly values: readonly unknown[];
  /** What the oracle says. */
  readonly expected: unknown;
}

/** Makes questions. */
export function several(count: number, make: (index: number) => Question): Question[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
