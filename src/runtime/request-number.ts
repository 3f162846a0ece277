import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const HEADER = 'X-Request-Id';
/** As proxies make them. Nothing else is taken over: it would stand in the log, and be whatever somebody wrote there. */
const GIVEN = /^(?:[0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i;

/** The number of a request, on its answer. A property costs less than a table of what lives so shortly. */
const NUMBER = Symbol('number');

/** What a request was refused for, on its answer. */
const REFUSAL = Symbol('refusal');

interface Numbered {
  [NUMBER]?: string;
  [REFUSAL]?: RefusalNames;
}

/** Of closed lists, both. */
export interface RefusalNames {
  readonly code: string;
  /** Empty where the code has no reasons. */
  readonly reason: string;
}

/** Numbers a request, by what its proxy has numbered it where that is a number. */
export function numberRequest({ headers }: IncomingMessage, response: object): string {
  const given = headers['x-request-id'];
  const id = typeof given === 'string' && GIVEN.test(given) ? given : randomUUID();
  (response as Numbered)[NUMBER] = id;
  return id;
}

/** The number of the request that a response answers; undefined where it came through no door. */
export function requestIdOf(response: object): string | undefined {
  return (response as Numbered)[NUMBER];
}

/** The same, for the head of the answer. */
export function numberHeader(response: object): { readonly [HEADER]?: string } {
  const id = requestIdOf(response);
  return id === undefined ? {} : { [HEADER]: id };
}

/** Notes why a request is refused, for whoever counts. */
export function noteRefusal(response: object, [first]: readonly object[]): void {
  const { code, reason = '' } = (first ?? {}) as Partial<RefusalNames>;
  if (code !== undefined) (response as Numbered)[REFUSAL] = { code, reason };
}

export function refusalOf(response: object): RefusalNames | undefined {
  return (response as Numbered)[REFUSAL];
}
