import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { daysLater } from '../../src/core/landscape/calendar-day.js';
import { todayInVietnam } from '../../src/runtime/today.js';
import { openBrowser } from '../support/browser.js';
import { TEST_TOKEN, startTestService } from '../support/service.js';
import type { TestService } from '../support/service.js';

let service: TestService;
let browser: Browser;
beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

/** What a page may never do: fail, break its policy, or ask another host. */
let complaints: string[];
beforeEach(() => {
  complaints = [];
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await Promise.all(browser.contexts().map((context) => context.close()));
});

async function open(path: string, options: BrowserContextOptions = {}, on: TestService = service): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(on.url)) complaints.push(request.url());
  });
  await page.goto(`${on.url}${path}`);
  return page;
}

async function check(page: Page): Promise<string> {
  await page.click('#submit');
  await page.waitForSelector('#answer:not([hidden])');
  await page.waitForSelector('#submit:not([disabled])');
  return page.innerText('#answer');
}

async function widerThanScreen(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth');
}

const PLAN =
  'STT,Tên nhiệm vụ\n1,Xây dựng phần mềm quản lý văn bản và điều hành\n2,Hệ thống quản lý văn bản và điều hành\n';

describe('a whole plan', () => {
  const file = (text: string) => ({ name: 'ke-hoach.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

  it('is answered on the page, in either language, and comes back as a file', async () => {
    const page = await open('/');
    await page.setInputFiles('#plan-file', file(PLAN));
    await page.click('#plan-submit');
    await page.waitForSelector('#plan-answer:not([hidden])');
    expect(await page.innerText('#plan-answer')).toMatch(/2 dòng, đối chiếu với 192 đối tượng/);
    expect(await page.innerText('#plan-answer')).toContain('urn:khung:hcm-qlvb');
    expect(await page.innerText('#plan-answer')).toContain('Trong danh sách, dòng 3');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#plan-download')]);
    expect(download.suggestedFilename()).toBe('ke-hoach-khung.csv');
    await page.click('[data-language="EN"]');
    await page.waitForFunction("document.querySelector('#plan-answer').innerText.includes('2 lines')");
    expect(await widerThanScreen(page)).toBe(false);
  });

  it('that can not be read is told why', async () => {
    const page = await open('/');
    await page.click('#plan-submit');
    expect(await page.innerText('#plan-problems')).toContain('Hãy chọn một tệp');
    await page.setInputFiles('#plan-file', file('không có bảng nào'));
    await page.click('#plan-submit');
    await page.waitForFunction("document.querySelector('#plan-problems').innerText.includes('dòng tiêu đề')");
    // The browser itself tells of the refusal, which is what is asked for here.
    complaints = complaints.filter((complaint) => !complaint.includes('400'));
  });
});

describe('a failure that is waived', () => {
  const [officer, agency] = ['an-officer', 'urn:khung:so-du-lich'];
  let other: TestService;
  beforeAll(async () => {
    other = await startTestService({ KHUNG_FINDINGS_VISIBILITY: 'PUBLIC' }, [
      { token: officer, kind: 'OFFICER', agency },
    ]);
  });
  afterAll(() => other.close());

  it('stands in a group of its own, with who has the waiver and until when', async () => {
    const validTo = daysLater(todayInVietnam(), 60);
    const input = {
      agency,
      rule: 'R-05',
      subjects: [],
      wholeAgency: true,
      validTo,
      reason: 'Chờ rà soát',
      compensatingMeasure: 'Chỉ xây phần còn thiếu',
    };
    const { requestWaiver } = await other.askAs<{ requestWaiver: { waiver: { id: string } } }>(
      officer,
      'mutation ($input: RequestWaiverInput!) { requestWaiver(input: $input) { waiver { id } } }',
      { input },
    );
    const waiver = requestWaiver.waiver.id;
    await other.askAs(
      TEST_TOKEN,
      'mutation ($input: DecideWaiverInput!) { decideWaiver(input: $input) { waiver { id } } }',
      { input: { waiver, decision: 'APPROVE', reason: 'Đồng ý', document: '15/QĐ-SKHCN' } },
    );
    const page = await open('/', {}, other);
    await page.waitForSelector('.counts');
    await page.click('[data-example="duplicate"]');
    await check(page);
    const waived = await page.locator('.outcome.waived').innerText();
    expect(waived).toContain('Không đạt, đang được miễn trừ (1)');
    expect(waived).toContain('R-05');
    expect(waived).toContain(
      `Miễn trừ ${waiver}: Sở Du lịch, có hiệu lực đến hết ngày ${validTo.split('-').toReversed().join('/')}`,
    );
    for (const group of ['.outcome.fail', '.outcome.pass']) {
      expect(await page.locator(group, { hasText: 'R-05' }).count()).toBe(0);
    }
  });
});

describe('the front page', () => {
  it('tells an officer which system of the city already does it, and moves the focus there', async () => {
    const page = await open('/');
    await page.waitForSelector('.counts');
    await page.click('[data-example="duplicate"]');
    const answer = await check(page);
    for (const part of [
      'Chưa phù hợp',
      'Hệ thống quản lý văn bản và điều hành',
      'Trùng lặp',
      'Dùng lại nguyên trạng',
      'Đỏ · không đạt',
      'chưa đối chiếu bản ký',
      'đối tượng đã biết',
    ]) {
      expect(answer).toContain(part);
    }
    expect(await page.evaluate('document.activeElement.id')).toBe('answer');
    expect(await page.locator('.light').count()).toBe(5);
  });

  it('counts what is reused as answered when a candidate is taken', async () => {
    const page = await open('/');
    await page.waitForSelector('.counts');
    await page.click('[data-example="duplicate"]');
    await check(page);
    expect(await page.locator('.outcome.fail', { hasText: 'R-05' }).count()).toBe(1);
    await page.locator('.candidates button').first().click();
    await page.locator('.outcome.fail', { hasText: 'R-05' }).waitFor({ state: 'detached' });
    expect(await page.innerText('#reuses ul')).toContain('Hệ thống quản lý văn bản và điều hành');
  });

  it('shows what is hurt when an existing system, found without marks, is withdrawn', async () => {
    const page = await open('/');
    await page.fill('#title', 'Thay nền tảng tích hợp của Thành phố');
    await page.locator('#retires-words').pressSequentially('nen tang tich hop');
    await page.waitForSelector('#retires-offers option[value*="hcm-lgsp"]', { state: 'attached' });
    const offer = await page.locator('#retires-offers option[value*="hcm-lgsp"]').getAttribute('value');
    await page.fill('#retires-words', offer ?? '');
    expect(await check(page)).toMatch(/LGSP.*: [1-9]\d* đối tượng bị ảnh hưởng/);
  });

  it('is English throughout when English is chosen, and remembers it', async () => {
    const page = await open('/');
    await page.click('[data-language="EN"]');
    await page.locator('.counts', { hasText: 'Agencies' }).waitFor();
    expect(page.url()).toContain('lang=en');
    await page.evaluate('document.querySelector("[lang=vi]").remove()');
    const vietnamese = /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i;
    expect(await page.innerText('body')).not.toMatch(vietnamese);
    expect(await page.locator('option', { hasText: vietnamese }).count()).toBe(0);
    await page.goto(service.url);
    expect(await page.getAttribute('html', 'lang')).toBe('en');
  });

  it('asks again in the other language when the answer is there', async () => {
    const page = await open('/');
    await page.waitForSelector('.counts');
    await page.click('[data-example="fresh"]');
    await check(page);
    await page.click('[data-language="EN"]');
    await page.locator('#answer', { hasText: 'Law applied' }).waitFor();
    expect(await page.innerText('#answer')).toContain('not verified against the signed text');
  });

  it('names the field that is wrong, before and after asking', async () => {
    const page = await open('/');
    await page.waitForSelector('.counts');
    await page.click('#submit');
    expect(await page.innerText('#problems')).toContain('Cần có tên dự án.');
    expect(await page.getAttribute('#title', 'aria-invalid')).toBe('true');
    await page.fill('#title', 'Một phần mềm');
    await page.fill('[data-part="description"]', 'Chức năng chưa có tên');
    await page.click('#submit');
    await page.waitForSelector('#problems code');
    expect(await page.innerText('#problems')).toContain('input › components › 0 › name');
    expect(await page.getAttribute('[data-part="name"]', 'aria-invalid')).toBe('true');
  });

  it('says so in the language of the page when the server does not answer, and keeps what was typed', async () => {
    const page = await open('/');
    await page.waitForSelector('.counts');
    await page.fill('#title', 'Một phần mềm');
    await page.route('**/graphql', (route) => route.abort());
    await page.click('#submit');
    await page.waitForSelector('#problems:not([hidden])');
    expect(await page.innerText('#problems')).toContain('Máy chủ không trả lời');
    expect(await page.inputValue('#title')).toBe('Một phần mềm');
    expect(complaints.splice(0)).toEqual([expect.stringContaining('ERR_FAILED')]);
  });

  it('gives every control a name', async () => {
    const page = await open('/');
    const nameless = await page.evaluate(
      `Array.from(document.querySelectorAll('input, select, textarea')).filter((e) => !e.labels?.length).map((e) => e.id)`,
    );
    expect(nameless).toEqual([]);
  });

  it('fits a phone, in the dark, with its answer', async () => {
    const page = await open('/', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    await page.waitForSelector('.counts');
    expect(await widerThanScreen(page)).toBe(false);
    await page.click('[data-example="duplicate"]');
    await check(page);
    expect(await widerThanScreen(page)).toBe(false);
  });

  it('prints the answer alone', async () => {
    const page = await open('/');
    await page.waitForSelector('.counts');
    await page.click('[data-example="duplicate"]');
    await check(page);
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('#answer')).toBe(true);
    for (const hidden of ['.top', '#proposal', '.hero', 'footer', '#answer button']) {
      expect([hidden, await page.locator(hidden).first().isVisible()]).toEqual([hidden, false]);
    }
  });
});

describe('the explorer', () => {
  it('runs the saved question that the address asks for, and the next one that is chosen', async () => {
    const page = await open('/explorer.html?example=shortest-paths');
    await page.click('.graphiql-execute-button');
    await page.locator('.result-window', { hasText: 'traversedForward' }).waitFor();
    await page.selectOption('#example', 'counts');
    await page.locator('.graphiql-query-editor', { hasText: 'query Counts' }).waitFor();
    await page.click('.graphiql-execute-button');
    await page.locator('.result-window', { hasText: 'relationCount' }).waitFor();
  });

  it('sends the token with the question, and only then is the report given', async () => {
    const page = await open('/explorer.html?example=compliance');
    await page.click('.graphiql-execute-button');
    await page.locator('.result-window', { hasText: 'FORBIDDEN' }).waitFor();
    await page.fill('#token', TEST_TOKEN);
    await page.click('.graphiql-execute-button');
    await page.locator('.result-window', { hasText: 'needsEvidence' }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#report')]);
    expect(download.suggestedFilename()).toBe('compliance-by-agency.csv');
  });

  it('opens on one object where a candidate links to it', async () => {
    const variables = encodeURIComponent('{"urn":"urn:khung:hcm-qlvb"}');
    const page = await open(`/explorer.html?example=element&variables=${variables}`);
    await page.click('.graphiql-execute-button');
    await page.locator('.result-window', { hasText: 'hcm-qlvb' }).waitFor();
  });
});
