import { createHash } from 'node:crypto';
import { TEST_TOKEN } from '../service.js';
import { ADMINISTRATOR, JSON_BODY, graphql } from './request.js';
import type { HostileRequest } from './request.js';

const FORBIDDEN = { status: 403, code: 'FORBIDDEN' } as const;
const NOT_FOUND = { status: 404, code: 'NOT_FOUND' } as const;
const MALFORMED = { status: 400, code: 'VALIDATION' } as const;

const ASKED = graphql('{ landscape { revision } }');
const UNSIGNED = [
  { alg: 'none', typ: 'JWT' },
  { sub: 'administrator', role: 'ADMINISTRATOR' },
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

const FORGED: Readonly<Record<string, string>> = {
  'a guess': 'Bearer administrator',
  nothing: 'Bearer ',
  'a token without a signature': `Bearer ${UNSIGNED}.`,
  'the hash of the token': `Bearer ${createHash('sha256').update(TEST_TOKEN).digest('hex')}`,
  'the token by another scheme': `Basic ${Buffer.from(`admin:${TEST_TOKEN}`).toString('base64')}`,
  'the token and more': `Bearer ${TEST_TOKEN}x`,
  'most of the token': `Bearer ${TEST_TOKEN.slice(0, -1)}`,
  'the name of what every object has': 'Bearer __proto__',
  'a condition of a database': "Bearer ' OR '1'='1",
  'a service token that was never issued': `Bearer khung_${'a'.repeat(43)}`,
  'eight thousand letters': `Bearer ${'a'.repeat(8_000)}`,
};

const SESSION = `khung-session=${'a'.repeat(43)}`;
/** What a browser may be made to send. */
const SESSIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a session that nobody has': { cookie: SESSION, 'sec-fetch-site': 'same-origin' },
  'a session sent by a page of another site': { cookie: SESSION, 'sec-fetch-site': 'cross-site' },
  'a session sent by a page of a neighbour': { cookie: SESSION, origin: 'http://localhost.example.vn' },
  'a session sent by nobody knows which page': { cookie: SESSION },
  'a session that is a condition of a database': {
    cookie: `khung-session=' OR '1'='1`,
    'sec-fetch-site': 'same-origin',
  },
};

const TOKENS: readonly HostileRequest[] = [
  ...Object.entries(SESSIONS).map(([name, headers]) => ({
    name,
    ...ASKED,
    headers: { ...JSON_BODY, ...headers },
    ...FORBIDDEN,
  })),
  ...Object.entries(FORGED).map(([name, authorization]) => ({
    name: `a forged token: ${name}`,
    ...ASKED,
    headers: { ...JSON_BODY, authorization },
    ...FORBIDDEN,
  })),
  ...[
    '/exports/landscape.xlsx',
    '/exports/elements.csv?kind=SYSTEM',
    '/exports/workbooks/ref03-e.xlsx',
    '/reports/compliance.html',
    '/backup',
    `/q/${'0'.repeat(64)}`,
  ].map((path) => ({
    name: `a forged token at ${path}`,
    path,
    headers: { authorization: 'Bearer administrator' },
    ...FORBIDDEN,
  })),
  ...['/imports?fileName=x.csv', '/plan-lists', '/tender-lists'].map((path) => ({
    name: `a forged token at ${path}`,
    path,
    headers: { authorization: 'Bearer administrator' },
    body: 'Mã;Tên\nx;y\n',
    ...FORBIDDEN,
  })),
  { name: 'a backup for anybody', path: '/backup', ...FORBIDDEN },
];

const PATHS: readonly HostileRequest[] = [
  ...[
    '/../../../../etc/passwd',
    '/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2f..%2fetc%2fpasswd',
    '/..%5c..%5c..%5cwindows%5cwin.ini',
    '/vendor/graphiql/../../../package.json',
    '/vendor/react/umd/%2e%2e/%2e%2e/package.json',
    '/.env',
    '/.git/config',
    '/.khung/admin-token',
    '/main.js',
    `/q/..%2f..%2fetc%2fpasswd`,
    `/q/${'a'.repeat(63)}'`,
  ].map((path) => ({ name: `a path: ${path}`, path, ...NOT_FOUND })),
  {
    name: 'a path to a form',
    path: '/exports/workbooks/..%2f..%2f..%2fpackage.xlsx',
    headers: ADMINISTRATOR,
    ...MALFORMED,
  },
  { name: 'a path to a sheet', path: '/exports/templates/..%2f..%2fetc%2fpasswd.xlsx', ...MALFORMED },
  { name: 'a kind that every object has', path: '/exports/elements.csv?kind=__proto__', ...MALFORMED },
  { name: 'a kind twice', path: '/exports/elements.csv?kind=SYSTEM&kind=AGENCY', ...MALFORMED },
  { name: 'a kind that is an object', path: '/exports/elements.csv?kind[toString]=SYSTEM', ...MALFORMED },
  { name: 'a format that is a file', path: '/exports/elements...%2f..%2fx?kind=SYSTEM', ...MALFORMED },
  { name: 'a path with a zero in it', path: '/index.html%00.js', ...NOT_FOUND },
  { name: 'a path that is no UTF-8', path: '/exports/elements.%ff', ...MALFORMED },
];

const WIRES: readonly HostileRequest[] = [
  { name: 'no HTTP', wire: '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n', ...MALFORMED },
  {
    name: 'two lengths at once',
    wire: 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /backup HTTP/1.1\r\n\r\n',
    ...MALFORMED,
  },
  {
    name: 'a length below nothing',
    wire: 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
    ...MALFORMED,
  },
  {
    name: 'a chunk of a length that is none',
    wire: 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n',
    ...MALFORMED,
  },
  {
    name: 'a header with a line of its own',
    wire: 'GET / HTTP/1.1\r\nHost: x\r\nX-A: b\n c\rSet-Cookie: d\r\n\r\n',
    ...MALFORMED,
  },
  {
    name: 'headers without end',
    wire: `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`,
    status: 431,
    code: 'LIMIT_EXCEEDED',
  },
  {
    name: 'an address without end',
    wire: `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    status: 431,
    code: 'LIMIT_EXCEEDED',
  },
];

/** Tokens nobody was given, paths out of what is served, and what is no HTTP. */
export const HOSTILE_ADDRESSES = [...TOKENS, ...PATHS, ...WIRES];
