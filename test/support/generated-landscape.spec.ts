import { readFileSync } from 'node:fs';
import type { AttributeDefinition } from '../../src/core/landscape/attribute.js';
import { planChangeSet } from '../../src/core/landscape/plan-change-set.js';
import { LandscapeSnapshot } from '../../src/core/landscape/snapshot.js';
import { generateLandscape, generatedOperations } from './generated-landscape.js';
import { placeName } from './generated-names.js';
import { seededRandom } from './seeded-random.js';

const definitionList: readonly AttributeDefinition[] = JSON.parse(
  readFileSync(new URL('../../src/reference/national/attributes.json', import.meta.url), 'utf8'),
);
const definitions = new Map(definitionList.map((each) => [each.key, each]));

describe('a generated landscape', () => {
  const generated = generateLandscape({ systems: 1000, seed: 7 });

  it('is the same for the same seed and another for another', () => {
    expect(generateLandscape({ systems: 1000, seed: 7 })).toEqual(generated);
    expect(generateLandscape({ systems: 1000, seed: 8 })).not.toEqual(generated);
  });

  it('is accepted by the write path as a change set, and that makes the same landscape', () => {
    const planned = planChangeSet(
      LandscapeSnapshot.empty(),
      { operations: generatedOperations(generated) },
      { definitions, at: '2026-01-01T00:00:00.000Z', counters: { element: 1, relation: 1 } },
    );
    if ('issues' in planned) throw new Error(JSON.stringify(planned.issues));
    const written = LandscapeSnapshot.empty().with(planned.plan.delta);
    expect([...written.elements()]).toEqual(generated.elements);
    expect([...written.relations()].map(({ provenance: _provenance, ...rest }) => rest)).toEqual(
      generated.relations.map(({ provenance: _provenance, ...rest }) => rest),
    );
  });

  it('has about 3.9 relations per system, of which hubs have most', () => {
    const ofSystems = generated.relations.filter((each) => each.source > generated.elements.length - 1000);
    expect(ofSystems.length / 1000).toBeGreaterThan(3.6);
    expect(generated.relations.length / 1000).toBeLessThan(4.3);
    const degrees = new Map<number, number>();
    for (const { source, target, kind } of generated.relations) {
      if (kind === 'OWNED_BY' || source <= 198) continue;
      for (const end of [source, target]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
    }
    const sorted = [...degrees.values()].toSorted((one, other) => other - one);
    const total = sorted.reduce((sum, degree) => sum + degree, 0);
    const topTenth = sorted.slice(0, 100).reduce((sum, degree) => sum + degree, 0);
    expect(topTenth / total).toBeGreaterThan(0.3);
  });

  it('holds pairs that are one system under two spellings', () => {
    expect(generated.duplicates.length).toBeGreaterThan(10);
    const names = new Map(generated.elements.map((each) => [each.seq, each.name]));
    for (const [one, other] of generated.duplicates) expect([names.has(one), names.has(other)]).toEqual([true, true]);
  });
});

describe('generated words', () => {
  it('name every place differently', () => {
    const names = Array.from({ length: 20_000 }, (_, number) => placeName(number));
    expect(new Set(names).size).toBe(20_000);
    expect(names[0]).toBe('Tân Tân');
  });
});

describe('a seeded choice', () => {
  it('follows its weights', () => {
    const random = seededRandom(1);
    const drawn = Array.from({ length: 10_000 }, () =>
      random.weighted([
        ['a', 1],
        ['b', 3],
        ['c', 0],
      ]),
    );
    const share = drawn.filter((each) => each === 'b').length / 10_000;
    expect(share).toBeGreaterThan(0.72);
    expect(share).toBeLessThan(0.78);
    expect(drawn).not.toContain('c');
  });
});
