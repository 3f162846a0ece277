import type { Operation } from '../core/landscape/operation.js';
import {
  CONFIDENCE_OF_GRADE,
  cell,
  codedCell,
  evidenceOf,
  known,
  qualified,
  referenceUrn,
  requiredCell,
  sourcesOf,
} from './reference-files.reader.js';
import type { ReferenceRow } from './reference-files.reader.js';

/** Adds one legal document, named by its kind and number and, where it is known, its Vietnamese title. */
export function legislationOperations(row: ReferenceRow): Operation[] {
  const urn = referenceUrn(requiredCell(row, 'id'));
  const title = cell(row, 'title_vi');
  const heading = `${requiredCell(row, 'kind')} ${requiredCell(row, 'number')}`;
  const issuedConfidence = codedCell(row, 'issued_confidence', CONFIDENCE_OF_GRADE);
  const value = known({
    kind: 'LEGISLATION',
    name: title === undefined ? heading : `${heading}: ${title}`,
    description: cell(row, 'subject_en'),
    attributes: known({
      number: requiredCell(row, 'number'),
      issuedOn: issuedConfidence === undefined ? cell(row, 'issued') : undefined,
      effectiveFrom: cell(row, 'effective_from'),
      effectiveTo: cell(row, 'effective_to'),
      statusText: cell(row, 'status'),
      sourceUrl: sourcesOf(row),
    }),
  });
  const issued = issuedConfidence === undefined ? undefined : cell(row, 'issued');
  const evidence = { ...evidenceOf(row), confidence: issuedConfidence ?? null };
  return [{ op: 'ADD', urn, value, ...evidenceOf(row) }, ...qualified(urn, 'attributes.issuedOn', issued, evidence)];
}
