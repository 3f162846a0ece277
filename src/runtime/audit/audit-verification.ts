import { setImmediate } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { AuditChainCheck, AuditFaults } from './audit-chain.js';
import type { AuditFault } from './audit-chain.js';
import { RECORD_SELECT } from './audit-log.js';
import type { AuditHead, AuditRecord } from './audit-record.js';
import { RECORDED_TABLES, RowCheck } from './row-check.js';
import type { LastRows } from './row-check.js';

/** What a look at the whole log found. */
export interface AuditVerification {
  readonly recordsChecked: number;
  /** Change sets and rows of ledgers that were compared with their records. */
  readonly rowsChecked: number;
  /** Where the chain ended when it was looked at. */
  readonly head: AuditHead;
  /** As many as are told one by one, which may be fewer than there are. */
  readonly faults: readonly AuditFault[];
  readonly faultCount: number;
}

export interface VerificationRequest {
  /** Heads that were kept elsewhere: the chain has to hold them still. */
  readonly anchors: readonly AuditHead[];
  readonly signal?: AbortSignal;
  /** Is told how far it is, from 0 to 1. */
  readonly progress?: (share: number) => void;
}

/** Records that are looked at in one turn. */
const RECORDS_MAXIMUM = 500;
/** Below any number that a record can have. */
const BEFORE_ALL = -(2 ** 31);

/**
 * Looks at every record up to the head, at the links between them, and at every row that they speak of. It holds no
 * transaction: what is added meanwhile stands behind the head that it began with, and nothing else may change.
 */
export async function verifyAudit(
  manager: EntityManager,
  { anchors, signal, progress }: VerificationRequest,
): Promise<AuditVerification> {
  const standing = await readStanding(manager);
  const { head } = standing;
  const faults = new AuditFaults();
  const chain = new AuditChainCheck(faults);
  const rows = new RowCheck(manager, faults, standing.last);
  const held = new Set<AuditHead>();
  let recordsChecked = 0;
  for await (const records of pages(manager, head)) {
    signal?.throwIfAborted();
    recordsChecked += records.length;
    for (const anchor of anchors) if (records.some((record) => isHeld(anchor, record))) held.add(anchor);
    await rows.add(records, new Set(records.filter((record) => chain.add(record))));
    progress?.(recordsChecked / head.number);
  }
  chain.end(head);
  rows.end();
  for (const fault of standing.faults) faults.add(fault);
  for (const anchor of anchors) {
    if (!held.has(anchor)) faults.add({ kind: 'ANCHOR_NOT_HELD', number: anchor.number });
  }
  return { recordsChecked, rowsChecked: rows.checked, head, faults: faults.told, faultCount: faults.count };
}

function isHeld(anchor: AuditHead, { number, hash }: AuditRecord): boolean {
  return anchor.number === number && anchor.hash === hash;
}

async function* pages(manager: EntityManager, head: AuditHead): AsyncGenerator<readonly AuditRecord[]> {
  let after = BEFORE_ALL;
  for (;;) {
    const records: AuditRecord[] = await manager.query(
      `select ${RECORD_SELECT} from audit_record where number > $1 and number <= $2
       order by number limit ${RECORDS_MAXIMUM}`,
      [after, head.number],
    );
    if (records.length > 0) yield records;
    if (records.length < RECORDS_MAXIMUM) return;
    after = records.at(-1)?.number ?? head.number;
    // The embedded database answers within the turn.
    await setImmediate();
  }
}

/** Where everything stood at one moment. */
interface Standing {
  readonly head: AuditHead;
  readonly last: LastRows;
  /** What is wrong with the head itself. */
  readonly faults: readonly AuditFault[];
}

async function readStanding(manager: EntityManager): Promise<Standing> {
  const lasts = RECORDED_TABLES.map((table) => {
    const column = table === 'change_set' ? 'revision' : 'number';
    return `'${table}', (select coalesce(max(${column}), 0) from ${table})`;
  });
  const [row]: {
    readonly number: number;
    readonly hash: string;
    readonly lastRecord: number;
    readonly isLogged: boolean;
    readonly last: LastRows;
  }[] = await manager.query(
    `select audit as number, audit_hash as hash,
       (select coalesce(max(number), 0) from audit_record) as "lastRecord",
       hash = coalesce((select logged.hash from change_set logged where logged.revision = head.revision), '') as "isLogged",
       jsonb_build_object(${lasts.join(', ')}) as last
     from landscape_head head where id = 1`,
  );
  // The migration that makes the table puts its one row there.
  if (row === undefined) throw new Error('The landscape has no head row.');
  const { number, hash, lastRecord, isLogged, last } = row;
  const faults: AuditFault[] = [];
  if (lastRecord > number) faults.push({ kind: 'RECORD_AFTER_HEAD', number: number + 1, through: lastRecord });
  if (!isLogged) faults.push({ kind: 'HEAD_CHANGED', number, table: 'change_set' });
  return { head: { number, hash }, last, faults };
}
