import { gzipSync } from 'node:zlib';
import { ADMINISTRATOR, JSON_BODY, graphql } from './request.js';
import type { HostileRequest } from './request.js';

const LIMIT = { status: 400, code: 'LIMIT_EXCEEDED' } as const;
const INVALID = { status: 400, code: 'GRAPHQL_VALIDATION_FAILED' } as const;
const MALFORMED = { status: 400, code: 'VALIDATION' } as const;
const BAD = { status: 400, code: 'BAD_REQUEST' } as const;

function times(count: number, text: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => text(at)).join(' ');
}

function within(count: number, open: string, inner: string, close = ' }'): string {
  return open.repeat(count) + inner + close.repeat(count);
}

const RELATED = 'relations(first: 500) { nodes { source { ';
const BOMB = times(12, (at) =>
  at === 11
    ? 'fragment F11 on Landscape { revision }'
    : `fragment F${at} on Landscape { ${times(10, () => `...F${at + 1}`)} }`,
);

const DOCUMENTS: readonly HostileRequest[] = [
  { name: 'deep', ...graphql(`{ elements { nodes { ${within(14, 'owner { ', 'urn')} } } }`), ...LIMIT },
  { name: 'wide', ...graphql(`{ landscape { ${'revision '.repeat(1_001)} } }`), ...LIMIT },
  { name: 'aliased', ...graphql(`{ ${times(31, (at) => `a${at}: landscape { revision }`)} }`), ...LIMIT },
  {
    name: 'one field under a thousand names',
    ...graphql(`{ landscape { ${times(1_001, (at) => `a${at}: revision`)} } }`),
    ...LIMIT,
  },
  {
    name: 'fragments that multiply',
    ...graphql(`
      {
        landscape {
          ...F0
        }
      }
      ${BOMB}
    `),
    ...LIMIT,
  },
  {
    name: 'a fragment within itself',
    ...graphql('{ landscape { ...A } } fragment A on Landscape { revision ...A }'),
    ...INVALID,
  },
  {
    name: 'fragments in a circle',
    ...graphql(`
      {
        landscape {
          ...F0
        }
      }
      ${times(50, (at) => `fragment F${at} on Landscape { ...F${(at + 1) % 50} }`)}
    `),
    ...INVALID,
  },
  { name: 'brackets', ...graphql(`{ ${within(300, '... { ', 'landscape { revision }')} }`), ...LIMIT },
  { name: 'brackets that never close', ...graphql('{'.repeat(100_000)), ...LIMIT },
  {
    name: 'values within values',
    ...graphql(`{ elements(filter: ${within(4_000, '{ not: ', '{}', '}')}) { totalCount } }`),
    ...LIMIT,
  },
  {
    name: 'lists within lists',
    ...graphql(`{ elements(first: 500) { nodes { ${within(3, RELATED, 'urn', ' } } }')} } } }`),
    ...LIMIT,
  },
  { name: 'words without end', ...graphql(`{ landscape { ${'revision, '.repeat(21_000)} } }`), ...LIMIT },
  {
    name: 'a directive a hundred times',
    ...graphql(`{ landscape { revision ${'@include(if: true) '.repeat(100)} } }`),
    ...INVALID,
  },
  {
    name: 'types of types of types',
    ...graphql(`{ __schema { types { ${within(14, 'fields { type { ', 'name', ' } }')} } } }`),
    ...LIMIT,
  },
  { name: 'a subscription', ...graphql('subscription { landscape { revision } }'), ...MALFORMED },
  { name: 'no language at all', ...graphql("'; DROP TABLE element; --"), status: 400, code: 'GRAPHQL_PARSE_FAILED' },
  { name: 'a document that is a number', ...graphql(7), ...BAD },
  { name: 'a document that is a list', ...graphql(['{ landscape { revision } }']), ...BAD },
  {
    name: 'an operation that is not there',
    ...graphql('query A { __typename }', { operationName: 'constructor' }),
    ...MALFORMED,
  },
  { name: 'variables that are a list', ...graphql('{ __typename }', { variables: [1] }), ...BAD },
  {
    name: 'a page of two thousand million',
    ...graphql('{ elements(first: 2147483647) { totalCount } }'),
    status: 200,
    code: 'LIMIT_EXCEEDED',
  },
  {
    name: 'a forged cursor',
    ...graphql('{ elements(after: "eyJpZCI6MX0=") { nodes { urn } } }'),
    status: 200,
    code: 'VALIDATION',
  },
  {
    name: 'a hash in place of a document',
    ...graphql(undefined, { extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } }),
    status: 200,
    code: 'PERSISTED_QUERY_NOT_FOUND',
  },
];

const CHANGE = 'mutation { startComplianceRun(input: { dryRun: true }) { userErrors { code } } }';

const BODIES: readonly HostileRequest[] = [
  {
    name: 'a batch',
    headers: JSON_BODY,
    body: JSON.stringify(Array.from({ length: 500 }, () => ({ query: '{ landscape { revision } }' }))),
    ...BAD,
  },
  { name: 'nothing', headers: JSON_BODY, body: '', ...MALFORMED },
  { name: 'null', headers: JSON_BODY, body: 'null', ...MALFORMED },
  { name: 'half of an object', headers: JSON_BODY, body: '{"query":"{ landscape', ...MALFORMED },
  { name: 'lists within lists of JSON', headers: JSON_BODY, body: '['.repeat(900_000), ...MALFORMED },
  {
    name: 'bytes that are no UTF-8',
    headers: JSON_BODY,
    body: Buffer.concat([
      Buffer.from('{"query":"{ landscape { revision } } #'),
      Buffer.from([0xc3, 0x28, 0xff]),
      Buffer.from('"}'),
    ]),
    ...MALFORMED,
  },
  {
    name: 'bytes that are no UTF-8, packed',
    headers: { ...JSON_BODY, 'content-encoding': 'gzip' },
    body: gzipSync(
      Buffer.concat([
        Buffer.from('{"query":"{ landscape { revision } } #'),
        Buffer.from([0xed, 0xa0, 0x80]),
        Buffer.from('"}'),
      ]),
    ),
    ...MALFORMED,
  },
  {
    name: 'half of a character that is written as two',
    headers: { ...JSON_BODY, ...ADMINISTRATOR },
    body: '{"query":"mutation { commitChangeSet(input: { reason: \\"x\\\\ud800\\", dryRun: true, operations: [{ op: ADD, urn: \\"urn:khung:half\\", value: { kind: \\"SYSTEM\\", name: \\"x\\" } }] }) { userErrors { code } } }"}',
    status: 400,
    code: 'GRAPHQL_PARSE_FAILED',
  },
  {
    name: 'a text with a zero in it',
    headers: { ...JSON_BODY, ...ADMINISTRATOR },
    body: JSON.stringify({
      query:
        'mutation ($r: String!) { commitChangeSet(input: { reason: $r, dryRun: true, operations: [] }) { userErrors { code } } }',
      variables: { r: 'x\u0000y' },
    }),
    status: 200,
    code: 'VALIDATION',
  },
  {
    name: 'a megabyte too much',
    ...graphql('{ __typename }', { variables: { x: 'x'.repeat(1_100_000) } }),
    status: 413,
    code: 'LIMIT_EXCEEDED',
  },
  {
    name: 'two gigabytes, said and not sent',
    wire: 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2000000000\r\n\r\n{',
    status: 413,
    code: 'LIMIT_EXCEEDED',
  },
  {
    name: 'a hundred megabytes, packed',
    headers: { ...JSON_BODY, 'content-encoding': 'gzip' },
    body: gzipSync(Buffer.alloc(100 * 1024 * 1024, 0x20), { level: 9 }),
    status: 413,
    code: 'LIMIT_EXCEEDED',
  },
  {
    name: 'packed, and not',
    headers: { ...JSON_BODY, 'content-encoding': 'gzip' },
    body: '{"query":"{ __typename }"}',
    ...MALFORMED,
  },
  {
    name: 'packed in a way of its own',
    headers: { ...JSON_BODY, 'content-encoding': 'zip' },
    body: '{}',
    status: 415,
    code: 'VALIDATION',
  },
  {
    name: 'another coding',
    headers: { 'content-type': 'application/json; charset=utf-7' },
    body: '{"query":"+AHs-__typename+AH0-"}',
    status: 400,
    code: 'GRAPHQL_PARSE_FAILED',
  },
  {
    name: 'a form of another site',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `query=${encodeURIComponent(CHANGE)}`,
    ...BAD,
  },
  {
    name: 'plain text of another site',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ query: CHANGE }),
    ...BAD,
  },
  {
    name: 'a form with files',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--',
    ...BAD,
  },
  {
    name: 'a change by a link',
    path: `/graphql?query=${encodeURIComponent(CHANGE)}`,
    headers: { ...JSON_BODY, ...ADMINISTRATOR },
    status: 405,
    code: 'BAD_REQUEST',
  },
  { name: 'a link from another site', path: '/graphql?query=%7B__typename%7D', ...BAD },
  { name: 'a way of asking that is none', method: 'DELETE', headers: JSON_BODY, status: 405, code: 'BAD_REQUEST' },
];

/** Documents and bodies sent to `/graphql`. */
export const HOSTILE_DOCUMENTS = [...DOCUMENTS, ...BODIES];
