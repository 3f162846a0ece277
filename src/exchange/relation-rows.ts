import { sameJson } from '../core/same-json.js';
import type { ChangeBase } from '../core/landscape/landscape.js';
import type { Json, Relation, RelationKind } from '../core/landscape/model.js';
import { idOf } from '../core/landscape/urn-maker.js';
import type { Operation } from '../core/landscape/operation.js';
import { dateOf } from './cell-values.js';
import type { CellReading } from './cell-values.js';
import { urnOfCode } from './element-lookup.js';
import type { ImportRow, RowOperation } from './import-row.js';
import { relationKey } from './row-cells.js';
import type { ElementRowContext, RelationEnds, RowCells } from './row-cells.js';

/**
 * What a row of a relation comes to. The same kind between the same ends is the same relation.
 * @param firstOf - the rows so far by what they speak of.
 */
export function planRelationRow(
  cells: RowCells,
  context: ElementRowContext,
  firstOf: Map<string, RowCells>,
): ImportRow {
  const ends = endsOf(cells, context);
  const existing = ends === undefined ? undefined : existingRelation(cells, context.landscape, ends);
  if (ends !== undefined) refuseRepeated(cells, existing?.urn ?? relationKey(ends), firstOf);
  const isToGo = cells.text('delete') !== undefined && context.cells.isYes(cells.cell('delete')) === true;
  const effect = isToGo ? removal(cells, existing) : setting(cells, context, { ends, existing });
  const { place, names, problems, notes, columnOf: columns } = cells;
  const own = { place, object: 'RELATION', ...effect, relations: [], names, problems, notes, columns } as const;
  return { ...own, brings: undefined };
}

type Effect = Pick<ImportRow, 'outcome' | 'operations'>;

function removal(cells: RowCells, existing: Relation | undefined): Effect {
  if (existing !== undefined) {
    const operation: Operation = { op: 'REMOVE', urn: existing.urn };
    return { outcome: 'deleted', operations: [{ step: 'REMOVE_RELATION', operation }] };
  }
  cells.refuse('RELATION_NOT_THERE', 'delete');
  return { outcome: 'deleted', operations: [] };
}

function setting(
  cells: RowCells,
  context: ElementRowContext,
  { ends, existing }: { readonly ends: RelationEnds | undefined; readonly existing: Relation | undefined },
): Effect {
  if (ends === undefined) return { outcome: 'unchanged', operations: [] };
  const given = fieldsOf(cells, context);
  const made = existing === undefined ? context.made.get(relationKey(ends)) : undefined;
  if (existing === undefined && made === undefined) {
    const operation = addition(ends, given, context);
    return { outcome: 'created', operations: [{ step: 'ADD_RELATION', operation }] };
  }
  const operations =
    existing === undefined ? settingsOf(made ?? '', given, context.source) : changesOf(existing, given, context.source);
  return { outcome: operations.length > 0 ? 'changed' : 'unchanged', operations };
}

function refuseRepeated(cells: RowCells, key: string, firstOf: Map<string, RowCells>): void {
  const first = firstOf.get(key);
  if (first === undefined) firstOf.set(key, cells);
  else cells.refuse('ROW_REPEATED', 'source', { urn: key, first: first.addressOf('source') });
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

/** The fields of a relation that the row of an element makes. */
function settingsOf(urn: string, { values, attributes }: GivenFields, source: string): RowOperation[] {
  const places = [...values, ...Array.from(attributes, ([key, value]) => [`attributes.${key}`, value] as const)];
  return places.map(([path, value]) => ({
    step: 'SET_ADDED_RELATION',
    operation: { op: 'UPDATE', urn, path, value, source },
  }));
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
