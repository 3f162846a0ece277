#!/usr/bin/env node
import './production.js';
import { createReadStream, createWriteStream, readFileSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { Logger } from '@nestjs/common';
import { Command } from 'commander';
import type { Option } from 'commander';
import { RegistryError } from './core/errors.js';
import { formatImport, importAddress } from './exchange/import-command.js';
import type { ImportCommandOptions } from './exchange/import-command.js';
import type { ImportReport } from './exchange/import-report.js';
import { ask } from './ask-service.js';
import { explainFailure, languageOption } from './command-line.js';
import { addAuditCommand, auditLine } from './audit-command.js';
import { addDuplicatesCommand } from './duplicates-command.js';
import { addVerdictsCommand } from './verdicts-command.js';
import { CommandFailed, checkList, matchTenders, refused } from './list-commands.js';
import type { ListCommand, ListCommandOptions } from './list-commands.js';
import { checkDocument, formatCheck, proposalVariables } from './review/check-command.js';
import type { CheckAnswer } from './review/check-command.js';
import type { AuditVerification } from './runtime/audit/audit-verification.js';
import { administratorToken } from './runtime/authentication.js';
import { restoreLines } from './runtime/backup.js';
import { ConfigWrong, dataPaths, readConfig, withDemoPeople } from './runtime/config.js';
import type { Config } from './runtime/config.js';
import { errorCode } from './runtime/error-code.js';
import { lockHolder } from './runtime/folder-lock.js';
import type { Language } from './runtime/messages.js';
import { isRecord } from './core/landscape/record-fields.js';
import type { Database } from './runtime/database.js';
import type { Service } from './main.js';

function configured(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigWrong)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

const config = configured();

/** The service is loaded by the commands that run one: whoever only asks a running one does not wait three seconds. */
async function started(own: Config): Promise<Service> {
  const { startService } = await import('./main.js');
  return startService(own);
}

async function openedDatabase(): Promise<Database> {
  const { openDatabase } = await import('./runtime/database.js');
  const { TABLES } = await import('./data-source.js');
  return openDatabase(config, TABLES);
}

/** What is wrong between entities and migrations, on an empty database in memory. */
async function drifted(): Promise<readonly string[]> {
  const { openPglite, schemaDrift } = await import('./runtime/database.js');
  const { TABLES } = await import('./data-source.js');
  const database = await openPglite(undefined, TABLES);
  const drift = await schemaDrift(database.source);
  await database.close();
  return drift;
}

/** Runs something against the service on this data: the running one, else one of its own for as long as it takes. */
async function withService<T>(use: (url: string, token: string | undefined) => Promise<T>): Promise<T> {
  const running = config.databaseUrl === undefined ? lockHolder(dataPaths(config).lock) : undefined;
  if (running !== undefined && running.port !== null) {
    return use(`http://localhost:${running.port}`, administratorToken(config));
  }
  // Whoever runs a command reads what it answers; of what serves it meanwhile only what went wrong is for him.
  const own: Config = { ...config, host: '127.0.0.1', port: 0, logLevel: 'warn' };
  const service = await started(own);
  try {
    return await use(service.url, administratorToken(own));
  } finally {
    await service.close();
  }
}

function readJson(file: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw RegistryError.of('DOCUMENT_MALFORMED', [], { detail: `${file}: ${detail}` });
  }
  if (isRecord(value)) return value;
  throw RegistryError.of('DOCUMENT_MALFORMED', [], { detail: `${file}: JSON object` });
}

async function serve({ demo }: { demo?: boolean }): Promise<void> {
  const own = demo === true ? readConfig(withDemoPeople(process.env)) : config;
  // What fails and nobody waited for is a bug of one request: it is told, and all others are answered.
  process.on('unhandledRejection', (reason) => new Logger('Service').error(reason));
  const service = await started(own);
  const ending = new Promise<string>((end) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => end(signal));
  });
  const place = config.databaseUrl === undefined ? dataPaths(config).database : 'PostgreSQL';
  console.log(`Khung đang chạy / is running: ${service.url}  (${place}, revision ${service.revision})
  Trang chủ / front page      ${service.url}/
  Bàn làm việc / desk         ${service.url}/desk/
  GraphQL explorer            ${service.url}/explorer
  GraphQL                     ${service.url}/graphql
  Schema, health              ${service.url}/schema.gql  ${service.url}/health/ready
  Đăng nhập / sign in         ${service.url}/sign-in`);
  if (config.databaseUrl === undefined && config.adminToken === undefined) {
    console.log(`  Mã quản trị / administrator's token: ${dataPaths(config).adminToken}`);
  }
  if (own.demoPeople) {
    console.log(`  BẢN THỬ NGHIỆM: ai ngồi máy này cũng đăng nhập được làm người dùng mẫu; không dùng cho dữ liệu thật.
  TRIAL: anybody at this machine may sign in as a demo person; not for real data (KHUNG_MODE=production).`);
  }
  await ending;
  service.announceEnd();
  await setTimeout(config.noticeSeconds * 1_000);
  await service.close();
}

async function migrate({ check }: { check?: boolean }): Promise<void> {
  if (check === true) {
    const drift = await drifted();
    if (drift.length > 0) throw new CommandFailed(`Entities and migrations differ:\n${drift.join('\n')}`);
    console.log('Entities and migrations say the same.');
    return;
  }
  const database = await openedDatabase();
  await database.close();
  console.log(`Cơ sở dữ liệu đã ở phiên bản mới nhất. / The database is at its newest migration.`);
}

interface CommitAnswer {
  readonly commitChangeSet: {
    readonly revision: number | null;
    readonly userErrors: readonly { readonly message: string; readonly path: readonly string[] }[];
  };
}

async function load(
  file: string | undefined,
  { language, dryRun }: { language: Language; dryRun?: boolean },
): Promise<void> {
  const input = file === undefined ? undefined : readJson(file);
  await withService(async (url, token) => {
    if (input === undefined) {
      const { landscape } = await ask<{ landscape: { revision: number } }>(url, {
        query: '{ landscape { revision } }',
        variables: {},
        token,
        language,
      });
      console.log(`Dữ liệu tham chiếu đã nạp. / The reference pack is loaded. Revision ${landscape.revision}.`);
      return;
    }
    const { commitChangeSet } = await ask<CommitAnswer>(url, {
      query: `mutation Load($input: CommitChangeSetInput!) {
        commitChangeSet(input: $input) { revision userErrors { message path } }
      }`,
      variables: { input: { ...input, dryRun: dryRun === true } },
      token,
      language,
    });
    const { userErrors, revision } = commitChangeSet;
    if (userErrors.length > 0) {
      throw new CommandFailed(userErrors.map(({ message, path }) => `${path.join('.')}: ${message}`).join('\n'));
    }
    console.log(`Revision ${revision}${dryRun === true ? ' (thử, chưa ghi / dry run, nothing written)' : ''}.`);
  });
}

async function check(file: string, { language, json }: { language: Language; json?: boolean }): Promise<void> {
  const variables = proposalVariables(readJson(file));
  await withService(async (url, token) => {
    const answer = await ask<CheckAnswer>(url, { query: checkDocument(), variables, token, language });
    console.log(json === true ? JSON.stringify(answer.checkProposal, null, 2) : formatCheck(answer, language));
    if (json !== true) console.log(`\n${await auditLine(url, language)}`);
    if (answer.checkProposal.userErrors.length > 0) process.exitCode = 1;
  });
}

/** Has a list answered, and prints what there is to say of it. */
async function answerList(run: ListCommand, file: string, options: ListCommandOptions): Promise<void> {
  await withService(async (url, token) => {
    const { text, hasUnreadable } = await run(file, options, { url, token });
    console.log(text);
    if (options.json !== true) console.log(await auditLine(url, options.language));
    if (hasUnreadable) process.exitCode = 1;
  });
}

/** Sends a list to the service, and prints what became of each row; exit code 1 where something was refused. */
async function importFile(
  file: string,
  { language, json, ...options }: ImportCommandOptions & { language: Language; json?: boolean },
): Promise<void> {
  const body = readFileSync(file);
  await withService(async (url, token) => {
    const response = await fetch(`${url}${importAddress(basename(file), options)}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'accept-language': language.toLowerCase(),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body,
    });
    if (!response.ok) throw await refused(response);
    // The service and this command are of one version.
    const report = (await response.json()) as ImportReport;
    console.log(json === true ? JSON.stringify(report, null, 2) : formatImport(report, language));
    if (report.problems.length > 0) process.exitCode = 1;
  });
}

async function backup(file: string): Promise<void> {
  await withService(async (url, token) => {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/backup`, { headers });
    if (!response.ok || response.body === null)
      throw new CommandFailed(`HTTP ${response.status}: ${await response.text()}`);
    // Only a whole backup may take the name, and with it the place of an older one.
    await pipeline(Readable.fromWeb(response.body), createWriteStream(`${file}.part`));
    renameSync(`${file}.part`, file);
  });
  console.log(`Đã sao lưu / backed up: ${file}`);
}

async function restore(file: string): Promise<void> {
  const database = await openedDatabase();
  try {
    const bytes = createGunzip();
    // What stops the reading stops the restoring with the same error; the other way round the reading has nothing to say.
    const [restored] = await Promise.allSettled([
      restoreLines(database.source, linesOf(bytes)),
      pipeline(createReadStream(file), bytes),
    ]);
    if (restored.status === 'rejected') throw restored.reason;
    const { rows, hash, audit } = restored.value;
    console.log(`Đã khôi phục ${rows} dòng. / Restored ${rows} rows. SHA-256 ${hash}`);
    await tellAudit(audit);
  } finally {
    await database.close();
  }
}

/** Says whether the audit log that came with a backup is whole. */
async function tellAudit({ head, faults, faultCount }: AuditVerification): Promise<void> {
  console.log(`Nhật ký kiểm toán / audit log: ${head.number}:${head.hash}, ${faultCount} lỗi / faults`);
  if (faultCount === 0) return;
  const { faultText } = await import('./runtime/audit/fault-text.js');
  for (const fault of faults) console.error(`${faultText(fault, 'VI')} / ${faultText(fault, 'EN')}`);
  process.exitCode = 1;
}

async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const part of bytes) {
    const lines = (rest + decoder.decode(part, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** The commands that have a list answered. */
function addListCommands(khung: Command, language: Option): void {
  const commands = [
    {
      name: 'check-list <file>',
      description: 'trả lời một danh mục nhiệm vụ, dự án (Excel, CSV) / answer a list of planned projects',
      run: checkList,
    },
    {
      name: 'match-tenders <file>',
      description:
        'tìm dự án đã đăng ký của một danh sách gói thầu (Excel, CSV) / find the projects of a list of tenders',
      run: matchTenders,
    },
  ];
  for (const { name, description, run } of commands) {
    khung
      .command(name)
      .description(description)
      .option(
        '-o, --output <file>',
        'tệp kết quả; mặc định ghi cạnh tệp gốc / where to write, beside the file unless told',
      )
      .option('--json', 'the answers as JSON, and no file')
      .addOption(language)
      .action((file: string, options: ListCommandOptions) => answerList(run, file, options));
  }
}

function program(): Command {
  const language = languageOption();
  const khung = new Command('khung').description(
    "Sổ đăng ký kiến trúc số của thành phố. / Registry of a city's digital architecture.",
  );
  khung.hook('preAction', (_, command) => {
    if (ONLY_READ.has(command.name())) endWithReader();
  });
  khung
    .command('serve', { isDefault: true })
    .description('chạy dịch vụ / run the service')
    .option('--demo', 'có người dùng mẫu để chạy thử / with demo people, where the service is tried out')
    .action(serve);
  khung
    .command('migrate')
    .description('nâng cấp cơ sở dữ liệu / bring the database to the newest migration')
    .option('--check', 'only check that entities and migrations agree')
    .action(migrate);
  khung
    .command('load [file]')
    .description('nạp một tập thay đổi, hoặc gói tham chiếu / load a change set, or the reference pack')
    .option('--dry-run', 'say what would happen')
    .addOption(language)
    .action(load);
  khung
    .command('check <file>')
    .description('kiểm tra một đề xuất dự án / check a proposed project')
    .option('--json', 'the whole answer as JSON')
    .addOption(language)
    .action(check);
  addListCommands(khung, language);
  khung
    .command('import <file>')
    .description('nhập danh sách từ Excel hoặc CSV / import a list from a workbook or CSV')
    .option('--dry-run', 'chỉ xem trước / say what would happen')
    .option('--json', 'the whole report as JSON')
    .option('--accept-valid', 'nhận các dòng đúng, bỏ các dòng sai / take what is right, leave the rest')
    .option('--kind <kind>', 'loại đối tượng nếu tệp không ghi / what the rows are, where the file does not say')
    .option('--reason <reason>', 'lý do / why')
    .option('--scenario <name>', 'lập kịch bản để xem xét / make a scenario to look at, and change nothing')
    .addOption(language)
    .action(importFile);
  addDuplicatesCommand(khung, language, (spoken, use) =>
    withService((url) => use((query, variables) => ask(url, { query, variables, language: spoken }))),
  );
  addVerdictsCommand(khung, language, (use) => withService((url, token) => use({ url, token })));
  addAuditCommand(khung, language, (use) => withService((url, token) => use({ url, token })));
  khung.command('backup <file>').description('sao lưu / back up').action(backup);
  khung
    .command('restore <file>')
    .description('khôi phục vào nơi còn trống / restore into an empty database')
    .action(restore);
  return khung;
}

/** Commands that change nothing: to end in the middle of one leaves nothing half done, nor told as done. */
const ONLY_READ: ReadonlySet<string> = new Set(['check', 'duplicates']);

/** Whoever reads the output, such as `head`, may have read enough, and a command that only reads ends with him. */
function endWithReader(): void {
  process.stdout.on('error', (error) => {
    if (errorCode(error) !== 'EPIPE') throw error;
    process.exit(0);
  });
}

try {
  await program().parseAsync();
} catch (error) {
  const message = await explainFailure(error);
  if (message === undefined) throw error;
  console.error(message);
  process.exitCode = 1;
}
