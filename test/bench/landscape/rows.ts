import type { Client } from 'pg';
import { foldVietnamese } from '../../../src/core/fold-vietnamese.js';
import { RELATION_KINDS } from '../../../src/core/landscape/model.js';

/** A row of the landscape as the bench knows it: read from the service's own tables once it has loaded them. */
export interface SystemRow {
  readonly id: number;
  readonly urn: string;
  readonly kind: string;
  readonly name: string;
  /** Name without marks and in lower case. */
  readonly folded: string;
  readonly phase: string;
  /** Attribute securityLevelProposed; null where unknown. */
  readonly level: number | null;
  /** Id of the owner; null where unknown. */
  readonly owner: number | null;
}

export interface LinkRow {
  readonly id: number;
  readonly kind: string;
  readonly source: number;
  readonly target: number;
}

export interface Rows {
  readonly systems: readonly SystemRow[];
  readonly links: readonly LinkRow[];
}

/** Who needs whom: over some kinds the source needs the target, over some the target the source, over others neither. */
function needOf({ kind, source, target }: LinkRow): { readonly needs: number; readonly needed: number } | undefined {
  if (TARGET_NEEDS.has(kind)) return { needs: target, needed: source };
  return SOURCE_NEEDS.has(kind) ? { needs: source, needed: target } : undefined;
}
const SOURCE_NEEDS: ReadonlySet<string> = new Set([
  'DEPENDS_ON',
  'USES_PLATFORM',
  'RUNS_ON',
  'AUTHENTICATES_WITH',
  'READS',
  'USES',
]);
const TARGET_NEEDS: ReadonlySet<string> = new Set(['EXCHANGES_DATA_WITH', 'REALIZES', 'PROVIDES', 'MASTERS']);

/** Place of a kind in the order in which relations are listed. */
export function placeOf(kind: string): number {
  return RELATION_KINDS.findIndex((each) => each === kind);
}

/** The needs of what has not ended: what has needs nothing and is not needed. */
export function needsOf({ systems, links }: Rows): { readonly needs: number; readonly needed: number }[] {
  const ended = new Set(systems.flatMap(({ id, phase }) => (phase === 'END_OF_LIFE' ? [id] : [])));
  return links.flatMap((link) => {
    const need = needOf(link);
    return need === undefined || ended.has(need.needs) || ended.has(need.needed) ? [] : [need];
  });
}

interface ElementRecord {
  readonly seq: number;
  readonly urn: string;
  readonly kind: string;
  readonly name: string;
  readonly phases: readonly { readonly phase: string }[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Reads what the service holds. Relations that have ended carry nothing and are left out. */
export async function readRows(database: Client): Promise<Rows> {
  const elements = await database.query<ElementRecord>(
    'select seq, urn, kind, name, phases, attributes from element order by seq',
  );
  const relations = await database.query<LinkRow>(
    `select seq as id, kind, source, target from relation where status <> 'ENDED' order by seq`,
  );
  const owners = new Map<number, number>();
  for (const { kind, source, target } of relations.rows) if (kind === 'OWNED_BY') owners.set(source, target);
  const systems = elements.rows.map(({ seq, urn, kind, name, phases, attributes }): SystemRow => {
    const level = attributes['securityLevelProposed'];
    return {
      id: seq,
      urn,
      kind,
      name,
      folded: foldVietnamese(name),
      phase: phases.at(-1)?.phase ?? 'UNKNOWN',
      level: typeof level === 'number' ? level : null,
      owner: owners.get(seq) ?? null,
    };
  });
  return { systems, links: relations.rows };
}
