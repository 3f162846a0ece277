import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { PlanListAnswer } from './review/plan-answer.types.js';
import { PLAN_LIST_ADDRESS, answerFileName, hasUnreadable, writtenSentence } from './review/plan-list-command.js';
import type { TenderListAnswer } from './review/tender-answer.types.js';
import { SUMS_HEADER, formatTenderSums, hasNothingToGoBy, tenderListAddress } from './review/tender-list-command.js';
import type { Language } from './runtime/messages.js';

/** Something the person at the keyboard can mend: printed without a stack, exit code 1. */
export class CommandFailed extends Error {}

/** How a list is to be answered. */
export interface ListCommandOptions {
  /** Where the answer is written; beside the list unless told. */
  readonly output?: string;
  /** The answers alone, and no file. */
  readonly json?: boolean;
  readonly language: Language;
}

/** The service that answers. */
interface Answering {
  readonly url: string;
  readonly token: string | undefined;
}

/** What a command has to say. */
interface Printed {
  readonly text: string;
  /** Whether something in the list has to be mended, for programs: a person sees it in the file. */
  readonly hasUnreadable: boolean;
}

/** A command that has a list answered. */
export type ListCommand = (file: string, options: ListCommandOptions, service: Answering) => Promise<Printed>;

/** Has a list of planned projects answered: writes the same file with columns of answers, or gives them as JSON. */
export async function checkList(file: string, options: ListCommandOptions, service: Answering): Promise<Printed> {
  const send = sender(readFileSync(file), `${service.url}${PLAN_LIST_ADDRESS}`, options, service);
  if (options.json === true) {
    // The service and this command are of one version.
    const answer = (await (await send('application/json')).json()) as PlanListAnswer;
    return { text: JSON.stringify(answer, null, 2), hasUnreadable: hasUnreadable(answer) };
  }
  return { text: await written(await send('*/*'), file, options), hasUnreadable: false };
}

/**
 * Has the projects of a list of tenders found: writes the same file with columns of answers and tells the sums, or gives
 * all of it as JSON.
 */
export async function matchTenders(file: string, options: ListCommandOptions, service: Answering): Promise<Printed> {
  const send = sender(readFileSync(file), `${service.url}${tenderListAddress(basename(file))}`, options, service);
  if (options.json === true) {
    // The service and this command are of one version.
    const answer = (await (await send('application/json')).json()) as TenderListAnswer;
    return { text: JSON.stringify(answer, null, 2), hasUnreadable: hasNothingToGoBy(answer) };
  }
  const response = await send('*/*');
  const sentence = await written(response, file, options);
  const sums = formatTenderSums(response.headers.get(SUMS_HEADER) ?? '', options.language);
  return { text: `${sentence}\n${sums}`, hasUnreadable: false };
}

/** Sends a file, and waits for the answer in the form that `accept` names. */
function sender(
  body: Buffer,
  address: string,
  { language }: ListCommandOptions,
  { token }: Answering,
): (accept: string) => Promise<Response> {
  const headers = {
    'content-type': 'application/octet-stream',
    'accept-language': language.toLowerCase(),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  return async (accept) => {
    const sent = { method: 'POST', headers: { ...headers, accept }, body: new Uint8Array(body) };
    const response = await fetch(address, sent);
    if (!response.ok) throw await refused(response);
    return response;
  };
}

async function written(response: Response, file: string, { output, language }: ListCommandOptions): Promise<string> {
  const target = output ?? answerFileName(file);
  writeFileSync(target, Buffer.from(await response.arrayBuffer()));
  return writtenSentence(target, language);
}

/** What is wrong with a file as a whole comes as errors, as everywhere. */
export async function refused(response: Response): Promise<CommandFailed> {
  const { errors = [] } = (await response.json()) as { errors?: readonly { message: string }[] };
  return new CommandFailed(errors.map(({ message }) => message).join('\n') || `HTTP ${response.status}`);
}
