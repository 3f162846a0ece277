import * as fc from 'fast-check';
import {
  addOf,
  allIssuesWith,
  committedWith,
  definition,
  issuesWith,
  remove,
  told,
  update,
} from '../../../test/support/change-sets.js';
import { element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import type { AttributeDefinitions } from './attribute.js';
import { contest } from './masters.js';
import type { Element, Relation } from './model.js';
import type { Operation } from './operation.js';
import type { LandscapeSnapshot } from './snapshot.js';

const DEFINITIONS: AttributeDefinitions = new Map(
  [
    definition('contract', { type: 'URN', appliesTo: ['USES'], targetKinds: ['CONTRACT'] }),
    definition('dataObjects', { type: 'URN_LIST', appliesTo: ['EXCHANGES_DATA_WITH'], targetKinds: ['DATA_OBJECT'] }),
    definition('seeAlso', { type: 'URN', appliesTo: ['SYSTEM'] }),
    definition('startsOn', { type: 'DATE', appliesTo: ['CONTRACT'] }),
    definition('endsOn', { type: 'DATE', appliesTo: ['CONTRACT'], notBefore: 'startsOn' }),
    definition('masterScope', { appliesTo: ['MASTERS'] }),
  ].map((each) => [each.key, each]),
);
const e = (seq: number): string => `urn:khung:e${seq}`;
const r = (seq: number): string => `urn:khung:r${seq}`;
const NEW = 'urn:khung:new';
const wrong = (base: LandscapeSnapshot, ...operations: readonly Operation[]): string[] =>
  told(issuesWith(DEFINITIONS, base, operations));

/** An agency, a system, a second one, a contract, a kind of data. */
const records = (more: Readonly<Record<number, Partial<Element>>> = {}): Element[] =>
  (['AGENCY', 'SYSTEM', 'SYSTEM', 'CONTRACT', 'DATA_OBJECT'] as const).map((kind, seq) =>
    element(seq, { kind, ...more[seq] }),
  );
const base = landscapeOf(records(), [
  relation(0, [0, 1], { kind: 'USES' }),
  relation(1, [1, 2], { kind: 'EXCHANGES_DATA_WITH' }),
]);

describe('a value that names elements', () => {
  it.each<[string, Operation, string[]]>([
    ['an element of the right kind', update(r(0), 'attributes.contract', e(3)), []],
    ['nothing: declared absent', update(r(0), 'attributes.contract', null), []],
    ['a urn nobody has', update(r(0), 'attributes.contract', NEW), ['URN_UNKNOWN operations.0.value']],
    ['the urn of a relation', update(r(0), 'attributes.contract', r(1)), ['URN_UNKNOWN operations.0.value']],
    [
      'an element of another kind',
      update(r(0), 'attributes.contract', e(1)),
      ['REFERENCE_OF_WRONG_KIND operations.0.value'],
    ],
    ['any kind where any will do', update(e(1), 'attributes.seeAlso', e(0)), []],
    ['a list of which each is right', update(r(1), 'attributes.dataObjects', [e(4), e(4)]), []],
    [
      'a list of which two are wrong',
      update(r(1), 'attributes.dataObjects', [e(4), NEW, e(3)]),
      ['URN_UNKNOWN operations.0.value.1', 'REFERENCE_OF_WRONG_KIND operations.0.value.2'],
    ],
    [
      'a list with what is no urn',
      update(r(1), 'attributes.dataObjects', [e(4), 'x']),
      ['URN_MALFORMED operations.0.value.1'],
    ],
    [
      'somebody wrong from the start',
      addOf(NEW, { kind: 'USES', source: e(0), target: e(1), attributes: { contract: e(2) } }),
      ['REFERENCE_OF_WRONG_KIND operations.0.value.attributes.contract'],
    ],
  ])('may name what fits and nothing else: %s', (_name, operation, expected) => {
    expect(wrong(base, operation)).toEqual(expected);
  });

  it('may name what comes later in the same change set', () => {
    const contract = addOf(NEW, { kind: 'CONTRACT', name: 'Hợp đồng' });
    expect(wrong(base, update(r(0), 'attributes.contract', NEW), contract)).toEqual([]);
    expect(wrong(base, contract, remove(NEW), update(r(0), 'attributes.contract', NEW))).toEqual([
      'URN_UNKNOWN operations.2.value',
    ]);
  });
});

describe('an element that is named', () => {
  const named = landscapeOf(records({ 1: { responsibilities: [responsible(0)], attributes: { seeAlso: e(2) } } }), [
    relation(0, [0, 1], { kind: 'USES', attributes: { contract: e(3) } }),
  ]);

  it.each<[string, number, string]>([
    ['by an attribute of a relation', 3, `${r(0)} attributes.contract`],
    ['by an attribute of an element', 2, `${e(1)} attributes.seeAlso`],
  ])('can not be removed: %s', (_name, seq, place) => {
    expect(issuesWith(DEFINITIONS, named, [remove(e(seq))])).toEqual([
      {
        reason: 'ELEMENT_STILL_NAMED',
        path: ['operations', '0', 'urn'],
        params: { urn: e(seq), count: 1, examples: place },
      },
    ]);
  });

  it('can be removed once nobody names it any more, in whichever order', () => {
    const silent = remove(r(0), 'attributes.contract');
    expect(wrong(named, remove(e(3)), silent)).toEqual([]);
    expect(wrong(named, silent, remove(e(3)))).toEqual([]);
    expect(wrong(named, remove(r(0)), remove(e(3)))).toEqual([]);
  });

  it('keeps a kind that may be named there', () => {
    expect(wrong(named, update(e(3), 'kind', 'DATA_OBJECT'))).toEqual(['ELEMENT_STILL_NAMED operations.0.value']);
    expect(wrong(named, update(e(2), 'kind', 'PLATFORM'))).toEqual([]);
    expect(wrong(named, remove(r(0)), update(e(0), 'kind', 'CONTRACT'))).toEqual([
      'ELEMENT_STILL_NAMED operations.1.value',
    ]);
  });

  it('is told with some of the places, and how many there are', () => {
    const many = landscapeOf(
      [element(0), ...Array.from({ length: 7 }, (_, at) => element(at + 1, { attributes: { seeAlso: e(0) } }))],
      [],
    );
    const [found] = issuesWith(DEFINITIONS, many, [remove(e(0))]);
    expect(found?.params).toMatchObject({ count: 7 });
    expect(String(found?.params['examples']).split(', ')).toHaveLength(5);
  });
});

function responsible(agency: number | null, more: object = {}): Element['responsibilities'][number] {
  const [urn] = agency === null ? [null] : [element(agency).urn];
  return { role: 'ACCOUNTABLE', person: null, agency: urn ?? null, from: null, until: null, ...more };
}

describe('who answers for an element', () => {
  it.each<[string, readonly object[], string[]]>([
    ['an agency', [responsible(0)], []],
    ['a person without an agency', [responsible(null, { person: '17' })], []],
    ['what is no agency', [responsible(0), responsible(1)], ['REFERENCE_OF_WRONG_KIND operations.0.value.1.agency']],
    ['what is not there', [responsible(77)], ['URN_UNKNOWN operations.0.value.0.agency']],
    [
      'until before since',
      [responsible(0, { from: '2026-02', until: '2026-01-31' })],
      ['END_BEFORE_START operations.0.value.0.until'],
    ],
    ['within one year of which no more is known', [responsible(0, { from: '2026-02', until: '2026' })], []],
  ])('is an agency for a time that may be: %s', (_name, responsibilities, expected) => {
    expect(wrong(base, update(e(1), 'responsibilities', responsibilities))).toEqual(expected);
    const added = addOf(NEW, { kind: 'SYSTEM', name: 'x', responsibilities });
    expect(wrong(base, added)).toEqual(expected.map((each) => each.replace('.value.', '.value.responsibilities.')));
  });
});

describe('what ends', () => {
  it.each<[string, Operation[], string[]]>([
    [
      'a relation',
      [update(r(0), 'validFrom', '2026'), update(r(0), 'validTo', '2025-12')],
      ['END_BEFORE_START operations.1.value'],
    ],
    [
      'a relation whose start moves',
      [update(r(0), 'validTo', '2026'), update(r(0), 'validFrom', '2027')],
      ['END_BEFORE_START operations.1.value'],
    ],
    ['a relation of one day', [update(r(0), 'validFrom', '2026-01-02'), update(r(0), 'validTo', '2026-01-02')], []],
    [
      'a contract',
      [addOf(NEW, { kind: 'CONTRACT', name: 'x', attributes: { startsOn: '2026', endsOn: '2025' } })],
      ['END_BEFORE_START operations.0.value.attributes.endsOn'],
    ],
    [
      'a contract whose start moves',
      [update(e(3), 'attributes.endsOn', '2026'), update(e(3), 'attributes.startsOn', '2027-01')],
      ['END_BEFORE_START operations.1.value'],
    ],
    ['a contract whose end nobody knows', [update(e(3), 'attributes.startsOn', '2027-01')], []],
    [
      'a contract without an end',
      [update(e(3), 'attributes.startsOn', '2027'), update(e(3), 'attributes.endsOn', null)],
      [],
    ],
  ])('does not end before it begins: %s', (_name, operations, expected) => {
    expect(wrong(base, ...operations)).toEqual(expected);
  });
});

describe('the master of data', () => {
  const mastered = (first: Partial<Relation> = {}): LandscapeSnapshot =>
    landscapeOf(records(), [relation(0, [1, 4], { kind: 'MASTERS', ...first })]);
  const another = (more: object = {}): Operation =>
    addOf(NEW, { kind: 'MASTERS', source: e(2), target: e(4), ...more });
  const scope = (masterScope: string): object => ({ attributes: { masterScope } });

  it('is one: a second is told who is', () => {
    expect(issuesWith(DEFINITIONS, mastered(), [another()])).toEqual([
      {
        reason: 'MASTER_TAKEN',
        path: ['operations', '0', 'value', 'target'],
        params: { urn: e(4), scope: '*', other: r(0) },
      },
    ]);
  });

  it.each<[string, Partial<Relation>, object, boolean]>([
    ['two scopes', scope('Quận 1'), scope('Quận 3'), false],
    ['one scope in other letters', scope('Quận  1'), scope('quận 1'), true],
    ['one scope in other composition', scope('Quận 1'.normalize('NFD')), scope('Quận 1'), true],
    ['a scope beside all there is', {}, scope('Quận 1'), true],
    ['all there is beside a scope', scope('Quận 1'), {}, true],
    ['a blank scope, which is none', scope('Quận 1'), scope(' '), true],
    ['one after the other', { validTo: '2026-06-30' }, { validFrom: '2026-07-01' }, false],
    ['one before the other', { validFrom: '2026-07' }, { validTo: '2026-06' }, false],
    ['on one and the same day', { validTo: '2026-07-01' }, { validFrom: '2026-07-01' }, true],
    ['dates too coarse to say', { validTo: '2026' }, { validFrom: '2026-07-01' }, true],
    ['one without an end', {}, { validFrom: '2027' }, true],
    ['one that has ended', { status: 'ENDED' }, {}, false],
    ['one that is only planned', { status: 'IN_USE' }, { status: 'PLANNED' }, true],
  ])('is one for each scope and time: %s', (_name, first, second, taken) => {
    expect(wrong(mastered(first), another(second))).toEqual(taken ? ['MASTER_TAKEN operations.0.value.target'] : []);
  });

  it('may change hands in one change set', () => {
    expect(wrong(mastered(), another(), remove(r(0)))).toEqual([]);
    expect(wrong(mastered(), another({ validFrom: '2027' }), update(r(0), 'validTo', '2026'))).toEqual([]);
  });

  it('of two new ones is told once, and of one that changes where it changed', () => {
    const third = { ...another(), urn: `${NEW}2` };
    expect(wrong(landscapeOf(records(), []), another(), third)).toEqual(['MASTER_TAKEN operations.1.value.target']);
    const [one, two] = [scope('a'), scope('b')];
    const both = landscapeOf(records(), [
      relation(0, [1, 4], { kind: 'MASTERS', ...one }),
      relation(1, [2, 4], { kind: 'MASTERS', ...two }),
    ]);
    expect(wrong(both, update(r(1), 'attributes.masterScope', 'A'))).toEqual(['MASTER_TAKEN operations.0.value']);
    expect(wrong(both, update(r(1), 'provenance', 'x'), remove(r(0), 'attributes.masterScope'))).toEqual([
      'MASTER_TAKEN operations.1.path',
    ]);
  });

  it('that was contested before is no hindrance to other changes', () => {
    const both = landscapeOf(records(), [
      relation(0, [1, 4], { kind: 'MASTERS' }),
      relation(1, [2, 4], { kind: 'MASTERS' }),
    ]);
    expect(wrong(both, update(r(1), 'provenance', 'x'))).toEqual([]);
    expect(wrong(both, update(r(1), 'status', 'ENDED'))).toEqual([]);
  });

  it('of very many scopes is planned at once, and so is a refusal of very many', () => {
    const count = 10_000;
    const claims = (more: (at: number) => object): Operation[] =>
      Array.from({ length: count }, (_, at) =>
        addOf(`urn:khung:m${at}`, { kind: 'MASTERS', source: e(2), target: e(4), ...more(at) }),
      );
    const bare = landscapeOf(records(), []);
    expect(wrong(bare, ...claims((at) => scope(`Xã ${at}`)))).toEqual([]);
    expect(wrong(bare, ...claims(() => ({})))).toHaveLength(100);
    const all = allIssuesWith(
      DEFINITIONS,
      bare,
      claims(() => ({})),
    );
    expect(new Set(all.map(({ path }) => path[1])).size).toBe(count - 1);
  }, 10_000);

  it('is never contested after any number of change sets', () => {
    const someMaster = fc.record({
      source: fc.constantFrom(e(1), e(2)),
      validFrom: fc.constantFrom(null, '2025', '2026-06'),
      validTo: fc.constantFrom(null, '2025', '2026-05', '2027'),
      status: fc.constantFrom('IN_USE', 'ENDED', 'UNKNOWN'),
      attributes: fc.constantFrom({}, { masterScope: 'a' }, { masterScope: 'b' }),
    });
    const steps = fc.array(fc.record({ value: someMaster, at: fc.nat(5) }), { maxLength: 12 });
    fc.assert(
      fc.property(steps, (list) => {
        let landscape = landscapeOf(records(), []);
        for (const { value, at } of list) {
          const urn = r(at);
          const known = landscape.relationByUrn(urn);
          const operations =
            known === undefined
              ? [addOf(urn, { kind: 'MASTERS', target: e(4), ...value })]
              : [update(urn, 'status', value.status), update(urn, 'validTo', value.validTo)];
          if (issuesWith(DEFINITIONS, landscape, operations).length > 0) continue;
          landscape = committedWith(DEFINITIONS, landscape, operations);
        }
        const masters = [...landscape.relations()];
        for (const one of masters) {
          for (const other of masters) if (one !== other) expect(contest(one, other)).toBe(false);
        }
      }),
    );
  });
});
