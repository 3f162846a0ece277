import * as fc from 'fast-check';
import { addOf, addSeats, remove, told, update } from '../../../test/support/change-sets.js';
import {
  after,
  anyOperations,
  anySourcedHistory,
  goodOperations,
  goodPlan,
  planAtHead,
  smallLandscape,
  sourcedAfter,
} from '../../../test/support/random-change-sets.js';
import type { Sourced } from '../../../test/support/random-change-sets.js';
import { contentLines } from './content.js';
import type { LoggedOperation, Operation } from './operation.js';
import { revertOf } from './revert.js';
import type { LandscapeSnapshot } from './snapshot.js';
import type { SourceTable, SourcesAround } from './sources-around.js';

const [SYSTEM, PLATFORM, AGENCY, OTHER] = ['e0', 'e1', 'e2', 'e3'].map((id) => `urn:khung:${id}`) as [
  string,
  string,
  string,
  string,
];
const NEW = 'urn:khung:moi';
const base = smallLandscape();

/** A committed change set and what became of the landscape. */
function commit(
  before: LandscapeSnapshot,
  ...operations: readonly Operation[]
): { readonly log: readonly LoggedOperation[]; readonly landscape: LandscapeSnapshot } {
  const { log, delta } = goodPlan(before, operations);
  return { log, landscape: before.with(delta).settled() };
}

function content(landscape: LandscapeSnapshot): unknown[] {
  return [...contentLines(landscape)];
}

/** Where every value is known from, a line each. */
function sourceLines(table: SourceTable): string[] {
  return Array.from(table, ([urn, sources]) =>
    Object.entries(sources).map(([path, { source, confidence }]) => `${urn} ${path} ${source} ${confidence}`),
  )
    .flat()
    .toSorted();
}

describe('undoing a change set at once', () => {
  it('gives back the landscape as it was, numbers and all, whatever the change set did', () => {
    let [undone, restored, resourced] = [0, 0, 0];
    fc.assert(
      fc.property(anySourcedHistory, anyOperations, (from, drawn) => {
        const before = from.landscape;
        const operations = goodOperations(before, drawn);
        if (operations.length === 0) return;
        const { log } = goodPlan(before, operations);
        const made = sourcedAfter(from, operations);
        const sources = { before: from.sources, after: made.sources, now: made.sources };
        const revert = revertOf(made.landscape, log, { sources });
        expect(revert.conflicts).toEqual([]);
        const undoing = sourcedAfter(made, revert.operations);
        const reverted = undoing.landscape;
        expect(content(reverted)).toEqual(content(before));
        expect(sourceLines(undoing.sources)).toEqual(sourceLines(from.sources));
        expect(Array.from(reverted.elements(), ({ seq, urn }) => [seq, urn])).toEqual(
          Array.from(before.elements(), ({ seq, urn }) => [seq, urn]),
        );
        expect(Array.from(reverted.relations(), ({ seq, urn }) => [seq, urn])).toEqual(
          Array.from(before.relations(), ({ seq, urn }) => [seq, urn]),
        );
        undone += 1;
        resourced += Number(sourceLines(from.sources).join() !== sourceLines(made.sources).join());
        restored += Number(revert.operations.some(({ restore }) => restore === true));
      }),
      { numRuns: 600 },
    );
    // Were hardly any change set good, nothing would have been undone.
    expect([undone > 400, restored > 60, resourced > 300]).toEqual([true, true, true]);
  });

  it('can itself be undone', () => {
    fc.assert(
      fc.property(anyOperations, (drawn) => {
        const operations = goodOperations(base, drawn);
        if (operations.length === 0) return;
        const first = commit(base, ...operations);
        const { operations: undo } = revertOf(first.landscape, first.log);
        if (undo.length === 0) return;
        const second = commit(first.landscape, ...undo);
        const redo = revertOf(second.landscape, second.log);
        expect(redo.conflicts).toEqual([]);
        expect(content(after(second.landscape, redo.operations))).toEqual(content(first.landscape));
      }),
      { numRuns: 200 },
    );
  });

  it('does nothing where the change set left nothing behind', () => {
    const { log, landscape } = commit(base, addOf(NEW, { kind: 'SYSTEM', name: 'Mới' }), remove(NEW));
    expect(revertOf(landscape, log)).toEqual({ operations: [], conflicts: [] });
  });

  it('puts a kind back before the attributes that only this kind has', () => {
    const { log, landscape } = commit(
      base,
      remove('urn:khung:r2'),
      remove(SYSTEM, 'attributes.note'),
      remove(SYSTEM, 'attributes.userCount'),
      update(SYSTEM, 'kind', 'DATABASE'),
    );
    expect(content(after(landscape, revertOf(landscape, log).operations))).toEqual(content(base));
  });
});

describe('undoing a change set after which others went on', () => {
  it('leaves alone what it did not touch', () => {
    const { log, landscape } = commit(base, update(SYSTEM, 'name', 'Đổi'), remove('urn:khung:r3'));
    const later = after(landscape, [update(SYSTEM, 'layer', 3), update(PLATFORM, 'name', 'Nền tảng')]);
    const { operations, conflicts } = revertOf(later, log);
    expect(conflicts).toEqual([]);
    const reverted = after(later, operations);
    expect(reverted.elementByUrn(SYSTEM)).toMatchObject({ name: 'Hệ thống 0', layer: 3 });
    expect(reverted.elementByUrn(PLATFORM)).toMatchObject({ name: 'Nền tảng' });
    expect(reverted.relationByUrn('urn:khung:r3')).toMatchObject({ seq: 3, validFrom: '2024' });
  });

  const newSystem = addOf(NEW, { kind: 'SYSTEM', name: 'Mới' });
  const whole = expect.objectContaining({ kind: expect.any(String) });
  it.each<[string, readonly Operation[], readonly Operation[], object[]]>([
    [
      'a field that was set anew',
      [update(SYSTEM, 'name', 'Đổi')],
      [update(SYSTEM, 'name', 'Đổi nữa')],
      [
        {
          urn: SYSTEM,
          path: 'name',
          cause: 'CHANGED_OTHERWISE',
          base: 'Đổi',
          current: 'Đổi nữa',
          scenario: 'Hệ thống 0',
        },
      ],
    ],
    [
      'a field of something that is gone',
      [update('urn:khung:e4', 'layer', 1)],
      [remove('urn:khung:e4')],
      [{ urn: 'urn:khung:e4', path: 'layer', cause: 'REMOVED_THERE', base: 1, current: undefined, scenario: null }],
    ],
    [
      'something new that was changed since',
      [newSystem],
      [update(NEW, 'layer', 4)],
      [{ urn: NEW, path: null, cause: 'CHANGED_THERE', base: whole, current: whole, scenario: undefined }],
    ],
    [
      'something new that others hold on to since',
      [newSystem],
      [
        addOf('urn:khung:x', { kind: 'DEPENDS_ON', source: OTHER, target: NEW }),
        addOf('urn:khung:v', { kind: 'OWNED_BY', source: NEW, target: AGENCY }),
      ],
      [
        {
          urn: NEW,
          path: null,
          cause: 'STILL_RELATED',
          base: whole,
          current: ['urn:khung:v', 'urn:khung:x'],
          scenario: undefined,
        },
      ],
    ],
    [
      'a relation of which an end is gone',
      [remove('urn:khung:r0'), remove('urn:khung:r1')],
      [remove(PLATFORM)],
      [
        {
          urn: 'urn:khung:r0',
          path: 'target',
          cause: 'END_GONE',
          base: PLATFORM,
          current: undefined,
          scenario: PLATFORM,
        },
      ],
    ],
    [
      'something removed that came back otherwise',
      [remove('urn:khung:e4')],
      [{ ...addOf('urn:khung:e4', { kind: 'SYSTEM', name: 'Khác' }), restore: true }],
      [
        {
          urn: 'urn:khung:e4',
          path: 'name',
          cause: 'CHANGED_OTHERWISE',
          base: undefined,
          current: 'Khác',
          scenario: 'Hệ thống 4',
        },
      ],
    ],
  ])('tells %s', (_what, first, since, expected) => {
    const { log, landscape } = commit(base, ...first);
    expect(revertOf(after(landscape, since), log).conflicts).toEqual(expected);
  });

  it.each<[string, readonly Operation[], readonly Operation[]]>([
    ['a field that was set back', [update(SYSTEM, 'name', 'Đổi')], [update(SYSTEM, 'name', 'Hệ thống 0')]],
    ['something new that is gone', [newSystem], [remove(NEW)]],
    [
      'something removed that came back the same',
      [remove('urn:khung:e4')],
      [{ ...addOf('urn:khung:e4', { kind: 'SYSTEM', name: 'Hệ thống 4' }), restore: true }],
    ],
  ])('takes for done %s', (_what, first, since) => {
    const { log, landscape } = commit(base, ...first);
    expect(revertOf(after(landscape, since), log)).toEqual({ operations: [], conflicts: [] });
  });

  it('reads entries that tell the ends of a relation by number', () => {
    const { log, landscape } = commit(base, remove('urn:khung:r0'));
    const byNumber = log.map((entry) => ({ ...entry, before: { ...(entry.before as object), source: 0, target: 1 } }));
    expect(content(after(landscape, revertOf(landscape, byNumber).operations))).toEqual(content(base));
  });

  it('takes an entry without a record for a mistake of ours', () => {
    const entry: LoggedOperation = {
      op: 'REMOVE',
      urn: SYSTEM,
      path: null,
      before: null,
      after: undefined,
      source: null,
    };
    expect(() => revertOf(base, [entry])).toThrow(RangeError);
    expect(() => revertOf(base, [{ ...entry, op: 'ADD', after: { kind: 'SYSTEM' } }])).toThrow(RangeError);
  });
});

describe('undoing where a value is known from', () => {
  const [first, second, third] = [{ source: 'Công văn 1', confidence: 'HIGH' as const }, { source: 'Công văn 2' }, {}];
  const name = 'Hệ thống 0';

  /** What undoes a step after which others may follow. */
  function undone(step: Operation, ...since: readonly Operation[]): readonly Operation[] {
    const from = sourcedAfter({ landscape: base, sources: new Map() }, [{ ...update(SYSTEM, 'name', name), ...first }]);
    const { log } = goodPlan(from.landscape, [step]);
    const made = sourcedAfter(from, [step]);
    const now = since.reduce((one, each) => sourcedAfter(one, [each]), made);
    const sources: SourcesAround = { before: from.sources, after: made.sources, now: now.sources };
    return revertOf(now.landscape, log, { sources }).operations;
  }

  const again = { op: 'UPDATE', urn: SYSTEM, path: 'name', value: name } as const;
  it.each<[string, Operation, readonly Operation[], readonly Operation[]]>([
    ['gives a value its source back', { ...update(SYSTEM, 'name', 'Đổi'), ...second }, [], [{ ...again, ...first }]],
    ['gives a source alone back', { ...again, ...second }, [], [{ ...again, ...first }]],
    ['gives a source back that was forgotten', { ...again, ...third }, [], [{ ...again, ...first }]],
    ['leaves a source alone that was given since', { ...again, ...second }, [{ ...again, source: 'Khác' }], []],
    [
      'leaves the source of another value alone',
      { ...again, ...second },
      [{ ...update(SYSTEM, 'name', 'Đổi'), ...second }],
      [],
    ],
    [
      'leaves a value that was put back alone',
      { ...update(SYSTEM, 'name', 'Đổi'), ...second },
      [{ ...again, ...third }],
      [],
    ],
  ])('%s', (_what, step, since, expected) => {
    expect(undone(step, ...since)).toEqual(expected);
  });

  it('gives what was removed the sources of that time, whatever it had since', () => {
    const value = { kind: 'SYSTEM', name: 'Hệ thống 4', description: 'Cũ' };
    const lone = 'urn:khung:e4';
    const back = (more: object): Operation => ({ op: 'ADD', urn: lone, value, restore: true, ...more });
    const start: Sourced = { landscape: base, sources: new Map() };
    const from = [remove(lone), back(first)].reduce((one, each) => sourcedAfter(one, [each]), start);
    const { log } = goodPlan(from.landscape, [remove(lone)]);
    const made = sourcedAfter(from, [remove(lone)]);
    const now = [back(second), remove(lone)].reduce((one, each) => sourcedAfter(one, [each]), made);
    const sources: SourcesAround = { before: from.sources, after: made.sources, now: now.sources };
    const undoing = sourcedAfter(now, revertOf(now.landscape, log, { sources }).operations);
    expect(undoing.sources.get(lone)).toEqual({ kind: first, name: first, description: first });
  });
});

describe('attribute keys that were given again', () => {
  const [FIRST, SECOND] = ['urn:khung:attribute-cho', 'urn:khung:attribute-ghe'] as const;
  const seats = (value: unknown): Operation => update(SYSTEM, 'attributes.seats', value);
  // A lineage of its own for each: urns of definitions are given once in each.
  const definedAnew = (): LandscapeSnapshot => after(smallLandscape(), [addSeats(FIRST), seats(5)]);
  const given = [remove(SYSTEM, 'attributes.seats'), remove(FIRST), addSeats(SECOND)];

  it.each<[string, readonly Operation[]]>([
    ['at once', given],
    ['at once, with a value', [...given, update('urn:khung:e4', 'attributes.seats', 7)]],
  ])('%s come back with their values', (_what, operations) => {
    const defined = definedAnew();
    const { log, landscape } = commit(defined, ...operations);
    const { operations: undo, conflicts } = revertOf(landscape, log, {
      definitions: [landscape.definitions, defined.definitions],
    });
    expect(conflicts).toEqual([]);
    expect(content(after(landscape, undo))).toEqual(content(defined));
  });

  const because = expect.objectContaining({ reason: 'ATTRIBUTE_KEY_TAKEN', params: { key: 'seats', holder: SECOND } });
  it.each<[string, readonly Operation[], readonly Operation[], object]>([
    [
      'is not set back',
      [seats(6)],
      [...given, update(OTHER, 'attributes.seats', 6)],
      { urn: SYSTEM, path: 'attributes.seats', base: 6, current: undefined, scenario: 5 },
    ],
    [
      'is not made unknown',
      [update('urn:khung:e4', 'attributes.seats', 8)],
      [remove('urn:khung:e4', 'attributes.seats'), ...given],
      { urn: 'urn:khung:e4', path: 'attributes.seats', base: 8, current: 8, scenario: undefined },
    ],
    [
      'does not come back with its record',
      [update('urn:khung:e4', 'attributes.seats', 8), remove('urn:khung:e4')],
      given,
      { urn: 'urn:khung:e4', path: 'attributes.seats', base: undefined, current: undefined, scenario: 8 },
    ],
  ])('later: a value %s', (_what, first, since, place) => {
    const start = after(definedAnew(), first.slice(0, -1));
    const { log, landscape } = commit(start, ...first.slice(-1));
    const later = after(landscape, since);
    const now = withValueOf(later, place);
    const { operations, conflicts } = revertOf(now, log, {
      definitions: [landscape.definitions, start.definitions],
    });
    expect(operations).toEqual([]);
    expect(conflicts).toEqual([{ ...place, cause: 'NOT_POSSIBLE_THERE', because }]);
  });

  /** The same value, given anew under the other definition. */
  function withValueOf(landscape: LandscapeSnapshot, place: { urn?: string; current?: unknown }): LandscapeSnapshot {
    const { urn = '', current } = place;
    return current === undefined ? landscape : after(landscape, [update(urn, 'attributes.seats', current)]);
  }
});

describe('giving something back', () => {
  const restore = (urn: string, value: object): Operation => ({ op: 'ADD', urn, value, restore: true });
  const bare = { kind: 'SYSTEM', name: 'Trở lại' };
  const issuesOf = (landscape: LandscapeSnapshot, ...operations: Operation[]): string[] => {
    const outcome = planAtHead(landscape, operations);
    return 'issues' in outcome ? told(outcome.issues) : [];
  };

  it('gives it its own number, and new ones to what is new', () => {
    const without = after(base, [remove('urn:khung:e4')]);
    const { elements, counters, log } = goodPlan(without, [restore('urn:khung:e4', bare), addOf(NEW, bare)]);
    expect(elements.map(({ urn, seq, before }) => [urn, seq, before])).toEqual([
      ['urn:khung:e4', 4, undefined],
      [NEW, 5, undefined],
    ]);
    expect(counters).toEqual({ element: 6, relation: 4 });
    expect(log.map((entry) => entry.restore)).toEqual([true, undefined]);
  });

  it('is refused where nothing was taken away', () => {
    expect(issuesOf(base, restore(SYSTEM, bare))).toEqual(['URN_TAKEN operations.0.urn']);
    expect(issuesOf(base, restore(NEW, bare))).toEqual(['URN_UNKNOWN operations.0.urn']);
    const without = after(base, [remove('urn:khung:e4')]);
    expect(issuesOf(without, addOf('urn:khung:e4', bare))).toEqual(['URN_TAKEN operations.0.urn']);
    expect(issuesOf(without, restore('urn:khung:e4', bare), restore('urn:khung:e4', bare))).toEqual([
      'URN_TAKEN operations.1.urn',
    ]);
  });

  it('does not make a relation of an element', () => {
    const without = after(base, [remove('urn:khung:e4'), remove('urn:khung:r2')]);
    const value = { kind: 'DEPENDS_ON', source: OTHER, target: SYSTEM };
    expect(issuesOf(without, restore('urn:khung:e4', value))).toEqual(['URN_TAKEN operations.0.urn']);
    expect(issuesOf(without, restore('urn:khung:r2', bare))).toEqual(['URN_TAKEN operations.0.urn']);
  });

  it('within one change set is a change, and a relation keeps its ends', () => {
    const again = restore('urn:khung:e4', bare);
    expect(goodPlan(base, [remove('urn:khung:e4'), again]).elements).toMatchObject([
      { seq: 4, before: { name: 'Hệ thống 4' }, after: { name: 'Trở lại' } },
    ]);
    const turned = restore('urn:khung:r3', { kind: 'OWNED_BY', source: AGENCY, target: OTHER });
    expect(issuesOf(base, remove('urn:khung:r3'), turned)).toEqual(['FIELD_FIXED operations.1.value.source']);
    expect(issuesOf(base, addOf(NEW, bare), remove(NEW), restore(NEW, bare))).toEqual([]);
  });

  it('gives a relation back between its own ends, however long it was gone', () => {
    const turned = restore('urn:khung:r3', { kind: 'OWNED_BY', source: 'urn:khung:e4', target: AGENCY });
    const back = restore('urn:khung:r3', { kind: 'OWNED_BY', source: OTHER, target: AGENCY });
    const gone = after(base, [remove('urn:khung:r3')]);
    const later = after(gone, [update('urn:khung:e4', 'layer', 1)]);
    for (const landscape of [gone, later, after(after(later, [back]), [remove('urn:khung:r3')])]) {
      expect(issuesOf(landscape, turned)).toEqual(['FIELD_FIXED operations.0.value.source']);
      expect(issuesOf(landscape, back)).toEqual([]);
      expect(issuesOf(landscape, back, remove('urn:khung:r3'), turned)).toEqual([
        'FIELD_FIXED operations.2.value.source',
      ]);
    }
  });
});
