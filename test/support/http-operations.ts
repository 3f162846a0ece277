import { readFileSync, readdirSync } from 'node:fs';
import { HttpAdapterHost } from '@nestjs/core';
import type { Action } from '../../src/core/access/policy.js';
import { JSON_BODY } from './hostile/request.js';
import type { TestApplication } from './application.js';

/** What a request of HTTP asks to do. */
export interface HttpOperation {
  /** The method, and the path as it is declared. */
  readonly route: string;
  /** What of it, where a route does several things. */
  readonly name?: string;
  /** By what of the policy it is refused; null = to nobody, for it tells nothing of the landscape. */
  readonly action: Action | null;
  /** A request that is answered where it is not refused. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How it is answered, where that is not with success. */
  readonly status?: number;
}

const TRUSTED = '{ landscape { revision } }';
export const TRUSTED_DOCUMENT = { name: 'Bảng', document: TRUSTED } as const;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const QUERY = JSON.stringify({ query: TRUSTED });
const LIST = 'STT;Tên dự án;Hình thức;Lớp kiến trúc\r\n1;Phần mềm quản lý văn bản;Mua sắm;3\r\n';
const TENDERS = 'Tên gói thầu;Mã TBMT;Ngày đăng tải\r\nMua phần mềm;IB2500000001;01/07/2025\r\n';
const NEW_SYSTEM = 'urn;name\r\nurn:khung:moi-nhap;Hệ thống mới nhập\r\n';
const importOf = (more: string): string => `/imports?fileName=he-thong.csv&kind=SYSTEM&${more}`;

/**
 * All that HTTP answers. To add a route: one line here, with the action of the policy that it asks for and a request that
 * is answered.
 * @param trustedId - of the trusted document that is registered.
 */
export function httpOperations(trustedId: string): readonly HttpOperation[] {
  return [
    { route: 'GET /', action: null, path: '/' },
    { route: 'GET /vendor/*', action: null, path: '/vendor/react/umd/react.production.min.js' },
    { route: 'GET /schema.gql', action: null, path: '/schema.gql' },
    { route: 'GET /health/live', action: null, path: '/health/live' },
    { route: 'GET /health/ready', action: null, path: '/health/ready' },
    { route: 'POST /graphql', action: 'landscape.read', path: '/graphql', headers: JSON_BODY, body: QUERY },
    {
      route: 'GET /graphql',
      action: 'landscape.read',
      path: `/graphql?query=${encodeURIComponent(TRUSTED)}`,
      headers: JSON_BODY,
    },
    { route: 'GET /q/:id', action: 'landscape.read', path: `/q/${trustedId}` },
    { route: 'GET /exports/landscape.xlsx', action: 'landscape.read', path: '/exports/landscape.xlsx' },
    { route: 'GET /exports/elements.:format', action: 'landscape.read', path: '/exports/elements.csv?kind=SYSTEM' },
    { route: 'GET /exports/relations.:format', action: 'landscape.read', path: '/exports/relations.csv' },
    { route: 'GET /exports/templates/:kind.xlsx', action: 'landscape.read', path: '/exports/templates/system.xlsx' },
    { route: 'GET /exports/workbooks/:form.xlsx', action: 'findings.read', path: '/exports/workbooks/mau_03.xlsx' },
    {
      route: 'GET /reports/compliance.:format',
      action: 'findings.read',
      path: '/reports/compliance.csv?by=agency',
    },
    { route: 'POST /plan-lists', action: 'proposal.check', path: '/plan-lists', body: LIST },
    { route: 'POST /tender-lists', action: 'findings.read', path: '/tender-lists', body: TENDERS },
    {
      route: 'POST /imports',
      name: 'dryRun',
      action: 'import.preview',
      path: importOf('dryRun=true'),
      body: NEW_SYSTEM,
    },
    { route: 'POST /imports', action: 'landscape.change', path: importOf('reason=Thu'), body: NEW_SYSTEM },
    { route: 'GET /desk/*', action: null, path: '/desk/tim' },
    { route: 'GET /explorer', action: null, path: '/explorer' },
    { route: 'GET /development-issuer/*', action: null, path: `/development-issuer/jwks` },
    { route: 'GET /sign-in', action: null, path: '/sign-in' },
    { route: 'GET /sign-in/issuer', action: null, path: '/sign-in/issuer', status: 303 },
    { route: 'GET /sign-in/callback', action: null, path: '/sign-in/callback', status: 403 },
    {
      route: 'POST /sign-in/account',
      action: null,
      path: '/sign-in/account',
      headers: FORM,
      body: 'userName=a',
      status: 403,
    },
    { route: 'GET /sign-in/account', action: null, path: '/sign-in/account', status: 303 },
    { route: 'GET /sign-in/enrol', action: null, path: '/sign-in/enrol', status: 404 },
    { route: 'POST /sign-in/enrol', action: null, path: '/sign-in/enrol', headers: FORM, body: 'code=a', status: 403 },
    { route: 'GET /sign-out', action: null, path: '/sign-out', status: 303 },
    { route: 'POST /sign-out', action: null, path: '/sign-out', status: 303 },
    { route: 'GET /metrics', action: 'metrics.read', path: '/metrics' },
    { route: 'GET /backup', action: 'backup.take', path: '/backup' },
  ];
}

/** The routes that controllers declare, as the web framework has them. */
export function declaredRoutes(application: TestApplication): readonly string[] {
  const { router } = application.part(HttpAdapterHost).httpAdapter.getInstance<ExpressApplication>();
  return router.stack.flatMap(({ route }) => {
    if (route === undefined) return [];
    return Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`);
  });
}

interface ExpressApplication {
  readonly router: {
    readonly stack: readonly {
      readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
    }[];
  };
}

/** What a source file does that answers HTTP without a controller: a door before the framework, a middleware, a route. */
const ANSWERS =
  /\): Door\b|\b(?:app|application|express|server)\.(?:use|get|post|put|patch|delete|all)\(|useStaticAssets\(/;
/** Of the framework's parts `get` is asked too: those are named by their class. */
const ASKS_FOR_PART = /\bapp(?:lication)?\.get(?:<[^(]*)?\([A-Z]/g;

/** Source files that answer HTTP beside controllers. */
export function filesBesideControllers(): readonly string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((each) => each.replaceAll('\\', '/'));
  return files
    .filter((each) => each.endsWith('.ts') && !each.endsWith('.spec.ts') && !each.startsWith('web/'))
    .filter((each) => ANSWERS.test(readFileSync(`src/${each}`, 'utf8').replaceAll(ASKS_FOR_PART, '')))
    .toSorted();
}

/** Those files, and what they answer; each route that is named here has a line above. */
export const BESIDE_CONTROLLERS: Readonly<Record<string, readonly string[]>> = {
  'main.ts': [],
  'runtime/sign-in/development-issuer-door.ts': ['GET /development-issuer/*'],
  'runtime/graphql.server.ts': ['POST /graphql', 'GET /graphql'],
  'runtime/origins.ts': [],
  'runtime/request-rate.ts': [],
  'runtime/static-desk.ts': ['GET /desk/*'],
  'runtime/static-web.ts': ['GET /', 'GET /vendor/*', 'GET /explorer'],
  'runtime/trusted-document.server.ts': ['GET /q/:id'],
};
