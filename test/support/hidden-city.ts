import type { Actor } from '../../src/core/access/actor.js';
import { PUBLIC } from '../../src/core/access/actor.js';
import { isElementKind, isUrn } from '../../src/core/landscape/model.js';
import type { Json, Urn, Visibility } from '../../src/core/landscape/model.js';
import type { Operation } from '../../src/core/landscape/operation.js';
import { readReferenceProjects, referenceProjectOperations } from '../../src/portfolio/reference-projects.js';
import { readReferenceLandscape, referenceLandscapeOperations } from '../../src/registry/reference-landscape.reader.js';
import { everyKindOperations } from './every-kind.js';
import { seededRandom } from './seeded-random.js';

/** The city with a fifth of it hidden, and the same city in which only that exists which an actor sees. */

/** Named by the documents, or needed to say whose something is: never hidden. */
const OPEN: ReadonlySet<string> = new Set(['urn:khung:hcm-lgsp']);

type Record_ = Readonly<Record<string, Json>>;
interface Added {
  readonly operation: Operation;
  readonly value: Record_;
}

/** Some gaps with tasks: the city's pack has none. */
function gapOperations(): Operation[] {
  return Array.from({ length: 10 }, (_, index): Operation[] => {
    const [gap, task] = [`urn:khung:nd-${index}`, `urn:khung:nv-${index}`];
    return [
      { op: 'ADD', urn: gap, value: { kind: 'GAP', name: `Nội dung ${index}` } },
      {
        op: 'ADD',
        urn: task,
        value: { kind: 'TASK', name: `Nhiệm vụ ${index}`, attributes: { progressPercent: index } },
      },
      { op: 'ADD', urn: `${task}.closes`, value: { kind: 'CLOSES', source: task, target: gap } },
      {
        op: 'ADD',
        urn: `${gap}.about`,
        value: { kind: 'ASSOCIATED_WITH', source: gap, target: 'urn:khung:hcm-lgsp' },
      },
    ];
  }).flat();
}

/** What is known of checks and tenders: of some of the projects of the city that have a tender code. */
function procurementOperations(): Operation[] {
  const told: readonly (readonly [id: string, key: string, value: Json])[] = [
    ['p0021', 'architectureCheckedOn', null],
    ['p0030', 'architectureCheckedOn', '2023-03'],
    ['p0030', 'tenderedOn', '2023-03-15'],
    ['p0079', 'architectureCheckedOn', '2025'],
    ['p0079', 'tenderedOn', '2026'],
  ];
  return told.map(([id, key, value]) => ({ op: 'UPDATE', urn: `urn:khung:${id}`, path: `attributes.${key}`, value }));
}

/** Each fourth system of the city runs where it should not: without that no rule fails. */
function hostingOperations(added: readonly Operation[]): Operation[] {
  const systems = added.filter(({ op, value }) => op === 'ADD' && (value as Record_)['kind'] === 'SYSTEM');
  return systems.flatMap(({ urn }, index): Operation[] => {
    return index % 4 === 0 ? [{ op: 'UPDATE', urn, path: 'attributes.hosting', value: 'AGENCY_SERVER' }] : [];
  });
}

/** The city's own data, each operation with the record that it adds or speaks of. */
function cityRecords(): Added[] {
  const landscape = referenceLandscapeOperations(readReferenceLandscape());
  const operations = [
    ...landscape,
    ...hostingOperations(landscape),
    ...referenceProjectOperations(readReferenceProjects()),
    ...gapOperations(),
    ...procurementOperations(),
    ...everyKindOperations(landscape),
  ];
  const added = new Map<string, Record_>();
  return operations.map((operation) => {
    // The pack is JSON; what it does not add it only says more about.
    if (operation.op === 'ADD') added.set(operation.urn, operation.value as Record_);
    return { operation, value: added.get(operation.urn) ?? {} };
  });
}

/** A hidden attribute, and what nobody but its readers may learn of it. */
export const DEFINITION: Operation = {
  op: 'ADD',
  urn: 'urn:khung:attribute-ma-so-ngam',
  value: {
    kind: 'ATTRIBUTE_DEFINITION',
    key: 'hiddenNumber',
    type: 'INTEGER',
    appliesTo: ['SYSTEM', 'PLATFORM', 'DATABASE'],
    visibility: 'AGENCY',
    nameVi: 'Mã số ngầm',
    nameEn: 'Hidden number',
    questionVi: 'Mã số ngầm là gì?',
    questionEn: 'Which hidden number?',
    askedFrom: 'OWNER',
  },
};

/** An attribute that everybody may know of, and whose values only the readers of the hidden one read. */
const WITHHELD: Operation = {
  op: 'ADD',
  urn: 'urn:khung:attribute-ma-so-giu-lai',
  value: {
    kind: 'ATTRIBUTE_DEFINITION',
    key: 'withheldNumber',
    type: 'INTEGER',
    appliesTo: ['SYSTEM', 'PLATFORM', 'DATABASE'],
    visibility: 'PUBLIC',
    valueVisibility: 'AGENCY',
    withheldReason: 'SECURITY',
    withheldUntil: '9998-12-31',
    nameVi: 'Mã số giữ lại',
    nameEn: 'Withheld number',
    questionVi: 'Mã số giữ lại là gì?',
    questionEn: 'Which withheld number?',
    askedFrom: 'OWNER',
  },
};

interface City {
  readonly records: readonly Added[];
  readonly classes: ReadonlyMap<string, Visibility>;
  /** The agency that owns most, of those that everybody sees. */
  readonly agency: Urn;
  /** The one that owns most after it. */
  readonly otherAgency: Urn;
  readonly owners: ReadonlyMap<string, string>;
  readonly parents: ReadonlyMap<string, string>;
}

/** Hides about a fifth of the city, agencies too. */
function drawCity(): City {
  const records = cityRecords();
  const random = seededRandom(7);
  const classes = new Map<string, Visibility>();
  const owned = new Map<string, number>();
  const owners = new Map<string, string>();
  const parents = new Map<string, string>();
  for (const { operation, value } of records) {
    if (operation.op !== 'ADD') continue;
    const { kind, source, target } = value;
    if (typeof source === 'string' && typeof target === 'string') {
      if (kind === 'OWNED_BY') {
        owners.set(source, owners.get(source) ?? target);
        owned.set(target, (owned.get(target) ?? 0) + 1);
      }
      if (kind === 'PART_OF') parents.set(source, target);
    } else if (!OPEN.has(operation.urn)) {
      const visibility = random.weighted<Visibility>([
        ['PUBLIC', 80],
        ['GOVERNMENT', 7],
        ['AGENCY', 7],
        ['RESTRICTED', 6],
      ]);
      if (visibility !== 'PUBLIC') classes.set(operation.urn, visibility);
    }
  }
  const open = [...owned].filter(([urn]) => !classes.has(urn));
  const [agency = '', otherAgency = ''] = open.toSorted((a, b) => b[1] - a[1]).map(([urn]) => urn);
  if (!isUrn(agency) || !isUrn(otherAgency)) throw new Error('No two agencies own anything.');
  return { records, classes, agency, otherAgency, owners, parents };
}

export const city = drawCity();
const granted = [...city.classes].filter(([, visibility]) => visibility === 'RESTRICTED').map(([urn]) => urn)[0];
if (granted === undefined || !isUrn(granted)) throw new Error('Nothing is restricted.');
export const ACTORS: readonly Actor[] = [
  PUBLIC,
  { kind: 'OFFICER', agency: city.agency, grants: [granted] },
  { kind: 'OFFICER', agency: city.otherAgency, grants: [] },
  { kind: 'LEGAL_OFFICER', grants: [] },
  { kind: 'ARCHITECT', grants: [] },
];

function isOwn(urn: string, agency: string): boolean {
  const chain = (start: string | undefined): boolean => {
    for (let at = start, steps = 0; at !== undefined && steps < 20; at = city.parents.get(at), steps += 1) {
      if (at === agency) return true;
    }
    return false;
  };
  return chain(urn) || chain(city.owners.get(urn));
}

/** Whether an actor may see an element, found without the registry's own help. */
export function maySee(actor: Actor, urn: string): boolean {
  const visibility = city.classes.get(urn) ?? 'PUBLIC';
  if (visibility === 'PUBLIC') return true;
  if (actor.kind === 'PUBLIC' || actor.kind === 'ADMINISTRATOR') return false;
  if (visibility === 'GOVERNMENT' || actor.grants.some((each) => each === urn)) return true;
  if (visibility === 'RESTRICTED') return false;
  if (actor.kind === 'OFFICER') return isOwn(urn, actor.agency);
  return actor.kind !== 'LEGAL_OFFICER';
}

/** What gets the hidden number: each third record. */
const numbered = new Set(city.records.filter((_, index) => index % 3 === 0).map(({ operation }) => operation.urn));

export function isSystem({ kind }: Record_): boolean {
  return kind === 'SYSTEM' || kind === 'PLATFORM';
}

/** An operation without the names of what is not seen: an attribute that names it is unknown, an agency is left out. */
function openFor(operation: Operation, sees: (name: unknown) => boolean): Operation[] {
  const { path = null, value } = operation;
  if (path?.startsWith('attributes.') === true) return [value].flat().every(sees) ? [operation] : [];
  if (path !== null && path !== 'responsibilities') return [operation];
  return [{ ...operation, value: openValue(value, sees) }];
}

function openValue(value: unknown, sees: (name: unknown) => boolean): unknown {
  if (Array.isArray(value)) {
    return (value as readonly Record_[]).map((each) => (sees(each['agency']) ? each : { ...each, agency: null }));
  }
  const { attributes, ...record } = value as Record_;
  if (attributes === undefined) return record;
  const told = Object.entries(attributes as Record_).filter(([, each]) => [each].flat().every(sees));
  return { ...record, attributes: Object.fromEntries(told) };
}

/** The change sets of a city in which only that exists which an actor sees; all of it where nobody is named. */
export function commitsFor(actor: Actor | undefined): Operation[][] {
  const sees = (urn: unknown): boolean =>
    typeof urn !== 'string' || !isUrn(urn) || actor === undefined || maySee(actor, urn);
  const kept = city.records.filter(
    ({ operation, value }) => sees(operation.urn) && sees(value['source']) && sees(value['target']),
  );
  const hides = actor === undefined || actor.kind === 'ARCHITECT';
  return [
    kept.flatMap(({ operation }) => openFor(operation, sees)),
    // A change that everybody sees, so that the second change set is there for all.
    [
      { op: 'UPDATE', urn: 'urn:khung:hcm-lgsp', path: 'aliases', value: ['LGSP', 'Trục liên thông'] },
      ...kept.flatMap(({ operation, value }): Operation[] => {
        if (operation.op !== 'ADD') return [];
        const visibility = city.classes.get(operation.urn);
        if (visibility === undefined || !isElementKind(value['kind'])) return [];
        return [{ op: 'UPDATE', urn: operation.urn, path: 'visibility', value: visibility }];
      }),
    ],
    [
      { op: 'UPDATE', urn: 'urn:khung:hcm-lgsp', path: 'nameEn', value: 'City integration platform' },
      ...(hides ? [DEFINITION] : []),
      WITHHELD,
    ],
    kept.flatMap(({ operation: { op, urn }, value }): Operation[] => {
      if (op !== 'ADD' || !isSystem(value) || !numbered.has(urn)) return [];
      if (hides) {
        return ['hiddenNumber', 'withheldNumber'].map((key) => ({
          op: 'UPDATE',
          urn,
          path: `attributes.${key}`,
          value: 7,
        }));
      }
      // Nothing changes, but a record tells the revision in which it was last touched.
      return [{ op: 'UPDATE', urn, path: 'visibility', value: city.classes.get(urn) ?? 'PUBLIC' }];
    }),
  ];
}
