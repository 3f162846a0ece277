import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execute, parse, validate } from 'graphql';
import { PUBLIC } from '../src/core/access/actor.js';
import type { Actor } from '../src/core/access/actor.js';
import { isElementKind, isUrn } from '../src/core/landscape/model.js';
import type { Json, Urn, Visibility } from '../src/core/landscape/model.js';
import type { Operation } from '../src/core/landscape/operation.js';
import { readReferenceProjects, referenceProjectOperations } from '../src/portfolio/reference-projects.js';
import { readReferenceLandscape, referenceLandscapeOperations } from '../src/registry/reference-landscape.reader.js';
import { openTestApplication } from './support/application.js';
import type { TestApplication } from './support/application.js';
import { fieldOf } from './support/generated-documents.js';
import type { Choices } from './support/generated-documents.js';
import { seededRandom } from './support/seeded-random.js';

/**
 * What an actor may not see does not exist for him: every query there is answers him as it would in a registry that
 * never held it. Known exemptions: a urn that is taken can not be given again, and revisions count everybody's commits.
 */

/** Named by the documents, or needed to say whose something is: never hidden. */
const OPEN: ReadonlySet<string> = new Set(['urn:khung:hcm-lgsp']);

type Record_ = Readonly<Record<string, Json>>;
interface Added {
  readonly operation: Operation;
  readonly value: Record_;
}

/** The city's own data, each operation with the record that it adds or speaks of. */
function cityRecords(): Added[] {
  const operations = [
    ...referenceLandscapeOperations(readReferenceLandscape()),
    ...referenceProjectOperations(readReferenceProjects()),
  ];
  const added = new Map<string, Record_>();
  return operations.map((operation) => {
    // The pack is JSON; what it does not add it only says more about.
    if (operation.op === 'ADD') added.set(operation.urn, operation.value as Record_);
    return { operation, value: added.get(operation.urn) ?? {} };
  });
}

/** A hidden attribute, and what nobody but its readers may learn of it. */
const DEFINITION: Operation = {
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

interface City {
  readonly records: readonly Added[];
  readonly classes: ReadonlyMap<string, Visibility>;
  /** The agency that owns most. */
  readonly agency: Urn;
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
  const [agency = ''] = [...owned].toSorted((a, b) => b[1] - a[1]).map(([urn]) => urn);
  if (!isUrn(agency)) throw new Error(`No agency owns anything: ${agency}`);
  return { records, classes, agency, owners, parents };
}

const city = drawCity();
const granted = [...city.classes].filter(([, visibility]) => visibility === 'RESTRICTED').map(([urn]) => urn)[0];
if (granted === undefined || !isUrn(granted)) throw new Error('Nothing is restricted.');
const ACTORS: readonly Actor[] = [
  PUBLIC,
  { kind: 'OFFICER', agency: city.agency, grants: [granted] },
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
function maySee(actor: Actor, urn: string): boolean {
  const visibility = city.classes.get(urn) ?? 'PUBLIC';
  if (visibility === 'PUBLIC') return true;
  if (actor.kind === 'PUBLIC' || actor.kind === 'ADMINISTRATOR') return false;
  if (visibility === 'GOVERNMENT' || actor.grants.some((each) => each === urn)) return true;
  if (visibility === 'RESTRICTED') return false;
  return actor.kind === 'ARCHITECT' || isOwn(urn, actor.agency);
}

/** What gets the hidden number: each third record. */
const numbered = new Set(city.records.filter((_, index) => index % 3 === 0).map(({ operation }) => operation.urn));

function isSystem({ kind }: Record_): boolean {
  return kind === 'SYSTEM' || kind === 'PLATFORM';
}

/** The change sets of a city in which only that exists which an actor sees; all of it where nobody is named. */
function commitsFor(actor: Actor | undefined): Operation[][] {
  const sees = (urn: Json | undefined): boolean =>
    typeof urn !== 'string' || !isUrn(urn) || actor === undefined || maySee(actor, urn);
  const kept = city.records.filter(
    ({ operation, value }) => sees(operation.urn) && sees(value['source']) && sees(value['target']),
  );
  const hides = actor === undefined || actor.kind === 'ARCHITECT';
  return [
    kept.map(({ operation }) => operation),
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
    ],
    kept.flatMap(({ operation: { op, urn }, value }): Operation[] => {
      if (op !== 'ADD' || !isSystem(value) || !numbered.has(urn)) return [];
      if (hides) return [{ op: 'UPDATE', urn, path: 'attributes.hiddenNumber', value: 7 }];
      // Nothing changes, but a record tells the revision in which it was last touched.
      return [{ op: 'UPDATE', urn, path: 'visibility', value: city.classes.get(urn) ?? 'PUBLIC' }];
    }),
  ];
}

const WHOLE: Choices = {
  depth: 3,
  takes: (_parent, field) => !['edges', 'interfaces', 'possibleTypes'].includes(field),
  gives: ({ name }) => name === 'first' || name === 'search' || name === 'minStrength',
  decorate: () => ({ alias: '', directive: '' }),
};

/** Documents that ask for what the generated ones do not: hidden things by name, the past, other days. */
function documentsOn(hidden: string): string[] {
  const named = JSON.stringify(hidden);
  return [
    `{ element(urn: ${named}) { urn name } }`,
    `{ element(urn: ${named}, asOf: { revision: 1 }) { urn name } }`,
    `{ impactAnalysis(from: ${named}) { totalCount } }`,
    `{ shortestPaths(from: "urn:khung:hcm-lgsp", to: ${named}) { steps { from { urn } } } }`,
    `{ elements(filter: { urn: [${named}] }) { totalCount } }`,
    `{ elements(filter: { attribute: { key: "hiddenNumber", isKnown: true } }, first: 500) { totalCount nodes { urn } } }`,
    `{ elements(first: 500, asOf: { revision: 1 }) { totalCount nodes { urn owner { urn } attributes { key value } } } }`,
    `{ relations(first: 500) { totalCount nodes { urn source { urn } target { urn } crossAgency } } }`,
    `{ landscape(asOf: { validOn: "2025-01-01" }) { revision relationCount counts { key count } } }`,
    `{ impactAnalysis(from: "urn:khung:hcm-lgsp", direction: DEPENDENTS) { totalCount untypedCount
        impacted(first: 500) { nodes { element { urn } severity depth explanation { steps { relation { urn } } } } }
        coverage { verdict missingCount } } }`,
    `{ landscapeDifference(from: { revision: 1 }) { elementCount { added removed changed }
        elements(first: 500) { nodes { urn way fields { path } } } } }`,
  ];
}

/** Two services do not commit at the same moment. */
const MOMENT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

async function answerOf({ schema }: TestApplication, text: string, actor: Actor): Promise<string> {
  const document = parse(text);
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  const answer = await execute({ schema, document, contextValue: { actor, language: 'VI' } });
  return JSON.stringify(answer).replaceAll(MOMENT, 'MOMENT');
}

describe('what an actor may not see does not exist', () => {
  let whole: TestApplication;
  beforeAll(async () => {
    whole = await openTestApplication(commitsFor(undefined));
  }, 120_000);
  afterAll(() => whole.close());

  describe.each(ACTORS.map((actor) => [actor.kind, actor] as const))('for %s', (_kind, actor) => {
    let seen: TestApplication;
    beforeAll(async () => {
      seen = await openTestApplication(commitsFor(actor));
    }, 120_000);
    afterAll(() => seen.close());

    it('in any answer of any query', async () => {
      const fields = Object.values(whole.schema.getQueryType()?.getFields() ?? {});
      expect(fields.length).toBeGreaterThan(10);
      for (const field of fields) {
        const text = `query Whole { ${fieldOf(whole.schema, field, WHOLE)} }`;
        const expected = await answerOf(seen, text, actor);
        expect([field.name, await answerOf(whole, text, actor)]).toEqual([field.name, expected]);
      }
    }, 300_000);

    it('when it is asked for by name, in the past, on another day, by its values', async () => {
      const hidden = [...city.classes.keys()].filter((urn) => !maySee(actor, urn));
      expect(hidden.length).toBeGreaterThan(5);
      for (const urn of hidden.slice(0, 5)) {
        for (const text of documentsOn(urn)) {
          expect([text, await answerOf(whole, text, actor)]).toEqual([text, await answerOf(seen, text, actor)]);
        }
      }
    }, 300_000);
  });
});
