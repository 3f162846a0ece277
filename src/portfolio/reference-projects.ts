import { normalisedAgencyName } from '../core/agency-name.js';
import type { Json } from '../core/landscape/model.js';
import type { Operation } from '../core/landscape/operation.js';
import {
  addRelation,
  cell,
  evidenceOf,
  known,
  qualified,
  readReferenceRows,
  referenceUrn,
  requiredCell,
  sourcesOf,
} from '../registry/reference-files.reader.js';
import type { ReferenceRow } from '../registry/reference-files.reader.js';

/** The tables that projects are read from; of agencies only ids and names are looked at. */
export interface ReferenceProjectFiles {
  readonly projects: readonly ReferenceRow[];
  readonly agencies: readonly ReferenceRow[];
}

/** Reads the tables from the folder `reference` beside the program. */
export function readReferenceProjects(): ReferenceProjectFiles {
  return {
    projects: readReferenceRows('hcmc/projects.csv'),
    agencies: readReferenceRows('hcmc/agencies.csv'),
  };
}

/**
 * The change set that brings the known projects of the city into a registry that holds the reference landscape already.
 * First all projects in the order of their table, then who owns them and what they deliver.
 */
export function referenceProjectOperations(files: ReferenceProjectFiles): Operation[] {
  const agencies = agenciesByName(files.agencies);
  return [
    ...files.projects.flatMap((row) => projectOperations(row, agencies)),
    ...files.projects.flatMap((row) => projectRelations(row, agencies)),
  ];
}

/** The id of the agency of each normalised name; a name that two agencies share stands for neither. */
function agenciesByName(rows: readonly ReferenceRow[]): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>();
  for (const row of rows) {
    const name = normalisedAgencyName(requiredCell(row, 'name_vi'));
    found.set(name, [...(found.get(name) ?? []), requiredCell(row, 'id')]);
  }
  const unique = [...found].flatMap(([name, [id, ...others]]) =>
    id === undefined || others.length > 0 ? [] : [[name, id] as const],
  );
  return new Map(unique);
}

function ownerOf(row: ReferenceRow, agencies: ReadonlyMap<string, string>): string | undefined {
  return agencies.get(normalisedAgencyName(requiredCell(row, 'agency')));
}

function projectId(row: ReferenceRow): string {
  return requiredCell(row, 'id').toLowerCase();
}

function projectOperations(row: ReferenceRow, agencies: ReadonlyMap<string, string>): Operation[] {
  const urn = referenceUrn(projectId(row));
  const budget = cell(row, 'budget_vnd');
  const value = known({
    kind: 'PROJECT',
    name: requiredCell(row, 'title'),
    description: cell(row, 'description'),
    externalIds: tenderCodes(row),
    attributes: known({
      year: cell(row, 'year'),
      budgetVnd: budget === undefined ? undefined : Number(budget),
      kindText: cell(row, 'kind'),
      ownerText: ownerOf(row, agencies) === undefined ? requiredCell(row, 'agency') : undefined,
      sourceUrl: sourcesOf(row),
    }),
  });
  // Nobody declared these two: they are read from the words of the title.
  const reading = { source: requiredCell(row, 'title'), confidence: 'LOW' } as const;
  return [
    { op: 'ADD', urn, value, ...evidenceOf(row) },
    ...qualified(urn, 'attributes.workType', cell(row, 'work_type'), reading),
    ...qualified(urn, 'attributes.investmentForm', cell(row, 'investment_form'), reading),
  ];
}

/** Codes of the national e-procurement system: tender notice (IB) and contractor selection plan (PL). */
function tenderCodes(row: ReferenceRow): Json[] {
  return [
    { scheme: 'MUASAMCONG-IB', value: cell(row, 'tender_notice') },
    { scheme: 'MUASAMCONG-PL', value: cell(row, 'tender_plan') },
  ].flatMap(({ scheme, value }) => (value === undefined ? [] : [{ scheme, value, recordType: null }]));
}

function projectRelations(row: ReferenceRow, agencies: ReadonlyMap<string, string>): Operation[] {
  const source = projectId(row);
  const owner = ownerOf(row, agencies);
  const delivered = cell(row, 'delivers');
  const relations: Operation[] = [];
  if (owner !== undefined) {
    const fields = { provenance: requiredCell(row, 'agency') };
    relations.push(addRelation({ source, kind: 'OWNED_BY', target: owner, fields, evidence: evidenceOf(row) }));
  }
  if (delivered !== undefined) {
    const fields = { provenance: requiredCell(row, 'title') };
    const evidence = { ...evidenceOf(row), confidence: 'LOW' } as const;
    relations.push(addRelation({ source, kind: 'DELIVERS', target: delivered, fields, evidence }));
  }
  return relations;
}
