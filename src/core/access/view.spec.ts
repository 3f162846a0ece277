import * as fc from 'fast-check';
import { draw } from '../../../test/support/drawn-landscape.js';
import { element, randomLandscapes, relation, urnOf } from '../../../test/support/landscapes.js';
import type { RandomLandscape } from '../../../test/support/landscapes.js';
import { cutPage } from '../cut-page.js';
import { positionOf } from '../ordering.js';
import { elementFacetFields } from '../landscape/facet-fields.js';
import { countsBy, elementFacet } from '../landscape/facets.js';
import { selectElements, selectRelations } from '../landscape/filter-select.js';
import { impactAnalysis } from '../landscape/impact.js';
import type { ImpactOptions } from '../landscape/impact.js';
import { ownerOf } from '../landscape/landscape.js';
import type { ChangeBase, Landscape } from '../landscape/landscape.js';
import { RELATION_KINDS, VISIBILITIES } from '../landscape/model.js';
import type { Element, Relation, Visibility } from '../landscape/model.js';
import { NEED_KINDS } from '../landscape/need-kinds.js';
import type { Operation } from '../landscape/operation.js';
import { elementOrdering } from '../landscape/order.js';
import type { ElementOrder } from '../landscape/order.js';
import { planChangeSet } from '../landscape/plan-change-set.js';
import { shortestPaths } from '../landscape/paths.js';
import { LandscapeSnapshot } from '../landscape/snapshot.js';
import { lineOfSuccession, partsOf, wholeOf } from '../landscape/succession.js';
import { cycles } from '../landscape/structure.js';
import { deadEnds } from '../landscape/structure-dead-ends.js';
import { layeringViolations } from '../landscape/structure-layering.js';
import type { LayeringPolicy } from '../landscape/structure-layering.js';
import { orphans } from '../landscape/structure-orphans.js';
import { singlePointsOfFailure } from '../landscape/structure-single-points.js';
import { ADMINISTRATOR, PUBLIC } from './actor.js';
import type { Actor } from './actor.js';
import { LandscapeView } from './view.js';

const RANDOM = randomLandscapes({
  elements: 8,
  relations: 20,
  kinds: RELATION_KINDS,
  visibilities: VISIBILITIES,
  redundancy: true,
});

/** Who asks in the tests: of an officer's agency, which is the first element, and of what was opened to them by name. */
const OFFICER: Actor = { kind: 'OFFICER', agency: urnOf('e0'), grants: [urnOf('e1')] };
const ARCHITECT: Actor = { kind: 'ARCHITECT', grants: [urnOf('e2')] };
const ACTORS = [PUBLIC, OFFICER, ARCHITECT];

/** What has ended or is planned gives no right to see. */
function inForce({ relations }: RandomLandscape): readonly Relation[] {
  return relations.filter(({ status }) => status !== 'ENDED' && status !== 'PLANNED');
}

/** The first element and all that is part of it. */
function ownSeqs(records: RandomLandscape): ReadonlySet<number> {
  const own = new Set(records.elements.some(({ seq }) => seq === 0) ? [0] : []);
  for (let before = -1; before !== own.size;) {
    before = own.size;
    for (const { kind, source, target } of inForce(records)) {
      if (kind === 'PART_OF' && own.has(target)) own.add(source);
    }
  }
  return own;
}

function ownerOfSeq(records: RandomLandscape, seq: number): number {
  const owners = inForce(records).filter(({ kind, source }) => kind === 'OWNED_BY' && source === seq);
  return owners.toSorted((a, b) => a.target - b.target)[0]?.target ?? -1;
}

function mayReadClass(actor: Actor, { urn, visibility }: Element, isOwn: () => boolean): boolean {
  if (visibility === 'PUBLIC' || actor.kind === 'ADMINISTRATOR') return true;
  if (actor.kind === 'PUBLIC') return false;
  if (visibility === 'GOVERNMENT' || actor.grants.includes(urn)) return true;
  if (visibility === 'RESTRICTED') return false;
  return actor.kind === 'ARCHITECT' || isOwn();
}

/** The numbers of the elements that an actor may see, found the slow way. */
function visibleSeqs(actor: Actor, records: RandomLandscape): Set<number> {
  const own = ownSeqs(records);
  const isOwn = (seq: number): boolean => own.has(seq) || own.has(ownerOfSeq(records, seq));
  return new Set(
    records.elements.filter((each) => mayReadClass(actor, each, () => isOwn(each.seq))).map(({ seq }) => seq),
  );
}

/** The landscape in which what an actor may not see does not exist. */
function withoutHidden(actor: Actor, records: RandomLandscape): LandscapeSnapshot {
  const visible = visibleSeqs(actor, records);
  return LandscapeSnapshot.of(
    records.elements.filter(({ seq }) => visible.has(seq)),
    records.relations.filter(({ source, target }) => visible.has(source) && visible.has(target)),
  );
}

function neighbours(landscape: Landscape, seq: number): unknown {
  const [outgoing, incoming]: unknown[][] = [[], []];
  landscape.forEachOutgoing(seq, (...entry) => outgoing?.push(entry));
  landscape.forEachIncoming(seq, (...entry) => incoming?.push(entry));
  return { outgoing, incoming };
}

function impactsOf(landscape: Landscape, origin: Element): unknown {
  const asked: readonly ImpactOptions[] = (['DEPENDENTS', 'DEPENDENCIES'] as const).flatMap((direction) => [
    { direction },
    { direction, maxDepth: 1 },
    { direction, minStrength: 'SOFT', collapse: ['PLATFORM'] },
  ]);
  return asked.map((options) => {
    const { impacted, ...rest } = impactAnalysis(landscape, origin, options);
    // Answers that are worked out when they are read are read here.
    const items = impacted.map(({ element, depth, severity, survivesByRedundancy, explanation, collapsed }) => ({
      element,
      depth,
      severity,
      survivesByRedundancy,
      explanation,
      collapsed,
    }));
    return JSON.stringify([items, rest]);
  });
}

/** Nothing of layer 1 may need anything. */
const TOP_DOWN: LayeringPolicy = {
  code: 'P',
  name: { vi: '', en: '' },
  from: null,
  to: null,
  confidence: 'LOW',
  source: { vi: '', en: '' },
  layers: [{ layer: 1, name: { vi: '', en: '' } }],
  rules: [{ relationKinds: ['DEPENDS_ON'], mayNeed: [{ layer: 1, layers: [] }], because: { vi: '', en: '' } }],
};

/** Every question that can be asked of a landscape, with its answer. */
const QUESTIONS: Readonly<Record<string, (landscape: ChangeBase, records: RandomLandscape) => unknown>> = {
  'the elements': (landscape) => [...landscape.elements()],
  'the relations': (landscape) => [...landscape.relations()],
  'each element by number and by urn': (landscape, { elements }) =>
    elements.map(({ seq, urn }) => [landscape.elementAt(seq), landscape.elementByUrn(urn)]),
  'each relation by number and by urn': (landscape, { relations }) =>
    relations.map(({ seq, urn }) => [landscape.relationAt(seq), landscape.relationByUrn(urn)]),
  'the relations of each element': (landscape, { elements }) => elements.map(({ seq }) => neighbours(landscape, seq)),
  'the owner of each element': (landscape, { elements }) => elements.map(({ seq }) => ownerOf(landscape, seq)),
  impact: (landscape) => Array.from(landscape.elements(), (origin) => impactsOf(landscape, origin)),
  paths: (landscape) =>
    [...landscape.elements()].map((from, _at, all) =>
      all.flatMap((to) => [
        shortestPaths(landscape, from, to, { k: 3 }),
        shortestPaths(landscape, from, to, { k: 2, direction: 'DEPENDENTS', maxDepth: 2 }),
      ]),
    ),
  circles: (landscape) => cycles(landscape),
  'circles of every kind of need': (landscape) => cycles(landscape, NEED_KINDS),
  'what nothing is connected with': (landscape) => orphans(landscape),
  'dead ends': (landscape) => deadEnds(landscape),
  'needs against the layering': (landscape) => layeringViolations(landscape, TOP_DOWN),
  'single points of failure': (landscape) => {
    const work = singlePointsOfFailure(landscape, { minimum: 1 });
    for (;;) {
      const step = work.next();
      // Answers that are worked out when they are read are read here.
      if (step.done === true) return JSON.stringify([step.value, step.value.items.map(({ losses }) => losses)]);
    }
  },
  'the line of succession of each element': (landscape, { elements }) =>
    elements.map(({ seq }) => [
      lineOfSuccession(landscape, seq, 'PREDECESSORS'),
      lineOfSuccession(landscape, seq, 'SUCCESSORS'),
    ]),
  'the whole and the parts of each element': (landscape, { elements }) =>
    elements.flatMap(({ seq }) => {
      const seen = landscape.elementAt(seq);
      return seen === undefined ? [] : [wholeOf(landscape, seen), partsOf(landscape, seen)];
    }),
  'a filter on the owner': (landscape) => selectElements(landscape, { owner: { kind: ['AGENCY'] } }),
  'a filter on the end of a relation': (landscape) => selectRelations(landscape, { target: { kind: ['PLATFORM'] } }),
  'a filter on relations': (landscape) => [
    selectElements(landscape, { relation: { some: { other: { kind: ['PLATFORM'] } } } }),
    selectElements(landscape, { relation: { every: { strength: ['HARD'] } } }),
    selectElements(landscape, { relation: { none: { crossAgency: true } } }),
  ],
  'counts by several fields, and by each of them': (landscape) => {
    const found = elementFacetFields(['owner', 'kind', 'phase'], landscape.definitions.byKey, []);
    if ('issue' in found) throw new Error(found.issue.reason);
    const all = selectElements(landscape, {});
    return [countsBy(landscape, all, found.fields), found.fields.map((field) => elementFacet(landscape, all, field))];
  },
  'a page by the names of owners': (landscape) => {
    const orders: readonly ElementOrder[] = [
      { field: 'OWNER_NAME', direction: 'DESC' },
      { field: 'NAME', direction: 'ASC' },
    ];
    const order = elementOrdering(orders, { landscape });
    const { items } = cutPage(selectElements(landscape, {}), order, { count: 5, from: 'START' });
    return items.map((each) => [order.nameOf(each), positionOf(order, each).values]);
  },
};

describe('what an actor may not see does not exist', () => {
  it.each(Object.entries(QUESTIONS))('for %s', (_question, ask) => {
    fc.assert(
      fc.property(RANDOM, fc.constantFrom(...ACTORS), (records, actor) => {
        const whole = LandscapeSnapshot.of(records.elements, records.relations);
        const view = LandscapeView.of(whole, actor);
        expect(ask(view, records)).toEqual(ask(withoutHidden(actor, records), records));
      }),
    );
  });

  it.each(Object.entries(QUESTIONS))('and the administrator is told all there is of %s', (_question, ask) => {
    fc.assert(
      fc.property(RANDOM, (records) => {
        const whole = LandscapeSnapshot.of(records.elements, records.relations);
        expect(ask(LandscapeView.of(whole, ADMINISTRATOR), records)).toEqual(ask(whole, records));
      }),
      { numRuns: 20 },
    );
  });

  it('however far apart the numbers are', () => {
    const ids = Array.from({ length: 70 }, (_, index) => `n${index}`);
    const hidden = new Set([0, 31, 32, 33, 63, 64, 69]);
    const fields = Object.fromEntries(
      ids.filter((_, index) => hidden.has(index)).map((id) => [id, { visibility: 'GOVERNMENT' } as const]),
    );
    const { landscape, name } = draw(ids, fields);
    const view = LandscapeView.of(landscape, PUBLIC);
    expect(Array.from(view.elements(), ({ seq }) => name(seq))).toEqual(ids.filter((_, index) => !hidden.has(index)));
    expect([view.elementAt(-1), view.elementAt(71), view.elementAt(10_000)]).toEqual([undefined, undefined, undefined]);
  });
});

describe('the past of what was removed', () => {
  /** A landscape, other classes and relations of what is in it, and which of it is removed after that. */
  const HISTORY = fc
    .tuple(RANDOM, fc.array(fc.constantFrom(...VISIBILITIES), { minLength: 8, maxLength: 8 }), RANDOM, fc.nat(255))
    .map(([first, classes, other, gone]) => {
      const known = new Set(first.elements.map(({ seq }) => seq));
      const elements = first.elements.map((each, at) => ({ ...each, visibility: classes[at] ?? each.visibility }));
      const relations = other.relations.filter(({ source, target }) => known.has(source) && known.has(target));
      const stays = (seq: number): boolean => (gone & (1 << seq)) === 0;
      const last: RandomLandscape = {
        elements: elements.filter(({ seq }) => stays(seq)),
        relations: relations.filter(({ source, target }) => stays(source) && stays(target)),
      };
      return { first, second: { elements, relations }, last };
    });

  /** The landscape of some records, made out of another. */
  function following(before: LandscapeSnapshot, { elements, relations }: RandomLandscape): LandscapeSnapshot {
    const changes = <T extends Element | Relation>(older: Iterable<T>, newer: readonly T[]) => [
      ...Array.from(older, ({ seq, urn }) => ({ seq, urn, after: newer.find((each) => each.seq === seq) })),
      ...newer.map((after) => ({ seq: after.seq, urn: after.urn, after })),
    ];
    return before
      .with({
        revision: before.revision + 1,
        at: '2026-01-02',
        elements: changes(before.elements(), elements),
        relations: changes(before.relations(), relations),
      })
      .settled();
  }

  it('is open to whoever might read it then and might read it at last, and to nobody else', () => {
    fc.assert(
      fc.property(HISTORY, fc.constantFrom(...ACTORS, ADMINISTRATOR), ({ first, second, last }, actor) => {
        const begun = LandscapeSnapshot.of(first.elements, first.relations);
        const newest = following(following(begun, second), last);
        const own = ownSeqs(last);
        const wholes = (seq: number): number[] =>
          inForce(second).flatMap(({ kind, source, target }) => (kind === 'PART_OF' && source === seq ? target : []));
        const isOwn = (seq: number): boolean =>
          [ownerOfSeq(second, seq), ...wholes(seq)].some((holder) => own.has(holder));
        const [seenThen, seenNow] = [visibleSeqs(actor, first), visibleSeqs(actor, last)];
        const open = second.elements.filter((each) => {
          const { seq } = each;
          if (!seenThen.has(seq)) return false;
          const stays = last.elements.some((now) => now.seq === seq);
          return stays ? seenNow.has(seq) : mayReadClass(actor, each, () => isOwn(seq));
        });
        const view = LandscapeView.of(begun, actor, { day: null, onlyValid: false }, [newest]);
        expect(Array.from(view.elements(), ({ seq }) => seq)).toEqual(open.map(({ seq }) => seq));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a view', () => {
  const { landscape, at } = draw(['open', 'closed'], { closed: { visibility: 'RESTRICTED' } });

  it('is partial for everybody but the administrator, whether or not something is hidden', () => {
    const open = draw(['open']).landscape;
    for (const actor of ACTORS) {
      expect([landscape, open].map((each) => LandscapeView.of(each, actor).isPartial)).toEqual([true, true]);
    }
    expect(LandscapeView.of(landscape, ADMINISTRATOR).isPartial).toBe(false);
  });

  it('of the past hides what is hidden now, and what was hidden then', () => {
    const [open, closed] = [at('open'), at('closed')];
    const change = (element: Element, visibility: Visibility): Element => ({ ...element, visibility });
    const swapped = landscape.with({
      revision: 2,
      at: '2026-01-02',
      elements: [
        { seq: open.seq, urn: open.urn, after: change(open, 'RESTRICTED') },
        { seq: closed.seq, urn: closed.urn, after: change(closed, 'PUBLIC') },
      ],
      relations: [],
    });
    const seen = (newest: LandscapeSnapshot): string[] =>
      Array.from(
        LandscapeView.of(landscape, PUBLIC, { day: null, onlyValid: false }, [newest]).elements(),
        ({ urn }) => urn,
      );
    expect([seen(landscape), seen(swapped)]).toEqual([[open.urn], []]);
    const gone = { seq: open.seq, urn: open.urn, after: undefined };
    const without = (before: LandscapeSnapshot): LandscapeSnapshot =>
      before.with({ revision: 3, at: '2026-01-03', elements: [gone], relations: [] });
    expect([seen(without(landscape)), seen(without(swapped))]).toEqual([[open.urn], []]);
    // Of what is gone and nobody knows what it was, nobody knows that it might be read.
    const unknown = { ...gone, last: undefined };
    expect(seen(landscape.with({ revision: 3, at: '2026-01-03', elements: [unknown], relations: [] }))).toEqual([]);
  });

  it('tells the revision, its moment and the bound of the whole', () => {
    const { revision, at, elementBound } = LandscapeView.of(landscape, PUBLIC);
    expect({ revision, at, elementBound }).toEqual({ revision: 1, at: '2026-01-01T00:00:00.000Z', elementBound: 3 });
  });

  it('tells of a hidden urn only that it can not be given again', () => {
    const view = LandscapeView.of(landscape, PUBLIC);
    const planned = (operation: Operation): unknown =>
      planChangeSet(
        view,
        { operations: [operation] },
        { definitions: new Map(), at: '2026-01-02', counters: { element: 3, relation: 1 } },
      );
    const reasons = (urn: string): unknown[] => [
      planned({ op: 'ADD', urn, value: { kind: 'SYSTEM', name: 'Mới' } }),
      planned({ op: 'UPDATE', urn, path: 'name', value: 'Mới' }),
      planned({ op: 'REMOVE', urn }),
      planned({ op: 'ADD', urn: 'urn:khung:r', value: { kind: 'DEPENDS_ON', source: at('open').urn, target: urn } }),
    ];
    const [taken, ...hidden] = reasons('urn:khung:closed');
    const [free, ...unknown] = reasons('urn:khung:nowhere');
    expect(taken).toMatchObject({ issues: [{ reason: 'URN_TAKEN' }] });
    expect(free).toMatchObject({ plan: { delta: { revision: 2 } } });
    expect(JSON.stringify(hidden).replaceAll('urn:khung:closed', 'urn:khung:nowhere')).toBe(JSON.stringify(unknown));
    expect(hidden).toMatchObject([
      { issues: [{ reason: 'URN_UNKNOWN' }] },
      { issues: [{ reason: 'URN_UNKNOWN' }] },
      { issues: [{ reason: 'RELATION_END_UNKNOWN' }] },
    ]);
  });

  it('tells the place of what was removed to those alone to whom it was open', () => {
    const outcome = planChangeSet(
      landscape,
      { operations: ['open', 'closed'].map((id) => ({ op: 'REMOVE', urn: `urn:khung:${id}` })) },
      { definitions: new Map(), at: '2026-01-02', counters: { element: 3, relation: 1 } },
    );
    if (!('plan' in outcome)) throw new Error(JSON.stringify(outcome));
    const after = landscape.with(outcome.plan.delta);
    const places = (actor: Actor): unknown[] =>
      ['open', 'closed', 'nowhere'].map((id) => LandscapeView.of(after, actor).removedNumber(`urn:khung:${id}`)?.table);
    expect(places(PUBLIC)).toEqual(['ELEMENT', undefined, undefined]);
    expect(places(ADMINISTRATOR)).toEqual(['ELEMENT', 'ELEMENT', undefined]);
  });

  it('is made once for a snapshot and a reach of actors, and anew for the next snapshot', () => {
    expect(LandscapeView.of(landscape, { kind: 'PUBLIC' })).toBe(LandscapeView.of(landscape, PUBLIC));
    expect(LandscapeView.of(landscape, { ...ARCHITECT })).toBe(LandscapeView.of(landscape, ARCHITECT));
    // Who sees the same has the same view, whoever he is.
    expect(LandscapeView.of(landscape, { kind: 'ARCHITECT', grants: [] })).toBe(LandscapeView.of(landscape, ARCHITECT));
    expect(LandscapeView.of(landscape, OFFICER)).toBe(LandscapeView.of(landscape, ARCHITECT));
    expect(LandscapeView.of(landscape, { kind: 'ARCHITECT', grants: [at('closed').urn] })).not.toBe(
      LandscapeView.of(landscape, ARCHITECT),
    );
    expect(LandscapeView.of(landscape, ARCHITECT, { day: '2026', onlyValid: false })).not.toBe(
      LandscapeView.of(landscape, ARCHITECT),
    );
    expect(LandscapeView.of(landscape, ADMINISTRATOR)).not.toBe(LandscapeView.of(landscape, PUBLIC));
    const closed = at('closed');
    const opened = { seq: closed.seq, urn: closed.urn, after: { ...closed, visibility: 'PUBLIC' } as const };
    const next = landscape.with({ revision: 2, at: '2026-01-02', elements: [opened], relations: [] });
    expect(LandscapeView.of(next, PUBLIC).elementByUrn(closed.urn)).toEqual(opened.after);
    expect(LandscapeView.of(landscape, PUBLIC).elementByUrn(closed.urn)).toBeUndefined();
  });
});

describe("the right to see what is an agency's", () => {
  const records = [
    element(0, { kind: 'AGENCY' }),
    element(1, { kind: 'AGENCY' }),
    element(2, { kind: 'AGENCY' }),
    element(3, { visibility: 'AGENCY' }),
  ];
  const landscape = LandscapeSnapshot.of(records, [
    relation(1, [3, 2], { kind: 'OWNED_BY' }),
    relation(2, [2, 0], { kind: 'PART_OF', validTo: '2025-06-30' }),
    relation(3, [2, 1], { kind: 'PART_OF', validFrom: '2025-07-01' }),
  ]);

  it.each([
    ['e0', false],
    ['e1', true],
    ['e2', true],
  ])('goes with its parts when they go to another: an officer of %s sees it: %s', (agency, sees) => {
    const view = LandscapeView.of(landscape, { kind: 'OFFICER', agency: urnOf(agency), grants: [] });
    expect(view.elementAt(3) !== undefined).toBe(sees);
  });
});

describe('the owner of an element in the course of time', () => {
  const agencies = [element(1), element(2, { kind: 'AGENCY' }), element(3, { kind: 'AGENCY' })];
  const owned = { kind: 'OWNED_BY' } as const;
  const landscape = LandscapeSnapshot.of(agencies, [
    relation(1, [1, 2], { ...owned, validTo: '2025-06-30' }),
    relation(2, [1, 3], { ...owned, validFrom: '2025-07-01' }),
  ]);
  const ownerOn = (day: string, onlyValid = false): string | undefined =>
    ownerOf(LandscapeView.of(landscape, PUBLIC, { day, onlyValid }), 1)?.urn;

  it.each([
    ['2025-06-30', 'urn:khung:e2'],
    ['2025-07-01', 'urn:khung:e3'],
    ['2026', 'urn:khung:e3'],
  ])('is on %s that of the day', (day, owner) => {
    expect([ownerOn(day), ownerOn(day, true)]).toEqual([owner, owner]);
  });

  it('is the last one after all that is recorded, and nobody once it has ended', () => {
    expect(ownerOf(landscape, 1)?.urn).toBe('urn:khung:e3');
    const ended = LandscapeSnapshot.of(agencies, [relation(1, [1, 2], { ...owned, status: 'ENDED' })]);
    expect(ownerOf(ended, 1)).toBeUndefined();
  });

  it('is told of an element whose end alone is known, on the days before it, too', () => {
    const old = element(2, { kind: 'AGENCY', phases: [{ phase: 'END_OF_LIFE', from: '2025-07-01' }] });
    const known = LandscapeSnapshot.of([element(1), old], [relation(1, [1, 2], owned)]);
    const view = LandscapeView.of(known, PUBLIC, { day: '2025-06-30', onlyValid: true });
    expect(ownerOf(view, 1)).toBe(old);
  });

  it('is nobody before the first began', () => {
    const later = LandscapeSnapshot.of(agencies, [relation(1, [1, 2], { ...owned, validFrom: '2026' })]);
    const view = LandscapeView.of(later, PUBLIC, { day: '2025-07-01', onlyValid: false });
    expect(ownerOf(view, 1)).toBeUndefined();
  });
});
