import * as fc from 'fast-check';
import { ClusterBuilder } from './clusters.js';
import type { ClusterElement, Clusters, ElementPair } from './clusters.js';

function element(urn: string, ...capabilities: string[]): ClusterElement {
  return { urn, capabilities: new Set(capabilities) };
}

function pair(left: number, right: number, score = 0.95, band: ElementPair['band'] = 'DUPLICATE'): ElementPair {
  return { left, right, score, band };
}

function clustersOf(elements: readonly ClusterElement[], pairs: readonly ElementPair[]): Clusters {
  const builder = new ClusterBuilder(elements);
  for (const each of pairs) builder.add(each);
  return builder.finish();
}

/** Clusters as text, by urn. */
function told(elements: readonly ClusterElement[], { clusters }: Clusters): string[] {
  const urn = (number: number): string => elements[number]?.urn ?? '?';
  return clusters.map(({ capability, members, strongest }) => {
    const ends = [strongest.left, strongest.right].map(urn).toSorted();
    return `${capability}: ${members.map(urn).join(' ')} (${ends.join(' ')} ${strongest.score})`;
  });
}

/** Elements with pairs among them, each pair once. */
const drawn = fc
  .array(fc.uniqueArray(fc.constantFrom('A', 'B', 'C'), { maxLength: 2 }), { minLength: 2, maxLength: 9 })
  .chain((capabilities) => {
    const elements = capabilities.map((codes, at) => element(`u${at}`, ...codes));
    const places = elements.flatMap((_, left) =>
      elements.slice(left + 1).map((__, at) => [left, left + 1 + at] as const),
    );
    const pairs = fc.subarray(places).chain((chosen) =>
      fc.tuple(
        ...chosen.map(([left, right]) =>
          fc
            .record({
              score: fc.constantFrom(0.6, 0.7, 0.95),
              band: fc.constantFrom('DUPLICATE' as const, 'OVERLAP' as const),
            })
            .map(({ score, band }) => pair(left, right, score, band)),
        ),
      ),
    );
    return fc.record({ elements: fc.constant(elements), pairs });
  });

describe('clusters of alike elements', () => {
  it('are not joined through a chain of different capabilities; who has both stands in both', () => {
    const elements = [element('a', 'MAIL'), element('b', 'MAIL', 'PORTAL'), element('c', 'PORTAL')];
    expect(told(elements, clustersOf(elements, [pair(0, 1, 0.9), pair(2, 1, 0.8)]))).toEqual([
      'MAIL: a b (a b 0.9)',
      'PORTAL: b c (b c 0.8)',
    ]);
  });

  it('that name no capability are joined by duplicates alone, and with their like', () => {
    const elements = [element('a'), element('b'), element('c'), element('d', 'MAIL')];
    const found = clustersOf(elements, [pair(0, 1), pair(1, 2, 0.6, 'OVERLAP'), pair(0, 3)]);
    expect(told(elements, found)).toEqual(['null: a b (a b 0.95)']);
    expect(found.outside).toBe(2);
  });

  it('come the largest first, then the strongest', () => {
    const elements = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((urn) => element(urn, 'MAIL'));
    const found = clustersOf(elements, [pair(0, 1, 0.7), pair(2, 3, 0.8), pair(4, 5, 0.6), pair(5, 6, 0.6)]);
    expect(told(elements, found)).toEqual(['MAIL: e f g (e f 0.6)', 'MAIL: c d (c d 0.8)', 'MAIL: a b (a b 0.7)']);
    expect(clustersOf([], [])).toEqual({ clusters: [], outside: 0 });
  });

  it('do not depend on the order of pairs, nor on that of elements', () => {
    const shuffled = drawn.chain(({ elements, pairs }) =>
      fc.record({
        elements: fc.constant(elements),
        pairs: fc.constant(pairs),
        otherPairs: fc.shuffledSubarray(pairs, { minLength: pairs.length, maxLength: pairs.length }),
        order: fc.shuffledSubarray([...elements.keys()], { minLength: elements.length, maxLength: elements.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ elements, pairs, otherPairs, order }) => {
        const reordered = order.flatMap((at) => elements.slice(at, at + 1));
        const turned = otherPairs.map(({ left, right, ...rest }) => ({
          ...rest,
          left: order.indexOf(right),
          right: order.indexOf(left),
        }));
        const other = clustersOf(reordered, turned);
        const one = clustersOf(elements, pairs);
        expect([told(reordered, other), other.outside]).toEqual([told(elements, one), one.outside]);
      }),
    );
  });

  it('hold two elements together exactly where a chain of pairs within the capability does', () => {
    fc.assert(
      fc.property(drawn, ({ elements, pairs }) => {
        const { clusters, outside } = clustersOf(elements, pairs);
        const has = (number: number, capability: string | null): boolean => {
          const codes = elements[number]?.capabilities ?? new Set();
          return capability === null ? codes.size === 0 : codes.has(capability);
        };
        for (const capability of ['A', 'B', 'C', null]) {
          const joining = pairs.filter(
            ({ left, right, band }) =>
              has(left, capability) && has(right, capability) && (capability !== null || band === 'DUPLICATE'),
          );
          // By walking, one element after the other.
          const reached = (from: number): number[] => {
            const seen = new Set([from]);
            for (const each of seen) {
              for (const { left, right } of joining) {
                if (left === each) seen.add(right);
                if (right === each) seen.add(left);
              }
            }
            return [...seen].toSorted((a, b) => a - b);
          };
          const expected = new Set(
            [...elements.keys()].map((at) => reached(at).join(' ')).filter((set) => set.includes(' ')),
          );
          const own = clusters.filter((each) => each.capability === capability);
          expect(new Set(own.map(({ members }) => members.toSorted((a, b) => a - b).join(' ')))).toEqual(expected);
          expect(own.length).toBe(expected.size);
        }
        const inside = pairs.filter((each) =>
          clusters.some(({ members }) => members.includes(each.left) && members.includes(each.right)),
        );
        expect(pairs.length - inside.length).toBeLessThanOrEqual(outside);
      }),
    );
  });
});
