import { rmSync } from 'node:fs';
import { ask, commitUntilKilled, migratedFolder, serve } from './process.js';
import type { Serving } from './process.js';

/** How often one data store is used so. */
export const ROUNDS = process.env['SOAK'] === 'short' ? 12 : 200;
const PAGE = 500;

interface State {
  readonly landscape: { readonly revision: number };
  readonly changeSets: { readonly totalCount: number; readonly nodes: readonly { readonly revision: number }[] };
  readonly systems: { readonly totalCount: number };
  readonly databases: { readonly totalCount: number };
}

/** What a kill may have left of the change sets whose urns begin so. */
async function stateOf(service: Serving, prefix: string): Promise<State> {
  return ask<State>(
    service,
    `query ($system: String!, $database: String!) {
      landscape { revision }
      changeSets(first: 1) { totalCount nodes { revision } }
      systems: elements(filter: { name: { startsWith: $system } }, first: 0) { totalCount }
      databases: elements(filter: { name: { startsWith: $database } }, first: 0) { totalCount }
    }`,
    { system: `Hệ thống ${prefix}`, database: `Kho của ${prefix}` },
  );
}

/** The relations of one round, page by page. */
async function relationCount(service: Serving, prefix: string): Promise<number> {
  const query = `query ($name: String!) {
    relations(filter: { source: { name: { startsWith: $name } } }, first: ${PAGE}) { totalCount }
  }`;
  const { relations } = await ask<{ relations: { totalCount: number } }>(service, query, {
    name: `Hệ thống ${prefix}`,
  });
  return relations.totalCount;
}

/**
 * Kills a service amid commits, again and again, and looks each time at what the next one finds.
 * @param environment - of the service: where its data are.
 */
export async function killAndLookAfter(environment: NodeJS.ProcessEnv): Promise<void> {
  const folder = migratedFolder();
  let service = await serve(folder, environment);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const prefix = `vong-${round}-`;
    const before = (await stateOf(service, prefix)).landscape.revision;
    // From amid the first commits to half a second later, so that kills fall into every part of a commit.
    const acknowledged = await commitUntilKilled(service, `vong-${round}`, (round * 37) % 500);
    service = await serve(folder, environment);
    const { landscape, changeSets, systems, databases } = await stateOf(service, prefix);
    const newRevisions = landscape.revision - before;
    // Nothing that was acknowledged is lost, and at most what three callers were waiting for is more.
    expect(landscape.revision).toBeGreaterThanOrEqual(acknowledged);
    expect(landscape.revision).toBeLessThanOrEqual(acknowledged + 3);
    // Revisions have no gap: as many change sets as the newest says.
    expect(changeSets).toEqual({ totalCount: landscape.revision, nodes: [{ revision: landscape.revision }] });
    // None is there by halves: each made one system, one database and the relation between them.
    expect([systems.totalCount, databases.totalCount]).toEqual([newRevisions, newRevisions]);
    expect(await relationCount(service, prefix)).toBe(newRevisions);
  }
  await service.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
