/**
 * What the tables of a registry hold: of each its columns, how many rows, and a hash of them that does not hang on the
 * order in which they lie, nor on the database that they lie in.
 * @param {(statement: string) => Promise<readonly Record<string, any>[]>} query
 * @param {Readonly<Record<string, { readonly columns: readonly string[] }>>} [recorded] - these tables and columns alone
 * @returns {Promise<Record<string, { columns: readonly string[], rows: number, hash: string | null }>>}
 */
export async function tableSums(query, recorded) {
  await query(`set timezone = 'UTC'`);
  const tables = recorded ?? (await tablesHere(query));
  const sums = {};
  for (const [table, { columns }] of Object.entries(tables)) {
    const listed = columns.map((column) => `"${column}"`).join(', ');
    const [sum] =
      await query(`select count(*)::int as rows, md5(string_agg(line, ';' order by line collate "C")) as hash
      from (select to_jsonb(kept)::text as line from (select ${listed} from ${table}) kept) lines`);
    sums[table] = { columns, ...sum };
  }
  return sums;
}

async function tablesHere(query) {
  const rows = await query(`select table_name, column_name from information_schema.columns
    where table_schema = 'public' and table_name <> 'migrations' order by table_name, column_name`);
  const tables = {};
  for (const row of rows) (tables[row.table_name] ??= { columns: [] }).columns.push(row.column_name);
  return tables;
}
