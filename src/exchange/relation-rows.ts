import { sameJson } from '../core/same-json.js';
import type { ChangeBase } from '../core/landscape/landscape.js';
import type { Json, Relation, RelationKind, Urn } from '../core/landscape/model.js';
import { idOf } from '../core/landscape/urn-maker.js';
import type { Operation } from '../core/landscape/operation.js';
import { dateOf } from './cell-values.js';
import type { CellReading } from './cell-values.js';
import { urnOfCode } from './element-lookup.js';
import type { ImportRow, RowOperation } from './import-row.js';
import type { ElementRowContext, RowCells } from './row-cells.js';

interface RelationEnds {
  readonly kind: RelationKind;
  readonly source: Urn;
  readonly target: Urn;
}

/** What a row of a relation comes to. The same kind between the same ends is the same relation. */
export function planRelationRow(cells: RowCells, context: ElementRowContext): ImportRow {
  const ends = endsOf(cells, context);
  const existing = ends === undefined ? undefined : existingRelation(cells, context.landscape, ends);
  const operations: RowOperation[] = [];
  let outcome: ImportRow['outcome'] = 'unchanged';
  if (cells.text('delete') !== undefined && context.cells.isYes(cells.cell('delete')) === true) {
    outcome = 'deleted';
    if (existing === undefined) cells.refuse('RELATION_NOT_THERE', 'delete');
    else operations.push({ step: 'REMOVE_RELATION', operation: { op: 'REMOVE', urn: existing.urn } });
  } else if (ends !== undefined) {
    const { values, attributes } = fieldsOf(cells, context);
    if (existing === undefined) {
      outcome = 'created';
      operations.push({ step: 'ADD_RELATION', operation: addition(ends, { values, attributes }, context) });
    } else {
      operations.push(...changesOf(existing, { values, attributes }, context.source));
      if (operations.length > 0) outcome = 'changed';
    }
  }
  const { place, problems, notes, columnOf: columns } = cells;
  return { place, object: 'RELATION', outcome, relations: [], operations, problems, notes, columns };
}

function endsOf(cells: RowCells, context: ElementRowContext): RelationEnds | undefined {
  for (const to of ['source', 'target']) {
    if (cells.text(to) === undefined) cells.refuse('VALUE_MISSING', to, { field: cells.headerOf(to) });
  }
  const source = cells.element('source', context);
  const target = cells.element('target', context);
  if (cells.text('relationKind') === undefined)
    return cells.refuse('VALUE_MISSING', 'relationKind', { field: 'relationKind' });
  const reading = context.cells.oneOf(cells.cell('relationKind'), 'relationKind');
  // The words of kinds are those of the model.
  const kind = cells.valueOf('relationKind', reading) as RelationKind | undefined;
  if (kind === undefined || source === undefined || target === undefined) return undefined;
  return { kind, source, target };
}

function existingRelation(
  cells: RowCells,
  landscape: ChangeBase,
  { kind, source, target }: RelationEnds,
): Relation | undefined {
  const urn = cells.text('relation');
  const named = urn === undefined ? undefined : urnOfCode(urn.replace(/^urn:khung:/, ''));
  if (named !== undefined) {
    const relation = landscape.relationByUrn(named);
    if (relation === undefined) cells.refuse('URN_UNKNOWN', 'relation', { urn: named });
    else refuseOtherEnds(cells, landscape, relation, { kind, source, target });
    return relation;
  }
  const [from, to] = [landscape.elementByUrn(source), landscape.elementByUrn(target)];
  if (from === undefined || to === undefined) return undefined;
  let found: Relation | undefined;
  landscape.forEachOutgoing(from.seq, (relationKind, other, relation) => {
    if (relationKind === kind && other === to.seq) found ??= landscape.relationAt(relation);
  });
  return found;
}

/** What a relation joins, and as what, is fixed at birth: a row that says otherwise means another relation. */
function refuseOtherEnds(cells: RowCells, landscape: ChangeBase, relation: Relation, ends: RelationEnds): void {
  if (relation.kind !== ends.kind)
    cells.refuse('FIELD_FIXED', 'relationKind', { field: cells.headerOf('relationKind') });
  for (const end of ['source', 'target'] as const) {
    if (landscape.elementAt(relation[end])?.urn === ends[end]) continue;
    cells.refuse('FIELD_FIXED', end, { field: cells.headerOf(end) });
  }
}

interface GivenFields {
  readonly values: ReadonlyMap<string, Json>;
  readonly attributes: ReadonlyMap<string, Json>;
}

function fieldsOf(cells: RowCells, { cells: reader, lookup }: ElementRowContext): GivenFields {
  const readings: Readonly<Record<string, () => CellReading>> = {
    strength: () => reader.oneOf(cells.cell('strength'), 'strength'),
    status: () => reader.oneOf(cells.cell('status'), 'status'),
    channels: () => reader.severalOf(cells.cell('channels'), 'channel'),
    validFrom: () => dateOf(cells.cell('validFrom')),
    validTo: () => dateOf(cells.cell('validTo')),
    confidence: () => reader.oneOf(cells.cell('confidence'), 'confidence'),
    provenance: () => ({ value: cells.text('provenance') ?? '' }),
  };
  const values = new Map<string, Json>();
  for (const [to, read] of Object.entries(readings)) {
    const value = cells.text(to) === undefined ? undefined : cells.valueOf(to, read());
    if (value !== undefined) values.set(to, value);
  }
  const attributes = new Map<string, Json>();
  for (const { to, definition } of cells.columns) {
    if (definition === undefined || cells.text(to) === undefined) continue;
    const isList = definition.type === 'URN_LIST';
    const value = isList
      ? cells.elements(to, { cells: reader, lookup }, definition.targetKinds)
      : cells.valueOf(to, reader.attribute(cells.cell(to), definition));
    if (value !== undefined) attributes.set(definition.key, value);
  }
  return { values, attributes };
}

function addition(
  ends: RelationEnds,
  { values, attributes }: GivenFields,
  { urns, source }: ElementRowContext,
): Operation {
  const urn = urns.make(`${idOf(ends.source)}.${ends.kind.toLowerCase().replaceAll('_', '-')}.${idOf(ends.target)}`);
  const value = { ...ends, ...Object.fromEntries(values), attributes: Object.fromEntries(attributes) };
  return { op: 'ADD', urn, value, source };
}

function changesOf(existing: Relation, { values, attributes }: GivenFields, source: string): RowOperation[] {
  const record: ReadonlyMap<string, unknown> = new Map(Object.entries(existing));
  const places: readonly (readonly [string, Json, Json | undefined])[] = [
    // The fields of a relation that columns set are JSON.
    ...[...values].map(([field, value]) => [field, value, record.get(field) as Json | undefined] as const),
    ...[...attributes].map(([key, value]) => [`attributes.${key}`, value, existing.attributes[key]] as const),
  ];
  return places
    .filter(([, value, before]) => !sameJson(value, before))
    .map(([path, value]) => ({ step: 'SET', operation: { op: 'UPDATE', urn: existing.urn, path, value, source } }));
}
