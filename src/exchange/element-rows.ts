import { sameJson } from '../core/same-json.js';
import type { Element, ElementKind, Json, RelationKind, Urn } from '../core/landscape/model.js';
import type { Operation } from '../core/landscape/operation.js';
import { idOf } from '../core/landscape/urn-maker.js';
import { targetsWith } from './current-relations.js';
import { readElementFields } from './element-fields.js';
import type { GivenFields } from './element-fields.js';
import { idOfName, urnOfCode } from './element-lookup.js';
import type { ImportRow, RowOperation } from './import-row.js';
import { relationKey } from './row-cells.js';
import type { ElementRowContext, RowCells, RowIdentity, RowTools } from './row-cells.js';

type Effect = ImportRow['outcome'];

/** The columns of relations that a row of an element may have, and what stands at their other end. */
const ROLES: readonly { readonly to: string; readonly kind: RelationKind; readonly ofSameKind?: true }[] = [
  { to: 'owner', kind: 'OWNED_BY' },
  { to: 'operator', kind: 'OPERATED_BY' },
  { to: 'parent', kind: 'PART_OF', ofSameKind: true },
];

/**
 * Who a row speaks of: by urn, by code, by the national code, else by the name among those of its kind. A name that nobody
 * has makes something new.
 * @param kind - what the caller or the sheet says its rows are; undefined where each row says so itself.
 */
export function identify(
  cells: RowCells,
  context: ElementRowContext,
  kind: ElementKind | undefined,
): RowIdentity | undefined {
  const { landscape } = context;
  const urn = namedUrn(cells, context);
  if (urn !== undefined) {
    const existing = landscape.elementByUrn(urn);
    const known = existing?.kind ?? kindOf(cells, context, kind);
    if (existing === undefined && landscape.isTaken(urn)) return cells.refuse('URN_TAKEN', 'urn', { urn });
    return known === undefined ? undefined : { urn, kind: known, existing };
  }
  const name = cells.text('name');
  if (name === undefined) return cells.refuse('VALUE_MISSING', 'name', { field: cells.headerOf('name') });
  const known = kindOf(cells, context, kind);
  return known === undefined ? undefined : byName(cells, context, { name, kind: known });
}

function byName(
  cells: RowCells,
  { landscape, lookup, urns }: ElementRowContext,
  { name, kind }: { readonly name: string; readonly kind: ElementKind },
): RowIdentity | undefined {
  const found = [...lookup.named(kind, name)];
  if (found.length > 1)
    return cells.refuse('NAME_AMBIGUOUS', 'name', { value: name, urns: found.slice(0, 5).join(', ') });
  const [urn = urns.make(idOfName(name))] = found;
  return { urn, kind, existing: landscape.elementByUrn(urn) };
}

/** The urn by urn, code or national code; undefined where the row says none of them. */
function namedUrn(cells: RowCells, { lookup }: RowTools): Urn | undefined {
  for (const to of ['urn', 'id']) {
    const text = cells.text(to);
    const urn = text === undefined ? undefined : urnOfCode(text.replace(/^urn:khung:/, ''));
    if (urn !== undefined) return urn;
  }
  const code = cells.text('externalId:NAS');
  return code === undefined ? undefined : lookup.byNationalCode(code);
}

function kindOf(cells: RowCells, { cells: reader }: RowTools, kind: ElementKind | undefined): ElementKind | undefined {
  if (kind !== undefined) return kind;
  if (!cells.columnOf.has('kind')) return cells.refuse('KIND_UNTOLD', 'name');
  if (cells.text('kind') === undefined) {
    return cells.refuse('VALUE_MISSING', 'kind', { field: cells.headerOf('kind') });
  }
  const value = cells.valueOf('kind', reader.oneOf(cells.cell('kind'), 'kind'));
  // The words of kinds are those of the model.
  return value as ElementKind | undefined;
}

/** What a row of an element comes to. */
export function planElementRow(cells: RowCells, identity: RowIdentity, context: ElementRowContext): ImportRow {
  const operations: RowOperation[] = [];
  const relations: Effect[] = [];
  const { existing, urn } = identity;
  if (isMarkedForDeletion(cells, context)) {
    if (existing === undefined) cells.refuse('URN_UNKNOWN', 'delete', { urn });
    else removeElement(existing, context, { operations, relations });
    return rowOf(cells, { outcome: 'deleted', operations, relations });
  }
  checkRevision(cells, existing);
  const fields = readElementFields(cells, identity, context);
  if (existing === undefined) {
    const value: Record<string, unknown> = {
      kind: identity.kind,
      ...Object.fromEntries(fields.values),
      attributes: Object.fromEntries(fields.attributes),
    };
    operations.push({ step: 'ADD_ELEMENT', operation: { op: 'ADD', urn, value, source: context.source } });
  } else operations.push(...changesOf(existing, fields, context.source));
  const outcome = existing === undefined ? 'created' : operations.length > 0 ? 'changed' : 'unchanged';
  for (const role of ROLES) planRole(cells, { identity, context, role, operations, relations });
  return rowOf(cells, { outcome, operations, relations });
}

function isMarkedForDeletion(cells: RowCells, { cells: reader }: RowTools): boolean {
  return cells.text('delete') !== undefined && reader.isYes(cells.cell('delete')) === true;
}

/** Somebody else changed the object after the file was written: which of both values holds, a person has to say. */
function checkRevision(
  cells: RowCells,
  existing: { readonly revision: number; readonly urn: string } | undefined,
): void {
  const expected = Number(cells.text('revision') ?? Number.NaN);
  if (existing === undefined || !Number.isSafeInteger(expected) || existing.revision <= expected) return;
  cells.refuse('STALE_REVISION', 'revision', { urn: existing.urn, expected, actual: existing.revision });
}

function rowOf(
  cells: RowCells,
  { outcome, operations, relations }: Pick<ImportRow, 'outcome' | 'operations' | 'relations'>,
): ImportRow {
  const { place, brings, names, problems, notes, columnOf: columns } = cells;
  return { place, object: 'ELEMENT', outcome, relations, operations, brings, names, problems, notes, columns };
}

/** What is not yet as the row says. */
function changesOf(existing: Element, { values, attributes }: GivenFields, source: string): RowOperation[] {
  const operations: RowOperation[] = [];
  const set = (path: string, value: Json | undefined, before: Json | undefined) => {
    if (sameJson(value, before)) return;
    const operation: Operation =
      value === undefined
        ? { op: 'REMOVE', urn: existing.urn, path }
        : { op: 'UPDATE', urn: existing.urn, path, value, source };
    operations.push({ step: 'SET', operation });
  };
  const record: ReadonlyMap<string, unknown> = new Map(Object.entries(existing));
  // The fields of an element that columns set are JSON.
  for (const [field, value] of values) set(field, value, record.get(field) as Json | undefined);
  for (const [key, value] of attributes) set(`attributes.${key}`, value, existing.attributes[key]);
  return operations;
}

interface RolePlan {
  readonly identity: RowIdentity;
  readonly context: ElementRowContext;
  readonly role: (typeof ROLES)[number];
  readonly operations: RowOperation[];
  readonly relations: Effect[];
}

/** Makes the relation of a role name who stands in the cell, and nobody else. */
function planRole(cells: RowCells, { identity, context, role, operations, relations }: RolePlan): void {
  const { to, kind, ofSameKind } = role;
  if (cells.text(to) === undefined) return;
  const marked = context.cells.marked(cells.cell(to));
  const target = marked === undefined ? roleTarget(cells, { identity, context, role }) : undefined;
  if (marked === undefined && target === undefined) return;
  const { existing } = identity;
  const all = existing === undefined ? [] : targetsWith(context.landscape, existing.seq, kind);
  const current = all.filter(({ target: other }) => ofSameKind !== true || other.kind === identity.kind);
  if (current.some(({ target: other }) => other.urn === target)) {
    relations.push('unchanged');
    return;
  }
  for (const { relation } of current) {
    operations.push({ step: 'REMOVE_RELATION', operation: { op: 'REMOVE', urn: relation.urn } });
    relations.push('deleted');
  }
  if (target === undefined) return;
  const { urn: source } = identity;
  const urn = context.urns.make(`${idOf(source)}.${kind.toLowerCase().replaceAll('_', '-')}.${idOf(target)}`);
  const operation: Operation = { op: 'ADD', urn, value: { kind, source, target }, source: context.source };
  context.made.set(relationKey({ kind, source, target }), urn);
  operations.push({ step: 'ADD_RELATION', operation, askedBy: to });
  relations.push('created');
}

function roleTarget(
  cells: RowCells,
  { identity, context, role: { to, ofSameKind } }: Pick<RolePlan, 'identity' | 'context' | 'role'>,
): Urn | undefined {
  const kinds: readonly ElementKind[] = ofSameKind === true ? [identity.kind] : ['AGENCY'];
  const named = context.lookup.find(cells.text(to) ?? '', kinds);
  const isKept =
    to === 'owner' && 'none' in named && cells.notes.some(({ issue }) => issue.reason === 'OWNER_KEPT_AS_TEXT');
  return isKept ? undefined : cells.element(to, context, kinds);
}

/** An element goes with the relations that its rows make; others stand against it. */
function removeElement(
  existing: Element,
  { landscape }: ElementRowContext,
  { operations, relations }: Pick<RolePlan, 'operations' | 'relations'>,
): void {
  for (const { kind } of ROLES) {
    for (const { relation } of targetsWith(landscape, existing.seq, kind)) {
      operations.push({ step: 'REMOVE_RELATION', operation: { op: 'REMOVE', urn: relation.urn } });
      relations.push('deleted');
    }
  }
  operations.push({ step: 'REMOVE_ELEMENT', operation: { op: 'REMOVE', urn: existing.urn } });
}
