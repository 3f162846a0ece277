import * as fc from 'fast-check';
import {
  addOf,
  allIssuesWith,
  committed,
  issuesOn,
  planned,
  remove,
  told,
  update,
} from '../../../test/support/change-sets.js';
import { element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import type { Element, ElementKind, Relation } from './model.js';
import type { Operation } from './operation.js';

const urn = (seq: number): string => `urn:khung:e${seq}`;
const rel = (seq: number): string => `urn:khung:r${seq}`;
let given = 0;
/** A new relation under a urn of its own. */
function join(kind: string, source: number, target: number, more: object = {}): Operation {
  given += 1;
  return addOf(`urn:khung:n${given}`, { kind, source: urn(source), target: urn(target), ...more });
}
const partOf = (source: number, target: number): Operation => join('PART_OF', source, target);
const elements = (count: number, more: (seq: number) => Partial<Element> = () => ({})): Element[] =>
  Array.from({ length: count }, (_, seq) => element(seq, more(seq)));
/** e0 PART_OF e1 PART_OF e2 ..., as r0, r1 ... */
const chainOf = (count: number): Relation[] =>
  Array.from({ length: count - 1 }, (_, seq) => relation(seq, [seq, seq + 1], { kind: 'PART_OF' }));

describe('a relation of a change set', () => {
  const kinds: readonly ElementKind[] = ['SYSTEM', 'AGENCY', 'PLATFORM'];
  const base = landscapeOf(
    elements(3, (seq) => ({ kind: kinds[seq] ?? 'SYSTEM' })),
    [relation(0, [0, 2], { kind: 'USES_PLATFORM' })],
  );

  it('that may not be is told with those that may', () => {
    expect(issuesOn(base, join('USES_PLATFORM', 0, 1))).toEqual([
      {
        reason: 'RELATION_ILLEGAL',
        path: ['operations', '0', 'value', 'kind'],
        params: {
          kind: 'USES_PLATFORM',
          source: 'SYSTEM',
          target: 'AGENCY',
          legal: 'OWNED_BY, OPERATED_BY, ASSOCIATED_WITH',
        },
      },
    ]);
    expect(issuesOn(base, join('OWNED_BY', 0, 1))).toEqual([]);
  });

  it('that may not be is told at the operation that adds it', () => {
    const wrong = [join('OWNED_BY', 0, 1), join('OWNED_BY', 1, 0), join('DELIVERS', 0, 2)];
    expect(told(issuesOn(base, ...wrong))).toEqual([
      'RELATION_BACKWARDS operations.1.value.kind',
      'RELATION_ILLEGAL operations.2.value.kind',
    ]);
  });

  it('that may be the other way round alone is told so, with those that may be this way', () => {
    expect(issuesOn(base, join('OWNED_BY', 1, 0))).toEqual([
      {
        reason: 'RELATION_BACKWARDS',
        path: ['operations', '0', 'value', 'kind'],
        params: { kind: 'OWNED_BY', source: 'AGENCY', target: 'SYSTEM', legal: 'ASSOCIATED_WITH, USES' },
      },
    ]);
  });

  it('may change its kind to one that may be', () => {
    expect(issuesOn(base, update(rel(0), 'kind', 'DEPENDS_ON'))).toEqual([]);
    const [found] = issuesOn(base, update(rel(0), 'strength', 'HARD'), update(rel(0), 'kind', 'OWNED_BY'));
    expect(found).toMatchObject({
      reason: 'RELATION_ILLEGAL',
      path: ['operations', '1', 'value'],
      params: { kind: 'OWNED_BY', source: 'SYSTEM', target: 'PLATFORM' },
    });
  });

  it('is told where its kind was decided, whatever is said of it later', () => {
    const added = join('USES_PLATFORM', 0, 1);
    expect(told(issuesOn(base, added, update(added.urn, 'strength', 'HARD')))).toEqual([
      'RELATION_ILLEGAL operations.0.value.kind',
    ]);
    expect(told(issuesOn(base, update(rel(0), 'kind', 'OWNED_BY'), update(rel(0), 'strength', 'HARD')))).toEqual([
      'RELATION_ILLEGAL operations.0.value',
    ]);
  });

  it('that is removed again is not judged', () => {
    const added = join('USES_PLATFORM', 0, 1);
    expect(issuesOn(base, added, remove(added.urn))).toEqual([]);
    expect(issuesOn(base, update(rel(0), 'kind', 'OWNED_BY'), remove(rel(0)))).toEqual([]);
  });

  it('is told as a wrong operation first: relations are judged once every operation can be carried out', () => {
    expect(told(issuesOn(base, join('USES_PLATFORM', 0, 1), remove(urn(9))))).toEqual(['URN_UNKNOWN operations.1.urn']);
  });

  it('takes a field away without a thought for its kind', () => {
    const after = committed(base, update(rel(0), 'status', 'READY'));
    expect(committed(after, remove(rel(0), 'status')).relationByUrn(rel(0))?.status).toBe('UNKNOWN');
  });
});

describe('a change of kind', () => {
  const base = landscapeOf(
    [
      element(0, { kind: 'PLATFORM', attributes: { hosting: 'CLOUD' } }),
      element(1, { attributes: { hosting: 'CLOUD', userCount: 5, note: 'x' } }),
      element(2, { kind: 'AGENCY' }),
    ],
    [
      relation(0, [1, 0], { kind: 'USES_PLATFORM' }),
      relation(1, [1, 2], { kind: 'OWNED_BY' }),
      relation(2, [0, 2], { kind: 'OWNED_BY' }),
    ],
  );

  it('is refused where relations become illegal, each told at that operation', () => {
    const issues = issuesOn(base, update(urn(0), 'name', 'x'), update(urn(0), 'kind', 'SYSTEM'));
    expect(told(issues)).toEqual(['RELATION_ILLEGAL operations.1.value']);
    expect(issues[0]?.params).toMatchObject({ kind: 'USES_PLATFORM', source: 'SYSTEM', target: 'SYSTEM' });
    expect(told(issuesOn(base, update(urn(2), 'kind', 'PROJECT')))).toEqual([
      'RELATION_ILLEGAL operations.0.value',
      'RELATION_ILLEGAL operations.0.value',
    ]);
  });

  it('is refused where the new kind lacks an attribute, each told with its key', () => {
    const issues = issuesOn(base, update(urn(1), 'kind', 'PLATFORM'));
    expect(issues).toEqual([
      {
        reason: 'ATTRIBUTE_UNKNOWN',
        path: ['operations', '0', 'value'],
        params: { key: 'userCount', kind: 'PLATFORM', suggestion: '' },
      },
      {
        reason: 'ATTRIBUTE_UNKNOWN',
        path: ['operations', '0', 'value'],
        params: { key: 'note', kind: 'PLATFORM', suggestion: '' },
      },
    ]);
  });

  it('is good where what does not fit goes in the same change set, in any order', () => {
    const gone = [remove(urn(1), 'attributes.userCount'), remove(urn(1), 'attributes.note')];
    const kind = update(urn(1), 'kind', 'PLATFORM');
    expect(issuesOn(base, ...gone, kind)).toEqual([]);
    expect(issuesOn(base, kind, ...gone)).toEqual([]);
    expect(issuesOn(base, remove(rel(0)), update(urn(0), 'kind', 'SYSTEM'))).toEqual([]);
    expect(issuesOn(base, update(urn(0), 'kind', 'SYSTEM'), update(rel(0), 'kind', 'DEPENDS_ON'))).toEqual([]);
  });

  it('of something new is judged by the kind it ends with', () => {
    const added = addOf('urn:khung:new', { kind: 'SYSTEM', name: 'x', attributes: { userCount: 1 } });
    expect(told(issuesOn(base, added, update('urn:khung:new', 'kind', 'PLATFORM')))).toEqual([
      'ATTRIBUTE_UNKNOWN operations.1.value',
    ]);
    const used = addOf('urn:khung:used', { kind: 'USES_PLATFORM', source: urn(1), target: 'urn:khung:new' });
    expect(told(issuesOn(base, added, used))).toEqual(['RELATION_ILLEGAL operations.1.value.kind']);
    const becomesPlatform = update('urn:khung:new', 'kind', 'PLATFORM');
    expect(issuesOn(base, added, remove('urn:khung:new', 'attributes.userCount'), used, becomesPlatform)).toEqual([]);
  });

  it('to the same kind changes nothing', () => {
    const after = committed(base, update(urn(0), 'kind', 'PLATFORM'));
    expect(after.elementByUrn(urn(0))).toMatchObject({ kind: 'PLATFORM', revision: 2 });
  });

  it('tells a relation that it makes wrong once, though both ends change', () => {
    const both = [update(urn(0), 'kind', 'AGENCY'), update(urn(1), 'kind', 'AGENCY')];
    const clean = committed(
      base,
      remove(rel(1)),
      remove(rel(2)),
      ...['hosting', 'userCount', 'note'].map((key) => remove(urn(1), `attributes.${key}`)),
      remove(urn(0), 'attributes.hosting'),
    );
    expect(told(issuesOn(clean, ...both))).toEqual(['RELATION_ILLEGAL operations.0.value']);
  });
});

describe('the removal of an element', () => {
  const base = landscapeOf(
    elements(3, (seq) => ({ kind: seq === 0 ? 'AGENCY' : 'SYSTEM' })),
    [relation(0, [1, 0], { kind: 'OWNED_BY' }), relation(1, [2, 1]), relation(2, [1, 1])],
  );

  it('is refused while it has relations, on whichever side', () => {
    expect(issuesOn(base, remove(urn(1)))).toEqual([
      {
        reason: 'ELEMENT_STILL_RELATED',
        path: ['operations', '0', 'urn'],
        params: { urn: urn(1), count: 3 },
      },
    ]);
    expect(issuesOn(base, remove(rel(1)), remove(urn(1)))).toMatchObject([{ params: { count: 2 } }]);
    expect(told(issuesOn(base, remove(urn(0)), remove(urn(2))))).toEqual([
      'ELEMENT_STILL_RELATED operations.0.urn',
      'ELEMENT_STILL_RELATED operations.1.urn',
    ]);
  });

  it('is told at the removal, not where the element was touched before', () => {
    expect(told(issuesOn(base, update(urn(2), 'layer', 1), remove(urn(2))))).toEqual([
      'ELEMENT_STILL_RELATED operations.1.urn',
    ]);
  });

  it('is good once its relations are gone in the same change set, before or after', () => {
    const gone = [remove(rel(0)), remove(rel(1)), remove(rel(2))];
    expect(issuesOn(base, remove(urn(1)), ...gone)).toEqual([]);
    const after = committed(base, ...gone, remove(urn(1)));
    expect(Array.from(after.elements(), ({ seq }) => seq)).toEqual([0, 2]);
    expect([...after.relations()]).toEqual([]);
  });

  it('is refused while something new leads to it', () => {
    const fresh = landscapeOf(2, []);
    expect(issuesOn(fresh, join('DEPENDS_ON', 0, 1), remove(urn(1)))).toMatchObject([
      { reason: 'ELEMENT_STILL_RELATED', path: ['operations', '1', 'urn'], params: { count: 1 } },
    ]);
  });

  it('counts all that is new and leads to it', () => {
    const fresh = landscapeOf(3, []);
    const found = issuesOn(fresh, join('DEPENDS_ON', 0, 1), join('DEPENDS_ON', 2, 1), remove(urn(1)));
    expect(found).toMatchObject([{ reason: 'ELEMENT_STILL_RELATED', params: { count: 2 } }]);
  });

  it('and a relation that goes with it is not told as illegal too', () => {
    const wrong = join('OWNED_BY', 0, 1);
    expect(told(issuesOn(landscapeOf(2, []), wrong, remove(urn(1))))).toEqual([
      'ELEMENT_STILL_RELATED operations.1.urn',
    ]);
  });
});

describe('a part of itself', () => {
  const cycleOf = (issues: ReturnType<typeof issuesOn>): unknown => issues[0]?.params['cycle'];
  const named = (...seqs: number[]): string => seqs.map(urn).join(' > ');

  it('is told with the whole way round, from the part up', () => {
    const issues = issuesOn(landscapeOf(3, []), partOf(0, 1), partOf(1, 2), partOf(2, 0));
    expect(told(issues)).toEqual([
      'PART_OF_CYCLE operations.0.value.target',
      'PART_OF_CYCLE operations.1.value.target',
      'PART_OF_CYCLE operations.2.value.target',
    ]);
    expect(issues.map(({ params }) => params['cycle'])).toEqual([
      named(0, 1, 2, 0),
      named(1, 2, 0, 1),
      named(2, 0, 1, 2),
    ]);
  });

  it('is found through what was there before', () => {
    const base = landscapeOf(elements(4), chainOf(4));
    const issues = issuesOn(base, partOf(3, 1));
    expect(told(issues)).toEqual(['PART_OF_CYCLE operations.0.value.target']);
    expect(cycleOf(issues)).toBe(named(3, 1, 2, 3));
    expect(cycleOf(issuesOn(base, partOf(3, 0)))).toBe(named(3, 0, 1, 2, 3));
    expect(issuesOn(base, partOf(0, 3))).toEqual([]);
  });

  it('is found where it is its own whole at once', () => {
    const issues = issuesOn(landscapeOf(1, []), partOf(0, 0));
    expect(told(issues)).toEqual(['PART_OF_CYCLE operations.0.value.target']);
    expect(cycleOf(issues)).toBe(named(0, 0));
  });

  it('is found where an update of kind closes the circle', () => {
    const base = landscapeOf(elements(3), [...chainOf(3), relation(2, [2, 0])]);
    const issues = issuesOn(base, update(rel(2), 'status', 'READY'), update(rel(2), 'kind', 'PART_OF'));
    expect(told(issues)).toEqual(['PART_OF_CYCLE operations.1.value']);
    expect(cycleOf(issues)).toBe(named(2, 0, 1, 2));
  });

  it('is none where the circle is opened in the same change set', () => {
    const base = landscapeOf(elements(3), chainOf(3));
    expect(issuesOn(base, partOf(2, 0))).toHaveLength(1);
    expect(issuesOn(base, partOf(2, 0), remove(rel(1)))).toEqual([]);
    expect(issuesOn(base, partOf(2, 0), update(rel(0), 'kind', 'DEPENDS_ON'))).toEqual([]);
  });

  it('is none where something has two wholes, or two ways up to one', () => {
    const base = landscapeOf(elements(4), [relation(0, [0, 1], { kind: 'PART_OF' })]);
    expect(issuesOn(base, partOf(0, 2), partOf(1, 3), partOf(2, 3))).toEqual([]);
  });

  it('is none over other relations', () => {
    const base = landscapeOf(elements(2), [relation(0, [1, 0])]);
    expect(issuesOn(base, partOf(0, 1))).toEqual([]);
  });

  it('is none where what contains what turned round in the course of time, and is one again if the old order stays', () => {
    const old = [relation(0, [0, 1], { kind: 'PART_OF', validTo: '2025-06-30' })];
    const base = landscapeOf(elements(2), old);
    const since = (day: string): Operation =>
      addOf('urn:khung:moi', { kind: 'PART_OF', source: urn(1), target: urn(0), validFrom: day });
    expect(issuesOn(base, since('2025-07-01'))).toEqual([]);
    expect(told(issuesOn(base, since('2025-06')))).toEqual(['PART_OF_CYCLE operations.0.value.target']);
    const turned = committed(base, since('2025-07-01'));
    expect(told(issuesOn(turned, update(rel(0), 'status', 'IN_USE'), update(rel(0), 'validTo', null)))).toEqual([
      'PART_OF_CYCLE operations.1.value',
    ]);
    expect(issuesOn(turned, update(rel(0), 'validTo', '2024'))).toEqual([]);
  });

  it('is none where no day sees all of it, though what is new meets each of the old', () => {
    const base = landscapeOf(elements(3), [
      relation(0, [0, 1], { kind: 'PART_OF', validFrom: '2020', validTo: '2022' }),
      relation(1, [1, 2], { kind: 'PART_OF', validFrom: '2025', validTo: '2027' }),
    ]);
    const always = partOf(2, 0);
    expect(issuesOn(base, always)).toEqual([]);
    const longer = update(rel(0), 'validTo', '2025-03');
    expect(told(issuesOn(base, always, longer))).toEqual([
      'PART_OF_CYCLE operations.0.value.target',
      'PART_OF_CYCLE operations.1.value',
    ]);
  });

  it('is found on any of the days on which it may be one', () => {
    const dated = (validFrom: string, validTo: string): object => ({ kind: 'PART_OF', validFrom, validTo });
    const base = landscapeOf(elements(3), [
      relation(0, [0, 1], dated('2020', '2021')),
      relation(1, [0, 1], dated('2030', '2031')),
      relation(2, [1, 2], dated('2030-06', '2032')),
    ]);
    expect(cycleOf(issuesOn(base, partOf(2, 0)))).toBe(named(2, 0, 1, 2));
    expect(issuesOn(base, join('PART_OF', 2, 0, { validTo: '2030-05-31' }))).toEqual([]);
  });

  it('agrees with looking at every day', () => {
    const year = fc.option(fc.integer({ min: 2020, max: 2025 }), { nil: null });
    const anyPart = fc.record({ ends: fc.tuple(fc.nat(4), fc.nat(4)), from: year, to: year });
    fc.assert(
      fc.property(
        fc.array(anyPart, { maxLength: 6 }),
        fc.array(anyPart, { minLength: 1, maxLength: 4 }),
        (old, added) => {
          const valid = ({ from, to }: { from: number | null; to: number | null }): object => ({
            kind: 'PART_OF',
            validFrom: from === null ? null : `${from}`,
            validTo: to === null ? null : `${to}`,
          });
          const isPossible = ({ from, to }: { from: number | null; to: number | null }): boolean =>
            from === null || to === null || from <= to;
          const [there, news] = [old.filter(isPossible), added.filter(isPossible)];
          const base = landscapeOf(
            elements(5),
            there.map((each, seq) => relation(seq, each.ends, valid(each))),
          );
          const operations = news.map((each, at) =>
            addOf(`urn:khung:v${at}`, { source: urn(each.ends[0]), target: urn(each.ends[1]), ...valid(each) }),
          );
          if (operations.length === 0) return;
          const closes = (each: (typeof news)[number]): boolean =>
            [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026].some((day) => {
              const holds = ({ from, to }: typeof each): boolean => (from ?? 0) <= day && (to ?? 9999) >= day;
              if (!holds(each)) return false;
              const reached = new Set([each.ends[1]]);
              for (const seq of reached) {
                for (const other of [...there, ...news])
                  if (holds(other) && other.ends[0] === seq) reached.add(other.ends[1]);
              }
              return reached.has(each.ends[0]);
            });
          const expected = news.flatMap((each, at) =>
            closes(each) ? `PART_OF_CYCLE operations.${at}.value.target` : [],
          );
          expect(told(issuesOn(base, ...operations))).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is looked for once, however long the chain that is added', () => {
    const count = 20_000;
    const operations = Array.from({ length: count }, (_, seq) =>
      addOf(`urn:khung:p${seq}`, { kind: 'PART_OF', source: urn(seq), target: urn(seq + 1) }),
    );
    expect(planned(landscapeOf(count + 1, []), ...operations).relations).toHaveLength(count);
    expect(issuesOn(landscapeOf(count + 1, []), ...operations, partOf(count, 0))).toHaveLength(100);
  }, 10_000);

  it('is told of all that lie on it where that is asked for, be it one large circle or many small ones', () => {
    const count = 20_000;
    const all = (operations: readonly Operation[]): ReturnType<typeof allIssuesWith> =>
      allIssuesWith(new Map(), landscapeOf(elements(count), []), operations);
    const large = all(Array.from({ length: count }, (_, seq) => partOf(seq, (seq + 1) % count)));
    expect(new Set(large.map(({ path }) => path[1])).size).toBe(count);
    expect(large.at(-1)?.params['cycle']).toBe(`${urn(count - 1)} > ${urn(0)} > ...`);
    const small = all(Array.from({ length: count }, (_, seq) => partOf(seq, seq ^ 1)));
    expect(small).toHaveLength(count);
    expect(small.at(-1)?.params['cycle']).toBe(`${urn(count - 1)} > ${urn(count - 2)} > ${urn(count - 1)}`);
  }, 10_000);

  it('is found beyond a whole that leads elsewhere too', () => {
    const base = landscapeOf(elements(4), [
      relation(0, [1, 2], { kind: 'PART_OF' }),
      relation(1, [1, 3], { kind: 'PART_OF' }),
    ]);
    expect(cycleOf(issuesOn(base, partOf(2, 1)))).toBe(named(2, 1, 2));
    expect(cycleOf(issuesOn(base, partOf(3, 1)))).toBe(named(3, 1, 3));
  });

  it('is told with its first twenty members where the circle is longer', () => {
    const issues = issuesOn(landscapeOf(elements(40), chainOf(40)), partOf(39, 0));
    expect(cycleOf(issues)).toBe(`${named(39, ...Array.from({ length: 19 }, (_, seq) => seq))} > ...`);
  });

  it('is not looked for below: a whole may have very many parts', () => {
    const count = 20_000;
    const operations = Array.from({ length: count }, (_, seq) =>
      addOf(`urn:khung:p${seq}`, { kind: 'PART_OF', source: urn(seq), target: urn(count) }),
    );
    const plan = planned(landscapeOf(count + 1, []), ...operations);
    expect(plan.relations).toHaveLength(count);
  }, 10_000);
});
