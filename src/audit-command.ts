import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { InvalidArgumentError } from 'commander';
import type { Command, Option } from 'commander';
import { ask } from './ask-service.js';
import { CommandFailed } from './list-commands.js';
import type { AuditHead } from './runtime/audit/audit-record.js';
import type { Language } from './runtime/messages.js';
import { fillTemplate } from './runtime/sentence.js';

interface VerifyOptions {
  readonly anchor: readonly AuditHead[];
  readonly writeAnchor?: string;
  readonly json?: boolean;
  readonly language: Language;
}

/** The service whose log is looked at. */
interface Answering {
  readonly url: string;
  readonly token: string | undefined;
}

interface Verification {
  readonly recordsChecked: number;
  readonly rowsChecked: number;
  readonly headNumber: number;
  readonly headHash: string;
  readonly faultCount: number;
  readonly faults: { readonly nodes: readonly { readonly detail: string }[] };
}

interface ToldJob {
  readonly id: string;
  readonly state: string;
  readonly failure: { readonly message: string } | null;
  readonly auditVerification: Verification | null;
}

const JOB = `id state failure { message } auditVerification {
  recordsChecked rowsChecked headNumber headHash faultCount faults(first: 500) { nodes { kind number detail } } }`;

const SAID: Readonly<Record<Language, { readonly whole: string; readonly faults: string; readonly more: string }>> = {
  VI: {
    whole: 'Nhật ký kiểm toán nguyên vẹn: {records} bản ghi, {rows} dòng dữ liệu. Điểm cuối {head}',
    faults: 'Nhật ký kiểm toán có {count} lỗi ({records} bản ghi, {rows} dòng dữ liệu đã kiểm tra). Điểm cuối {head}',
    more: '… và {more} lỗi khác.',
  },
  EN: {
    whole: 'The audit log is whole: {records} records, {rows} rows. Head {head}',
    faults: 'The audit log has {count} faults ({records} records and {rows} rows were looked at). Head {head}',
    more: '… and {more} more.',
  },
};

/** How often it is asked whether the look has ended: milliseconds. */
const LOOK = 200;

/** Looks at the whole audit log; exit code 1 where something is wrong with it. */
async function verify({ anchor, writeAnchor, json, language }: VerifyOptions, service: Answering): Promise<void> {
  const verification = await verified(anchor, { ...service, language });
  const isWhole = verification.faultCount === 0;
  process.stdout.write(`${json === true ? JSON.stringify(verification, null, 2) : told(verification, language)}\n`);
  if (!isWhole) process.exitCode = 1;
  // A head of a log that is not whole would only prove that it was not.
  if (isWhole && writeAnchor !== undefined) {
    writeFileSync(writeAnchor, `${verification.headNumber}:${verification.headHash}\n`);
  }
}

/** Who asks, and how. */
interface Asking extends Answering {
  readonly language: Language;
}

async function verified(anchors: readonly AuditHead[], { url, ...asking }: Asking): Promise<Verification> {
  const { startAuditVerification: started } = await ask<{
    startAuditVerification: { job: ToldJob | null; userErrors: { message: string }[] };
  }>(url, {
    query: `mutation ($input: StartAuditVerificationInput!) {
      startAuditVerification(input: $input) { job { ${JOB} } userErrors { message } } }`,
    variables: { input: { anchors } },
    ...asking,
  });
  const { job: begun, userErrors } = started;
  if (begun === null) throw new CommandFailed(userErrors.map(({ message }) => message).join('\n'));
  let job: ToldJob = begun;
  while (job.auditVerification === null) {
    if (job.failure !== null) throw new CommandFailed(job.failure.message);
    if (job.state === 'CANCELLED') throw new CommandFailed(`Job ${job.id}: ${job.state}`);
    await setTimeout(LOOK);
    job = await jobNow(job, { url, ...asking });
  }
  return job.auditVerification;
}

async function jobNow({ id }: ToldJob, { url, ...asking }: Asking): Promise<ToldJob> {
  const query = `query ($id: ID!) { job(id: $id) { ${JOB} } }`;
  const { job } = await ask<{ job: ToldJob | null }>(url, { query, variables: { id }, ...asking });
  if (job === null) throw new CommandFailed(`Job ${id}?`);
  return job;
}

function told(verification: Verification, language: Language): string {
  const { recordsChecked, rowsChecked, headNumber, headHash, faultCount, faults } = verification;
  const { whole, faults: spoilt, more } = SAID[language];
  const params = {
    records: `${recordsChecked}`,
    rows: `${rowsChecked}`,
    head: `${headNumber}:${headHash}`,
    count: `${faultCount}`,
    more: `${faultCount - faults.nodes.length}`,
  };
  const lines = [fillTemplate(faultCount === 0 ? whole : spoilt, params), ...faults.nodes.map(({ detail }) => detail)];
  if (faultCount > faults.nodes.length) lines.push(fillTemplate(more, params));
  return lines.join('\n');
}

const PRINTED: Readonly<Record<Language, string>> = {
  VI: 'Nhật ký kiểm toán: {head}',
  EN: 'Audit log: {head}',
};

/** The line under a paper that a command prints: where the audit log ended then. */
export async function auditLine(url: string, language: Language): Promise<string> {
  const query = '{ auditHead { number hash } }';
  const { auditHead } = await ask<{ auditHead: AuditHead }>(url, { query, variables: {}, language });
  return fillTemplate(PRINTED[language], { head: `${auditHead.number}:${auditHead.hash}` });
}

/** @throws InvalidArgumentError where it is no N:HASH. */
function withAnchor(given: string, before: readonly AuditHead[]): readonly AuditHead[] {
  const [, number, hash = ''] = /^([1-9]\d{0,8}):([0-9a-f]{64})$/.exec(given.trim()) ?? [];
  if (number === undefined)
    throw new InvalidArgumentError('phải là / must be: N:SHA-256 (64 chữ số hex / hexadecimal digits).');
  return [...before, { number: Number(number), hash }];
}

/**
 * Adds the command that verifies the audit log.
 * @param withService - runs something against the service on this data.
 */
export function addAuditCommand(
  khung: Command,
  language: Option,
  withService: (use: (service: Answering) => Promise<void>) => Promise<void>,
): void {
  khung
    .command('verify-audit')
    .description('kiểm tra nhật ký kiểm toán / verify the audit log')
    .option('--anchor <N:HASH>', 'điểm cuối đã lưu bên ngoài / a head that was kept elsewhere', withAnchor, [])
    .option('--write-anchor <file>', 'ghi điểm cuối nếu nguyên vẹn / write the head, where all is right')
    .option('--json', 'the whole result as JSON')
    .addOption(language)
    .action((options: VerifyOptions) => withService((service) => verify(options, service)));
}
