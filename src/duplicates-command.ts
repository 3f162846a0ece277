import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { RegisteredNeed } from './duplicates/need-list.js';
import { CommandFailed } from './list-commands.js';
import type { Language } from './runtime/messages.js';

interface DuplicatesOptions {
  readonly language: Language;
  readonly json?: boolean;
  readonly minScore?: number;
  readonly allPairs?: boolean;
  readonly against?: 'registry';
}

/** Puts one question after the other to the service as anybody may. T is the shape that the query asks for. */
export type AskAsAnybody = <T>(query: string, variables: unknown) => Promise<T>;
/** Has the service asked, whichever holds the data; it is there until what it is used for has ended. */
export type WithAnybody = <T>(language: Language, use: (ask: AskAsAnybody) => Promise<T>) => Promise<T>;

/** Where a command says what it found, and beside it what else is to be told. */
export interface Output {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** Whoever is asked about the registry, and whoever is told. */
interface Ends extends Output {
  readonly withAnybody: WithAnybody;
}

interface RegisteredPage {
  readonly elements: {
    readonly nodes: readonly RegisteredNeed[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const REGISTERED = `query ($kinds: [ElementKind!], $after: String) {
  elements(filter: { kind: $kinds }, first: 500, after: $after) {
    nodes { urn: id kind name nameEn aliases description }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** All that a project could duplicate, of what anybody sees: what is said of a list may be handed on. */
async function readRegistered(ask: AskAsAnybody): Promise<RegisteredNeed[]> {
  const { COUNTERPART_KINDS } = await import('./core/similarity/indexed-element.js');
  const all: RegisteredNeed[] = [];
  let after: string | null = null;
  do {
    const { elements }: RegisteredPage = await ask<RegisteredPage>(REGISTERED, {
      kinds: [...COUNTERPART_KINDS],
      after,
    });
    all.push(...elements.nodes);
    after = elements.pageInfo.hasNextPage ? elements.pageInfo.endCursor : null;
  } while (after !== null);
  return all;
}

/** Compares the lines of a list; what reads it is loaded only then, and a service is asked only about the registry. */
async function duplicates(file: string, options: DuplicatesOptions, ends: Ends): Promise<void> {
  const { language, json, minScore: least, allPairs = false, against } = options;
  const { readTitleList } = await import('./exchange/title-list.reader.js');
  const { ListComparison } = await import('./duplicates/duplicate-list.reader.js');
  const { notesOn } = await import('./duplicates/duplicate-list-text.js');
  const { messageOf } = await import('./runtime/messages.js');
  const { lines, issues } = await readTitleList(readFileSync(file));
  if (lines.length === 0) throw new CommandFailed('Không dòng nào có tên. / No line has a title.');
  const registered = against === undefined ? undefined : await ends.withAnybody(language, readRegistered);
  const amongThemselves = against === undefined || allPairs;
  const comparison = new ListComparison({ lines, registered, amongThemselves, least });
  await (json === true ? printJson(comparison, language, ends) : printText(comparison, language, ends));
  const notes = [...issues.map((each) => messageOf(each, language)), ...notesOn(comparison.summary, language)];
  // Beside what a program reads.
  for (const note of notes) ends.stderr.write(`${note}\n`);
}

type Comparison = InstanceType<typeof import('./duplicates/duplicate-list.reader.js').ListComparison>;

async function printJson(comparison: Comparison, language: Language, { stdout, stderr }: Output): Promise<void> {
  const { formatSummary, pairJson } = await import('./duplicates/duplicate-list-text.js');
  for (const pair of comparison.pairs()) {
    stdout.write(`${pairJson(pair)}\n`);
    // Where nobody reads any more the command ends, once the stream has its turn to say so.
    if (stdout.errored !== null) await setImmediate();
  }
  stderr.write(`${formatSummary(comparison.summary, language)}\n`);
}

async function printText(comparison: Comparison, language: Language, { stdout }: Output): Promise<void> {
  const { BestPairs, PAIRS_SHOWN, formatPairs, formatSummary } = await import('./duplicates/duplicate-list-text.js');
  const best = new BestPairs();
  for (const pair of comparison.pairs()) best.add(pair);
  const pairs = best.best();
  if (pairs.length > 0) stdout.write(`${formatPairs(pairs, language)}\n`);
  stdout.write(`${formatSummary(comparison.summary, language, PAIRS_SHOWN)}\n`);
}

function scoreOf(value: string): number {
  const score = Number(value);
  if (value.trim() === '' || !(score >= 0 && score <= 1)) throw new CommandFailed(`--min-score: 0 ... 1, "${value}"`);
  return score;
}

const HELP = `
Không có --against: các dòng được so với nhau (--all-pairs cũng vậy). Với --against registry: mỗi dòng được so với những gì
đã đăng ký mà mọi người đều xem được; thêm --all-pairs để so cả các dòng với nhau. --json in theo thứ tự dòng của danh sách,
trong mỗi dòng điểm cao trước; nếu không, điểm cao nhất trước.
Without --against the lines are compared with each other, with or without --all-pairs. With --against registry each line is
compared with what is registered and anybody sees; --all-pairs adds the lines among themselves. --json prints pairs as they
are found: line after line of the list, of each what is registered first, best first; without it the highest score comes first.`;

/** Adds the command that finds what is alike in a list, and what in the registry is alike to it. */
export function addDuplicatesCommand(
  khung: Command,
  language: Option,
  withAnybody: WithAnybody,
  { stdout, stderr }: Output = process,
): void {
  khung
    .command('duplicates <file>')
    .description(
      'tìm các dòng giống nhau trong một danh sách, hoặc giống những gì đã đăng ký (id, title, description, agency) / find what is alike in a list, or to what is registered',
    )
    .addOption(
      new Option('--against <what>', 'so với những gì đã đăng ký / compare with what is registered').choices([
        'registry',
      ]),
    )
    .option('--all-pairs', 'so các dòng với nhau / compare the lines with each other')
    .addOption(
      new Option('--min-score <score>', 'từ điểm này trở lên, 0 đến 1 / from this score on').argParser(scoreOf),
    )
    .option('--json', 'one line of JSON a pair, as they are found')
    .addOption(language)
    .addHelpText('after', HELP)
    .action((file: string, options: DuplicatesOptions) => duplicates(file, options, { withAnybody, stdout, stderr }));
}
