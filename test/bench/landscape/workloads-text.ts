import { foldVietnamese } from '../../../src/core/fold-vietnamese.js';
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

export const TEXT_WORKLOADS: readonly Workload[] = [W8];
