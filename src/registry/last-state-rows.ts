import type { EntityManager } from 'typeorm';
import type { LastState } from '../core/landscape/last-state.js';
import type { Element } from '../core/landscape/model.js';
import type { Change } from '../core/landscape/snapshot.js';

/**
 * What elements that are gone were at last, by seq, as of a revision. When an element goes, no relation of it stays: the
 * relations that told whose it was end with it, or ended before and told nothing any more.
 */
export async function readLastStates(
  manager: EntityManager,
  gone: readonly { readonly seq: number }[],
  revision: number,
): Promise<ReadonlyMap<number, LastState>> {
  const found = new Map<number, LastState>();
  if (gone.length === 0) return found;
  const rows: (LastState & { seq: number; owner: number | null })[] = await manager.query(
    `with last as (
         select distinct on (seq) seq, urn, to_revision, record ->> 'visibility' as visibility from element_version
         where seq = any($1) and to_revision <= $2 and record is not null order by seq, from_revision desc)
       select last.seq, last.urn, last.visibility, min(held.target) filter (where held.kind = 'OWNED_BY') as owner,
              coalesce(jsonb_agg(held.target) filter (where held.kind = 'PART_OF'), '[]') as holders
       from last left join (
         select to_revision, record ->> 'kind' as kind, (record ->> 'source')::integer as source,
                (record ->> 'target')::integer as target
         from relation_version
         where to_revision = any(select to_revision from last) and record ->> 'kind' in ('OWNED_BY', 'PART_OF')
           and record ->> 'status' not in ('PLANNED', 'ENDED') and record ->> 'valid_to' is null
       ) as held on held.to_revision = last.to_revision and held.source = last.seq
       group by last.seq, last.urn, last.visibility`,
    [gone.map(({ seq }) => seq), revision],
  );
  for (const { seq, owner, holders, ...last } of rows) {
    const all = new Set(owner === null ? holders : [owner, ...holders]);
    found.set(seq, { ...last, holders: [...all].toSorted((one, other) => one - other) });
  }
  return found;
}

/** Changes that tell of what is gone what it was at last. */
export function withLastStates(
  changes: readonly Change<Element>[],
  last: ReadonlyMap<number, LastState>,
): Change<Element>[] {
  return changes.map((change) => (change.after === undefined ? { ...change, last: last.get(change.seq) } : change));
}
