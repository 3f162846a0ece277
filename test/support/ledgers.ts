import { setTimeout } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

/** How old what a service knows of its database may be, and a little: milliseconds. */
const STALE_AFTER = 1_100;

/** Notes in the head that rows were added to a ledger, as their writer does, and waits until every service has looked. */
export async function noteInHead(source: DataSource, ledger: 'waivers' | 'evidence'): Promise<void> {
  const table = ledger === 'waivers' ? 'waiver_event' : 'evidence_event';
  await source.query(`update landscape_head set ${ledger} = (select coalesce(max(number), 0) from ${table})`);
  await setTimeout(STALE_AFTER);
}
