import { setTimeout } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

/** How old what a service knows of its database may be, and a little: milliseconds. */
const STALE_AFTER = 1_100;

const TABLES = { waivers: 'waiver_event', evidence: 'evidence_event', cases: 'duplicate_case_event' } as const;

/** Notes in the head that rows were added to a ledger, as their writer does, and waits until every service has looked. */
export async function noteInHead(source: DataSource, ledger: keyof typeof TABLES): Promise<void> {
  await source.query(`update landscape_head set ${ledger} = (select coalesce(max(number), 0) from ${TABLES[ledger]})`);
  await setTimeout(STALE_AFTER);
}
