import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { daysLater } from '../../src/core/landscape/calendar-day.js';
import { todayInVietnam } from '../../src/runtime/today.js';
import { openBrowser } from '../support/browser.js';
import { TEST_TOKEN, startTestService } from '../support/service.js';
import type { TestService } from '../support/service.js';

const LGSP = '/desk/doi-tuong/urn:khung:hcm-lgsp';
const PHONE = { width: 390, height: 844 };

let service: TestService;
let browser: Browser;
beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService({ KHUNG_DEMO_PEOPLE: '1' }), openBrowser()]);
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

/** Codes of what axe finds of serious or critical weight, with where it is. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function isWiderThanScreen(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth');
}

/** What the keyboard is on. */
async function focusedText(page: Page): Promise<unknown> {
  return page.evaluate('document.activeElement.innerText');
}

describe('signing in', () => {
  it('leads back to where one was, shows more to a role that sees more, and ends', async () => {
    const page = await open(`${LGSP}#danh-gia`, { locale: 'vi-VN' });
    await page.getByRole('link', { name: 'Đăng nhập' }).click();
    await page.getByRole('link', { name: /người mẫu|người dùng mẫu/i }).click();
    await page.getByRole('button', { name: /\(kiến trúc\)/ }).click();
    await page.waitForURL(`**${LGSP}#danh-gia`);
    const role = page.getByLabel('Vai trò');
    await role.waitFor();
    expect(await role.locator('option:checked').innerText()).toBe('Kiến trúc sư');
    await page.getByText('R-', { exact: false }).first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await Promise.all([page.waitForNavigation(), role.selectOption({ label: 'Công chúng' })]);
    await page.getByText('Bạn chưa có quyền xem phần này').first().waitFor();
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    await page.goto(`${service.url}${LGSP}`);
    await page.getByRole('link', { name: 'Đăng nhập' }).waitFor();
  });
});

describe('finding', () => {
  it('finds the integration platform as one types without marks, and opens it by the keyboard alone', async () => {
    const page = await open('/desk/');
    await page.locator('.kind-card').first().waitFor();
    await page.keyboard.type('nen tang tich hop', { delay: 10 });
    const hit = page.getByRole('option', { name: 'Nền tảng tích hợp, chia sẻ dữ liệu Thành phố (LGSP/HCM ESB)' });
    await hit.waitFor();
    expect(page.url()).toContain('/desk/tim?q=nen+tang+tich+hop');
    expect(await page.getByRole('status').innerText()).toMatch(/Tìm thấy \d+ đối tượng, có đủ mọi từ đã gõ/);
    expect(await hit.locator('mark').first().innerText()).toBe('Nền');
    for (let step = 0; step < 10 && (await hit.getAttribute('data-focused')) === null; step++) {
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /LGSP/ }).waitFor();
    expect(page.url()).toBe(`${service.url}${LGSP}`);
    expect(await page.title()).toContain('LGSP');
    expect(await focusedText(page)).toContain('Nền tảng tích hợp');
  });

  it('says among how much it sought, and that not found is not absent', async () => {
    const page = await open('/desk/tim?q=qwxzkj');
    await page.getByText('Không tìm thấy “qwxzkj”').waitFor();
    expect(await page.innerText('main')).toContain('không có nghĩa là không tồn tại');
    expect(await page.innerText('.coverage')).toMatch(/Tìm trong \d+ đối tượng đã biết/);
  });

  it('tells how a misspelt word was understood', async () => {
    const page = await open('/desk/tim?q=nen%20tnag%20tich%20hop');
    await page.getByRole('option').first().waitFor();
    expect(await page.innerText('main')).toContain('“tnag” được hiểu là');
  });

  it('narrows to a kind, and keeps both in the address', async () => {
    const page = await open('/desk/tim?q=du%20lieu');
    const all = await page.getByRole('status').innerText();
    await page.getByRole('radio', { name: /Cơ sở dữ liệu/ }).click();
    await page.getByText(/đối tượng loại “Cơ sở dữ liệu”/).waitFor();
    expect(await page.getByRole('status').innerText()).not.toBe(all);
    expect(page.url()).toContain('loai=DATABASE');
    await page.reload();
    await page.getByText(/đối tượng loại “Cơ sở dữ liệu”/).waitFor();
    expect(await page.inputValue('input[type=search]')).toBe('du lieu');
  });

  it('shows the best twenty, then fifty, and says that there are more', async () => {
    const page = await open('/desk/tim?q=du%20lieu');
    await page.getByRole('option').first().waitFor();
    expect(await page.getByRole('option').count()).toBe(20);
    await page.getByRole('button', { name: 'Xem thêm' }).click();
    await page.getByText('Chỉ hiển thị 50 kết quả sát nhất').waitFor();
    expect(await page.getByRole('option').count()).toBe(50);
  });

  it('lists a kind page by page until everything is there', async () => {
    const page = await open('/desk/tim?loai=PROJECT');
    await page.getByText('Đang hiển thị 50 trong 62').waitFor();
    await page.getByRole('button', { name: 'Xem thêm' }).click();
    await page.locator('.lines li').nth(61).waitFor();
    expect(await page.getByRole('button', { name: 'Xem thêm' }).count()).toBe(0);
  });
});

describe('the page of an element', () => {
  it('shows facts with their source and confidence, and calls unknown what nobody has told', async () => {
    const page = await open(LGSP);
    const fact = (name: string) => page.locator('.fact', { has: page.locator('dt', { hasText: name }) });
    await fact('Tên tiếng Anh').waitFor();
    expect(await fact('Tên tiếng Anh').innerText()).toMatch(/City data integration.*Tin cậy trung bình.*nguồn 1/s);
    expect(await fact('Cấp độ an toàn').innerText()).toContain('Chưa rõ');
    expect(await page.innerText('.sources')).toContain('ke-hoach-593-2022');
    expect(await page.locator('[aria-current="step"]').innerText()).toMatch(/Đang vận hành\s+chưa rõ ngày/);
    expect(await page.getByRole('meter').getAttribute('aria-valuetext')).toBe('53%');
  });

  it('shows relations both ways, by the keyboard, at an address of their own', async () => {
    const page = await open(LGSP);
    await page.getByRole('tab', { name: 'Thông tin' }).focus();
    await page.keyboard.press('ArrowRight');
    const incoming = page.getByRole('region', { name: 'Đối tượng khác trỏ đến đối tượng này' });
    await incoming.getByRole('link', { name: 'Hệ thống quản lý văn bản và điều hành' }).waitFor();
    const outgoing = page.getByRole('region', { name: 'Đối tượng này cần đến, thuộc về, tác động đến' });
    expect(await outgoing.innerText()).toMatch(/Dùng nền tảng.*\(NDXP\).*Tin cậy cao/s);
    expect(page.url()).toBe(`${service.url}${LGSP}#quan-he`);
  });

  it('follows a relation to the other end, and comes back to where one was', async () => {
    const page = await open(`${LGSP}#quan-he`);
    await page.getByRole('link', { name: 'Hệ thống quản lý văn bản và điều hành' }).click();
    await page.getByRole('heading', { level: 1, name: 'Hệ thống quản lý văn bản và điều hành' }).waitFor();
    await page.goBack();
    await page.getByRole('region', { name: 'Đối tượng khác trỏ đến đối tượng này' }).waitFor();
  });

  it('shows projects, and says where no use is recorded, or none makes sense', async () => {
    const page = await open('/desk/doi-tuong/urn:khung:cong-an-tp#du-an');
    await page.getByRole('table', { name: 'Dự án liên quan' }).waitFor();
    expect(await page.locator('.table .kind').first().innerText()).toBe('Dự án');
    await page.goto(`${service.url}${LGSP}#su-dung`);
    await page.getByText('Chưa ghi nhận cơ quan nào đang dùng; không có nghĩa là không có.').waitFor();
    await page.goto(`${service.url}/desk/doi-tuong/urn:khung:p0087#su-dung`);
    await page.getByText('Loại đối tượng này không có thông tin sử dụng.').waitFor();
  });

  it('says what is missing and whom to ask', async () => {
    const page = await open(LGSP);
    await page.getByRole('link', { name: 'Còn thiếu 6 điều cần biết' }).click();
    await page.getByText('Hệ thống chạy ở đâu?').waitFor();
    expect(await page.locator('.asked li').count()).toBe(6);
    expect(await page.innerText('.asked')).toContain('Hỏi: Trung tâm Chuyển đổi số');
    expect(page.url()).toContain('#con-thieu');
  });

  it('says to the public that findings, treatment and history are for officials', async () => {
    const page = await open(`${LGSP}#danh-gia`, { locale: 'vi-VN' });
    await page.getByText('Bạn chưa có quyền xem phần này').nth(1).waitFor();
    expect(await page.locator('.finding').count()).toBe(0);
    await page.goto(`${service.url}${LGSP}#lich-su`);
    await page.getByText('khách chỉ thấy lần thay đổi gần nhất: phiên bản 1').waitFor();
  });

  it('says clearly that a urn leads to nothing, or is none', async () => {
    const page = await open('/desk/doi-tuong/urn:khung:khong-co');
    await page.getByRole('heading', { name: 'Không tìm thấy đối tượng' }).waitFor();
    expect(await page.innerText('main')).toContain('urn:khung:khong-co');
    await page.goto(`${service.url}/desk/doi-tuong/abc`);
    await page.getByText('phải là: urn:khung:<id>').waitFor();
    expect(await page.getByRole('button', { name: 'Thử lại' }).count()).toBe(0);
    expect(complaints.splice(0)).toEqual([expect.stringContaining('400')]);
    await page.goto(`${service.url}/desk/khong-co-trang`);
    await page.getByRole('heading', { name: 'Không có trang này' }).waitFor();
  });
});

describe('where findings are public', () => {
  const [officer, agency] = ['an-officer', 'urn:khung:tt-cds'];
  let other: TestService;
  beforeAll(async () => {
    other = await startTestService({ KHUNG_FINDINGS_VISIBILITY: 'PUBLIC' }, [
      { token: officer, kind: 'OFFICER', agency },
    ]);
  });
  afterAll(() => other.close());

  async function commit(operations: readonly object[]): Promise<void> {
    const { commitChangeSet } = await other.askAs<{ commitChangeSet: { userErrors: unknown[] } }>(
      TEST_TOKEN,
      'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { message } } }',
      { input: { reason: 'Sở khai báo', operations } },
    );
    expect(commitChangeSet.userErrors).toEqual([]);
  }

  it('shows who uses a system under which name, and of an agency what it uses', async () => {
    const value = {
      kind: 'USES',
      source: 'urn:khung:so-du-lich',
      target: 'urn:khung:hcm-lgsp',
      attributes: { localName: 'Trục LGSP', userCount: 1200 },
    };
    await commit([{ op: 'ADD', urn: 'urn:khung:so-du-lich-lgsp', value, source: 'Công văn 9' }]);
    const page = await open(`${LGSP}#su-dung`, {}, other);
    const users = page.getByRole('table', { name: 'Những cơ quan đang dùng' });
    await users.waitFor();
    expect(await users.innerText()).toMatch(/Sở Du lịch.*Trục LGSP.*1\.200.*Công văn 9/s);
    await users.getByRole('link', { name: 'Sở Du lịch' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sở Du lịch' }).waitFor();
    await page.getByRole('tab', { name: 'Sử dụng' }).click();
    await page
      .getByRole('table', { name: /mà cơ quan dùng/ })
      .getByRole('link', { name: /LGSP/ })
      .waitFor();
  });

  it('shows a failure that is waived, with who has the waiver and until when', async () => {
    const urn = 'urn:khung:hcm-1022';
    const validTo = daysLater(todayInVietnam(), 60);
    await commit([{ op: 'UPDATE', urn, path: 'attributes.hosting', value: 'AGENCY_SERVER', source: 'Công văn 10' }]);
    const { requestWaiver } = await other.askAs<{ requestWaiver: { waiver: { id: string } } }>(
      officer,
      'mutation ($input: RequestWaiverInput!) { requestWaiver(input: $input) { waiver { id } } }',
      {
        input: {
          agency,
          rule: 'R-16',
          subjects: [urn],
          wholeAgency: false,
          validTo,
          reason: 'Chờ chuyển',
          compensatingMeasure: 'Sao lưu hằng ngày',
        },
      },
    );
    const waiver = requestWaiver.waiver.id;
    await other.askAs(
      TEST_TOKEN,
      'mutation ($input: DecideWaiverInput!) { decideWaiver(input: $input) { waiver { id } } }',
      { input: { waiver, decision: 'APPROVE', reason: 'Đồng ý', document: '15/QĐ-SKHCN' } },
    );
    const page = await open(`/desk/doi-tuong/${urn}#danh-gia`, {}, other);
    const finding = page.locator('.finding', { hasText: 'R-16' });
    await finding.waitFor();
    expect(await finding.innerText()).toContain('Không đạt, đang được miễn trừ');
    const until = validTo.split('-').toReversed().join('/');
    expect(await finding.innerText()).toMatch(
      new RegExp(`Miễn trừ ${waiver}: .*DXC.*, có hiệu lực đến hết ngày ${until}`),
    );
  });

  it('shows each with its rule, its citation that nobody verified, what is missing and how to pass', async () => {
    const page = await open(`${LGSP}#danh-gia`, {}, other);
    const finding = page.locator('.finding', { hasText: 'R-16' });
    await finding.waitFor();
    expect(await finding.innerText()).toMatch(/Chưa đủ thông tin.*Chưa đối chiếu bản ký.*Hệ thống chạy ở đâu\?/s);
    const treatment = page.getByRole('region', { name: 'Hướng xử lý' });
    await treatment.getByText('Chuẩn hóa, kết nối, tích hợp').waitFor();
    expect(await treatment.innerText()).toContain('Chưa có quyết định nào');
    expect(await barriers(page)).toEqual([]);
  });
});

describe('throughout', () => {
  it('is English when English is chosen, answers and all, and remembers it', async () => {
    const page = await open(LGSP);
    await page.getByRole('radio', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'City data integration and sharing platform (LGSP)' }).waitFor();
    expect(page.url()).toContain('lang=en');
    await page.getByRole('tab', { name: /Missing/ }).click();
    await page.getByText('Where does it run?').waitFor();
    await page.goto(`${service.url}/desk/`);
    await page.getByRole('heading', { name: 'Find in the architecture' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await page.evaluate('document.querySelector("[lang=vi]").remove()');
    const vietnamese = /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i;
    await page.locator('.kind-card').first().waitFor();
    expect(await page.innerText('body')).not.toMatch(vietnamese);
  });

  it('speaks no English of its widgets on a Vietnamese page', async () => {
    const page = await open('/desk/tim?q=lgsp');
    await page.getByRole('option').first().waitFor();
    const labels = await page.evaluate<string[]>(
      `Array.from(document.querySelectorAll('[aria-label]')).map((e) => e.getAttribute('aria-label'))`,
    );
    expect(labels.toSorted()).toEqual(
      ['Điều hướng', 'Ngôn ngữ', 'Xóa nội dung tìm', 'Loại đối tượng', 'Kết quả'].toSorted(),
    );
  });

  it('is dark as the system is, until one says otherwise', async () => {
    const page = await open('/desk/', { colorScheme: 'dark' });
    const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const choice = page.getByRole('switch', { name: 'Giao diện tối' });
    await choice.waitFor();
    expect(await choice.isChecked()).toBe(true);
    const dark = await ground();
    await page.getByText('Giao diện tối').click();
    expect(await choice.isChecked()).toBe(false);
    expect(await ground()).not.toBe(dark);
    await page.reload();
    await choice.waitFor();
    expect(await choice.isChecked()).toBe(false);
  });

  it('fits a phone', async () => {
    for (const path of ['/desk/', '/desk/tim?q=du%20lieu', LGSP, `${LGSP}#quan-he`, `${LGSP}#con-thieu`]) {
      const page = await open(path, { viewport: PHONE });
      await page.waitForLoadState('networkidle');
      expect([path, await isWiderThanScreen(page)]).toEqual([path, false]);
      await page.close();
    }
  });

  it.each(['light', 'dark'] as const)('has no serious barrier in the %s, on each of its pages', async (colorScheme) => {
    for (const path of [
      '/desk/',
      '/desk/tim?q=du%20lieu',
      '/desk/tim?loai=PLATFORM',
      LGSP,
      `${LGSP}#quan-he`,
      `${LGSP}#danh-gia`,
      `${LGSP}#con-thieu`,
      '/desk/doi-tuong/urn:khung:khong-co',
    ]) {
      const page = await open(path, { colorScheme });
      await page.waitForLoadState('networkidle');
      expect([path, await barriers(page)]).toEqual([path, []]);
      await page.close();
    }
  });

  it('keeps what was typed when the server does not answer, and asks again', async () => {
    const page = await open('/desk/');
    await page.locator('.kind-card').first().waitFor();
    await page.route('**/graphql', (route) => route.abort());
    await page.keyboard.type('lgsp');
    await page.getByRole('alert').getByText('Không kết nối được máy chủ').waitFor();
    expect(await page.inputValue('input[type=search]')).toBe('lgsp');
    expect(page.url()).toContain('q=lgsp');
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Thử lại' }).click();
    await page.getByRole('option').first().waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining('ERR_FAILED')]);
  });

  it('says what the service says when it can not answer, and asks again', async () => {
    const page = await open('/desk/');
    await page.locator('.kind-card').first().waitFor();
    const refusal = {
      errors: [{ message: 'Cơ sở dữ liệu tạm thời không phục vụ được.', extensions: { code: 'UNAVAILABLE' } }],
    };
    await page.route('**/graphql', (route) => route.fulfill({ status: 503, json: refusal }));
    await page.goto(`${service.url}${LGSP}#quan-he`);
    await page.getByRole('alert').getByText('Tạm thời chưa phục vụ được').waitFor();
    expect(await page.innerText('[role=alert]')).toContain('Cơ sở dữ liệu tạm thời không phục vụ được.');
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Thử lại' }).click();
    await page.getByRole('region', { name: 'Đối tượng khác trỏ đến đối tượng này' }).waitFor();
    // The page and its header ask for themselves.
    expect([...new Set(complaints.splice(0))]).toEqual([expect.stringContaining('503')]);
  });

  it('gives a list that failed on its way another try, and keeps what was read', async () => {
    const page = await open('/desk/tim?loai=PROJECT');
    await page.getByText('Đang hiển thị 50 trong 62').waitFor();
    await page.route('**/graphql', (route) => route.abort());
    await page.getByRole('button', { name: 'Xem thêm' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.locator('.lines li').count()).toBe(50);
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Thử lại' }).click();
    await page.locator('.lines li').nth(61).waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining('ERR_FAILED')]);
  });
});

describe('what is served', () => {
  const built = join(import.meta.dirname, '../../dist/src/web/desk');

  it('needs less than 250 kB of JavaScript for the first page', () => {
    const scripts = readdirSync(join(built, 'assets')).filter((file) => file.endsWith('.js'));
    const sizes = scripts.map((file) => gzipSync(readFileSync(join(built, 'assets', file))).length);
    expect(scripts.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250_000);
  });

  it('keeps what has its hash in its name, asks for the index anew, and never gives it for a file', async () => {
    const index = await fetch(`${service.url}${LGSP}`);
    expect(index.headers.get('cache-control')).toBe('no-cache');
    expect(index.headers.get('content-security-policy')).toContain("default-src 'self'");
    const [, script = ''] = /src="(\/desk\/assets\/[^"]+\.js)"/.exec(await index.text()) ?? [];
    const asset = await fetch(`${service.url}${script}`);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-encoding')).toBe('gzip');
    expect(asset.headers.get('content-type')).toContain('text/javascript');
    const plain = await fetch(`${service.url}${script}`, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('vary')).toContain('Accept-Encoding');
    expect(await plain.text()).toBe(await asset.text());
    expect((await fetch(`${service.url}/desk/assets/gone.js`)).status).toBe(404);
  });

  it('is reached from the front page', async () => {
    const page = await open('/');
    await page.getByRole('link', { name: 'Tra cứu kiến trúc' }).click();
    await page.getByRole('heading', { name: 'Tra cứu kiến trúc số' }).waitFor();
  });
});
