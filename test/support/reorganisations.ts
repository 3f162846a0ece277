import * as fc from 'fast-check';
import { dayBefore } from '../../src/core/landscape/calendar-day.js';
import { isSurelyAfter } from '../../src/core/landscape/model.js';
import type { AgencyLevel, Element, Relation, RelationKind } from '../../src/core/landscape/model.js';
import { reorganise } from '../../src/core/landscape/reorganise.js';
import type {
  FoundIntent,
  Reorganisation,
  ReorganisationIntent,
  ReorganisationPlan,
} from '../../src/core/landscape/reorganisation.js';
import { LandscapeSnapshot } from '../../src/core/landscape/snapshot.js';
import { LandscapeView } from '../../src/core/access/view.js';
import { planChangeSet } from '../../src/core/landscape/plan-change-set.js';
import type { ChangeSetPlan } from '../../src/core/landscape/plan-change-set.js';
import type { Operation } from '../../src/core/landscape/operation.js';
import { COMMIT_MOMENT, DEFINITIONS as OF_SYSTEMS, definition } from './change-sets.js';
import { element, relation, urnOf } from './landscapes.js';

/** The day of every reorganisation of the tests, and the day before it. */
export const NEW_DAY = '2025-07-01';
export const LAST_DAY = dayBefore(NEW_DAY);

const DEFINITIONS = new Map(OF_SYSTEMS)
  .set('userCount', definition('userCount', { type: 'INTEGER', appliesTo: ['SYSTEM', 'USES'] }))
  .set('successor', definition('successor', { type: 'URN', passesToSuccessor: true }))
  .set('partners', definition('partners', { type: 'URN_LIST', passesToSuccessor: true }))
  .set('approvedBy', definition('approvedBy', { type: 'URN' }));

/** Plans a change set on the head of a landscape, with the numbers that are free there. It must be good. */
export function planAtHead(landscape: LandscapeSnapshot, operations: readonly Operation[]): ChangeSetPlan {
  const last = Array.from(landscape.relations()).at(-1)?.seq ?? 0;
  const counters = { element: landscape.elementBound, relation: last + 1 };
  const context = { definitions: DEFINITIONS, at: COMMIT_MOMENT, counters };
  const outcome = planChangeSet(landscape, { operations }, context);
  if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
  return outcome.plan;
}

/** The landscape after operations that must be good. */
export function committedAtHead(landscape: LandscapeSnapshot, operations: readonly Operation[]): LandscapeSnapshot {
  return operations.length === 0 ? landscape : landscape.with(planAtHead(landscape, operations).delta).settled();
}

export function merge(
  into: string,
  from: readonly string[],
  formerLevel: AgencyLevel | null = null,
): ReorganisationIntent {
  return { kind: 'MERGE', into: urnOf(into), from: from.map(urnOf), formerLevel };
}

/** Divides an agency; each assignment is `<thing> <successor>`. */
export function split(
  from: string,
  into: readonly string[],
  { assigned = [], otherwise }: { readonly assigned?: readonly string[]; readonly otherwise?: string } = {},
): ReorganisationIntent {
  const assignment = assigned.map((each) => {
    const [what = '', to = ''] = each.split(' ');
    return { what: urnOf(what), to: urnOf(to) };
  });
  const rest = otherwise === undefined ? null : urnOf(otherwise);
  return { kind: 'SPLIT', from: urnOf(from), into: into.map(urnOf), assignment, otherwise: rest, formerLevel: null };
}

export function transfer(what: readonly string[], to: string): ReorganisationIntent {
  return { kind: 'TRANSFER', what: what.map(urnOf), to: urnOf(to) };
}

export function rename(agency: string, name: string, nameEn?: string | null): ReorganisationIntent {
  return { kind: 'RENAME', agency: urnOf(agency), name, nameEn };
}

export function found(agency: string, name: string, partOf?: string): FoundIntent {
  const whole = partOf === undefined ? null : urnOf(partOf);
  return { kind: 'FOUND', agency: urnOf(agency), name, nameEn: null, level: 'COMMUNE', partOf: whole };
}

/** What intents come to on NEW_DAY. */
export function reorganised(
  landscape: LandscapeSnapshot,
  intents: readonly ReorganisationIntent[],
  more: Partial<Reorganisation> = {},
): ReorganisationPlan {
  const request = { intents, effectiveOn: NEW_DAY, legalBasis: null, confidence: null, ...more };
  return reorganise(landscape, request, { definitions: DEFINITIONS });
}

/** A landscape as an administrator sees it on a day, with only what may hold then. */
export function on(landscape: LandscapeSnapshot, day: string): LandscapeView {
  return LandscapeView.of(landscape, { kind: 'ADMINISTRATOR' }, { day, onlyValid: true });
}

const AGENCY_KINDS = [
  'OWNED_BY',
  'OPERATED_BY',
  'USES',
  'ASSOCIATED_WITH',
  'REPLACES',
  'GOVERNED_BY',
] as const satisfies readonly RelationKind[];
const dates = fc.constantFrom(
  null,
  null,
  null,
  '2020',
  '2025',
  '2025-06',
  '2025-06-30',
  '2025-07-01',
  '2025-08',
  '2026',
);

/** Agencies are `a0` (the root), `a1` ..., systems `s0` ... */
export interface AgencyTree {
  readonly elements: readonly Element[];
  readonly relations: readonly Relation[];
}

/**
 * A tree of agencies, each but the first a part of an earlier one, with systems, a law and a contract, and relations of
 * every kind that an agency may have: some dated, some over, some to begin, some said twice.
 */
export const agencyTrees: fc.Arbitrary<AgencyTree> = fc
  .record({ agencies: fc.integer({ min: 4, max: 6 }), systems: fc.integer({ min: 1, max: 3 }) })
  .chain(({ agencies, systems }) => {
    const agency = fc.nat(agencies - 1);
    const thing = fc.integer({ min: agencies, max: agencies + systems - 1 });
    const link = fc.record({
      kind: fc.constantFrom(...AGENCY_KINDS),
      agency,
      other: agency,
      thing,
      coin: fc.boolean(),
      more: fc.record({
        status: fc.constantFrom<Relation['status']>('UNKNOWN', 'IN_USE', 'PLANNED', 'ENDED'),
        validFrom: dates,
        validTo: dates,
        attributes: fc.constantFrom<Relation['attributes']>({}, {}, { userCount: 5 }, { userCount: 7 }),
      }),
    });
    const parents = fc.tuple(...Array.from({ length: agencies - 1 }, (_, index) => fc.nat(index)));
    return fc.record({ parents, links: fc.array(link, { minLength: 4, maxLength: 20 }) }).map(({ parents, links }) => {
      const elements: Element[] = [
        ...Array.from({ length: agencies }, (_, seq) => element(seq, { urn: urnOf(`a${seq}`), kind: 'AGENCY' })),
        ...Array.from({ length: systems }, (_, index) => element(agencies + index, { urn: urnOf(`s${index}`) })),
        element(agencies + systems, { urn: urnOf('luat'), kind: 'LEGISLATION' }),
        element(agencies + systems + 1, { urn: urnOf('hop-dong'), kind: 'CONTRACT' }),
      ];
      const wholes = parents.map((whole, index) => relation(index, [index + 1, whole], { kind: 'PART_OF' }));
      const others = links.map(({ kind, agency, other, thing, coin, more }, index) => {
        const ends: Readonly<Record<(typeof AGENCY_KINDS)[number], readonly [number, number]>> = {
          OWNED_BY: [coin ? thing : agencies + systems + 1, agency],
          OPERATED_BY: [thing, agency],
          USES: [agency, thing],
          GOVERNED_BY: [agency, agencies + systems + Number(coin)],
          REPLACES: [agency, other],
          ASSOCIATED_WITH: coin ? [agency, other] : [thing, agency],
        };
        const attributes = kind === 'USES' ? more.attributes : {};
        const { validFrom, validTo } = more;
        const isUpsideDown = validFrom !== null && validTo !== null && isSurelyAfter(validFrom, validTo);
        const dated = isUpsideDown ? { ...more, validTo: null } : more;
        return relation(agencies + index, ends[kind], { kind, ...dated, attributes });
      });
      return { elements, relations: [...wholes, ...others] };
    });
  });

/** Any intents that speak of agencies `a0` to `a3`, systems `s0` to `s2`, and agencies founded by them. */
export const anyIntents: fc.Arbitrary<readonly ReorganisationIntent[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('MERGE', 'SPLIT', 'TRANSFER', 'RENAME'),
      agencies: fc.uniqueArray(fc.constantFrom('a0', 'a1', 'a2', 'a3', 'm0', 'm1'), {
        minLength: 2,
        maxLength: 4,
      }),
      systems: fc.uniqueArray(fc.constantFrom('s0', 's1', 's2', 'a1', 'a2'), { minLength: 1, maxLength: 2 }),
      rest: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((drawn) => [
    found('m0', 'Mới', 'a0'),
    found('m1', 'Mới hơn'),
    ...drawn.map(({ kind, agencies, systems, rest }): ReorganisationIntent => {
      const [first = 'a0', ...others] = agencies;
      const [second = 'a1'] = others;
      if (kind === 'MERGE') return merge(first, others);
      if (kind === 'TRANSFER') return transfer(systems, first);
      if (kind === 'RENAME') return rename(first, 'Tên mới');
      return split(first, others, rest ? { otherwise: second } : {});
    }),
  ]);
