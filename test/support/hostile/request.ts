import { request } from 'node:http';
import { connect } from 'node:net';
import { TEST_TOKEN } from '../service.js';

/** A request that means harm, and what has to come of it. */
export interface HostileRequest {
  readonly name: string;
  /** POST where it has a body, else GET. */
  readonly method?: string;
  /** Sent as it stands: nothing is made canonical. `/graphql` where it is left out. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** In place of all of the above: bytes as they go over the wire. */
  readonly wire?: string;
  readonly status: number;
  /** Undefined where the answer has no errors of ours, because nothing has to be told. */
  readonly code: string | undefined;
}

/** What was answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export const JSON_BODY = { 'content-type': 'application/json' } as const;
export const ADMINISTRATOR = { authorization: `Bearer ${TEST_TOKEN}` } as const;

/** A GraphQL request, as anybody or with more headers. */
export function graphql(query: unknown, more: object = {}): Pick<HostileRequest, 'headers' | 'body'> {
  return { headers: JSON_BODY, body: JSON.stringify({ query, ...more }) };
}

/** Sends it over a connection of its own. */
export function send(
  url: string,
  { method, path = '/graphql', headers, body, wire }: HostileRequest,
): Promise<Answered> {
  if (wire !== undefined) return sendWire(url, wire);
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const verb = method ?? (body === undefined ? 'GET' : 'POST');
    const sent = request({ hostname, port, path, method: verb, headers: { ...headers }, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(parts).toString(),
        });
      });
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function sendWire(url: string, wire: string): Promise<Answered> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(wire, 'latin1'));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      text += part;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n', 2);
      resolve({ status: Number(head.split(' ')[1]), headers: {}, body });
    });
  });
}

/** The first code that an answer tells, of whichever door it is; undefined where it tells none. */
export function codeOf(body: string): string | undefined {
  return /"code":"([A-Z_]+)"/.exec(body)?.[1];
}
