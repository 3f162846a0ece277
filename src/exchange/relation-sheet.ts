import type { Relation } from '../core/landscape/model.js';
import { dateCell, listRows, numberCell } from './printed-list.js';
import type { ListColumn, ListStyle } from './printed-list.js';
import type { Cell } from './sheet.js';
import type { PrintedSheet } from './xlsx-print.js';

type Say = (relation: Relation, style: ListStyle) => Cell;

/** What the columns say of a relation. */
const SAYS: Readonly<Record<string, Say>> = {
  relation: ({ urn }) => urn,
  source: ({ source }, style) => endCell(source, style),
  target: ({ target }, style) => endCell(target, style),
  relationKind: ({ kind }, style) => style.word('relationKind', kind),
  strength: ({ strength }, style) => style.word('strength', strength),
  status: ({ status }, style) => style.word('status', status),
  channels: ({ channels }, style) => channels.map((channel) => style.word('channel', channel)).join('; '),
  validFrom: ({ validFrom }) => dateCell(validFrom),
  validTo: ({ validTo }) => dateCell(validTo),
  provenance: ({ provenance }) => provenance ?? undefined,
  confidence: ({ confidence }, style) => style.word('confidence', confidence),
  revision: ({ revision }) => numberCell(revision),
  delete: () => undefined,
};
/** Columns whose cells have one of a list of values. */
const LISTS: ReadonlySet<string> = new Set(['relationKind', 'strength', 'status', 'confidence']);

/** A sheet of relations, with a column for everything that can be said of one. */
export function relationSheet(relations: Iterable<Relation>, style: ListStyle): PrintedSheet {
  const columns = style.words.relationColumns.flatMap((words): ListColumn<Relation>[] => {
    const say = SAYS[words.to];
    if (say === undefined) return [];
    const list = LISTS.has(words.to) ? words.to : undefined;
    return [{ ...style.column(words, list), cell: (relation) => say(relation, style) }];
  });
  const name = style.language === 'VI' ? 'Quan hệ' : 'Relations';
  return { name, columns, rows: listRows(relations, columns) };
}

function endCell(seq: number, style: ListStyle): Cell {
  const element = style.landscape.elementAt(seq);
  return element === undefined ? undefined : style.nameOf(element);
}
