import * as fc from 'fast-check';
import { definition } from '../../../test/support/change-sets.js';
import { element, relation, urnOf } from '../../../test/support/landscapes.js';
import type { AttributeDefinitions } from '../landscape/attribute.js';
import { compileElementFilter } from '../landscape/filter-compile.js';
import { differenceBetween, isSame } from '../landscape/difference.js';
import type { Element, Json, Relation, Visibility } from '../landscape/model.js';
import { elementOrdering } from '../landscape/order.js';
import { planChangeSet } from '../landscape/plan-change-set.js';
import { LandscapeSnapshot } from '../landscape/snapshot.js';
import { factsOfElement } from '../policy/element-facts.js';
import { ADMINISTRATOR, PUBLIC } from './actor.js';
import type { Actor } from './actor.js';
import { LandscapeView } from './view.js';

const PACK = new Map(
  [
    definition('open', { type: 'INTEGER' }),
    definition('secret', { type: 'INTEGER', visibility: 'GOVERNMENT' }),
    definition('one', { type: 'URN' }),
    definition('many', { type: 'URN_LIST' }),
  ].map((each) => [each.key, each]),
);
const [OPEN, HIDDEN] = [urnOf('e0'), urnOf('e1')];

interface Records {
  readonly elements: readonly Element[];
  readonly relations: readonly Relation[];
}

function snapshotOf({ elements, relations }: Records): LandscapeSnapshot {
  return LandscapeSnapshot.empty(PACK).with({
    revision: 1,
    at: '2026-01-01T00:00:00.000Z',
    elements: elements.map((after) => ({ seq: after.seq, urn: after.urn, after })),
    relations: relations.map((after) => ({ seq: after.seq, urn: after.urn, after })),
  });
}

const ATTRIBUTES = fc.record<Record<string, Json>>(
  {
    open: fc.constantFrom(1, null),
    secret: fc.constantFrom(1, null),
    one: fc.constantFrom(OPEN, HIDDEN, null),
    many: fc.constantFrom([], [OPEN, HIDDEN, OPEN], [HIDDEN], null),
  },
  { requiredKeys: [] },
);
const RESPONSIBLE = fc
  .constantFrom(OPEN, HIDDEN, null)
  .map((agency) => ({ role: 'ACCOUNTABLE', person: '17', agency, from: null, until: null }) as const);

/** e0 is open; e1 is hidden where the second visibility says so; the others are anything. */
const RANDOM: fc.Arbitrary<Records> = fc
  .record({
    second: fc.constantFrom<Visibility>('PUBLIC', 'RESTRICTED'),
    elements: fc.array(fc.tuple(ATTRIBUTES, fc.array(RESPONSIBLE, { maxLength: 2 })), { minLength: 2, maxLength: 5 }),
    relations: fc.array(ATTRIBUTES, { maxLength: 3 }),
  })
  .map(({ second, elements, relations }) => ({
    elements: elements.map(([attributes, responsibilities], seq) =>
      element(seq, { attributes, responsibilities, visibility: seq === 1 ? second : 'PUBLIC' }),
    ),
    relations: relations.map((attributes, seq) => relation(seq, [0, 0], { attributes })),
  }));

/** What a record says to somebody for whom neither hidden attributes nor hidden elements exist. */
function told<T extends Element | Relation>(record: T, isHidden: boolean): T {
  const gone = (urn: Json): boolean => isHidden && urn === HIDDEN;
  const attributes: Record<string, Json> = {};
  for (const [key, value] of Object.entries(record.attributes)) {
    if (key === 'secret' || gone(value)) continue;
    if (Array.isArray(value) && value.some(gone)) continue;
    attributes[key] = value;
  }
  if (!('responsibilities' in record)) return { ...record, attributes };
  const responsibilities = record.responsibilities.map((each) => ({
    ...each,
    agency: gone(each.agency) ? null : each.agency,
    person: null,
  }));
  return { ...record, attributes, responsibilities };
}

describe('a change of what may not be read', () => {
  it('tells that something changed, by the revision of the record, and nothing else', () => {
    let told = 0;
    const someSecret = fc.record({
      secret: fc.constantFrom<Json>(1, null, 2),
      one: fc.constantFrom<Json>(HIDDEN),
      person: fc.constantFrom('17', '18'),
    });
    fc.assert(
      fc.property(RANDOM, someSecret, (records, { secret, one, person }) => {
        const before = snapshotOf(records);
        const elements = before.elements();
        const isHidden = records.elements[1]?.visibility !== 'PUBLIC';
        const changed = Array.from(elements, (each): Element => {
          // What names a hidden element is itself hidden: it may become another such name, or go.
          const names =
            isHidden && each.attributes['one'] === HIDDEN
              ? {}
              : { ...(isHidden && !('one' in each.attributes) && { one }) };
          const { one: had, ...rest } = each.attributes;
          const kept = isHidden && had === HIDDEN ? rest : each.attributes;
          const responsibilities = each.responsibilities.map((own) => ({ ...own, person }));
          return { ...each, attributes: { ...kept, ...names, secret }, responsibilities, revision: 2 };
        });
        const after = before.with({
          revision: 2,
          at: '2026-01-02T00:00:00.000Z',
          elements: changed.map((each) => ({ seq: each.seq, urn: each.urn, after: each })),
          relations: [],
        });
        const [was, is] = [LandscapeView.of(before, PUBLIC), LandscapeView.of(after, PUBLIC)];
        const withoutRevision = (view: LandscapeView): object[] =>
          Array.from(view.elements(), (each) => ({ ...each, revision: 0 }));
        expect(withoutRevision(is)).toEqual(withoutRevision(was));
        expect(Array.from(is.elements(), ({ revision }) => revision)).toEqual(Array.from(was.elements(), () => 2));
        expect(isSame(differenceBetween(was, is))).toBe(true);
        told += Number(
          Array.from(after.elements()).some(
            (each) => each.attributes['secret'] !== before.elementAt(each.seq)?.attributes['secret'],
          ),
        );
      }),
    );
    expect(told).toBeGreaterThan(50);
  });

  it('is met by the filters on changes and moves in their order, as any other change', () => {
    const before = snapshotOf({ elements: [element(0), element(2)], relations: [] });
    const hidden = { ...element(0), attributes: { secret: 3 }, revision: 2 };
    const after = before.with({
      revision: 2,
      at: '2026-01-02T00:00:00.000Z',
      elements: [{ seq: 0, urn: hidden.urn, after: hidden }],
      relations: [],
    });
    const view = LandscapeView.of(after, PUBLIC);
    const met = compileElementFilter(view, { changedAfterRevision: 1 });
    expect(Array.from(view.elements(), (each) => [each.urn, met(each), each.attributes])).toEqual([
      [urnOf('e0'), true, {}],
      [urnOf('e2'), false, {}],
    ]);
    const { keys } = elementOrdering([{ field: 'CHANGED_AT', direction: 'DESC' }], { landscape: view });
    expect(Array.from(view.elements(), (each) => keys[0]?.valueOf(each))).toEqual([2, 1]);
  });
});

describe('a record as it may be read', () => {
  it('has neither hidden attributes nor names of hidden elements or of persons, however it is come by', () => {
    fc.assert(
      fc.property(RANDOM, (records) => {
        const view = LandscapeView.of(snapshotOf(records), PUBLIC);
        const isHidden = records.elements[1]?.visibility !== 'PUBLIC';
        const elements = records.elements
          .filter(({ visibility }) => visibility === 'PUBLIC')
          .map((each) => told(each, isHidden));
        const relations = records.relations.map((each) => told(each, isHidden));
        expect([...view.elements()]).toEqual(elements);
        expect([...view.relations()]).toEqual(relations);
        expect(elements.map(({ seq }) => view.elementAt(seq))).toEqual(elements);
        expect(elements.map(({ urn }) => view.elementByUrn(urn))).toEqual(elements);
        expect(relations.map(({ seq }) => view.relationAt(seq))).toEqual(relations);
        expect(relations.map(({ urn }) => view.relationByUrn(urn))).toEqual(relations);
      }),
    );
  });

  it('is the record itself for whoever may read all', () => {
    fc.assert(
      fc.property(RANDOM, (records) => {
        const view = LandscapeView.of(snapshotOf(records), ADMINISTRATOR);
        expect([...view.elements()].every((each, at) => each === records.elements[at])).toBe(true);
        expect([...view.relations()].every((each, at) => each === records.relations[at])).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  const closed = element(0, { attributes: { open: 1, secret: 2 } });
  const snapshot = snapshotOf({ elements: [closed], relations: [] });
  const view = LandscapeView.of(snapshot, PUBLIC);
  const seen = view.elementAt(0) ?? closed;

  it('is copied once', () => {
    expect(view.elementByUrn(closed.urn)).toBe(seen);
    expect(view.elementAt(0)).toBe(seen);
  });

  it('is copied once for all who may read the same, in every revision', () => {
    const hidden = element(1, { visibility: 'AGENCY' });
    const both = snapshotOf({ elements: [closed, hidden], relations: [] });
    const officer = (id: string): Actor => ({ kind: 'OFFICER', agency: urnOf(id), grants: [] });
    const [one, other] = [officer('a'), { ...officer('b'), grants: [hidden.urn] }] as const;
    const copy = LandscapeView.of(both, PUBLIC).elementAt(0);
    expect(copy?.attributes).toEqual({ open: 1 });
    const next = both.with({ revision: 2, at: '2026-01-02', elements: [], relations: [] });
    expect(LandscapeView.of(next, PUBLIC).elementAt(0)).toBe(copy);
    const views = [one, other].map((actor) => LandscapeView.of(both, actor));
    expect(views[0]).not.toBe(views[1]);
    expect(views.map((each) => each.elementAt(0))).toEqual([closed, closed]);
  });

  it('does not have an attribute that no definition describes, but for the administrator', () => {
    const odd = element(0, { attributes: { open: 1, nobodyKnows: 'bí mật' } });
    const landscape = snapshotOf({ elements: [odd], relations: [] });
    const actors: Actor[] = [
      PUBLIC,
      { kind: 'OFFICER', agency: odd.urn, grants: [odd.urn] },
      { kind: 'ARCHITECT', grants: [odd.urn] },
    ];
    for (const actor of actors) {
      expect(LandscapeView.of(landscape, actor).elementAt(0)?.attributes).toEqual({ open: 1 });
    }
    expect(LandscapeView.of(landscape, ADMINISTRATOR).elementAt(0)).toBe(odd);
  });

  it('meets no filter on what is hidden', () => {
    const filter = { attribute: { key: 'secret', isKnown: true } };
    expect(compileElementFilter(view, filter)(seen)).toBe(false);
    expect(compileElementFilter(LandscapeView.of(snapshot, ADMINISTRATOR), filter)(closed)).toBe(true);
  });

  it('is judged by no rule on what is hidden', () => {
    const { values } = factsOfElement(view, seen, snapshot.definitions.byKey);
    expect([values['open'], values['secret']]).toEqual([1, undefined]);
  });

  it('does not have the hidden attribute for a proposal either', () => {
    const propose = (definitions = view.definitions.pack): unknown =>
      planChangeSet(
        view,
        { operations: [{ op: 'UPDATE', urn: closed.urn, path: 'attributes.secret', value: 3 }] },
        { definitions, at: '', counters: { element: 1, relation: 1 } },
      );
    expect(propose()).toMatchObject({ issues: [{ reason: 'ATTRIBUTE_UNKNOWN', params: { key: 'secret' } }] });
    expect(propose(snapshot.definitions.pack)).toMatchObject({ plan: {} });
  });

  it('hides what is hidden by a definition made at run time, from the revision that hides it on', () => {
    const made = (visibility: Visibility, revision: number): LandscapeSnapshot =>
      snapshot.with({
        revision,
        at: '2026-01-02T00:00:00.000Z',
        elements: [{ seq: 0, urn: closed.urn, after: { ...closed, attributes: { seats: 4 } } }],
        relations: [],
        definitions: [
          {
            urn: 'urn:khung:attribute-seats',
            after: { urn: urnOf('attribute-seats'), definition: definition('seats', { visibility }), revision },
          },
        ],
      });
    const seats = (visibility: Visibility): unknown =>
      LandscapeView.of(made(visibility, 2), PUBLIC).elementAt(0)?.attributes;
    expect([seats('PUBLIC'), seats('AGENCY')]).toEqual([{ seats: 4 }, {}]);
    const hidden = LandscapeView.of(made('AGENCY', 2), PUBLIC);
    expect([hidden.definitions.made.size, hidden.isTaken('urn:khung:attribute-seats')]).toEqual([0, true]);
  });

  it('of the past hides what is hidden now, and what was hidden then', () => {
    const moment = { day: null, onlyValid: false };
    const now = (key: string, visibility: Visibility): LandscapeSnapshot =>
      after(new Map([[key, definition(key, { visibility })]]));
    const after = (pack: AttributeDefinitions): LandscapeSnapshot => {
      revision += 1;
      const elements = [{ seq: 0, urn: closed.urn, after: closed }];
      return LandscapeSnapshot.empty(pack).with({ revision, at: '2026-01-02', elements, relations: [] });
    };
    let revision = 1;
    const read = (newest: LandscapeSnapshot): unknown =>
      LandscapeView.of(snapshot, PUBLIC, moment, [newest]).elementAt(0)?.attributes;
    expect(read(now('open', 'GOVERNMENT'))).toEqual({});
    expect(read(now('secret', 'PUBLIC'))).toEqual({ open: 1 });
    expect(read(after(new Map()))).toEqual({ open: 1 });
  });

  it('hides in the past what is hidden now, and what was removed since', () => {
    const urn = urnOf('attribute-seats');
    const define = (
      before: LandscapeSnapshot,
      revision: number,
      visibility: Visibility | undefined,
    ): LandscapeSnapshot =>
      before.with({
        revision,
        at: '2026-01-02T00:00:00.000Z',
        elements: [{ seq: 0, urn: closed.urn, after: { ...closed, attributes: visibility ? { seats: 4 } : {} } }],
        relations: [],
        definitions: [{ urn, after: visibility && { urn, definition: definition('seats', { visibility }), revision } }],
      });
    const then = define(snapshot, 2, 'PUBLIC');
    const hidden = define(then, 3, 'RESTRICTED');
    const removed = define(hidden, 4, undefined);
    const seats = (newest: LandscapeSnapshot): unknown =>
      LandscapeView.of(then, PUBLIC, { day: null, onlyValid: false }, [newest]).elementAt(0)?.attributes['seats'];
    expect([then, hidden, removed].map(seats)).toEqual([4, undefined, undefined]);
  });
});
