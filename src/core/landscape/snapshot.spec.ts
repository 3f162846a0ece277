import * as fc from 'fast-check';
import { addOf, DEFINITIONS, remove, update } from '../../../test/support/change-sets.js';
import { at, element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import { ownerOf, targetsOf } from './landscape.js';
import type { Landscape } from './landscape.js';
import { RELATION_KINDS, isElementKind, isRelationKind, isUrn } from './model.js';
import type { Element, Relation } from './model.js';
import type { Operation } from './operation.js';
import { PagedArray } from './paged-array.js';
import { planChangeSet } from './plan-change-set.js';
import type { ChangeSetPlan } from './plan-change-set.js';
import { LandscapeSnapshot } from './snapshot.js';

const MOMENT = '2026-11-24T00:00:00.000Z';

type Entry = readonly [kind: string, other: number, relation: number];
function outgoing(landscape: Landscape, seq: number): Entry[] {
  const found: Entry[] = [];
  landscape.forEachOutgoing(seq, (kind, other, relation) => found.push([kind, other, relation]));
  return found;
}
function incoming(landscape: Landscape, seq: number): Entry[] {
  const found: Entry[] = [];
  landscape.forEachIncoming(seq, (kind, other, relation) => found.push([kind, other, relation]));
  return found;
}
/** What the adjacency of an element must be, from nothing but the list of relations. */
function expectedEntries(relations: readonly Relation[], seq: number, side: 'source' | 'target'): Entry[] {
  const other = side === 'source' ? 'target' : 'source';
  return relations
    .filter((each) => each[side] === seq)
    .toSorted(
      (a, b) => RELATION_KINDS.indexOf(a.kind) - RELATION_KINDS.indexOf(b.kind) || a[other] - b[other] || a.seq - b.seq,
    )
    .map((each) => [each.kind, each[other], each.seq]);
}

/** A landscape kept as two plain maps, changed without any of the product's code. */
interface Naive {
  readonly revision: number;
  readonly elements: ReadonlyMap<string, Element>;
  readonly relations: ReadonlyMap<string, Relation>;
  readonly nextElement: number;
  readonly nextRelation: number;
}
type Fields = Readonly<Record<string, unknown>>;

function naiveAdd(naive: Naive, urn: string, { kind, name, source, target }: Fields): Naive {
  if (!isUrn(urn)) throw new RangeError(urn);
  const revision = naive.revision + 1;
  if (isElementKind(kind)) {
    const seq = naive.nextElement;
    const added = element(seq, { urn, kind, name: String(name), revision });
    return { ...naive, elements: new Map([...naive.elements, [urn, added]]), nextElement: seq + 1 };
  }
  if (!isRelationKind(kind)) throw new RangeError(String(kind));
  const seq = naive.nextRelation;
  const ends = [naive.elements.get(String(source))?.seq ?? -1, naive.elements.get(String(target))?.seq ?? -1] as const;
  const added = relation(seq, ends, { urn, kind, revision });
  return { ...naive, relations: new Map([...naive.relations, [urn, added]]), nextRelation: seq + 1 };
}

function naiveStep(naive: Naive, { op, urn, path, value }: Operation): Naive {
  // The generator below writes objects into additions only.
  if (op === 'ADD') return naiveAdd(naive, urn, value as Fields);
  const changed = <T>(records: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map(
      [...records].flatMap(([key, record]): [string, T][] => {
        if (key !== urn) return [[key, record]];
        return op === 'REMOVE' ? [] : [[key, { ...record, [path ?? '']: value, revision: naive.revision + 1 }]];
      }),
    );
  return { ...naive, elements: changed(naive.elements), relations: changed(naive.relations) };
}

function expectSame(landscape: LandscapeSnapshot, naive: Naive): void {
  const bySeq = <T extends { readonly seq: number }>(records: ReadonlyMap<string, T>): T[] =>
    [...records.values()].toSorted((a, b) => a.seq - b.seq);
  const [elements, relations] = [bySeq(naive.elements), bySeq(naive.relations)];
  const scratch = LandscapeSnapshot.of(elements, relations, { revision: naive.revision, at: MOMENT });
  expect(landscape.revision).toBe(naive.revision);
  expect([...landscape.elements()]).toEqual(elements);
  expect([...landscape.relations()]).toEqual(relations);
  expect([landscape.elementCount, landscape.relationCount]).toEqual([elements.length, relations.length]);
  for (const each of elements) expect(landscape.elementByUrn(each.urn)).toEqual(each);
  for (const each of relations) expect(landscape.relationByUrn(each.urn)).toEqual(each);
  for (const { seq } of naive.elements.values()) {
    const sides = [expectedEntries(relations, seq, 'source'), expectedEntries(relations, seq, 'target')];
    expect([outgoing(landscape, seq), incoming(landscape, seq)]).toEqual(sides);
    expect([outgoing(scratch, seq), incoming(scratch, seq)]).toEqual(sides);
  }
}

/** Random operations on a few urns, so that they meet; many are refused. */
const anyOperation: fc.Arbitrary<Operation> = (() => {
  const elementUrn = fc.nat(15).map((id) => `urn:khung:e${id}`);
  const relationUrn = fc.nat(31).map((id) => `urn:khung:r${id}`);
  const kind = fc.constantFrom('SYSTEM', 'PLATFORM');
  const relationKind = fc.constantFrom('DEPENDS_ON', 'USES_PLATFORM', 'PART_OF', 'ASSOCIATED_WITH');
  const addition = fc.record({ kind, name: fc.constantFrom('Kho dữ liệu', 'Cổng dịch vụ công') });
  const link = fc.record({ kind: relationKind, source: elementUrn, target: elementUrn });
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(elementUrn, addition).map(([urn, value]) => addOf(urn, value)) },
    { weight: 6, arbitrary: fc.tuple(relationUrn, link).map(([urn, value]) => addOf(urn, value)) },
    fc.tuple(elementUrn, kind).map(([urn, value]) => update(urn, 'kind', value)),
    fc.tuple(elementUrn, fc.constantFrom('A', 'B')).map(([urn, value]) => update(urn, 'name', value)),
    fc.tuple(relationUrn, relationKind).map(([urn, value]) => update(urn, 'kind', value)),
    relationUrn.map((urn) => remove(urn)),
    elementUrn.map((urn) => remove(urn)),
  );
})();

function plan(snapshot: LandscapeSnapshot, operations: readonly Operation[], naive: Naive): ChangeSetPlan | undefined {
  const counters = { element: naive.nextElement, relation: naive.nextRelation };
  const outcome = planChangeSet(snapshot, { operations }, { definitions: DEFINITIONS, at: MOMENT, counters });
  return 'plan' in outcome ? outcome.plan : undefined;
}

/** Of drawn operations those that make a good change set together; what is refused on the way must leave no trace. */
function goodOnes(snapshot: LandscapeSnapshot, drawn: readonly Operation[], naive: Naive): readonly Operation[] {
  return drawn.reduce<readonly Operation[]>((good, operation) => {
    const longer = [...good, operation];
    return plan(snapshot, longer, naive) === undefined ? good : longer;
  }, []);
}

describe('a landscape that changes', () => {
  const anySteps = fc.array(
    fc.record({
      operations: fc.array(anyOperation, { minLength: 1, maxLength: 8, size: 'large' }),
      fate: fc.constantFrom('COMMITTED', 'COMMITTED', 'COMMITTED', 'PREVIEWED'),
    }),
    { minLength: 5, maxLength: 25, size: 'large' },
  );
  // Numbers from which pages are crossed soon.
  const anyStart = fc.constantFrom(0, 125, 254);

  it('is at each revision what it would be were it made from scratch, and what was before stays', () => {
    let committed = 0;
    fc.assert(
      fc.property(anySteps, anyStart, (steps, start) => {
        let snapshot = LandscapeSnapshot.empty();
        let naive: Naive = {
          revision: 0,
          elements: new Map(),
          relations: new Map(),
          nextElement: start,
          nextRelation: start,
        };
        const taken = new Set<string>();
        const history: [LandscapeSnapshot, Naive][] = [];
        for (const { operations: drawn, fate } of steps) {
          const operations = goodOnes(snapshot, drawn, naive);
          const planned = plan(snapshot, operations, naive);
          if (planned === undefined) continue;
          const next = snapshot.with(planned.delta);
          const nextNaive = { ...operations.reduce(naiveStep, naive), revision: naive.revision + 1 };
          expectSame(next, nextNaive);
          if (fate === 'PREVIEWED') continue;
          [snapshot, naive] = [next.settled(), nextNaive];
          committed += 1;
          for (const { urn } of operations) taken.add(urn);
          history.push([snapshot, naive]);
        }
        for (const [then, naiveThen] of history) expectSame(then, naiveThen);
        for (let id = 0; id < 32; id += 1) {
          for (const urn of [`urn:khung:e${id}`, `urn:khung:r${id}`])
            expect(snapshot.isTaken(urn)).toBe(taken.has(urn));
        }
      }),
      { numRuns: 40 },
    );
    // Were all of them refused, nothing would have been compared.
    expect(committed).toBeGreaterThan(200);
  });

  it('is the same whether each revision is settled or all of them at the end', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        let [settled, layered] = [LandscapeSnapshot.empty(), LandscapeSnapshot.empty()];
        let naive: Naive = { revision: 0, elements: new Map(), relations: new Map(), nextElement: 0, nextRelation: 0 };
        for (const { operations: drawn } of steps) {
          const operations = goodOnes(layered, drawn, naive);
          const planned = plan(layered, operations, naive);
          expect(plan(settled, operations, naive)?.delta).toEqual(planned?.delta);
          if (planned === undefined) continue;
          settled = settled.with(planned.delta).settled();
          layered = layered.with(planned.delta);
          naive = { ...operations.reduce(naiveStep, naive), revision: naive.revision + 1 };
        }
        expectSame(settled, naive);
        expectSame(layered, naive);
        expectSame(layered.settled(), naive);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a snapshot', () => {
  const base = (): LandscapeSnapshot => landscapeOf(3, [relation(0, [0, 1]), relation(1, [0, 2], { kind: 'RUNS_ON' })]);
  const added = element(3);
  const delta = {
    revision: 2,
    at: MOMENT,
    elements: [{ seq: 3, urn: added.urn, after: added }],
    relations: [{ seq: 0, urn: 'urn:khung:r0', after: undefined }],
  };

  it('is empty before the first commit', () => {
    const empty = LandscapeSnapshot.empty();
    expect([empty.revision, empty.at, empty.elementBound, empty.elementCount, empty.relationCount]).toEqual([
      0,
      null,
      0,
      0,
      0,
    ]);
    expect([[...empty.elements()], [...empty.relations()], outgoing(empty, 0), incoming(empty, 7)]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(empty.elementAt(0)).toBeUndefined();
    expect(empty.relationByUrn('urn:khung:a')).toBeUndefined();
  });

  it('leaves no trace of a change that is never committed', () => {
    const before = base();
    const preview = before.with(delta);
    expect(preview.elementByUrn(added.urn)).toBe(added);
    expect(preview.isTaken(added.urn)).toBe(true);
    expect(before.isTaken(added.urn)).toBe(false);
    expect(before.elementByUrn(added.urn)).toBeUndefined();
    expect(outgoing(before, 0)).toEqual([
      ['DEPENDS_ON', 1, 0],
      ['RUNS_ON', 2, 1],
    ]);
    expect(outgoing(preview, 0)).toEqual([['RUNS_ON', 2, 1]]);
    expect(incoming(preview, 1)).toEqual([]);
  });

  it('does not know what a later one added', () => {
    const before = base();
    const later = before.with(delta).settled();
    expect([before, later].map((each) => each.isTaken(added.urn))).toEqual([false, true]);
    expect(before.elementByUrn(added.urn)).toBeUndefined();
    expect(before.relationByUrn('urn:khung:r0')).toBeDefined();
    expect(later.relationByUrn('urn:khung:r0')).toBeUndefined();
    expect(later.isTaken('urn:khung:r0')).toBe(true);
    expect([before.elementBound, later.elementBound]).toEqual([3, 4]);
    expect([later.elementCount, later.relationCount]).toEqual([4, 1]);
  });

  it('tells the urn of an element from that of a relation', () => {
    expect(base().elementByUrn('urn:khung:r0')).toBeUndefined();
    expect(base().relationByUrn('urn:khung:e0')).toBeUndefined();
  });

  it('moves a relation whose kind changes to its new place', () => {
    const changed = relation(0, [0, 1], { kind: 'ASSOCIATED_WITH' });
    const after = base().with({ ...delta, elements: [], relations: [{ seq: 0, urn: changed.urn, after: changed }] });
    expect(outgoing(after, 0)).toEqual([
      ['RUNS_ON', 2, 1],
      ['ASSOCIATED_WITH', 1, 0],
    ]);
    expect(incoming(after, 1)).toEqual([['ASSOCIATED_WITH', 0, 0]]);
  });

  it('shows a loop once on either side', () => {
    const loop = landscapeOf(1, [relation(0, [0, 0])]);
    expect([outgoing(loop, 0), incoming(loop, 0)]).toEqual([[['DEPENDS_ON', 0, 0]], [['DEPENDS_ON', 0, 0]]]);
  });

  it('holds numbers that lie far apart', () => {
    const far = landscapeOf([element(3), element(5000)], [relation(9000, [3, 5000])]);
    expect(far.elementBound).toBe(5001);
    expect(outgoing(far, 3)).toEqual([['DEPENDS_ON', 5000, 9000]]);
    expect(outgoing(far, 2000)).toEqual([]);
    expect(incoming(far, 5000)).toEqual([['DEPENDS_ON', 3, 9000]]);
    expect(Array.from(far.elements(), ({ seq }) => seq)).toEqual([3, 5000]);
  });
});

describe('the neighbours of an element', () => {
  const agencies = [4, 2].map((seq) => element(seq, { kind: 'AGENCY' }));
  const landscape = landscapeOf(
    [element(1), ...agencies, element(3)],
    [
      relation(0, [1, 4], { kind: 'OWNED_BY' }),
      relation(1, [1, 2], { kind: 'OWNED_BY' }),
      relation(2, [1, 3]),
      relation(3, [3, 2], { kind: 'OPERATED_BY' }),
    ],
  );

  it('of one kind come in order of number', () => {
    expect(targetsOf(landscape, 1, 'OWNED_BY')).toEqual([at(landscape, 2), at(landscape, 4)]);
    expect(targetsOf(landscape, 1, 'DEPENDS_ON')).toEqual([at(landscape, 3)]);
    expect(targetsOf(landscape, 2, 'OWNED_BY')).toEqual([]);
  });

  it('name the first owner, or nobody', () => {
    expect(ownerOf(landscape, 1)).toBe(at(landscape, 2));
    expect(ownerOf(landscape, 3)).toBeUndefined();
  });
});

describe('a paged array', () => {
  it('answers as a plain map does, and its old copies too', () => {
    const anyChanges = fc.array(fc.tuple(fc.nat(600), fc.option(fc.nat(9), { nil: undefined })), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(anyChanges, { maxLength: 10 }), (batches) => {
        let array = PagedArray.empty<number>();
        const map = new Map<number, number>();
        const history: [PagedArray<number>, number[]][] = [];
        let bound = 0;
        for (const changes of batches) {
          array = array.with(changes);
          for (const [index, item] of changes) {
            if (item === undefined) map.delete(index);
            else map.set(index, item);
            bound = Math.max(bound, index + 1);
          }
          const items = [...map].toSorted(([a], [b]) => a - b).map(([, item]) => item);
          expect([array.size, array.bound]).toEqual([map.size, bound]);
          expect(Array.from({ length: 601 }, (_, index) => array.get(index))).toEqual(
            Array.from({ length: 601 }, (_, index) => map.get(index)),
          );
          history.push([array, items]);
        }
        for (const [then, items] of history) expect([...then]).toEqual(items);
      }),
    );
  });
});
