import { randomUUID } from 'node:crypto';
import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import {
  GraphQLError,
  OperationTypeNode,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  responsePathAsArray,
} from 'graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { ErrorCode, Issue } from '../core/errors.js';
import { RegistryError, codeOf } from '../core/errors.js';
import { isDatabaseDown } from './database-errors.js';
import { languageOf, toUserError } from './messages.js';
import type { Language, UserErrorShape } from './messages.js';
import { NumberedFailure } from './log.js';
import { BodyTooLarge } from './request-body.js';
import { noteRefusal, requestIdOf } from './request-number.js';

const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  VALIDATION: 400,
  CONFLICT: 409,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  ILLEGAL_RELATION: 400,
  LIMIT_EXCEEDED: 400,
  REFUSED_CONTENT: 422,
  UNAVAILABLE: 503,
};

const TOO_MANY_REQUESTS = 429;
/** Seconds after which it is worth asking again, for what was refused because others were served. */
const RETRY_AFTER = 30;

/** What is known of a request that went wrong. */
export interface AskedIn {
  readonly language: Language;
  readonly requestId?: string | undefined;
}

/** What a caller hears of a bug: that there was one, and the number under which it stands in the log. */
export interface MaskedError {
  readonly code: 'INTERNAL';
  readonly id: string;
  readonly message: string;
}

/** The expected error inside whatever was thrown; undefined where it is a bug. */
export function expectedError(thrown: unknown): RegistryError | undefined {
  if (thrown instanceof RegistryError) return thrown;
  return isDatabaseDown(thrown) ? RegistryError.of('DATABASE_UNAVAILABLE') : undefined;
}

/** What is wrong, for the payload of a change. @throws what was thrown, where it is a bug. */
export function userErrorsOf(thrown: unknown, language: Language): UserErrorShape[] {
  const expected = expectedError(thrown);
  if (expected === undefined) throw thrown;
  return expected.issues.map((each) => toUserError(each, language));
}

/**
 * Logs a bug and gives what the caller may hear of it.
 * @param id - the number of the request; of what nobody asked for, a new one.
 */
export function maskBug(thrown: unknown, language: Language, logger: Logger, id: string = randomUUID()): MaskedError {
  logger.error(new NumberedFailure(id, thrown));
  return maskedBug(id, language);
}

/** What the caller may hear of a bug that stands in the log under a number. */
export function maskedBug(id: string, language: Language): MaskedError {
  const message =
    language === 'VI' ? `Lỗi hệ thống, mã tra cứu ${id}.` : `Something went wrong on our side; look-up number ${id}.`;
  return { code: 'INTERNAL', id, message };
}

/** Expected errors leave as codes with a sentence and a path; bugs leave as a number. */
@Catch()
export class RegistryErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Error');

  catch(thrown: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') return this.toGraphQL(thrown, host);
    const http = host.switchToHttp();
    const language = languageOf(http.getRequest<{ headers: Record<string, string> }>().headers['accept-language']);
    const response = http.getResponse<Response>();
    this.respond(thrown, { language, requestId: requestIdOf(response) }, response);
    return undefined;
  }

  private toGraphQL(thrown: unknown, host: ArgumentsHost): object {
    if (thrown instanceof GraphQLError) return thrown;
    const { language = 'VI', requestId } = host.getArgByIndex<Partial<AskedIn> | undefined>(2) ?? {};
    const expected = expectedError(thrown);
    if (expected !== undefined) {
      const info = host.getArgByIndex<GraphQLResolveInfo>(3);
      return this.payloadFor(
        namedIn(expected, () => responsePathAsArray(info.path)),
        info,
        language,
      );
    }
    const masked = maskBug(thrown, language, this.logger, requestId);
    return new GraphQLError(masked.message, { extensions: { code: masked.code, id: masked.id } });
  }

  private payloadFor(error: RegistryError, info: GraphQLResolveInfo, language: Language): object {
    const told = info.operation.operation === OperationTypeNode.MUTATION ? withoutInput(error) : error;
    return payloadOf(info, told, language) ?? graphqlError(told, language);
  }

  private respond(thrown: unknown, asked: AskedIn, response: Response): void {
    const { status, errors } = errorAnswer(thrown, asked, this.logger);
    noteRefusal(response, errors);
    if (status === TOO_MANY_REQUESTS) response.set('Retry-After', `${RETRY_AFTER}`);
    response.status(status).json({ errors });
  }
}

/** What a caller over HTTP hears of whatever was thrown; a bug is logged. */
export function errorAnswer(
  thrown: unknown,
  { language, requestId }: AskedIn,
  logger: Logger,
): { readonly status: number; readonly errors: readonly object[] } {
  const expected = expectedError(thrown);
  if (expected !== undefined) {
    const errors = expected.issues.map((issue) => toUserError(issue, language));
    return { status: statusOfExpected(expected), errors };
  }
  if (thrown instanceof HttpException) {
    const status = thrown.getStatus();
    return { status, errors: [{ code: codeOfStatus(status), message: thrown.message, path: [] }] };
  }
  return { status: 500, errors: [maskBug(thrown, language, logger, requestId)] };
}

function statusOfExpected(error: RegistryError): number {
  if (error instanceof BodyTooLarge) return BodyTooLarge.status;
  const { reason } = error.issues[0];
  return reason === 'BUSY' ? TOO_MANY_REQUESTS : statusOf(codeOf(reason));
}

/** The HTTP status for the code of an error; 500 for what is no code of ours. */
export function statusOf(code: unknown): number {
  return typeof code === 'string' && Object.hasOwn(HTTP_STATUS, code) ? HTTP_STATUS[code as ErrorCode] : 500;
}

/** The kind of error behind a status that the HTTP layer gave by itself. */
function codeOfStatus(status: number): ErrorCode {
  const known = { 403: 'FORBIDDEN', 404: 'NOT_FOUND', 413: 'LIMIT_EXCEEDED', 503: 'UNAVAILABLE' } as const;
  return status in known ? known[status as keyof typeof known] : 'VALIDATION';
}

/** An expected error as GraphQL says it: the first issue is the error's own, all of them stand in `userErrors`. */
export function graphqlError(error: RegistryError, language: Language): GraphQLError {
  const userErrors: UserErrorShape[] = error.issues.map((issue) => toUserError(issue, language));
  const { code, reason, message, path } = userErrors[0] ?? toUserError(error.issues[0], language);
  return new GraphQLError(message, { extensions: { code, reason, path, userErrors } });
}

/**
 * The same error; of what was not worked out for want of work it is the answer that knows the way to it.
 * @param way - asked for where it is needed alone.
 */
export function namedIn(error: RegistryError, way: () => readonly (string | number)[]): RegistryError {
  const [first] = error.issues;
  if (first.reason !== 'WORK_EXHAUSTED') return error;
  const names = way().filter((step) => typeof step === 'string');
  return RegistryError.of(first.reason, first.path, { field: names.join('.') });
}

/** A mutation has one argument, so its name is no part of the way to a field in it. */
function withoutInput({ issues: [first, ...others] }: RegistryError): RegistryError {
  return new RegistryError([insideInput(first), ...others.map(insideInput)]);
}

function insideInput(each: Issue): Issue {
  return each.path[0] === 'input' ? { ...each, path: each.path.slice(1) } : each;
}

/**
 * What is wrong, as data, where the field that was asked has a place for it: a payload in which nothing else is.
 * @returns undefined where the answer has no such place.
 */
function payloadOf({ returnType }: GraphQLResolveInfo, error: RegistryError, language: Language): object | undefined {
  const payload = getNullableType(returnType);
  if (!isObjectType(payload) || !Object.hasOwn(payload.getFields(), 'userErrors')) return undefined;
  const values: Record<string, unknown> = {};
  for (const { name, type } of Object.values(payload.getFields())) {
    const isList = isListType(getNullableType(type));
    if (isNonNullType(type) && !isList) return undefined;
    values[name] = isNonNullType(type) ? [] : null;
  }
  return { ...values, userErrors: error.issues.map((each) => toUserError(each, language)) };
}
