import { readFileSync } from 'node:fs';
import { Option } from 'commander';
import type { Command } from 'commander';
import { CommandFailed } from './list-commands.js';
import type { Language } from './runtime/messages.js';

interface DuplicatesOptions {
  readonly language: Language;
  readonly json?: boolean;
  readonly minScore?: number;
}

/** Compares the lines of a list with each other; no service is needed for it, and what reads it is loaded only then. */
async function duplicates(file: string, { language, json, minScore }: DuplicatesOptions): Promise<void> {
  const { readTitleList } = await import('./exchange/title-list.reader.js');
  const { alikeInList, formatPairs, formatSummary, pairJson } = await import('./duplicates/duplicate-list.reader.js');
  const found = alikeInList(await readTitleList(readFileSync(file)), minScore);
  if (json !== true) {
    process.stdout.write(`${formatPairs(found, language)}\n`);
    return;
  }
  for (const pair of found.pairs) process.stdout.write(`${pairJson(pair)}\n`);
  // Beside the lines that a program reads.
  process.stderr.write(`${formatSummary(found, language)}\n`);
}

function scoreOf(value: string): number {
  const score = Number(value);
  if (value.trim() === '' || !(score >= 0 && score <= 1)) throw new CommandFailed(`--min-score: 0 ... 1, "${value}"`);
  return score;
}

/** Adds the command that finds what is alike in a list. */
export function addDuplicatesCommand(khung: Command, language: Option): void {
  khung
    .command('duplicates <file>')
    .description(
      'tìm các dòng giống nhau trong một danh sách (id, title, description, agency) / find what is alike in a list',
    )
    .option(
      '--all-pairs',
      'so các dòng với nhau, như mặc định / compare the lines with each other, which is the default',
    )
    .addOption(
      new Option('--min-score <score>', 'từ điểm này trở lên, 0 đến 1 / from this score on').argParser(scoreOf),
    )
    .option('--json', 'one line of JSON a pair')
    .addOption(language)
    .action(duplicates);
}
