import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isInForce } from '../core/landscape/landscape.js';
import type { PartialDate, Relation, RelationStatus } from '../core/landscape/model.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { readRevisionsAt } from './landscape-rows.js';

/** One version of a relation that says whose something is. */
interface OwnershipRow {
  /** urn of what is owned. */
  readonly urn: string;
  /** seq of the owner. */
  readonly owner: number;
  readonly fromRevision: number;
  readonly toRevision: number | null;
  readonly status: RelationStatus;
  readonly validFrom: Relation['validFrom'];
  readonly validTo: Relation['validTo'];
}

/** The end of a day, as it was known then. */
interface Moment {
  readonly day: PartialDate;
  readonly revision: number;
}

/** As its indices have it. */
const OWNS = `version.record ->> 'kind' = 'OWNED_BY'`;
const SOURCE = `(version.record ->> 'source')::integer`;
const TARGET = `(version.record ->> 'target')::integer`;

/** Whose something was, over many days at once. */
@Injectable()
export class OwnershipReader {
  constructor(private readonly database: DataSource) {}

  /**
   * What an agency owned at the ends of some days, as it was recorded by then: two statements, however many days.
   * @param owner - seq of the agency.
   * @param days - whole days.
   * @returns by urn of what it owned at one of them: whether it did, in the order of the days.
   */
  async owned(owner: number, days: readonly PartialDate[]): Promise<ReadonlyMap<string, readonly boolean[]>> {
    const { manager } = this.database;
    const ends = days.map((day) => `${day}T23:59:59.999999+07:00`);
    const revisions = await unavailableIfDown(readRevisionsAt(manager, ends));
    const moments = days.map((day, place): Moment => ({ day, revision: revisions[place] ?? 0 }));
    const rows: readonly OwnershipRow[] = await unavailableIfDown(
      manager.query(
        `select urns.urn, ${TARGET} as owner, from_revision as "fromRevision", to_revision as "toRevision",
           version.record ->> 'status' as status, version.record ->> 'valid_from' as "validFrom",
           version.record ->> 'valid_to' as "validTo"
         from relation_version version,
              lateral (select urn from element_version e where e.seq = ${SOURCE} limit 1) as urns
         where ${OWNS} and ${SOURCE} in (select ${SOURCE} from relation_version version where ${OWNS} and ${TARGET} = $1)
         order by ${SOURCE}, ${TARGET}, version.seq, from_revision`,
        [owner],
      ),
    );
    const owned = new Map<string, boolean[]>();
    for (const [urn, versions] of byUrn(rows)) {
      const held = moments.map((moment) => ownerAt(versions, moment) === owner);
      if (held.includes(true)) owned.set(urn, held);
    }
    return owned;
  }
}

function byUrn(rows: readonly OwnershipRow[]): ReadonlyMap<string, readonly OwnershipRow[]> {
  const groups = new Map<string, OwnershipRow[]>();
  for (const row of rows) {
    const group = groups.get(row.urn);
    if (group === undefined) groups.set(row.urn, [row]);
    else group.push(row);
  }
  return groups;
}

/** Like `ownerSeqOf`: the first owner in force; who is only planned to own it where nobody else does. */
function ownerAt(versions: readonly OwnershipRow[], { day, revision }: Moment): number | undefined {
  const known = versions.filter(
    (each) =>
      each.fromRevision <= revision && (each.toRevision === null || each.toRevision > revision) && isInForce(each, day),
  );
  return (known.find(({ status }) => status !== 'PLANNED') ?? known[0])?.owner;
}
