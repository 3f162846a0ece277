import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { printCsv } from '../../src/exchange/csv.js';
import type { ImportReport } from '../../src/exchange/import-report.js';
import type { Cell } from '../../src/exchange/sheet.js';
import { printXlsx } from '../../src/exchange/xlsx-print.js';
import { seededRandom } from '../support/seeded-random.js';
import { TOKEN, startEmbedded } from './landscape/processes.js';
import type { Server } from './landscape/processes.js';

const SEED = 20261123;
const HEADER = ['Mã', 'Tên', 'Mô tả', 'Cơ quan chủ quản', 'Giai đoạn', 'Giai đoạn từ ngày', 'Lớp kiến trúc', 'Thuộc'];
const AGENCIES = ['Sở Tư pháp', 'Sở Y tế', 'Sở Xây dựng', 'Sở Tài chính', 'Sở Nội vụ'] as const;
/** How often somebody else asks while a file is worked on, milliseconds. */
const ASKED_EVERY = 20;

type Row = readonly Cell[];

/** Systems with an owner each, every tenth of them part of an earlier one. */
function systems(count: number, prefix: string): Row[] {
  const random = seededRandom(SEED);
  return Array.from({ length: count }, (_, at) => [
    `${prefix}-${at}`,
    `Hệ thống thông tin ${prefix} số ${at}`,
    `Quản lý hồ sơ, thủ tục và dữ liệu chuyên ngành của đơn vị ${random.below(1000)}, phục vụ người dân và doanh nghiệp.`,
    random.pick(AGENCIES),
    'Đang vận hành',
    `01/0${1 + random.below(9)}/2024`,
    '3',
    at > 0 && at % 10 === 0 ? `${prefix}-${random.below(at)}` : undefined,
  ]);
}

/** A file of which no row is right: the planner alone can tell, since each makes something a part of itself. */
function partsOfThemselves(count: number): Row[] {
  return systems(count, 'sai').map(([id, ...others]) => [id, ...others.slice(0, -1), id]);
}

/** A file of which no row is right, as the reading of its cells tells. */
function wrongWords(count: number): Row[] {
  return systems(count, 'tu').map((row) => row.with(4, 'Màu xanh'));
}

interface Sent {
  readonly report: ImportReport;
  readonly seconds: number;
  /** Seconds of processor that the service took meanwhile. */
  readonly cpu: number;
  /** The longest that somebody else waited for a short answer, milliseconds. */
  readonly longestWait: number;
}

async function send(service: Server, file: Uint8Array<ArrayBuffer>, dryRun: boolean): Promise<Sent> {
  const others = new Others(service);
  const [begun, cpuBefore] = [performance.now(), service.cpu()];
  const query = new URLSearchParams({ fileName: 'bench', kind: 'SYSTEM', dryRun: String(dryRun) });
  const response = await fetch(`${service.url}/imports?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${TOKEN}` },
    body: file,
  });
  const answer: unknown = await response.json();
  const seconds = (performance.now() - begun) / 1000;
  const cpu = (service.cpu() - cpuBefore) / 1000;
  const longestWait = await others.leave();
  if (!response.ok) throw new Error(JSON.stringify(answer).slice(0, 1000));
  // The service is of this version.
  return { report: answer as ImportReport, seconds, cpu, longestWait };
}

/** Asks for something short again and again, one question after the other, and keeps the longest wait. */
class Others {
  private longest = 0;
  private isOver = false;
  private readonly asking: Promise<void>;

  constructor(private readonly service: Server) {
    this.asking = this.ask();
  }

  async leave(): Promise<number> {
    this.isOver = true;
    await this.asking;
    return this.longest;
  }

  private async ask(): Promise<void> {
    while (!this.isOver) {
      const begun = performance.now();
      // By a connection of its own: one that is kept would be given up by a service that is held up for long.
      const [response] = (await once(get(`${this.service.url}/health/live`, { agent: false }), 'response')) as [
        IncomingMessage,
      ];
      await text(response);
      this.longest = Math.max(this.longest, performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, ASKED_EVERY));
    }
  }
}

interface Case {
  readonly what: string;
  readonly dryRun: boolean;
  readonly file: () => Promise<Uint8Array<ArrayBuffer>>;
}

function csv(rows: readonly Row[]): Promise<Uint8Array<ArrayBuffer>> {
  return Promise.resolve(new Uint8Array(Buffer.from(printCsv([HEADER, ...rows]))));
}

async function xlsx(rows: readonly Row[]): Promise<Uint8Array<ArrayBuffer>> {
  const columns = HEADER.map((header) => ({ header, width: 20 }));
  return new Uint8Array(await printXlsx([{ name: 'Hệ thống', columns, rows }]));
}

function casesOf(rows: number): Case[] {
  return [
    { what: 'CSV, dry run', dryRun: true, file: () => csv(systems(rows, 'c')) },
    { what: 'CSV, written', dryRun: false, file: () => csv(systems(rows, 'c')) },
    { what: 'the same CSV again', dryRun: false, file: () => csv(systems(rows, 'c')) },
    { what: 'XLSX, dry run', dryRun: true, file: () => xlsx(systems(rows, 'x')) },
    { what: 'XLSX, written', dryRun: false, file: () => xlsx(systems(rows, 'x')) },
    { what: 'CSV, every row part of itself', dryRun: true, file: () => csv(partsOfThemselves(rows)) },
    { what: 'CSV, a wrong word in every row', dryRun: true, file: () => csv(wrongWords(rows)) },
  ];
}

/** Prints how long files of a list take on the embedded database, with the city's reference landscape in it. */
export async function benchExchange(rows: number): Promise<void> {
  console.log(`\n### ${rows} rows, ${process.version}\n`);
  console.log(
    '| file | MB | s | CPU s | rows/s | peak MiB | longest wait of others, ms | created, unchanged, refused |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|---|');
  const folder = mkdtempSync(join(tmpdir(), 'khung-bench-'));
  const service = await startEmbedded(folder);
  try {
    for (const { what, dryRun, file } of casesOf(rows)) {
      const bytes = await file();
      const { report, seconds, cpu, longestWait } = await send(service, bytes, dryRun);
      const { created, unchanged, refused } = report.elements;
      const figures = [
        (bytes.length / 1e6).toFixed(1),
        seconds.toFixed(1),
        cpu.toFixed(1),
        (rows / seconds).toFixed(0),
        service.peakMemory().toFixed(0),
        longestWait.toFixed(0),
        `${created}, ${unchanged}, ${refused}`,
      ];
      console.log(`| ${what} | ${figures.join(' | ')} |`);
    }
  } finally {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
