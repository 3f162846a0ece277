import { DEPENDENCY_STRENGTHS, LIFECYCLE_PHASES } from '../core/landscape/model.js';
import type { ElementKind, ExchangeChannel, Json } from '../core/landscape/model.js';
import type { Operation } from '../core/landscape/operation.js';
import { agencyOperations, agencyRelations } from './reference-agencies.js';
import {
  CONFIDENCE_OF_GRADE,
  STATUS_OF_WORD,
  addRelation,
  cell,
  codedCell,
  evidenceOf,
  known,
  qualified,
  readReferenceRows,
  referenceUrn,
  requiredCell,
  sameWords,
  sourcesOf,
} from './reference-files.reader.js';
import type { Evidence, ReferenceRow } from './reference-files.reader.js';
import { legislationOperations } from './reference-legislation.js';

/** The tables of the city's landscape as they stand in `reference/`. */
export interface ReferenceLandscapeFiles {
  readonly agencies: readonly ReferenceRow[];
  readonly systems: readonly ReferenceRow[];
  readonly relations: readonly ReferenceRow[];
  readonly lifecycle: readonly ReferenceRow[];
  readonly ownerMap: readonly ReferenceRow[];
  readonly legislation: readonly ReferenceRow[];
}

const KIND_OF_WORD: Readonly<Record<string, ElementKind>> = {
  system: 'SYSTEM',
  platform: 'PLATFORM',
  database: 'DATABASE',
  service: 'DIGITAL_SERVICE',
  infrastructure: 'INFRASTRUCTURE',
};

/** The four layers of the city's digital architecture framework. */
const LAYER_OF_WORD: Readonly<Record<string, number>> = {
  'ha-tang': 1,
  'du-lieu-nen-tang': 2,
  'ung-dung-nghiep-vu': 3,
  'kenh-tuong-tac': 4,
};

const CHANNELS_OF_WORD: Readonly<Record<string, readonly ExchangeChannel[]>> = {
  NDXP: ['NDXP'],
  LGSP: ['LGSP'],
  TSLCD: ['TSLCD_VPN'],
  DIRECT_API: ['DIRECT_API'],
  UNKNOWN: ['UNKNOWN'],
};

const STRENGTHS = sameWords(DEPENDENCY_STRENGTHS);
const PHASES = sameWords(LIFECYCLE_PHASES);
const SCOPES = sameWords(['NATIONAL', 'CITY', 'FORMER_PROVINCE', 'AGENCY']);
const YES_NO: Readonly<Record<string, boolean>> = { yes: true, no: false };

/** Reads the tables from the folder `reference` beside the program. */
export function readReferenceLandscape(): ReferenceLandscapeFiles {
  return {
    agencies: readReferenceRows('hcmc/agencies.csv'),
    systems: readReferenceRows('hcmc/systems.csv'),
    relations: readReferenceRows('hcmc/relations.csv'),
    lifecycle: readReferenceRows('hcmc/lifecycle.csv'),
    ownerMap: readReferenceRows('hcmc/owner-map.csv'),
    legislation: readReferenceRows('national/legislation.csv'),
  };
}

/**
 * The change set that brings the reference landscape into an empty registry: agencies, legislation and systems, then the
 * relations between them, each in the order of its table. A value whose own source is weaker than that of its row follows
 * the row as an UPDATE, so that its confidence is kept with it.
 * @throws RangeError if a table uses a word that is not in its list of codes, or names an id that is not there.
 */
export function referenceLandscapeOperations(files: ReferenceLandscapeFiles): Operation[] {
  const owners = new Map(files.ownerMap.map((row) => [requiredCell(row, 'system_id'), row]));
  const states = new Map(files.lifecycle.map((row) => [requiredCell(row, 'id'), row]));
  const agencies = new Set(files.agencies.map((row) => requiredCell(row, 'id')));
  const ownerships = files.systems.map((row) => ownershipOf(row, owners, agencies));
  return [
    ...files.agencies.flatMap(agencyOperations),
    ...files.legislation.flatMap(legislationOperations),
    ...files.systems.flatMap((row, index) => systemOperations(row, states, ownerships[index])),
    ...files.agencies.flatMap(agencyRelations),
    ...files.systems.flatMap((row, index) => ownerRelations(row, ownerships[index])),
    ...files.relations.map(systemRelation),
  ];
}

/** Who owns a system as far as the source says it clearly; the text where it says it otherwise. */
interface Ownership {
  readonly owner: string | undefined;
  /** An agency the source names beside the owner without saying what it does. */
  readonly second: string | undefined;
  /** The source's words, kept where they say more than one agency's name. */
  readonly text: string | undefined;
}

function ownershipOf(
  row: ReferenceRow,
  owners: ReadonlyMap<string, ReferenceRow>,
  agencies: ReadonlySet<string>,
): Ownership {
  const text = requiredCell(row, 'owner');
  const mapped = owners.get(requiredCell(row, 'id'));
  if (mapped === undefined) {
    if (!agencies.has(text)) throw new RangeError(`owner of ${requiredCell(row, 'id')}: ${text} is no known agency`);
    return { owner: text, second: undefined, text: undefined };
  }
  if (codedCell(mapped, 'owner_known', YES_NO) !== true) return { owner: undefined, second: undefined, text };
  const second = cell(mapped, 'second_agency_id');
  const saysMore = second !== undefined || cell(mapped, 'former_agency_id') !== undefined;
  return { owner: requiredCell(mapped, 'agency_id'), second, text: saysMore ? text : undefined };
}

function systemOperations(
  row: ReferenceRow,
  states: ReadonlyMap<string, ReferenceRow>,
  ownership: Ownership | undefined,
): Operation[] {
  const id = requiredCell(row, 'id');
  const urn = referenceUrn(id);
  const state = states.get(id);
  const value = known({
    kind: codedCell(row, 'kind', KIND_OF_WORD),
    name: requiredCell(row, 'name_vi'),
    nameEn: cell(row, 'name_en'),
    description: cell(row, 'description_vi'),
    layer: codedCell(row, 'layer', LAYER_OF_WORD),
    attributes: known({
      statusText: state === undefined ? undefined : cell(state, 'status_text'),
      ownerText: ownership?.text,
      sourceUrl: sourcesOf(row),
    }),
  });
  const scope = codedCell(row, 'scope', SCOPES);
  return [
    { op: 'ADD', urn, value, ...evidenceOf(row) },
    // Nobody declared the scope: it is read from who owns the system.
    ...qualified(urn, 'attributes.scope', scope, { source: 'reference/hcmc/systems.csv', confidence: 'LOW' }),
    ...(state === undefined ? [] : qualified(urn, 'phases', phasesOf(state), phaseEvidence(row, state))),
  ];
}

/** The phase a status text was read as; no phase where it was read as none, for that is what unknown looks like. */
function phasesOf(state: ReferenceRow): Json | undefined {
  const phase = codedCell(state, 'phase', PHASES);
  if (phase === undefined || phase === 'UNKNOWN') return undefined;
  return [{ phase, from: cell(state, 'phase_from') ?? null }];
}

function phaseEvidence(row: ReferenceRow, state: ReferenceRow): Evidence {
  return { ...evidenceOf(row), confidence: codedCell(state, 'confidence', CONFIDENCE_OF_GRADE) ?? null };
}

function ownerRelations(row: ReferenceRow, ownership: Ownership | undefined): Operation[] {
  const source = requiredCell(row, 'id');
  const evidence = evidenceOf(row);
  const relations: Operation[] = [];
  if (ownership?.owner !== undefined) {
    relations.push(addRelation({ source, kind: 'OWNED_BY', target: ownership.owner, evidence }));
  }
  if (ownership?.second !== undefined) {
    relations.push(addRelation({ source, kind: 'ASSOCIATED_WITH', target: ownership.second, evidence }));
  }
  return relations;
}

function systemRelation(row: ReferenceRow): Operation {
  return addRelation({
    source: requiredCell(row, 'source'),
    kind: requiredCell(row, 'kind'),
    target: requiredCell(row, 'target'),
    fields: {
      strength: codedCell(row, 'strength', STRENGTHS),
      status: codedCell(row, 'status', STATUS_OF_WORD),
      channels: codedCell(row, 'channel', CHANNELS_OF_WORD),
      provenance: cell(row, 'why'),
    },
    evidence: {
      source: 'reference/hcmc/relations.csv',
      confidence: codedCell(row, 'confidence', CONFIDENCE_OF_GRADE) ?? null,
    },
  });
}
