import type { Command, Option } from 'commander';
import { ask } from './ask-service.js';
import type { ToldCase, ToldCases } from './duplicates/verdict-files.js';
import type { Language } from './runtime/messages.js';
import { fillTemplate } from './runtime/sentence.js';

interface VerdictsOptions {
  readonly pairs: string;
  readonly titles: string;
  readonly language: Language;
}

/** The service that knows what was decided. */
interface Answering {
  readonly url: string;
  readonly token: string | undefined;
}

const WRITTEN: Readonly<Record<Language, string>> = {
  VI: 'Đã ghi {written} cặp đã kết luận vào {pairs} và {titles}; {leftOut} cặp không công khai được bỏ qua.',
  EN: '{written} decided pairs are in {pairs} and {titles}; {leftOut} that are not public were left out.',
};

/** Writes what people decided of duplicates as the two files that `npm run train` reads. */
async function verdicts({ pairs, titles, language }: VerdictsOptions, { url, token }: Answering): Promise<void> {
  const { VERDICTS_QUERY, verdictFiles, writeVerdictFiles } = await import('./duplicates/verdict-files.js');
  const cases: ToldCase[] = [];
  let after: string | null = null;
  do {
    const { duplicateCases }: ToldCases = await ask(url, {
      query: VERDICTS_QUERY,
      variables: { after },
      token,
      language,
    });
    cases.push(...duplicateCases.nodes);
    after = duplicateCases.pageInfo.hasNextPage ? duplicateCases.pageInfo.endCursor : null;
  } while (after !== null);
  const files = verdictFiles(cases);
  writeVerdictFiles(files, { pairs, titles });
  const params = { pairs, titles, written: String(files.written), leftOut: String(files.leftOut) };
  process.stdout.write(`${fillTemplate(WRITTEN[language], params)}\n`);
}

/**
 * Adds the command that writes verdicts down for training.
 * @param withService - runs something against the service on this data.
 */
export function addVerdictsCommand(
  khung: Command,
  language: Option,
  withService: (use: (service: Answering) => Promise<void>) => Promise<void>,
): void {
  khung
    .command('verdicts')
    .description(
      'ghi các cặp trùng lặp đã kết luận để huấn luyện lại / write what was decided of duplicates, for training',
    )
    .requiredOption('--pairs <file>', 'id_a, id_b, label')
    .requiredOption('--titles <file>', 'id, title, description')
    .addOption(language)
    .action((options: VerdictsOptions) => withService((service) => verdicts(options, service)));
}
