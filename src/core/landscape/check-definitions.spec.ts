import * as fc from 'fast-check';
import {
  addSeats,
  committedWith,
  definition,
  issuesWith,
  remove,
  seatsDefinition,
  told,
  update,
} from '../../../test/support/change-sets.js';
import { element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import { DEFINITIONS_MAXIMUM } from './apply-definition.js';
import { checkAttribute } from './attribute.js';
import type { AttributeDefinitions } from './attribute.js';
import { contentLines } from './content.js';
import { differenceBetween, isSame } from './difference.js';
import type { Json } from './model.js';
import type { Operation } from './operation.js';
import { planChangeSet } from './plan-change-set.js';
import { revertOf } from './revert.js';
import type { LandscapeSnapshot } from './snapshot.js';

const PACK: AttributeDefinitions = new Map([['hosting', definition('hosting')]]);
const URN = 'urn:khung:attribute-seats';
const SYSTEM = 'urn:khung:e0';
const define = (more: object = {}, urn = URN): Operation => addSeats(urn, more);
const wrong = (base: LandscapeSnapshot, ...operations: readonly Operation[]): string[] =>
  told(issuesWith(PACK, base, operations));
const after = (base: LandscapeSnapshot, ...operations: readonly Operation[]): LandscapeSnapshot =>
  committedWith(PACK, base, operations);
const fresh = (): LandscapeSnapshot =>
  landscapeOf(
    [element(0), element(1, { kind: 'PLATFORM' }), element(2)],
    [relation(0, [0, 1], { kind: 'USES_PLATFORM' })],
  );

describe('an attribute definition of a change set', () => {
  it('may be used by the next step, and by every change set after it', () => {
    const base = fresh();
    expect(wrong(base, update(SYSTEM, 'attributes.seats', 5))).toEqual(['ATTRIBUTE_UNKNOWN operations.0.value']);
    expect(wrong(base, update(SYSTEM, 'attributes.seats', 5), define())).toEqual([
      'ATTRIBUTE_UNKNOWN operations.0.value',
    ]);
    const defined = after(base, define(), update(SYSTEM, 'attributes.seats', 5));
    expect(defined.elementByUrn(SYSTEM)?.attributes).toEqual({ seats: 5 });
    expect(wrong(defined, update(SYSTEM, 'attributes.seats', 6))).toEqual([]);
    expect(wrong(defined, update(SYSTEM, 'attributes.seats', '6'))).toEqual(['VALUE_OF_WRONG_TYPE operations.0.value']);
  });

  it('is kept with its revision, and not by the landscape before', () => {
    const base = fresh();
    const defined = after(base, define({ minimum: 1, unit: 'chỗ' }));
    const { kind: _kind, ...fields } = seatsDefinition({ minimum: 1, unit: 'chỗ', visibility: 'PUBLIC' });
    expect([...defined.definitions.made.values()]).toEqual([{ urn: URN, definition: fields, revision: 2 }]);
    expect(base.definitions.made.size).toBe(0);
    const renamed = after(defined, update(URN, 'nameVi', 'Chỗ ngồi'), remove(URN, 'unit'));
    expect(renamed.definitions.made.get(URN)).toMatchObject({ revision: 3, definition: { nameVi: 'Chỗ ngồi' } });
    expect(renamed.definitions.made.get(URN)?.definition).not.toHaveProperty('unit');
    expect(defined.definitions.made.get(URN)?.definition.nameVi).toBe('Số chỗ');
  });

  it('is logged with what was there before and after', () => {
    const defined = after(fresh(), define());
    const operations = [update(URN, 'maximum', 9), remove(URN)];
    const outcome = planChangeSet(
      defined,
      { operations },
      { definitions: PACK, at: '', counters: { element: 9, relation: 9 } },
    );
    expect(outcome).toMatchObject({
      plan: {
        log: [
          { op: 'UPDATE', urn: URN, path: 'maximum', before: null, after: 9 },
          { op: 'REMOVE', urn: URN, path: null, before: { key: 'seats', maximum: 9 }, after: undefined },
        ],
        definitions: [{ urn: URN, after: undefined }],
      },
    });
  });

  it('conflicts where it changed since the author looked', () => {
    const defined = after(fresh(), define());
    const request = { operations: [update(URN, 'nameVi', 'x')], expectedRevision: 1 };
    const context = { definitions: PACK, at: '', counters: { element: 9, relation: 9 } };
    expect(planChangeSet(defined, request, context)).toMatchObject({
      issues: [{ reason: 'STALE_REVISION', params: { urn: URN, expected: 1, actual: 2 } }],
    });
  });

  it.each<[string, Operation[], string[]]>([
    ['a key of the reference pack', [define({ key: 'hosting' })], ['ATTRIBUTE_KEY_TAKEN operations.0.value.key']],
    ['a key given twice', [define(), define({}, `${URN}-2`)], ['ATTRIBUTE_KEY_TAKEN operations.1.value.key']],
    ['a urn given twice', [define(), define({ key: 'other' })], ['URN_TAKEN operations.1.urn']],
    ['the urn of an element', [define({}, SYSTEM)], ['URN_TAKEN operations.0.urn']],
    ['a urn that says nothing', [define({}, 'urn:khung:seats')], ['VALUE_NOT_ALLOWED operations.0.urn']],
    ['a key that is no word', [define({ key: 'số chỗ' })], ['VALUE_OF_WRONG_TYPE operations.0.value.key']],
    ['a key every object has', [define({ key: 'constructor' })], ['VALUE_OF_WRONG_TYPE operations.0.value.key']],
    ['an unknown type', [define({ type: 'FLOAT' })], ['VALUE_NOT_ALLOWED operations.0.value.type']],
    ['no kind it is for', [define({ appliesTo: [] })], ['VALUE_MISSING operations.0.value.appliesTo']],
    ['an unknown kind', [define({ appliesTo: ['X'] })], ['VALUE_NOT_ALLOWED operations.0.value.appliesTo.0']],
    [
      'a refused value with a NUL',
      [define({ refuses: ['a\u0000b'] })],
      ['VALUE_OF_WRONG_TYPE operations.0.value.refuses.0'],
    ],
    ['half a character', [define({ refuses: ['a\ud800b'] })], ['VALUE_OF_WRONG_TYPE operations.0.value.refuses.0']],
    [
      'a refused value of pages',
      [define({ refuses: [1, 'a'.repeat(201)] })],
      ['LIMIT_EXCEEDED operations.0.value.refuses.1'],
    ],
    ['a refused object', [define({ refuses: [{}] })], ['VALUE_OF_WRONG_TYPE operations.0.value.refuses.0']],
    ['no question', [define({ questionVi: ' ' })], ['VALUE_OF_WRONG_TYPE operations.0.value.questionVi']],
    ['a field it has not', [define({ width: 3 })], ['FIELD_UNKNOWN operations.0.value.width']],
    ['a visibility of null', [define({ visibility: null })], ['VALUE_MISSING operations.0.value.visibility']],
    ['an enumeration of nothing', [define({ type: 'ENUM' })], ['VALUE_MISSING operations.0.value.values']],
    ['an empty enumeration', [define({ type: 'ENUM', values: [] })], ['VALUE_MISSING operations.0.value.values']],
    ['values of a number', [define({ values: ['x'] })], ['FIELD_SENSELESS operations.0.value.values']],
    ['bounds of a text', [define({ type: 'STRING', minimum: 1 })], ['FIELD_SENSELESS operations.0.value.minimum']],
    [
      'bounds the wrong way round',
      [define({ minimum: 2, maximum: 1 })],
      ['VALUE_OUT_OF_BOUNDS operations.0.value.maximum'],
    ],
    [
      'a start nobody defines',
      [define({ type: 'DATE', notBefore: 'x' })],
      ['ATTRIBUTE_UNKNOWN operations.0.value.notBefore'],
    ],
    [
      'a start that is no date',
      [define({ type: 'DATE', notBefore: 'hosting' })],
      ['ATTRIBUTE_UNKNOWN operations.0.value.notBefore'],
    ],
    ['a new key', [define(), update(URN, 'key', 'places')], ['FIELD_FIXED operations.1.path']],
    ['a misspelt field', [define(), update(URN, 'minimun', 1)], ['FIELD_UNKNOWN operations.1.path']],
    ['a wrong value', [define(), update(URN, 'minimum', 'one')], ['VALUE_OF_WRONG_TYPE operations.1.value']],
    ['its visibility taken away', [define(), remove(URN, 'visibility')], ['VALUE_MISSING operations.1.path']],
    [
      'a type its fields do not fit',
      [define({ minimum: 1 }), update(URN, 'type', 'DATE')],
      ['FIELD_SENSELESS operations.1.value'],
    ],
  ])('is refused with the way to what is wrong: %s', (_name, operations, expected) => {
    expect(wrong(fresh(), ...operations)).toEqual(expected);
  });

  describe('that others may not be before', () => {
    const day = (key: string, more: object = {}): Operation =>
      define({ key, type: 'DATE', ...more }, `urn:khung:attribute-${key}`);
    const [OPENED, CLOSED] = ['urn:khung:attribute-opened', 'urn:khung:attribute-closed'] as const;
    const closed = day('closed', { notBefore: 'opened' });
    const both = ['SYSTEM', 'PLATFORM'];
    const named = (): LandscapeSnapshot => after(fresh(), day('opened', { appliesTo: both }), closed);

    it.each<[string, Operation[], string[]]>([
      ['does not go', [remove(OPENED)], ['ATTRIBUTE_STILL_NAMED operations.0.urn']],
      ['stays a date', [update(OPENED, 'type', 'STRING')], ['ATTRIBUTE_STILL_NAMED operations.0.value']],
      [
        'stays of their kinds',
        [update(OPENED, 'appliesTo', ['PLATFORM'])],
        ['ATTRIBUTE_STILL_NAMED operations.0.value'],
      ],
      ['may leave other kinds', [update(OPENED, 'appliesTo', ['SYSTEM'])], []],
      ['may get other words', [update(OPENED, 'nameVi', 'Ngày mở')], []],
      ['goes together with them', [remove(OPENED), remove(CLOSED)], []],
      ['goes where they let it', [remove(OPENED), remove(CLOSED, 'notBefore')], []],
      [
        'does not give its key to another thing',
        [remove(OPENED), define({ key: 'opened' }, `${OPENED}-2`)],
        ['ATTRIBUTE_STILL_NAMED operations.0.urn'],
      ],
      ['gives its key to another date', [remove(OPENED), { ...day('opened'), urn: `${OPENED}-2` }], []],
      [
        'is told once where they are changed too',
        [remove(OPENED), update(CLOSED, 'nameVi', 'Ngày đóng')],
        ['ATTRIBUTE_UNKNOWN operations.0.value'],
      ],
    ])('%s', (_what, operations, expected) => {
      expect(wrong(named(), ...operations)).toEqual(expected);
    });

    it.each<[string, Operation[], string[]]>([
      ['itself', [day('opened', { notBefore: 'opened' })], ['ATTRIBUTE_BEFORE_ITSELF operations.0.value.notBefore']],
      [
        'one that may not be before it',
        [day('opened'), closed, update(OPENED, 'notBefore', 'closed')],
        ['ATTRIBUTE_BEFORE_ITSELF operations.2.value', 'ATTRIBUTE_BEFORE_ITSELF operations.1.value.notBefore'],
      ],
    ])('are not %s', (_what, operations, expected) => {
      expect(wrong(fresh(), ...operations)).toEqual(expected);
    });
  });

  it('may change its type with the fields that go with it, in any order', () => {
    const retyped = [update(URN, 'values', ['A']), update(URN, 'type', 'ENUM'), remove(URN, 'minimum')];
    expect(wrong(fresh(), define({ minimum: 1 }), ...retyped)).toEqual([]);
    expect(wrong(fresh(), define({ minimum: 1 }), ...retyped.toReversed())).toEqual([]);
  });

  it('is one of a number that can be looked over', () => {
    const many = Array.from({ length: DEFINITIONS_MAXIMUM + 1 }, (_, at) =>
      define({ key: `seats${at}` }, `${URN}-${at}`),
    );
    expect(wrong(fresh(), ...many)).toEqual([`LIMIT_EXCEEDED operations.${DEFINITIONS_MAXIMUM}`]);
  });
});

describe('a definition that has values', () => {
  const used = (more: object = {}, value: Json = 5): LandscapeSnapshot =>
    after(fresh(), define(more), update(SYSTEM, 'attributes.seats', value));

  it('can not go, nor change its type, and says what stands in the way', () => {
    expect(issuesWith(PACK, used(), [remove(URN)])).toEqual([
      {
        reason: 'ATTRIBUTE_IN_USE',
        path: ['operations', '0', 'urn'],
        params: { key: 'seats', count: 1, examples: SYSTEM },
      },
    ]);
    expect(wrong(used(), update(URN, 'type', 'STRING'))).toEqual(['ATTRIBUTE_IN_USE operations.0.value']);
    expect(wrong(used({}, null), remove(URN))).toEqual(['ATTRIBUTE_IN_USE operations.0.urn']);
  });

  it('can go with its values, in whichever order, and its key may be given again', () => {
    const gone = remove(SYSTEM, 'attributes.seats');
    expect(wrong(used(), remove(URN), gone)).toEqual([]);
    const without = after(used(), gone, remove(URN));
    expect(without.definitions.byKey.has('seats')).toBe(false);
    expect(wrong(without, define())).toEqual(['URN_TAKEN operations.0.urn']);
    expect(wrong(without, define({ type: 'STRING' }, `${URN}-2`))).toEqual([]);
  });

  it.each<[string, object, Json, Operation, boolean]>([
    ['a bound that holds', {}, 5, update(URN, 'maximum', 5), true],
    ['a bound that is passed', {}, 5, update(URN, 'maximum', 4), false],
    ['a bound, and no value', {}, null, update(URN, 'maximum', 4), true],
    ['a word less that nobody says', { type: 'ENUM', values: ['A', 'B'] }, 'A', update(URN, 'values', ['A']), true],
    ['a word less that is said', { type: 'ENUM', values: ['A', 'B'] }, 'A', update(URN, 'values', ['B']), false],
    ['a list that may be shorter', { type: 'STRING_LIST' }, ['a', 'b'], update(URN, 'listMaximum', 1), false],
    ['a kind less', { appliesTo: ['SYSTEM', 'PLATFORM'] }, 5, update(URN, 'appliesTo', ['PLATFORM']), false],
    ['a kind more', {}, 5, update(URN, 'appliesTo', ['SYSTEM', 'PLATFORM']), true],
    ['another kind to name', { type: 'URN' }, SYSTEM, update(URN, 'targetKinds', ['PLATFORM']), false],
    ['the kind that is named', { type: 'URN' }, SYSTEM, update(URN, 'targetKinds', ['SYSTEM']), true],
    ['another name', {}, 5, update(URN, 'nameVi', 'x'), true],
    ['another class of readers', {}, 5, update(URN, 'visibility', 'GOVERNMENT'), true],
  ])('may be narrowed only as far as they bear it: %s', (_name, more, value, operation, good) => {
    const issues = issuesWith(PACK, used(more, value), [operation]);
    expect(issues.map(({ reason, params }) => [reason, params['examples']])).toEqual(
      good ? [] : [['ATTRIBUTE_VALUES_BROKEN', SYSTEM]],
    );
  });

  it('may be narrowed by a date that its own may not precede, where none does', () => {
    const start = define({ key: 'opened', type: 'DATE' }, 'urn:khung:attribute-opened');
    const dated = (opened: string): LandscapeSnapshot =>
      after(used({ type: 'DATE' }, '2025'), start, update(SYSTEM, 'attributes.opened', opened));
    expect(wrong(dated('2024'), update(URN, 'notBefore', 'opened'))).toEqual([]);
    expect(wrong(dated('2026'), update(URN, 'notBefore', 'opened'))).toEqual([
      'ATTRIBUTE_VALUES_BROKEN operations.0.value',
    ]);
  });

  it('is judged by the values that the change set leaves', () => {
    const narrower = update(URN, 'maximum', 4);
    expect(wrong(used(), narrower, update(SYSTEM, 'attributes.seats', 4))).toEqual([]);
    expect(wrong(used(), update(SYSTEM, 'attributes.seats', 4), narrower)).toEqual([]);
    expect(wrong(used(), remove('urn:khung:r0'), remove(SYSTEM), narrower)).toEqual([]);
  });

  it('leaves every value right after any number of change sets', () => {
    const step = fc.oneof(
      fc.record({ path: fc.constantFrom('minimum', 'maximum'), value: fc.integer({ min: -3, max: 3 }) }),
      fc.record({ path: fc.constant('type'), value: fc.constantFrom('INTEGER', 'STRING') }),
      fc.record({ path: fc.constant('appliesTo'), value: fc.subarray(['SYSTEM', 'PLATFORM']) }),
    );
    const values = fc.record({ at: fc.constantFrom(0, 1, 2), value: fc.integer({ min: -4, max: 4 }) });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), step, values), { maxLength: 20 }), (steps) => {
        let landscape = after(fresh(), define());
        for (const [defines, { path, value: field }, { at, value }] of steps) {
          const operation = defines ? update(URN, path, field) : update(`urn:khung:e${at}`, 'attributes.seats', value);
          if (wrong(landscape, operation).length === 0) landscape = after(landscape, operation);
        }
        const seats = landscape.definitions.byKey.get('seats');
        for (const { attributes, kind } of landscape.elements()) {
          const value = attributes['seats'];
          if (value === undefined) continue;
          expect(seats?.appliesTo).toContain(kind);
          expect(seats && checkAttribute(seats, value, [])).toBeUndefined();
        }
      }),
    );
  });
});

describe('what a change set did to definitions', () => {
  const content = (landscape: LandscapeSnapshot): unknown => [...contentLines(landscape)];
  const revertLast = (before: LandscapeSnapshot, ...operations: readonly Operation[]): LandscapeSnapshot => {
    const context = { definitions: PACK, at: '', counters: { element: 100, relation: 200 } };
    const outcome = planChangeSet(before, { operations }, context);
    if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
    const done = before.with(outcome.plan.delta).settled();
    const { operations: undoing, conflicts } = revertOf(done, outcome.plan.log);
    expect(conflicts).toEqual([]);
    return undoing.length === 0 ? done : committedWith(PACK, done, undoing);
  };
  const words = { type: 'ENUM', values: ['A', 'B'] };

  it.each<[string, Operation[], Operation[]]>([
    ['an addition', [], [define({ unit: 'chỗ' })]],
    ['an addition with a source', [], [{ ...define(), source: 'Công văn 1', confidence: 'HIGH' }]],
    ['an addition with values', [], [define(), update(SYSTEM, 'attributes.seats', 5)]],
    ['a removal', [define({ minimum: 2 })], [remove(URN)]],
    [
      'a removal with its values',
      [define(), update(SYSTEM, 'attributes.seats', 5)],
      [remove(SYSTEM, 'attributes.seats'), remove(URN)],
    ],
    ['a field set and one taken', [define({ minimum: 2 })], [update(URN, 'unit', 'x'), remove(URN, 'minimum')]],
    [
      'a word less, after its last value went',
      [define(words), update(SYSTEM, 'attributes.seats', 'B')],
      [update(SYSTEM, 'attributes.seats', 'A'), update(URN, 'values', ['A'])],
    ],
    [
      'a word more, and a value of it',
      [define(words), update(SYSTEM, 'attributes.seats', 'B')],
      [update(URN, 'values', ['A', 'B', 'C']), update(SYSTEM, 'attributes.seats', 'C')],
    ],
    ['an addition and its removal', [], [define(), remove(URN)]],
  ])('is undone exactly: %s', (_name, first, then) => {
    const before = first.length === 0 ? fresh() : after(fresh(), ...first);
    expect(content(revertLast(before, ...then))).toEqual(content(before));
  });

  it('is not undone where somebody went on since', () => {
    const defined = after(fresh(), define());
    const context = { definitions: PACK, at: '', counters: { element: 100, relation: 200 } };
    const outcome = planChangeSet(defined, { operations: [update(URN, 'unit', 'chỗ')] }, context);
    if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
    const later = after(defined.with(outcome.plan.delta).settled(), update(URN, 'unit', 'ghế'));
    expect(revertOf(later, outcome.plan.log)).toMatchObject({
      operations: [],
      conflicts: [{ urn: URN, path: 'unit', cause: 'CHANGED_OTHERWISE', current: 'ghế' }],
    });
  });

  it('is told as a difference', () => {
    const [base, other] = [fresh(), define({ key: 'floor' }, 'urn:khung:attribute-floor')];
    const one = after(base, define(), other);
    const two = after(one, update(URN, 'maximum', 9), remove('urn:khung:attribute-floor'));
    const { added } = differenceBetween(base, two).definitions;
    expect(added).toMatchObject([{ urn: URN, after: { definition: { maximum: 9 } } }]);
    const { removed, changed } = differenceBetween(one, two).definitions;
    expect(changed).toMatchObject([{ urn: URN, fields: [{ path: 'maximum', before: null, after: 9 }] }]);
    expect(removed).toMatchObject([{ urn: 'urn:khung:attribute-floor' }]);
    expect([isSame(differenceBetween(one, one)), isSame(differenceBetween(one, two))]).toEqual([true, false]);
  });

  it('gives an urn back to what had it, and to nothing else', () => {
    const gone = after(after(fresh(), define()), remove(URN));
    const back = { ...define(), restore: true };
    expect(after(gone, back).definitions.made.get(URN)?.definition.key).toBe('seats');
    expect(wrong(gone, { ...back, value: { kind: 'SYSTEM', name: 'x' } })).toEqual(['URN_TAKEN operations.0.urn']);
    expect(wrong(fresh(), back)).toEqual(['URN_UNKNOWN operations.0.urn']);
    expect(wrong(after(fresh(), remove('urn:khung:e2')), { ...define({}, 'urn:khung:e2'), restore: true })).toEqual([
      'URN_TAKEN operations.0.urn',
    ]);
    expect(wrong(after(fresh(), define()), remove(URN), back)).toEqual([]);
  });
});
