import { request } from 'node:http';
import { parse } from 'csv-parse/sync';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const REGISTER = `mutation ($input: RegisterTrustedDocumentInput!) {
  registerTrustedDocument(input: $input) {
    trustedDocument { id name description document list depth fields registeredAt }
    userErrors { code reason path message }
  }
}`;

interface Registered {
  readonly registerTrustedDocument: {
    readonly trustedDocument: {
      readonly id: string;
      readonly name: string;
      readonly list: string | null;
      readonly depth: number;
      readonly fields: number;
    } | null;
    readonly userErrors: readonly {
      readonly code: string;
      readonly reason: string;
      readonly path: readonly string[];
    }[];
  };
}

async function register(
  document: string,
  more: object = {},
  asAdministrator = true,
): Promise<Registered['registerTrustedDocument']> {
  const { data, errors } = await service.ask<Registered>(REGISTER, {
    variables: { input: { name: 'Kiểm thử', document, ...more } },
    asAdministrator,
  });
  if (data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data.registerTrustedDocument;
}

async function idOf(document: string, more: object = {}): Promise<string> {
  const { trustedDocument, userErrors } = await register(document, more);
  if (trustedDocument === null) throw new Error(JSON.stringify(userErrors));
  return trustedDocument.id;
}

function get(id: string, query = '', headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
  return fetch(`${service.url}/q/${id}${query}`, { method, headers });
}

const asAdministrator = { authorization: `Bearer ${TEST_TOKEN}` };

const SYSTEMS = `query Systems($kind: [ElementKind!], $first: Int! = 5) {
  elements(filter: { kind: $kind }, first: $first, orderBy: [{ field: NAME, direction: ASC }]) {
    totalCount
    nodes { urn name layer aliases owner { urn name } }
  }
}`;

async function commit(id: string, name: string): Promise<void> {
  const operations = [{ op: 'ADD', urn: `urn:khung:${id}`, value: { kind: 'DATABASE', name } }];
  const { data } = await service.ask<{ commitChangeSet: { revision: number | null } }>(
    'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { revision } }',
    { variables: { input: { reason: 'Kiểm thử', operations } }, asAdministrator: true },
  );
  expect(data?.commitChangeSet.revision).not.toBeNull();
}

describe('a document is registered', () => {
  it('under the hash of what it says, however it is written', async () => {
    const first = await register(SYSTEMS, { name: 'Hệ thống', description: 'Danh sách' });
    expect(first.trustedDocument).toMatchObject({ name: 'Hệ thống', list: 'elements.nodes', depth: 4, fields: 10 });
    const again = await register(`# một ghi chú\n${SYSTEMS.replaceAll('\n', ' , ')}`, { name: 'Tên mới' });
    expect(again.trustedDocument).toMatchObject({ id: first.trustedDocument?.id, name: 'Tên mới' });
    const { data } = await service.ask<{
      trustedDocuments: { totalCount: number; nodes: { id: string; name: string }[] };
    }>('{ trustedDocuments(first: 500) { totalCount nodes { id name } } }', { asAdministrator: true });
    const listed = data?.trustedDocuments.nodes.filter(({ id }) => id === first.trustedDocument?.id);
    expect(listed).toEqual([{ id: first.trustedDocument?.id, name: 'Tên mới' }]);
  });

  it('by the administrator alone', async () => {
    const { userErrors } = await register(SYSTEMS, {}, false);
    expect(userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  it('and listed for officials alone', async () => {
    const { errors } = await service.ask('{ trustedDocuments { totalCount } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('and withdrawn by the administrator alone, whatever answers of it are kept', async () => {
    const id = await idOf('{ landscape { withdrawn: revision } }');
    const withdraw = (more: object, asAdministrator = true): ReturnType<TestService['ask']> =>
      service.ask(
        `mutation ($input: WithdrawTrustedDocumentInput!) {
          withdrawTrustedDocument(input: $input) { trustedDocument { id name } userErrors { reason path } }
        }`,
        { variables: { input: { id, ...more } }, asAdministrator },
      );
    const gone = { trustedDocument: { id, name: 'Kiểm thử' }, userErrors: [] };
    expect((await get(id)).status).toBe(200);
    expect((await withdraw({}, false)).data).toMatchObject({
      withdrawTrustedDocument: { trustedDocument: null, userErrors: [{ reason: 'NOT_PERMITTED' }] },
    });
    expect((await withdraw({ dryRun: true })).data).toEqual({ withdrawTrustedDocument: gone });
    expect((await get(id)).status).toBe(200);
    expect((await withdraw({})).data).toEqual({ withdrawTrustedDocument: gone });
    expect((await get(id)).status).toBe(404);
    expect((await withdraw({})).data).toEqual({
      withdrawTrustedDocument: {
        trustedDocument: null,
        userErrors: [{ reason: 'TRUSTED_DOCUMENT_UNKNOWN', path: ['id'] }],
      },
    });
  });

  it('not when it is only tried', async () => {
    const { trustedDocument } = await register('{ landscape { at } }', { dryRun: true });
    expect((await get(trustedDocument?.id ?? '')).status).toBe(404);
  });

  const bomb = Array.from({ length: 12 }, (_, index) =>
    index === 11
      ? 'fragment F11 on Landscape { revision }'
      : `fragment F${index} on Landscape { ...F${index + 1} ${'x: revision '.repeat(1)} ...F${index + 1} }`,
  ).join('\n');
  it.each<[string, string, object, string]>([
    ['is no GraphQL', 'landscape revision', {}, 'TRUSTED_DOCUMENT_REFUSED'],
    ['asks what is not there', '{ nothing }', {}, 'TRUSTED_DOCUMENT_REFUSED'],
    [
      'changes something',
      'mutation { commitChangeSet(input: { reason: "x", operations: [] }) { revision } }',
      {},
      'TRUSTED_DOCUMENT_REFUSED',
    ],
    ['holds two queries', 'query A { landscape { at } } query B { landscape { at } }', {}, 'TRUSTED_DOCUMENT_REFUSED'],
    ['holds itself', '{ landscape { ...F } } fragment F on Landscape { ...F }', {}, 'TRUSTED_DOCUMENT_REFUSED'],
    ['is too long', `{ landscape { at } } # ${'x'.repeat(20_000)}`, {}, 'LIMIT_EXCEEDED'],
    [
      'is too deep',
      `{ elements { nodes ${'{ relations { nodes { source '.repeat(6)} { urn } ${'} } }'.repeat(6)} } }`,
      {},
      'LIMIT_EXCEEDED',
    ],
    ['says too much in few words', `{ landscape { ...F0 } } ${bomb}`, {}, 'LIMIT_EXCEEDED'],
    ['has no such list', SYSTEMS, { list: 'elements.edges' }, 'VALUE_NOT_ALLOWED'],
    ['has no name', SYSTEMS, { name: ' ' }, 'VALUE_MISSING'],
  ])('unless it %s', async (_what, document, more, reason) => {
    const { trustedDocument, userErrors } = await register(document, more);
    expect([trustedDocument, userErrors]).toMatchObject([null, [{ reason }]]);
  });
});

describe('an answer', () => {
  const variables = `?variables=${encodeURIComponent(JSON.stringify({ kind: 'SYSTEM', first: 3 }))}`;

  it('is that of /graphql, with the revision and its moment', async () => {
    const response = await get(await idOf(SYSTEMS), variables);
    const { data, extensions } = (await response.json()) as {
      data: unknown;
      extensions: { asOf: { revision: number; at: string } };
    };
    expect(response.status).toBe(200);
    const asked = await service.ask(SYSTEMS.replace('5', '3'), { variables: { kind: ['SYSTEM'] } });
    expect(data).toEqual(asked.data);
    expect(response.headers.get('khung-revision')).toBe(`${extensions.asOf.revision}`);
    expect(response.headers.get('khung-at')).toBe(extensions.asOf.at);
    expect(new Date(extensions.asOf.at).toUTCString()).toBe(response.headers.get('last-modified'));
  });

  it('is not sent again while nothing changed, and anew after a change', async () => {
    const id = await idOf(SYSTEMS);
    const query = `?variables=${encodeURIComponent('{"kind":["DATABASE"],"first":500}')}`;
    const first = await get(id, query);
    const etag = first.headers.get('etag') ?? '';
    const before = (await first.json()) as { data: { elements: { totalCount: number } } };
    const held = await get(id, query, { 'if-none-match': `"other", ${etag}` });
    expect([held.status, await held.text(), held.headers.get('etag')]).toEqual([304, '', etag]);
    const ofSystems = await service.ask<{ commitChangeSet: { revision: number } }>(
      'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { revision } }',
      {
        variables: {
          input: {
            reason: 'Việc khác',
            operations: [{ op: 'ADD', urn: 'urn:khung:trusted-khac', value: { kind: 'SYSTEM', name: 'Việc khác' } }],
          },
        },
        asAdministrator: true,
      },
    );
    const same = await get(id, query, { 'if-none-match': etag });
    expect([same.status, same.headers.get('khung-revision')]).toEqual([
      304,
      `${ofSystems.data?.commitChangeSet.revision}`,
    ]);
    await commit('trusted-moi', 'Kho dữ liệu mới');
    const next = await get(id, query, { 'if-none-match': etag });
    const after = (await next.json()) as typeof before;
    expect([next.status, after.data.elements.totalCount]).toEqual([200, before.data.elements.totalCount + 1]);
  });

  it('is open to pages everywhere for the public alone', async () => {
    const id = await idOf(SYSTEMS);
    const open = await get(id);
    const closed = await get(id, '', asAdministrator);
    const of = ({ headers }: Response): unknown[] => [
      headers.get('cache-control'),
      headers.get('access-control-allow-origin'),
    ];
    expect([of(open), of(closed)]).toEqual([
      ['public, no-cache', '*'],
      ['private, no-cache', null],
    ]);
    expect(open.headers.get('vary')).toBe('Accept, Accept-Language, Authorization, Cookie');
  });

  it('never shows the public what only the administrator may see', async () => {
    const operations = [
      { op: 'ADD', urn: 'urn:khung:kin', value: { kind: 'SYSTEM', name: 'Hệ thống kín', visibility: 'RESTRICTED' } },
    ];
    await service.ask('mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { revision } }', {
      variables: { input: { reason: 'Kiểm thử', operations } },
      asAdministrator: true,
    });
    const id = await idOf('{ element(urn: "urn:khung:kin") { name } }');
    const seen = async (headers: Record<string, string>): Promise<unknown> =>
      ((await (await get(id, '', headers)).json()) as { data: unknown }).data;
    expect(await seen(asAdministrator)).toEqual({ element: { name: 'Hệ thống kín' } });
    expect(await seen({})).toEqual({ element: null });
    expect(await seen(asAdministrator)).toEqual({ element: { name: 'Hệ thống kín' } });
  });

  it('speaks the language of who asks', async () => {
    const id = await idOf('{ element(urn: "urn:khung:hcm-lgsp") { attributes { key name } } }');
    const names = async (language: string): Promise<string> =>
      (await get(id, '', { 'accept-language': language })).text();
    const [vietnamese, english] = [await names('vi'), await names('en')];
    expect(vietnamese).not.toBe(english);
    expect(await names('vi')).toBe(vietnamese);
  });

  it('that was read from the database too is worked out anew each time', async () => {
    const id = await idOf('{ element(urn: "urn:khung:hcm-lgsp") { sources { field source } } }');
    const counted = async (): Promise<number> => {
      const { source } = service.database;
      const statements: string[] = [];
      const before = source.logger;
      source.logger = Object.assign(Object.create(before), {
        logQuery: (query: string, ...more: unknown[]) => {
          statements.push(query);
          Reflect.apply(before.logQuery, before, [query, ...more]);
        },
      });
      await (await get(id)).json();
      source.logger = before;
      return statements.filter((each) => each.includes('sources')).length;
    };
    expect([await counted(), await counted()]).toEqual([1, 1]);
  });

  it('has no body for HEAD', async () => {
    const id = await idOf(SYSTEMS);
    const [whole, head] = [await get(id), await get(id, '', {}, 'HEAD')];
    expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', whole.headers.get('etag')]);
    expect(head.headers.get('content-length')).toBe(whole.headers.get('content-length'));
  });
});

describe('a table', () => {
  it('has the fields of the document as columns, and opens in Excel', async () => {
    await commit('cong-thuc', '=1+1 "a", b');
    const id = await idOf(SYSTEMS);
    const query = `?format=csv&variables=${encodeURIComponent('{"kind":["DATABASE"],"first":500}')}`;
    const response = await get(id, query);
    const body = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(body.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const text = body.toString('utf8');
    expect(text.split('\r\n')[0]).toBe('\u{FEFF}urn,name,layer,aliases,owner.urn,owner.name');
    const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
    const { data } = (await (await get(id, query.replace('csv', 'json'))).json()) as {
      data: { elements: { nodes: { urn: string; name: string }[] } };
    };
    expect(rows.map(({ urn }) => urn)).toEqual(data.elements.nodes.map(({ urn }) => urn));
    expect(rows.find(({ urn }) => urn === 'urn:khung:cong-thuc')).toMatchObject({
      name: `'=1+1 "a", b`,
      layer: '',
      aliases: '[]',
    });
    expect((await get(id, query.replace('format=csv&', ''), { accept: 'text/csv' })).headers.get('etag')).toBe(
      response.headers.get('etag'),
    );
  });

  it('is the list that was named where there are several, and none where none was', async () => {
    const two = '{ landscape { counts { key count } } elements(first: 2) { nodes { urn ... on Agency { level } } } }';
    const id = await idOf(two);
    const refused = await get(id, '?format=csv');
    expect([refused.status, await refused.json()]).toMatchObject([400, { errors: [{ reason: 'NO_LIST_FOR_TABLE' }] }]);
    await idOf(two, { list: 'elements.nodes' });
    expect(await (await get(id, '?format=csv')).text()).toContain('urn,level\r\n');
    const { userErrors } = await register(two, { list: 'landscape.counts' });
    expect(userErrors).toMatchObject([{ reason: 'FIELD_FIXED', path: ['list'] }]);
  });
});

describe('a question that can not be answered', () => {
  const unknown = 'a'.repeat(64);
  it.each<[string, () => Promise<Response>, number, string]>([
    ['an unknown id', () => get(unknown), 404, 'TRUSTED_DOCUMENT_UNKNOWN'],
    ['no id at all', () => get('../../etc/passwd'.replaceAll('/', '%2f')), 404, 'TRUSTED_DOCUMENT_UNKNOWN'],
    ['broken JSON', async () => get(await idOf(SYSTEMS), '?variables=%7B"kind"'), 400, 'DOCUMENT_MALFORMED'],
    ['variables that are a list', async () => get(await idOf(SYSTEMS), '?variables=[]'), 400, 'VALUE_OF_WRONG_TYPE'],
    [
      'a variable that the document does not declare',
      async () => get(await idOf(SYSTEMS), '?variables={"first":1,"kinds":["SYSTEM"]}'),
      400,
      'FIELD_UNKNOWN',
    ],
    ['a wrong variable', async () => get(await idOf(SYSTEMS), '?variables={"first":"x"}'), 400, 'VARIABLE_WRONG'],
    [
      'a missing variable',
      async () => get(await idOf('query ($urn: URN!) { element(urn: $urn) { name } }')),
      400,
      'VARIABLE_WRONG',
    ],
    [
      'too many variables',
      async () => get(await idOf(SYSTEMS), `?variables=${'x'.repeat(9_000)}`),
      400,
      'LIMIT_EXCEEDED',
    ],
    ['an unknown format', async () => get(await idOf(SYSTEMS), '?format=xml'), 400, 'VALUE_NOT_ALLOWED'],
    ['another method', async () => get(await idOf(SYSTEMS), '', {}, 'POST'), 405, 'VALUE_NOT_ALLOWED'],
    [
      'a wrong token',
      async () => get(await idOf(SYSTEMS), '', { authorization: 'Bearer wrong' }),
      403,
      'NOT_PERMITTED',
    ],
  ])('%s', async (_what, ask, status, reason) => {
    const response = await ask();
    expect([response.status, await response.json()]).toMatchObject([status, { errors: [{ reason }] }]);
    expect(response.headers.get('cache-control')).toBe(status === 405 ? null : 'no-store');
  });

  it('names a variable that the document does not declare, and the one that was meant', async () => {
    const response = await get(await idOf(SYSTEMS), '?variables={"kinds":["SYSTEM"]}', { 'accept-language': 'en' });
    const message = 'There is no field "kinds". Did you mean "kind"?';
    expect(await response.json()).toMatchObject({ errors: [{ message, path: ['variables', 'kinds'] }] });
  });

  it('tells the errors of the query itself, with the status of the first', async () => {
    const id = await idOf('query ($urn: URN!) { impactAnalysis(from: $urn) { totalCount } }');
    const response = await get(id, `?variables=${encodeURIComponent('{"urn":"urn:khung:khong-co"}')}`);
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { data: null, errors: [{ path: ['impactAnalysis'], extensions: { code: 'NOT_FOUND', path: ['from'] } }] },
    ]);
    expect(response.headers.get('etag')).toBeNull();
  });

  it('100 KB of variables are refused before they are read', async () => {
    const url = new URL(`${service.url}/q/${unknown}?variables=${'x'.repeat(100_000)}`);
    const [status, body] = await new Promise<[number | undefined, string]>((resolve, reject) => {
      const asked = request(url, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve([response.statusCode, text]));
      });
      asked.on('error', reject).end();
    });
    expect([status, JSON.parse(body)]).toMatchObject([431, { errors: [{ code: 'LIMIT_EXCEEDED' }] }]);
  });

  it('leaves all other addresses to the framework', async () => {
    expect((await fetch(`${service.url}/q`)).status).toBe(404);
    expect((await fetch(`${service.url}/schema.gql`)).status).toBe(200);
  });
});

describe('a document about a job', () => {
  it('is asked anew each time, for a job goes on while the revision stays', async () => {
    const { data } = await service.ask<{ startGraphAnalysis: { job: { id: string } | null } }>(
      'mutation { startGraphAnalysis(input: { kind: COMMUNITIES }) { job { id } userErrors { message } } }',
      { asAdministrator: true },
    );
    const job = data?.startGraphAnalysis.job?.id ?? '';
    const id = await idOf('query J($id: ID!) { job(id: $id) { state } }');
    const query = `?variables=${encodeURIComponent(JSON.stringify({ id: job }))}`;
    const deadline = Date.now() + 50_000;
    for (let state = ''; state !== 'SUCCEEDED';) {
      if (Date.now() > deadline) throw new Error(`The job is still ${state}.`);
      const answer = (await (await get(id, query, asAdministrator)).json()) as { data: { job: { state: string } } };
      ({ state } = answer.data.job);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
});
