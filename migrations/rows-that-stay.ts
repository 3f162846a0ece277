import type { QueryRunner } from 'typeorm';

/** Tables whose rows are only ever added. */
export interface RowsThatStay {
  /** Name of the function that refuses, and the end of the names of its triggers. */
  readonly refusal: string;
  readonly tables: readonly string[];
  /** What is said to whoever tries to change one, before the name of what he tried. */
  readonly message: string;
}

/** Has triggers refuse every change of a row, and the emptying of a table, whoever asks for it. */
export async function letRowsStay(db: QueryRunner, { refusal, tables, message }: RowsThatStay): Promise<void> {
  await db.query(`
      create function ${refusal}() returns trigger language plpgsql as $$
      begin
        raise exception '${message}: %', tg_op;
      end $$`);
  for (const table of tables) {
    await db.query(`
        create trigger ${table}_stays before update or delete on ${table}
          for each row execute function ${refusal}()`);
    await db.query(`
        create trigger ${table}_stays_whole before truncate on ${table}
          for each statement execute function ${refusal}()`);
  }
}
