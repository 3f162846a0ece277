import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { RegistryError } from '../core/errors.js';
import { lengthOf } from './answer-body.js';
import type { AnswerBody } from './answer-body.js';
import type { Authenticator } from './authentication.js';
import { errorBody } from './front-door.js';
import type { Door } from './front-door.js';
import { languageOf, toUserError } from './messages.js';
import type { Language } from './messages.js';
import { errorAnswer } from './registry-error.filter.js';
import { noteRefusal, numberHeader, requestIdOf } from './request-number.js';
import { DATA_HEADERS } from './security-headers.js';
import type { Pin, TrustedAnswer, TrustedAnswers } from './trusted-answers.js';
import type { AnswerFormat } from './trusted-documents.js';

const PLACE = '/q/';
const ID = /^[0-9a-f]{64}$/;
const FORMATS: Readonly<Record<string, AnswerFormat>> = { json: 'JSON', csv: 'CSV' };
const TYPES: Readonly<Record<AnswerFormat, string>> = {
  JSON: 'application/json; charset=utf-8',
  CSV: 'text/csv; charset=utf-8',
};

export interface TrustedDocumentDoor {
  readonly answers: TrustedAnswers;
  readonly authenticator: Authenticator;
  readonly pin: Pin;
}

const logger = new Logger('TrustedDocuments');

/** Answers GET and HEAD of /q/<id>. */
export function trustedDocumentDoor(door: TrustedDocumentDoor): Door {
  return (request, response) => {
    if (request.url?.startsWith(PLACE) !== true) return false;
    void respond(request, response, door);
    return true;
  };
}

async function respond(request: IncomingMessage, response: ServerResponse, door: TrustedDocumentDoor): Promise<void> {
  const language = languageOf(request.headers['accept-language']);
  const requestId = requestIdOf(response);
  try {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const body = errorBody([notAllowed(request.method, language)]);
      send(request, response, { status: 405, headers: { Allow: 'GET, HEAD' }, body });
      return;
    }
    const { id, format, variables } = questionOf(request.url ?? '', request.headers.accept);
    const actor = door.authenticator.readerOf(request, id);
    const answer = await door.answers.answer(
      { id, format, variables, context: { actor, language, requestId } },
      door.pin,
    );
    sendAnswer(request, response, answer, { actor, id });
  } catch (error) {
    const { status, errors } = errorAnswer(error, { language, requestId }, logger);
    noteRefusal(response, errors);
    send(request, response, { status, headers: { 'Cache-Control': 'no-store' }, body: errorBody(errors) });
  }
}

function notAllowed(method: string | undefined, language: Language): object {
  const params = { field: 'method', value: method ?? '', allowed: 'GET, HEAD' };
  return toUserError(RegistryError.of('VALUE_NOT_ALLOWED', ['method'], params).issues[0], language);
}

/** @throws RegistryError where the id or the format is none. */
function questionOf(
  url: string,
  accept: string | undefined,
): { readonly id: string; readonly format: AnswerFormat; readonly variables: string } {
  const mark = url.indexOf('?');
  const id = url.slice(PLACE.length, mark < 0 ? undefined : mark);
  if (!ID.test(id)) throw RegistryError.of('TRUSTED_DOCUMENT_UNKNOWN', ['id'], { id: id.slice(0, 100) });
  const given = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  return { id, format: formatOf(given.get('format'), accept), variables: given.get('variables') ?? '' };
}

/** What the link says counts before what the caller accepts. */
function formatOf(given: string | null, accept: string | undefined): AnswerFormat {
  if (given === null) return prefersCsv(accept ?? '') ? 'CSV' : 'JSON';
  const format = Object.hasOwn(FORMATS, given) ? FORMATS[given] : undefined;
  if (format !== undefined) return format;
  const params = { field: 'format', value: given.slice(0, 100), allowed: Object.keys(FORMATS).join(', ') };
  throw RegistryError.of('VALUE_NOT_ALLOWED', ['format'], params);
}

function prefersCsv(accept: string): boolean {
  const csv = accept.indexOf('text/csv');
  const json = accept.indexOf('application/json');
  return csv >= 0 && (json < 0 || csv < json);
}

function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, etag, basis, format }: TrustedAnswer,
  { actor, id }: { readonly actor: Actor; readonly id: string },
): void {
  const open = actor.kind === 'PUBLIC';
  const headers: OutgoingHttpHeaders = {
    Vary: `Accept, Accept-Language, Authorization, Cookie${open ? '' : ', Origin'}`,
    'Khung-Revision': basis.revision,
    // What anybody may read, pages of other sites may read too.
    ...(open && {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'ETag, Khung-Revision, Khung-At',
    }),
    ...(basis.at !== null && { 'Khung-At': basis.at, 'Last-Modified': new Date(basis.at).toUTCString() }),
  };
  if (etag === undefined) {
    send(request, response, { status, headers: { ...headers, 'Cache-Control': 'no-store' }, body });
    return;
  }
  headers['ETag'] = etag;
  // May be kept, and has to be asked for again each time: that costs a 304, and nobody is told what was.
  headers['Cache-Control'] = `${open ? 'public' : 'private'}, no-cache`;
  if (isHeld(request.headers['if-none-match'], etag)) {
    response.writeHead(304, { ...DATA_HEADERS, ...numberHeader(response), ...headers }).end();
    return;
  }
  if (format === 'CSV') headers['Content-Disposition'] = `attachment; filename="khung-${id.slice(0, 12)}.csv"`;
  headers['Content-Type'] = TYPES[format];
  send(request, response, { status, headers, body });
}

/** Whether the caller holds this answer. A proxy may have marked its tag as weak; what it says is the same. */
function isHeld(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const held = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return held.includes(etag.replace(/^W\//, '')) || held.includes('*');
}

function send(
  { method }: IncomingMessage,
  response: ServerResponse,
  {
    status,
    headers,
    body,
  }: { readonly status: number; readonly headers: OutgoingHttpHeaders; readonly body: AnswerBody },
): void {
  response.writeHead(status, {
    'Content-Type': TYPES.JSON,
    'Content-Length': lengthOf(body),
    ...DATA_HEADERS,
    ...numberHeader(response),
    ...headers,
  });
  if (method === 'HEAD') response.end();
  else response.end(body);
}
