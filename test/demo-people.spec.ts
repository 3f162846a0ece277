import { readFileSync } from 'node:fs';
import { migratedFolder, runWith, serve } from './support/process.js';
import { BrowserClient, signInAs } from './support/sign-in/browser-client.js';

/** Says that the library behind the issuer of demo people is not there, as in an installation for real use. */
const HOOK = `export async function resolve(specifier, context, next) {
  if (/^oidc-provider$|development-issuer[.]js$/.test(specifier)) throw new Error('not installed: ' + specifier);
  return next(specifier, context);
}`;
const REGISTERED = `import { register } from 'node:module'; register('${asModule(HOOK)}');`;
const WITHOUT_LIBRARY = { NODE_OPTIONS: `--import=${asModule(REGISTERED)}` };
const DEMO = { KHUNG_DEMO_PEOPLE: '1' };
const DOCUMENT = '/development-issuer/.well-known/openid-configuration';
const ME = '{ me { role person { name } } }';

function asModule(text: string): string {
  return `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
}

/** Under the name that people are sent back to. */
function named(url: string): string {
  return url.replace('127.0.0.1', 'localhost');
}

describe('demo people', () => {
  it('are not there in production, nor is what would let them in ever read', async () => {
    const service = await serve(migratedFolder(), { KHUNG_MODE: 'production', ...WITHOUT_LIBRARY });
    for (const path of [DOCUMENT, '/development-issuer/auth', '/development-issuer/people/1', '/sign-in/issuer']) {
      expect([path, (await fetch(service.url + path)).status]).toEqual([path, 404]);
    }
    const page = await new BrowserClient().visit(`${service.url}/sign-in`);
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('BẢN THỬ NGHIỆM');
    const { output } = await service.end('SIGTERM');
    expect(output).not.toContain('not installed');
  });

  it('need what is not installed there where the service is tried out', async () => {
    const service = await serve(migratedFolder(), { ...DEMO, ...WITHOUT_LIBRARY });
    expect((await fetch(service.url + DOCUMENT)).status).toBe(500);
    const { output } = await service.end('SIGTERM');
    expect(output).toContain('not installed: ./development-issuer.js');
  });

  it('are there only where they were asked for', async () => {
    const service = await serve(migratedFolder(), WITHOUT_LIBRARY);
    for (const path of [DOCUMENT, '/sign-in/issuer']) {
      expect([path, (await fetch(service.url + path)).status]).toEqual([path, 404]);
    }
    expect((await service.end('SIGTERM')).output).not.toMatch(/TRIAL|not installed/);
    const refused = await runWith({ ...DEMO, KHUNG_MODE: 'production' }, migratedFolder(), 'serve');
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('demo people are not for real data (KHUNG_MODE=production)');
  });

  it('are asked for by the start of a trial, and not where it is told that people and data are real', async () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
    expect(scripts.start).toBe('node dist/src/cli.js serve --demo');
    const trial = await serve(migratedFolder(), {}, ['--demo']);
    expect((await fetch(named(trial.url) + DOCUMENT)).status).toBe(200);
    expect((await trial.end('SIGTERM')).output).toContain('TRIAL: anybody at this machine may sign in');
    const real = await serve(migratedFolder(), { KHUNG_MODE: 'production' }, ['--demo']);
    expect((await fetch(named(real.url) + DOCUMENT)).status).toBe(404);
    await real.end('SIGTERM');
  });

  it('do not stay in once they are not asked for, and keep real people from their data', async () => {
    const folder = migratedFolder();
    const browser = new BrowserClient();
    const tried = await serve(folder, DEMO);
    await signInAs(browser, named(tried.url), 'mau-quan-tri');
    expect(await browser.ask(named(tried.url), ME)).toMatchObject({ data: { me: { role: 'ADMINISTRATOR' } } });
    await tried.end('SIGTERM');
    const refused = await runWith({ KHUNG_MODE: 'production' }, folder, 'serve');
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('Cơ sở dữ liệu này đã được chạy thử với người dùng mẫu');
    expect(refused.output).toContain('Begin with another data folder or database.');
    expect(refused.output).not.toContain('    at ');
    const without = await serve(folder);
    expect(await browser.ask(named(without.url), ME)).toMatchObject({
      errors: [{ extensions: { reason: 'SESSION_ENDED' } }],
    });
    await without.end('SIGTERM');
  });
});
