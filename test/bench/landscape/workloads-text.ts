import { foldVietnamese } from '../../../src/core/fold-vietnamese.js';
import { anotherSpelling } from '../../support/generated-names.js';
import type { SeededRandom } from '../../support/seeded-random.js';
import { several } from './workload.js';
import type { Question, Workload } from './workload.js';

/** One letter left out, doubled or swapped with the next. */
function withTypo(random: SeededRandom, text: string): string {
  const at = 1 + random.below(Math.max(1, text.length - 2));
  const [before, letter, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)];
  return random.pick([
    `${before}${after}`,
    `${before}${letter}${letter}${after}`,
    `${before}${after.charAt(0)}${letter}${after.slice(1)}`,
  ]);
}

/** Share of the hits whose names hold every word that was meant; 1 where there is nothing to be found. */
function precision(said: unknown, { expected }: Question): number {
  const meant = expected instanceof Set ? expected : new Set();
  const wanted = Math.min(20, meant.size);
  if (wanted === 0) return 1;
  return (Array.isArray(said) ? said : []).filter((urn) => meant.has(urn)).length / wanted;
}

const W8: Workload = {
  id: 'W8',
  what: 'search without marks, 30 % with a typo, top 20 (precision at 20)',
  concurrent: 4,
  goals: [8, 12],
  document: 'query W8($text: String) { elements(search: $text, first: 20) { nodes { urn } } }',
  questions: (oracle, random) => {
    const { systems } = oracle.rows;
    return several(200, () => {
      const words = foldVietnamese(systems[random.below(systems.length)]?.name ?? '').split(' ');
      const start = random.below(Math.max(1, words.length - 2));
      const meant = words.slice(start, start + 3);
      const text = random.next() < 0.3 ? withTypo(random, meant.join(' ')) : meant.join(' ');
      const expected = new Set(
        systems
          .filter(({ folded }) => meant.every((word) => ` ${folded} `.includes(` ${word} `)))
          .map(({ urn }) => urn),
      );
      return { variables: { text }, values: [text], expected };
    });
  },
  ofService: ({ elements }: { readonly elements: { readonly nodes: readonly { readonly urn: string }[] } }) =>
    elements.nodes.map(({ urn }) => urn),
  ofPeer: (answer: unknown) => answer,
  quality: precision,
};

/**
 * Whether the record whose name a title is another spelling of is among the first five. Dozens of others serve the same need at
 * another place, and a place is what the service does not compare: it is a lower bound of what is right.
 */
function recall(said: unknown, { expected }: Question): number {
  return Array.isArray(said) && said.slice(0, 5).includes(expected) ? 1 : 0;
}

const W9a: Workload = {
  id: 'W9a',
  what: 'the five likest to the title of a proposal (recall at 5)',
  concurrent: 4,
  goals: [8, 11],
  document: `query W9a($title: String!) {
    duplicateCandidates(draft: { title: $title }) { candidates(first: 5) { nodes { match { urn } } } }
  }`,
  questions: (oracle, random) => {
    const systems = oracle.rows.systems.filter(({ kind }) => kind !== 'AGENCY');
    return several(100, () => {
      const { name, urn } = systems[random.below(systems.length)] ?? oracle.at(1);
      const title = `Xây dựng ${anotherSpelling(random, name)}`;
      return { variables: { title }, values: [title], expected: urn };
    });
  },
  ofService: ({ duplicateCandidates }: Candidates) =>
    duplicateCandidates.candidates.nodes.map(({ match }) => match.urn),
  ofPeer: (answer: unknown) => answer,
  quality: recall,
};

interface Candidates {
  readonly duplicateCandidates: {
    readonly candidates: { readonly nodes: readonly { readonly match: { readonly urn: string } }[] };
  };
}

export const TEXT_WORKLOADS: readonly Workload[] = [W8, W9a];
