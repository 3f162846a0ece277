import type { AttributeDefinition } from '../core/landscape/attribute.js';
import { phaseOf } from '../core/landscape/landscape.js';
import type { Element, ElementKind, Json, RelationKind } from '../core/landscape/model.js';
import { shown } from '../core/landscape/record-fields.js';
import { idOf } from '../core/landscape/urn-maker.js';
import { itemsText } from './cell-values.js';
import { targetsWith } from './current-relations.js';
import { dateCell, listRows, numberCell } from './printed-list.js';
import type { ListColumn, ListStyle } from './printed-list.js';
import type { Cell } from './sheet.js';
import type { PrintedSheet } from './xlsx-print.js';

type Say = (element: Element, style: ListStyle) => Cell;

/** What the columns of fields say of an element. */
const SAYS: Readonly<Record<string, Say>> = {
  urn: ({ urn }) => urn,
  id: ({ urn }) => idOf(urn),
  name: ({ name }) => name,
  nameEn: ({ nameEn }) => nameEn ?? undefined,
  aliases: ({ aliases }) => itemsText(aliases),
  description: ({ description }) => description ?? undefined,
  owner: (element, style) => roleCell(element, style, 'OWNED_BY'),
  operator: (element, style) => roleCell(element, style, 'OPERATED_BY'),
  parent: (element, style) => roleCell(element, style, 'PART_OF'),
  layer: ({ layer }, style) => (layer === null ? undefined : style.word('layer', String(layer))),
  phase: (element, style) =>
    element.phases.length === 0 ? undefined : style.word('phase', phaseOf(style.landscape, element)),
  phaseFrom: (element, { landscape }) => {
    const now = phaseOf(landscape, element);
    return dateCell(element.phases.findLast(({ phase }) => phase === now)?.from);
  },
  level: ({ level }, style) => (level === null ? undefined : style.word('level', level)),
  visibility: ({ visibility }, style) => style.word('visibility', visibility),
  'externalId:NAS': ({ externalIds }) =>
    externalIds.find(({ scheme, recordType }) => scheme === 'NAS' && recordType !== 'REFERENCE')?.value,
  revision: ({ revision }) => numberCell(revision),
  delete: () => undefined,
};
/** Columns whose cells have one of a list of values. */
const LISTS: Readonly<Record<string, string>> = {
  layer: 'layer',
  phase: 'phase',
  level: 'level',
  visibility: 'visibility',
};
/** Agencies alone have a level, and stand under one another; all else has an owner and a place in the architecture. */
const OF_AGENCIES: ReadonlySet<string> = new Set(['level', 'parent']);
const OF_OTHERS: ReadonlySet<string> = new Set(['owner', 'operator', 'layer', 'externalId:NAS']);
const ATTRIBUTE_WIDTH = 28;
/** Before the key of an attribute, in the name of a column. */
export const ATTRIBUTE = 'attribute:';

/** A sheet of elements of one kind, with a column for everything that can be said of one. Without elements, a template. */
export function elementSheet(kind: ElementKind, elements: Iterable<Element>, style: ListStyle): PrintedSheet {
  const fields = style.words.elementColumns.flatMap((words): ListColumn<Element>[] => {
    const say = SAYS[words.to];
    const isOther = kind === 'AGENCY' ? OF_OTHERS.has(words.to) : OF_AGENCIES.has(words.to);
    if (say === undefined || isOther) return [];
    return [{ ...style.column(words, LISTS[words.to]), cell: (element) => say(element, style) }];
  });
  const definitions = [...style.landscape.definitions.byKey.values()].filter(({ appliesTo }) =>
    appliesTo.includes(kind),
  );
  const taken = new Set(fields.map(({ header }) => header));
  const attributes = definitions.map((definition) => {
    const column = attributeColumn(definition, style);
    return taken.has(column.header) ? { ...column, header: `${ATTRIBUTE}${definition.key}` } : column;
  });
  const columns = [...fields, ...attributes];
  return { name: style.word('kind', kind), columns, rows: listRows(elements, columns) };
}

/** Who stands in a role to an element, as lists name him; undefined where nobody is known. */
export function roleCell(element: Element, style: ListStyle, kind: RelationKind): Cell {
  const all = targetsWith(style.landscape, element.seq, kind);
  const found = all.find(({ target }) => kind !== 'PART_OF' || target.kind === element.kind);
  return found === undefined ? undefined : style.nameOf(found.target, [found.target.kind]);
}

function attributeColumn(definition: AttributeDefinition, style: ListStyle): ListColumn<Element> {
  const { key, type, nameVi, nameEn, questionVi, questionEn } = definition;
  const isVietnamese = style.language === 'VI';
  const values = type === 'BOOLEAN' ? ['true', 'false'] : type === 'ENUM' ? definition.values : undefined;
  const list = type === 'BOOLEAN' ? 'boolean' : `attribute:${key}`;
  return {
    header: isVietnamese ? nameVi : nameEn,
    width: ATTRIBUTE_WIDTH,
    help: isVietnamese ? questionVi : questionEn,
    ...(values !== undefined && { values: values.map((value) => style.word(list, value)) }),
    cell: ({ attributes }) => attributeCell(attributes[key], definition, style),
  };
}

/** A value of an attribute as lists write it. */
export function attributeCell(value: Json | undefined, { key, type }: AttributeDefinition, style: ListStyle): Cell {
  if (value === undefined) return undefined;
  if (value === null) return style.words.marks.absent[style.language];
  if (Array.isArray(value)) return itemsText(value.map((item) => style.word(`attribute:${key}`, shown(item))));
  switch (type) {
    case 'BOOLEAN':
      return style.word('boolean', shown(value));
    case 'INTEGER':
      return { type: 'NUMBER', text: shown(value) };
    case 'DATE':
      return dateCell(shown(value));
    default:
      return style.word(`attribute:${key}`, shown(value));
  }
}
