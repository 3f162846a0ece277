import { AGENCY_LEVELS } from '../core/landscape/model.js';
import type { Operation } from '../core/landscape/operation.js';
import {
  CONFIDENCE_OF_GRADE,
  STATUS_OF_WORD,
  addRelation,
  cell,
  codedCell,
  evidenceOf,
  known,
  qualified,
  referenceUrn,
  requiredCell,
  sameWords,
  sourcesOf,
} from './reference-files.reader.js';
import type { Evidence, ReferenceRow } from './reference-files.reader.js';

const LEVELS = sameWords(AGENCY_LEVELS);

/** Adds one agency; its identifier codes follow with the confidence of their own. */
export function agencyOperations(row: ReferenceRow): Operation[] {
  const urn = referenceUrn(requiredCell(row, 'id'));
  const value = known({
    kind: 'AGENCY',
    name: requiredCell(row, 'name_vi'),
    nameEn: cell(row, 'name_en'),
    level: codedCell(row, 'level', LEVELS),
    attributes: known({
      statusText: cell(row, 'status'),
      agencyNote: cell(row, 'note'),
      validFrom: cell(row, 'valid_from'),
      validTo: cell(row, 'valid_to'),
      sourceUrl: sourcesOf(row),
    }),
  });
  const codes = [
    { scheme: 'QD20-2020', value: cell(row, 'identifier_code') },
    { scheme: 'QCVN102-2016', value: cell(row, 'identifier_code_2016') },
  ].flatMap(({ scheme, value }) => (value === undefined ? [] : [{ scheme, value, recordType: null }]));
  const confidence = codedCell(row, 'identifier_confidence', CONFIDENCE_OF_GRADE) ?? null;
  return [
    { op: 'ADD', urn, value, ...evidenceOf(row) },
    ...qualified(urn, 'externalIds', codes.length === 0 ? undefined : codes, { ...evidenceOf(row), confidence }),
  ];
}

/** What an agency is part of, and which agency took its place. */
export function agencyRelations(row: ReferenceRow): Operation[] {
  const id = requiredCell(row, 'id');
  const parent = cell(row, 'parent_id');
  const successor = cell(row, 'successor_id');
  const evidenceBy = (column: string): Evidence => ({
    ...evidenceOf(row),
    confidence: codedCell(row, column, CONFIDENCE_OF_GRADE) ?? null,
  });
  const relations: Operation[] = [];
  if (parent !== undefined) {
    const fields = { status: codedCell(row, 'parent_status', STATUS_OF_WORD) };
    relations.push(
      addRelation({ source: id, kind: 'PART_OF', target: parent, fields, evidence: evidenceBy('parent_confidence') }),
    );
  }
  if (successor !== undefined) {
    const fields = { status: codedCell(row, 'successor_status', STATUS_OF_WORD) };
    const evidence = evidenceBy('successor_confidence');
    relations.push(addRelation({ source: successor, kind: 'REPLACES', target: id, fields, evidence }));
  }
  return relations;
}
