import { send } from './support/hostile/request.js';
import { TEST_TOKEN, startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const DESK = 'https://desk.example.gov.vn';
const OFFICER = 'token-of-an-officer';
const JSON_BODY = { 'content-type': 'application/json' };
const ASKED = { headers: JSON_BODY, body: '{"query":"{ landscape { revision } }"}', method: 'POST' };

describe('every door', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ KHUNG_ALLOWED_ORIGINS: `https://other.example.vn, ${DESK}` });
  });
  afterAll(() => service.close());

  it.each<[string, string, object]>([
    ['a page', '/', {}],
    ['the explorer', '/explorer.html', {}],
    ['a question', '/graphql', ASKED],
    ['a question that is refused', '/graphql', { ...ASKED, body: '{' }],
    ['a question by link', '/graphql?query=%7B__typename%7D', { headers: JSON_BODY }],
    ['a trusted document', `/q/${'0'.repeat(64)}`, {}],
    ['a list', '/exports/elements.csv?kind=SYSTEM', {}],
    ['a workbook', '/exports/landscape.xlsx', {}],
    ['an import', '/imports', { method: 'POST', body: 'x' }],
    ['a report', '/reports/compliance.html', { headers: { authorization: `Bearer ${TEST_TOKEN}` } }],
    ['the schema', '/schema.gql', {}],
    ['what is not there', '/nothing', {}],
    ['what keeps it running', '/health/live', {}],
  ])('tells browsers to guess no type, and to show it in no other page: %s', async (_name, path, init) => {
    const { headers } = await fetch(service.url + path, init);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('access-control-allow-origin')).toBe(null);
    expect(headers.get('x-powered-by')).toBe(null);
  });

  const from = (origin: string, more: object = {}): object => ({
    ...ASKED,
    headers: { ...JSON_BODY, origin, ...more },
  });

  it('lets pages of the origins that are listed read it, and no others', async () => {
    for (const path of ['/graphql', '/graphql?x']) {
      const { headers } = await fetch(service.url + path, from(DESK));
      expect(headers.get('access-control-allow-origin')).toBe(DESK);
      expect(headers.get('vary')).toContain('Origin');
      for (const origin of ['https://evil.example', `${DESK}.evil.example`, 'null', DESK.replace('https', 'http')]) {
        expect((await fetch(service.url + path, from(origin))).headers.get('access-control-allow-origin')).toBe(null);
      }
    }
  });

  it('answers browsers that ask whether they may', async () => {
    const asking = (
      origin: string,
    ): Promise<{ status: number; headers: Readonly<Record<string, unknown>>; body: string }> =>
      send(service.url, {
        name: 'preflight',
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
        status: 0,
        code: undefined,
      });
    const allowed = await asking(DESK);
    expect(allowed.status).toBe(204);
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': DESK,
      'access-control-allow-headers': expect.stringContaining('Authorization'),
    });
    const refused = await asking('https://evil.example');
    expect(refused.status).toBe(403);
    expect(refused.headers).not.toHaveProperty('access-control-allow-origin');
    expect(refused.body).toContain('"code":"FORBIDDEN"');
  });
});

describe('whoever asks too often', () => {
  let service: TestService;
  beforeAll(async () => {
    const officer = { token: OFFICER, kind: 'OFFICER', agency: 'urn:khung:so-y-te' } as const;
    service = await startTestService({ KHUNG_REQUESTS_PER_MINUTE: '5' }, [officer]);
  });
  afterAll(() => service.close());

  const ask = (path: string, authorization?: string): Promise<Response> =>
    fetch(service.url + path, {
      headers: { 'accept-language': 'en', ...(authorization !== undefined && { authorization }) },
    });

  it('is refused at every door, and told when to come back; others are answered', async () => {
    for (let count = 0; count < 5; count += 1)
      expect((await ask('/schema.gql', `Bearer forged-${count}`)).status).toBe(200);
    for (const path of ['/', '/schema.gql', `/q/${'0'.repeat(64)}`, '/exports/elements.csv?kind=SYSTEM', '/graphql']) {
      const refused = await ask(path, 'Bearer forged');
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(await refused.json()).toMatchObject({
        errors: [{ code: 'LIMIT_EXCEEDED', reason: 'ASKED_TOO_OFTEN', message: expect.stringContaining('5 requests') }],
      });
    }
    for (const written of ['Bearer', 'bearer', 'BEARER', 'Bearer', 'bEARER']) {
      expect((await ask('/schema.gql', `${written} ${OFFICER} ${written}`)).status).toBe(200);
    }
    expect((await ask('/schema.gql', `Bearer ${OFFICER}`)).status).toBe(429);
    expect((await ask('/schema.gql', `Bearer ${TEST_TOKEN}`)).status).toBe(200);
    expect((await ask('/health/live')).status).toBe(200);
  });
});
