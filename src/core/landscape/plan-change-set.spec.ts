import {
  COMMIT_MOMENT,
  addOf,
  addSeats,
  allIssuesWith,
  committed,
  issuesOn,
  planOn,
  planned,
  remove,
  told,
  update,
} from '../../../test/support/change-sets.js';
import { element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import type { Operation } from './operation.js';
import { OPERATIONS_MAXIMUM } from './plan-change-set.js';
import type { LandscapeSnapshot } from './snapshot.js';

const [AGENCY, SYSTEM, PLATFORM, PART] = ['urn:khung:e0', 'urn:khung:e1', 'urn:khung:e2', 'urn:khung:e3'] as const;
const [OWNED, USES] = ['urn:khung:r0', 'urn:khung:r1'] as const;
const NEW = 'urn:khung:new';
const freshBase = (): LandscapeSnapshot =>
  landscapeOf(
    [
      element(0, { kind: 'AGENCY', level: 'DEPARTMENT' }),
      element(1, { attributes: { hosting: 'CLOUD', userCount: 5 }, aliases: ['HT1'] }),
      element(2, { kind: 'PLATFORM' }),
      element(3),
    ],
    [
      relation(0, [1, 0], { kind: 'OWNED_BY' }),
      relation(1, [1, 2], { kind: 'USES_PLATFORM', strength: 'HARD' }),
      relation(2, [3, 1], { kind: 'PART_OF' }),
    ],
  );
// A commit enters its urns into the table of the whole lineage, so each test begins one of its own.
let base = freshBase();
beforeEach(() => {
  base = freshBase();
});
const newSystem: Operation = addOf(NEW, { kind: 'SYSTEM', name: 'Hệ thống mới' });
const uses = (source: unknown, target: unknown): Operation =>
  addOf('urn:khung:uses', { kind: 'USES_PLATFORM', source, target });

describe('an operation is refused with the way to what is wrong', () => {
  it.each<[string, Operation, string, object]>([
    ['an unknown op', { op: 'PUT' as 'ADD', urn: NEW }, 'VALUE_NOT_ALLOWED 0.op', { field: 'op', value: 'PUT' }],
    ['a malformed urn', addOf('e9', {}), 'URN_MALFORMED 0.urn', { value: 'e9' }],
    ['a urn in capitals', addOf('urn:khung:E9', {}), 'URN_MALFORMED 0.urn', {}],
    ['a urn that is a prototype key', addOf('__proto__', {}), 'URN_MALFORMED 0.urn', {}],
    ['an unknown confidence', { ...newSystem, confidence: 'SURE' as 'HIGH' }, 'VALUE_NOT_ALLOWED 0.confidence', {}],
    ['a blank source', { ...newSystem, source: ' ' }, 'VALUE_OF_WRONG_TYPE 0.source', { field: 'source' }],
    ['a source without end', { ...newSystem, source: 'x'.repeat(10_001) }, 'LIMIT_EXCEEDED 0.source', {}],
    ['an addition of a living element', addOf(SYSTEM, {}), 'URN_TAKEN 0.urn', { urn: SYSTEM }],
    ['an addition of a living relation', addOf(OWNED, {}), 'URN_TAKEN 0.urn', { urn: OWNED }],
    ['an addition without a value', { op: 'ADD', urn: NEW }, 'VALUE_MISSING 0.value', { field: 'value' }],
    ['an addition of null', addOf(NEW, null), 'VALUE_MISSING 0.value', {}],
    ['an addition of a text', addOf(NEW, 'x'), 'VALUE_OF_WRONG_TYPE 0.value', { expected: 'object' }],
    ['an addition of a list', addOf(NEW, [{}]), 'VALUE_OF_WRONG_TYPE 0.value', {}],
    ['an addition without a kind', addOf(NEW, { name: 'x' }), 'VALUE_MISSING 0.value.kind', { field: 'kind' }],
    ['a misspelt kind', addOf(NEW, { kind: 'SYSTEMS' }), 'VALUE_NOT_ALLOWED 0.value.kind', { allowed: 'SYSTEM' }],
    ['a kind that is a number', addOf(NEW, { kind: 7 }), 'VALUE_NOT_ALLOWED 0.value.kind', { value: '7' }],
    ['an addition without a name', addOf(NEW, { kind: 'SYSTEM' }), 'VALUE_MISSING 0.value.name', {}],
    ['an unknown field', addOf(NEW, { kind: 'SYSTEM', name: 'x', layr: 1 }), 'FIELD_UNKNOWN 0.value.layr', {}],
    ['a relation from nothing', uses(undefined, PLATFORM), 'VALUE_MISSING 0.value.source', { field: 'source' }],
    ['a relation to null', uses(SYSTEM, null), 'VALUE_MISSING 0.value.target', { field: 'target' }],
    ['a relation to a number', uses(SYSTEM, 2), 'VALUE_OF_WRONG_TYPE 0.value.target', { field: 'target' }],
    ['a relation to the unknown', uses(SYSTEM, NEW), 'RELATION_END_UNKNOWN 0.value.target', { urn: NEW }],
    ['a relation from the unknown', uses(NEW, PLATFORM), 'RELATION_END_UNKNOWN 0.value.source', { urn: NEW }],
    ['a relation to a relation', uses(SYSTEM, OWNED), 'RELATION_END_UNKNOWN 0.value.target', { urn: OWNED }],
    [
      'an unknown field of a relation',
      addOf('urn:khung:uses', { kind: 'USES_PLATFORM', source: SYSTEM, target: PLATFORM, strenght: 'HARD' }),
      'FIELD_UNKNOWN 0.value.strenght',
      { suggestion: 'strength' },
    ],
    [
      'a relation of no strength there is',
      addOf('urn:khung:uses', { kind: 'USES_PLATFORM', source: SYSTEM, target: PLATFORM, strength: 'STRONG' }),
      'VALUE_NOT_ALLOWED 0.value.strength',
      { value: 'STRONG' },
    ],
    ['an update without a path', { op: 'UPDATE', urn: SYSTEM, value: 'x' }, 'VALUE_MISSING 0.path', { field: 'path' }],
    ['an update without a value', { op: 'UPDATE', urn: SYSTEM, path: 'name' }, 'VALUE_MISSING 0.value', {}],
    ['an update of the unknown', update(NEW, 'name', 'x'), 'URN_UNKNOWN 0.urn', { urn: NEW }],
    ['a removal of the unknown', remove(NEW), 'URN_UNKNOWN 0.urn', { urn: NEW }],
    ['an update of an unknown field', update(SYSTEM, 'names', 'x'), 'FIELD_UNKNOWN 0.path', { suggestion: 'name' }],
    ['an update of all attributes', update(SYSTEM, 'attributes', {}), 'FIELD_UNKNOWN 0.path', { field: 'attributes' }],
    [
      'an attribute that relations of the kind do not have',
      update(OWNED, 'attributes.note', 'x'),
      'ATTRIBUTE_UNKNOWN 0.value',
      {},
    ],
    ['a layer of a relation', update(OWNED, 'layer', 1), 'FIELD_UNKNOWN 0.path', {}],
    ['a change of urn', update(SYSTEM, 'urn', NEW), 'FIELD_FIXED 0.path', { field: 'urn' }],
    ['a change of number', update(SYSTEM, 'seq', 9), 'FIELD_FIXED 0.path', { field: 'seq' }],
    ['a change of revision', update(OWNED, 'revision', 9), 'FIELD_FIXED 0.path', { field: 'revision' }],
    ['a change of source', update(OWNED, 'source', SYSTEM), 'FIELD_FIXED 0.path', { field: 'source' }],
    ['a removal of target', remove(OWNED, 'target'), 'FIELD_FIXED 0.path', { field: 'target' }],
    ['a layer too high', update(SYSTEM, 'layer', 5), 'VALUE_OUT_OF_BOUNDS 0.value', { field: 'layer', value: 5 }],
    ['a removal of the name', remove(SYSTEM, 'name'), 'VALUE_MISSING 0.path', { field: 'name' }],
    ['a removal of the kind', remove(SYSTEM, 'kind'), 'VALUE_MISSING 0.path', { field: 'kind' }],
    ['a removal of visibility', remove(SYSTEM, 'visibility'), 'VALUE_MISSING 0.path', { field: 'visibility' }],
    ['visibility of null', update(SYSTEM, 'visibility', null), 'VALUE_MISSING 0.value', { field: 'visibility' }],
    ['an item of a list', update(SYSTEM, 'aliases', ['a', 7]), 'VALUE_OF_WRONG_TYPE 0.value.1', { field: '1' }],
    ['an unknown attribute', update(SYSTEM, 'attributes.hostin', 1), 'ATTRIBUTE_UNKNOWN 0.value', { key: 'hostin' }],
    ['a removal of what is not there', remove(SYSTEM, 'attributes.note'), 'FIELD_UNKNOWN 0.path', { field: 'note' }],
    ['a state secret', update(SYSTEM, 'attributes.stateSecret', true), 'STATE_SECRET 0.value', {}],
  ])('%s', (_what, operation, expected, params) => {
    const issues = issuesOn(base, operation);
    expect(told(issues)).toEqual([expected.replace(' ', ' operations.')]);
    expect(issues[0]?.params).toMatchObject(params);
  });

  it('a kind that is nothing like one is told all kinds', () => {
    const [found] = issuesOn(base, addOf(NEW, { kind: 'ỨNG DỤNG' }));
    expect(found?.params['allowed']).toMatch(/^AGENCY, .*TASK, DEPENDS_ON, .*CLOSES, ATTRIBUTE_DEFINITION$/);
  });

  it('an unknown attribute is told the closest one that its kind has', () => {
    expect(issuesOn(base, update(SYSTEM, 'attributes.hostin', 'CLOUD'))).toMatchObject([
      { params: { key: 'hostin', kind: 'SYSTEM', suggestion: 'hosting' } },
    ]);
    expect(issuesOn(base, update(PLATFORM, 'attributes.userCoun', 1))).toMatchObject([
      { params: { kind: 'PLATFORM', suggestion: '' } },
    ]);
  });
});

describe('a change set', () => {
  it('of nothing says nothing, and is refused', () => {
    expect(told(issuesOn(base))).toEqual(['VALUE_MISSING operations']);
  });

  it('has a largest size', () => {
    const many = Array.from({ length: OPERATIONS_MAXIMUM + 1 }, () => remove(NEW));
    // As one list: so many arguments of a call would not fit the stack.
    expect(planOn(base, many)).toEqual({
      issues: [
        {
          reason: 'LIMIT_EXCEEDED',
          path: ['operations'],
          params: { field: 'operations', limit: OPERATIONS_MAXIMUM, actual: OPERATIONS_MAXIMUM + 1 },
        },
      ],
    });
    const within = planOn(base, many.slice(1));
    expect('issues' in within && told(within.issues)[0]).toBe('URN_UNKNOWN operations.0.urn');
  });

  it('is told everything that is wrong with it, in order', () => {
    const issues = issuesOn(
      base,
      addOf(NEW, { kind: 'SYSTEM', nmae: 'x', layer: 9, attributes: { userCount: -1, hosting: 'MOON', note: 'ok' } }),
      update(SYSTEM, 'layer', 2),
      update(SYSTEM, 'phases', [{ phase: 'DEAD' }]),
      remove('urn:khung:e77'),
    );
    expect(told(issues)).toEqual([
      'FIELD_UNKNOWN operations.0.value.nmae',
      'VALUE_MISSING operations.0.value.name',
      'VALUE_OUT_OF_BOUNDS operations.0.value.layer',
      'VALUE_OUT_OF_BOUNDS operations.0.value.attributes.userCount',
      'VALUE_NOT_ALLOWED operations.0.value.attributes.hosting',
      'VALUE_NOT_ALLOWED operations.2.value.0.phase',
      'URN_UNKNOWN operations.3.urn',
    ]);
  });

  it('is told no more than a hundred things at once', () => {
    const wrong = Array.from({ length: 150 }, (_, each) => remove(`urn:khung:x${each}`));
    expect(issuesOn(base, ...wrong)).toHaveLength(100);
    expect(issuesOn(base, ...wrong.slice(0, 99))).toHaveLength(99);
    const fields = Object.fromEntries(wrong.map((_, each) => [`f${each}`, each]));
    expect(issuesOn(base, addOf(NEW, { kind: 'SYSTEM', name: 'x', ...fields }))).toHaveLength(100);
  });

  it('is told everything where that is asked for', () => {
    const wrong = Array.from({ length: 150 }, (_, each) => remove(`urn:khung:x${each}`));
    expect(allIssuesWith(new Map(), base, wrong)).toHaveLength(150);
  });

  it('is carried out in order: what a step names must exist by then', () => {
    expect(told(issuesOn(base, uses(NEW, PLATFORM), newSystem))).toEqual([
      'RELATION_END_UNKNOWN operations.0.value.source',
    ]);
    expect(issuesOn(base, newSystem, uses(NEW, PLATFORM))).toEqual([]);
    expect(told(issuesOn(base, update(NEW, 'layer', 2), newSystem))).toEqual(['URN_UNKNOWN operations.0.urn']);
    expect(committed(base, newSystem, update(NEW, 'layer', 2)).elementByUrn(NEW)?.layer).toBe(2);
    expect(told(issuesOn(base, remove(PART), update(PART, 'layer', 1)))).toContain('URN_UNKNOWN operations.1.urn');
  });

  it('gives numbers in order, and says which come next', () => {
    const { elements, relations, counters, delta } = planned(
      base,
      newSystem,
      addOf('urn:khung:new2', { kind: 'AGENCY', name: 'Sở' }),
      uses(NEW, PLATFORM),
    );
    expect(elements.map(({ seq, urn, before }) => [seq, urn, before])).toEqual([
      [100, NEW, undefined],
      [101, 'urn:khung:new2', undefined],
    ]);
    expect(relations).toMatchObject([{ seq: 200, after: { source: 100, target: 2 } }]);
    expect(counters).toEqual({ element: 102, relation: 201 });
    expect(delta).toMatchObject({ revision: 2, at: COMMIT_MOMENT });
  });

  it('stamps what it changes with the new revision, and nothing else', () => {
    const after = committed(base, update(SYSTEM, 'layer', 3), update(USES, 'strength', 'SOFT'), newSystem);
    expect(after.revision).toBe(base.revision + 1);
    expect(Array.from(after.elements(), ({ seq, revision }) => [seq, revision])).toEqual([
      [0, 1],
      [1, 2],
      [2, 1],
      [3, 1],
      [100, 2],
    ]);
    expect(Array.from(after.relations(), ({ revision }) => revision)).toEqual([1, 2, 1]);
  });

  it('leaves no trace when it is refused', () => {
    const elements = [...base.elements()];
    expect(issuesOn(base, newSystem, update(SYSTEM, 'name', 'Khác'), uses(NEW, SYSTEM))).toHaveLength(1);
    expect([...base.elements()]).toEqual(elements);
    expect(base.isTaken(NEW)).toBe(false);
    expect(issuesOn(base, newSystem)).toEqual([]);
  });

  it('that adds and removes one thing leaves nothing but its urn taken', () => {
    const plan = planned(base, newSystem, update(NEW, 'layer', 1), remove(NEW));
    expect(plan.elements).toEqual([{ seq: 100, urn: NEW, before: undefined, after: undefined }]);
    expect(plan.counters.element).toBe(101);
    const after = base.with(plan.delta);
    expect(after.elementByUrn(NEW)).toBeUndefined();
    expect([...after.elements()]).toEqual([...base.elements()]);
    expect(told(issuesOn(after, newSystem))).toEqual(['URN_TAKEN operations.0.urn']);
  });

  it('never gives a urn again, neither in the same change set nor later', () => {
    expect(told(issuesOn(base, newSystem, newSystem))).toEqual(['URN_TAKEN operations.1.urn']);
    const asRelation = addOf(NEW, { kind: 'USES_PLATFORM', source: SYSTEM, target: PLATFORM });
    expect(told(issuesOn(base, newSystem, asRelation))).toEqual(['URN_TAKEN operations.1.urn']);
    expect(told(issuesOn(base, remove(OWNED), addOf(OWNED, {})))).toEqual(['URN_TAKEN operations.1.urn']);
    const without = committed(base, remove(OWNED));
    expect(told(issuesOn(without, addOf(OWNED, {})))).toEqual(['URN_TAKEN operations.0.urn']);
    expect(told(issuesOn(without, update(OWNED, 'strength', 'HARD')))).toEqual(['URN_UNKNOWN operations.0.urn']);
  });

  it('sets one place once', () => {
    const repeated = 'OPERATION_REPEATED operations.1.path';
    const rename = update(SYSTEM, 'name', 'A');
    expect(issuesOn(base, rename, update(SYSTEM, 'name', 'B'))).toEqual([
      { reason: 'OPERATION_REPEATED', path: ['operations', '1', 'path'], params: { urn: SYSTEM } },
    ]);
    expect(told(issuesOn(base, rename, rename))).toEqual([repeated]);
    expect(told(issuesOn(base, update(SYSTEM, 'layer', 1), remove(SYSTEM, 'layer')))).toEqual([repeated]);
    const hosting = 'attributes.hosting';
    expect(told(issuesOn(base, remove(SYSTEM, hosting), update(SYSTEM, hosting, 'CLOUD')))).toEqual([repeated]);
    expect(told(issuesOn(base, update(OWNED, 'status', 'READY'), update(OWNED, 'status', 'IN_USE')))).toEqual([
      repeated,
    ]);
  });

  it('removes one thing once', () => {
    expect(told(issuesOn(base, remove(OWNED), remove(OWNED)))).toEqual(['URN_UNKNOWN operations.1.urn']);
  });

  it('does not take an addition for a place, whatever path it names', () => {
    const named: Operation = { ...addOf(NEW, { kind: 'SYSTEM', name: 'Mới' }), path: 'name' };
    expect(issuesOn(base, named, update(NEW, 'name', 'Khác'))).toEqual([]);
  });

  it('may set one place of two objects, and two places of one', () => {
    expect(
      issuesOn(
        base,
        update(SYSTEM, 'name', 'A'),
        update(PART, 'name', 'A'),
        update(SYSTEM, 'nameEn', 'A'),
        update(SYSTEM, 'attributes.note', 'A'),
        newSystem,
        update(NEW, 'name', 'A'),
        remove(NEW),
      ),
    ).toEqual([]);
  });
});

describe('an expected revision', () => {
  // e1 last changed in revision 2, r1 in revision 3; the head is revision 3.
  let head = base;
  beforeEach(() => {
    head = committed(committed(base, update(SYSTEM, 'layer', 1)), update(USES, 'strength', 'SOFT'));
  });
  const stale = (expectedRevision: number | null, ...operations: Operation[]): unknown => {
    const outcome = planOn(head, operations, expectedRevision);
    return 'issues' in outcome ? outcome.issues : [];
  };
  const conflict = (urn: string, expected: number, actual: number, index = 0): object => ({
    reason: 'STALE_REVISION',
    path: ['operations', `${index}`],
    params: { urn, expected, actual },
  });

  it.each<[string, number | null, Operation, object[]]>([
    ['an update of what changed since', 1, update(SYSTEM, 'name', 'x'), [conflict(SYSTEM, 1, 2)]],
    ['a removal of what changed since', 1, remove(SYSTEM, 'layer'), [conflict(SYSTEM, 1, 2)]],
    ['an update of a relation that changed since', 2, update(USES, 'status', 'READY'), [conflict(USES, 2, 3)]],
    ['an update of what changed just then', 2, update(SYSTEM, 'name', 'x'), []],
    ['an update of what did not change', 1, update(PLATFORM, 'name', 'x'), []],
    ['a relation to what changed since', 1, uses(SYSTEM, PLATFORM), []],
    ['an update where nothing is expected', null, update(SYSTEM, 'name', 'x'), []],
  ])('%s', (_what, expected, operation, issues) => {
    expect(stale(expected, operation)).toEqual(issues);
  });

  it('stops only the operations on what changed', () => {
    expect(stale(1, update(PLATFORM, 'name', 'x'), update(SYSTEM, 'name', 'x'))).toEqual([conflict(SYSTEM, 1, 2, 1)]);
  });

  it('stops what gives back something that went or came back since', () => {
    const back = { ...newSystem, restore: true };
    head = committed(head, newSystem);
    const there = head;
    head = committed(head, remove(NEW));
    expect([stale(4, back), stale(5, back)]).toEqual([[conflict(NEW, 4, 5)], []]);
    head = committed(head, update(SYSTEM, 'layer', 2));
    expect([stale(4, back), stale(5, back)]).toEqual([[conflict(NEW, 4, 5)], []]);
    head = committed(head, back);
    expect([stale(6, back), stale(7, back)]).toMatchObject([[conflict(NEW, 6, 7)], [{ reason: 'URN_TAKEN' }]]);
    expect(stale(6, remove(NEW), back)).toEqual([conflict(NEW, 6, 7), conflict(NEW, 6, 7, 1)]);
    expect(stale(7, remove(NEW), back)).toEqual([]);
    // What an older snapshot shares with its successors does not tell it of the future.
    expect(planOn(there, [remove(NEW), back], 4)).toHaveProperty('plan');
  });

  it('stops what gives back a relation or definition that went since', () => {
    head = committed(head, addSeats('urn:khung:attribute-ghe'));
    head = committed(head, remove('urn:khung:attribute-ghe'), remove(USES));
    const uses0 = { ...uses(SYSTEM, PLATFORM), urn: USES, restore: true };
    const seats = { ...addSeats('urn:khung:attribute-ghe'), restore: true };
    expect(stale(4, uses0, seats)).toEqual([conflict(USES, 4, 5), conflict('urn:khung:attribute-ghe', 4, 5, 1)]);
    expect(stale(5, uses0, seats)).toEqual([]);
  });

  it('is not one that is still to come', () => {
    const unknown = { reason: 'REVISION_UNKNOWN', path: ['expectedRevision'], params: { revision: 4, newest: 3 } };
    expect([stale(4, newSystem), stale(3, newSystem)]).toEqual([[unknown], []]);
  });

  it('does not hide that a urn is taken or unknown', () => {
    expect(stale(1, addOf(SYSTEM, {}))).toMatchObject([{ reason: 'URN_TAKEN' }]);
    expect(stale(1, remove(NEW))).toMatchObject([{ reason: 'URN_UNKNOWN' }]);
  });

  it('lets a change set go on with what it changed itself', () => {
    expect(stale(3, newSystem, update(NEW, 'layer', 1), update(SYSTEM, 'layer', 2), remove(SYSTEM, 'nameEn'))).toEqual(
      [],
    );
  });
});

describe('the log', () => {
  const sourced = { source: 'Quyết định 1', confidence: 'HIGH' } as const;

  it('keeps what was there before and after', () => {
    const { log } = planned(
      base,
      update(SYSTEM, 'layer', 2),
      update(SYSTEM, 'attributes.hosting', 'ON_SITE'),
      update(SYSTEM, 'attributes.note', null),
      remove(SYSTEM, 'attributes.userCount'),
      remove(SYSTEM, 'aliases'),
      update(USES, 'strength', 'SOFT'),
      remove(OWNED),
    );
    expect(log.map(({ op, urn, path, before, after }) => [op, urn, path, before, after])).toEqual([
      ['UPDATE', SYSTEM, 'layer', null, 2],
      ['UPDATE', SYSTEM, 'attributes.hosting', 'CLOUD', 'ON_SITE'],
      ['UPDATE', SYSTEM, 'attributes.note', undefined, null],
      ['REMOVE', SYSTEM, 'attributes.userCount', 5, undefined],
      ['REMOVE', SYSTEM, 'aliases', ['HT1'], []],
      ['UPDATE', USES, 'strength', 'HARD', 'SOFT'],
      ['REMOVE', OWNED, null, expect.objectContaining({ kind: 'OWNED_BY', urn: OWNED }), undefined],
    ]);
    expect(log.at(-1)?.before).not.toHaveProperty('seq');
  });

  it('keeps an addition as it was given, in normal form', () => {
    const name = 'Hệ thống mới';
    const value = { kind: 'SYSTEM', name: name.normalize('NFD'), layer: 2, nameEn: undefined };
    const { log } = planned(base, addOf(NEW, value), uses(NEW, PLATFORM));
    expect(log).toEqual([
      { op: 'ADD', urn: NEW, path: null, before: undefined, after: { kind: 'SYSTEM', name, layer: 2 }, source: null },
      {
        op: 'ADD',
        urn: 'urn:khung:uses',
        path: null,
        before: undefined,
        after: { kind: 'USES_PLATFORM', source: NEW, target: PLATFORM },
        source: null,
      },
    ]);
  });

  it('keeps a whole element that is removed', () => {
    const after = committed(base, remove('urn:khung:r2'));
    const [entry] = planned(after, remove(PART)).log;
    expect(entry).toMatchObject({ op: 'REMOVE', urn: PART, path: null, before: { kind: 'SYSTEM' }, after: undefined });
  });

  it('forgets the sources of what is removed, so that what is given back does not have them', () => {
    const { sources } = planned(base, { ...addOf(NEW, { kind: 'SYSTEM', name: 'Mới' }), ...sourced }, remove(NEW), {
      ...addOf(NEW, { kind: 'SYSTEM', name: 'Khác' }),
      restore: true,
    });
    expect([...sources]).toEqual([]);
  });

  it('keeps the source with every field that it holds for, and none of what is not known', () => {
    const attributes = { hosting: 'CLOUD', userCount: 1 };
    const { sources, log } = planned(
      base,
      { ...addOf(NEW, { kind: 'SYSTEM', name: 'Mới', nameEn: null, attributes }), ...sourced },
      { ...update(SYSTEM, 'layer', 1), source: 'Công văn 2' },
      { ...update(SYSTEM, 'attributes.note', 'x'), confidence: 'LOW' },
      update(SYSTEM, 'nameEn', 'x'),
    );
    expect(Array.from(sources, ([urn, fields]) => [urn, Object.fromEntries(fields)])).toEqual([
      [
        NEW,
        {
          kind: sourced,
          name: sourced,
          'attributes.hosting': sourced,
          'attributes.userCount': sourced,
        },
      ],
      [
        SYSTEM,
        {
          layer: { source: 'Công văn 2', confidence: 'UNSOURCED' },
          'attributes.note': { source: null, confidence: 'LOW' },
          nameEn: null,
        },
      ],
    ]);
    expect(log.map(({ source }) => source)).toEqual([
      sourced,
      { source: 'Công văn 2', confidence: 'UNSOURCED' },
      { source: null, confidence: 'LOW' },
      null,
    ]);
  });

  it('gives a new relation its source as provenance, unless it has its own', () => {
    const relationOf = (more: object): unknown => {
      const value = { kind: 'USES_PLATFORM', source: SYSTEM, target: PLATFORM, ...more };
      const { relations } = planned(base, { ...addOf('urn:khung:uses', value), ...sourced });
      return relations[0]?.after;
    };
    expect(relationOf({})).toMatchObject({ provenance: 'Quyết định 1', confidence: 'HIGH' });
    expect(relationOf({ provenance: 'Sổ tay', confidence: 'LOW' })).toMatchObject({
      provenance: 'Sổ tay',
      confidence: 'LOW',
    });
    expect(planned(base, uses(SYSTEM, PLATFORM)).relations[0]?.after).toMatchObject({
      provenance: null,
      confidence: 'UNSOURCED',
      strength: 'UNKNOWN',
      status: 'UNKNOWN',
      channels: [],
      validFrom: null,
      validTo: null,
    });
  });

  it('has no field of an element that is left alone', () => {
    const agency = base.elementByUrn(AGENCY);
    expect(committed(base, update(SYSTEM, 'layer', 1)).elementByUrn(AGENCY)).toBe(agency);
  });
});
