import type { DataSource, EntityManager } from 'typeorm';
import { ConfigWrong } from './config.js';

/** The log of change sets has no trigger of its own; the other tables whose rows stay are told by theirs. */
const CHANGE_SETS = 'change_set';

/**
 * Lets the role of the service read and write, and add to what is append-only without changing it: no trigger of a table
 * protects it from its owner, and the service is none.
 * @param source - connected as the owner, to the newest migration.
 * @param serviceUrl - with the name of the role.
 * @throws ConfigWrong where it names the owner of a table, a member of it, or nobody.
 */
export function grantToService(source: DataSource, serviceUrl: string): Promise<void> {
  return source.transaction(async (manager) => {
    // Services that start at once grant one after the other, and nobody sees the grants half made.
    await manager.query(`select pg_advisory_xact_lock(hashtext('khung grants'))`);
    await grantAll(manager, serviceUrl);
  });
}

async function grantAll(source: EntityManager, serviceUrl: string): Promise<void> {
  const role = decodeURIComponent(new URL(serviceUrl).username);
  const [found]: { isOwner: boolean; isSuper: boolean; quoted: string; database: string }[] = await source.query(
    `select pg_has_role(rolname, current_user, 'MEMBER') or exists (
         select from pg_tables where schemaname = 'public' and pg_has_role(rolname, tableowner, 'MEMBER')
       ) as "isOwner", rolsuper as "isSuper",
       quote_ident(rolname) as quoted, quote_ident(current_database()) as database
     from pg_roles where rolname = $1`,
    [role],
  );
  if (found === undefined || found.isOwner || found.isSuper) {
    throw new ConfigWrong(
      `DATABASE_URL: "${role}" phải là một vai trò có sẵn, khác chủ sở hữu trong MIGRATION_DATABASE_URL và không phải ` +
        `superuser. / must be a role that is there, other than the owner in MIGRATION_DATABASE_URL, and no superuser.`,
    );
  }
  const kept: { name: string }[] = await source.query(
    `select distinct quote_ident(event_object_table) as name from information_schema.triggers
     where trigger_schema = current_schema() and trigger_name like '%\\_stays'`,
  );
  const tables = [CHANGE_SETS, ...kept.map(({ name }) => name)].join(', ');
  const { quoted, database } = found;
  // The queue of jobs makes a schema of its own.
  await source.query(`grant connect, create, temporary on database ${database} to ${quoted}`);
  await source.query(`grant usage on schema public to ${quoted}`);
  await source.query(`grant select, insert, update, delete on all tables in schema public to ${quoted}`);
  await source.query(`grant usage, select on all sequences in schema public to ${quoted}`);
  await source.query(`revoke update, delete, truncate on ${tables}, migrations from ${quoted}`);
  await source.query(`revoke insert on migrations from ${quoted}`);
}
