import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { execute, getVariableValues } from 'graphql';
import type { ExecutionResult } from 'graphql';
import { DataSource } from 'typeorm';
import { closestWord } from '../core/closest-word.js';
import { RegistryError } from '../core/errors.js';
import { answerBody, lengthOf } from './answer-body.js';
import type { AnswerBody } from './answer-body.js';
import { BoundedCache } from './bounded-cache.js';
import type { VariableValues } from './compiled-run.js';
import { answerSize } from './answer-cost.js';
import { checkAnswer, checkValueNesting } from './document-size.js';
import { tableCsv } from './document-table.js';
import { formatError } from './graphql-errors.js';
import { statusOf } from './registry-error.filter.js';
import type { RequestContext } from './request-context.js';
import { renewWork } from './request-work.js';
import { todayInVietnam } from './today.js';
import { isUnsettled } from './unsettled-answers.js';
import { TrustedDocuments } from './trusted-documents.js';
import type { AnswerFormat, ReadyDocument } from './trusted-documents.js';

/** Longest text of variables, characters: what a link can carry. */
const VARIABLES_MAXIMUM = 8_000;
/** A message shows no more of the name of a variable that nobody declared, characters. */
const NAME_SHOWN = 100;
/** Bodies that are kept, bytes. */
const ANSWERS_CAPACITY = 64 * 1024 * 1024;
/** What a body weighs beside its own bytes: its key and its place. */
const ENTRY_BYTES = 512;

/** The landscape an answer is of. */
export interface AnswerBasis {
  readonly revision: number;
  /** Moment of its last change set; null while it is empty. */
  readonly at: string | null;
  /** How far what is recorded beside the landscape is, as one text: whatever is told of it changes with that. */
  readonly recorded: string;
}

/** Fixes what all of one request is answered from. */
export type Pin = (context: RequestContext) => Promise<AnswerBasis>;

export interface TrustedQuestion {
  readonly id: string;
  /** The variables as they were sent: a JSON object, or nothing. */
  readonly variables: string;
  readonly format: AnswerFormat;
  readonly context: RequestContext;
}

export interface TrustedAnswer {
  readonly status: number;
  readonly body: AnswerBody;
  /** Tag of what it says, how fresh that is apart; undefined for an answer with errors, which is not to be kept. */
  readonly etag: string | undefined;
  readonly basis: AnswerBasis;
  /** Whether it is JSON or CSV: errors are JSON always. */
  readonly format: AnswerFormat;
}

/** Answers trusted documents, and keeps the answers that can be told to be right still. */
@Injectable()
export class TrustedAnswers {
  private readonly kept = new BoundedCache<TrustedAnswer>(ANSWERS_CAPACITY);
  private statements = 0;

  constructor(
    private readonly documents: TrustedDocuments,
    database: DataSource,
  ) {
    const before = database.logger;
    // The logger hears of every statement before it is sent, whether or not it writes it down.
    database.logger = Object.assign(Object.create(before), {
      logQuery: (...args: Parameters<typeof before.logQuery>): unknown => {
        this.statements += 1;
        return before.logQuery(...args);
      },
    });
  }

  /** @throws RegistryError for what is wrong with the question itself. */
  async answer(question: TrustedQuestion, pin: Pin): Promise<TrustedAnswer> {
    const { context, format } = question;
    const basis = await pin(context);
    const key = this.keyOf(question, basis);
    const document = await this.documents.find(question.id, format);
    const kept = this.kept.get(key);
    if (kept !== undefined) return kept;
    if (format === 'CSV' && document.table === undefined) throw RegistryError.of('NO_LIST_FOR_TABLE', ['format']);
    const variables = variablesOf(question.variables);
    checkDeclared(document, variables);
    const values = coerced(document, variables);
    const { compiled, operation } = document;
    checkAnswer(answerSize(compiled.schema, document.document, operation, values), ['variables']);
    const before = this.statements;
    const result = await resultOf(document, { variables, values }, context);
    const answer = written(result, document, question, basis);
    // An answer for which nobody asked the database meanwhile is one of the landscape in memory and the day alone. Any
    // other may change while the revision does not, and is worked out anew each time; so is one of which a part is still
    // being worked out.
    if (answer.etag !== undefined && this.statements === before && !isUnsettled(context)) {
      this.kept.set(key, answer, weightOf(answer.body) + 2 * key.length + ENTRY_BYTES);
    }
    return answer;
  }

  /** Two spellings of the same variables are two entries; both are right. */
  private keyOf({ id, variables, format, context }: TrustedQuestion, { revision, recorded }: AnswerBasis): string {
    const view = JSON.stringify(context.actor);
    return `${id} ${revision} ${recorded} ${todayInVietnam()} ${format} ${context.language} ${view} ${variables}`;
  }
}

function variablesOf(text: string): VariableValues {
  if (text === '') return {};
  if (text.length > VARIABLES_MAXIMUM) {
    const params = { field: 'variables', limit: VARIABLES_MAXIMUM, actual: text.length };
    throw RegistryError.of('LIMIT_EXCEEDED', ['variables'], params);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    throw RegistryError.of('DOCUMENT_MALFORMED', ['variables'], { detail });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw RegistryError.of('VALUE_OF_WRONG_TYPE', ['variables'], { field: 'variables', expected: '{ ... }' });
  }
  checkValueNesting(value, ['variables']);
  // Just checked to be an object; what is in it is checked against the types of the variables.
  return value as VariableValues;
}

/** A misspelt variable should not pass for an answer, and whatever else is sent would make an entry of its own. */
function checkDeclared({ operation }: ReadyDocument, inputs: VariableValues): void {
  const declared = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  for (const name of Object.keys(inputs)) {
    if (declared.includes(name)) continue;
    const shown = name.slice(0, NAME_SHOWN);
    const params = { field: shown, suggestion: closestWord(name, declared) };
    throw RegistryError.of('FIELD_UNKNOWN', ['variables', shown], params);
  }
}

function coerced({ operation, compiled }: ReadyDocument, inputs: VariableValues): VariableValues {
  const values = getVariableValues(compiled.schema, operation.variableDefinitions ?? [], inputs, { maxErrors: 1 });
  const [wrong] = values.errors ?? [];
  if (values.coerced !== undefined) return values.coerced;
  throw RegistryError.of('VARIABLE_WRONG', ['variables'], { detail: wrong?.message ?? '' });
}

/** The JSON text of the data, or what graphql-js answers where the compiled way ends. */
async function resultOf(
  { compiled, document }: ReadyDocument,
  { variables, values }: { readonly variables: VariableValues; readonly values: VariableValues },
  context: RequestContext,
): Promise<string | ExecutionResult> {
  try {
    return await compiled.writeCoerced(context, values);
  } catch {
    // graphql-js meets the same error on its way, and says it as it should be said.
    renewWork(context);
    return execute({ schema: compiled.schema, document, contextValue: context, variableValues: { ...variables } });
  }
}

function written(
  result: string | ExecutionResult,
  document: ReadyDocument,
  { format, context: { language, requestId } }: TrustedQuestion,
  basis: AnswerBasis,
): TrustedAnswer {
  const { revision, at } = basis;
  if (typeof result !== 'string' && result.errors !== undefined) {
    const told = result.errors.map((error) => formatError(error.toJSON(), error, { language, requestId, path: [] }));
    const body = JSON.stringify({ errors: told, data: result.data ?? null });
    return { status: statusOf(told[0]?.extensions?.['code']), body, etag: undefined, basis, format: 'JSON' };
  }
  const data = typeof result === 'string' ? result : JSON.stringify(result.data);
  const asked = { status: 200, basis, format };
  if (format === 'CSV' && document.table !== undefined) {
    const body = tableCsv(document.table, JSON.parse(data));
    return { ...asked, body: answerBody(body), etag: etagOf(body) };
  }
  // A commit that changes nothing of what is asked changes how fresh the answer is and nothing else: the tag, weak for
  // that reason, is of the data alone, and how fresh they are stands in the head of a 304.
  const bytes = answerBody(data);
  const body = joined('{"data":', bytes, `,"extensions":${JSON.stringify({ asOf: { revision, at } })}}`);
  return { ...asked, body, etag: `W/${etagOf(bytes)}` };
}

/** A text may hold two bytes a character. */
function weightOf(body: AnswerBody): number {
  return typeof body === 'string' ? 2 * body.length : lengthOf(body);
}

/** A long body is encoded once, for its tag and for the way. */
function joined(before: string, body: AnswerBody, after: string): AnswerBody {
  if (typeof body === 'string') return before + body + after;
  return Buffer.concat([Buffer.from(before), body, Buffer.from(after)]);
}

function etagOf(body: AnswerBody): string {
  return `"${createHash('sha256').update(body).digest('base64url')}"`;
}
