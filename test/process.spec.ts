import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask, commitSystem, freshFolder, run, serve } from './support/process.js';
import type { Serving } from './support/process.js';

// Each start of a process on a fresh folder takes seconds, and a loaded machine takes several times as long.
jest.setTimeout(240_000);

const REVISION = '{ landscape { revision } }';

async function revisionOf(service: Serving): Promise<number> {
  return (await ask<{ landscape: { revision: number } }>(service, REVISION)).landscape.revision;
}

function proposalFile(folder: string, content: unknown): string {
  const file = join(folder, 'proposal.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const PROPOSAL = {
  title: 'Phần mềm quản lý văn bản và điều hành Sở Du lịch',
  agency: 'urn:khung:so-du-lich',
  workType: 'BUILD',
  components: [{ name: 'Quản lý văn bản đi, đến' }],
};

describe('beside a running service', () => {
  const folder = freshFolder();
  let service: Serving;
  beforeAll(async () => {
    service = await serve(folder);
  });
  afterAll(async () => {
    await service.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  it('a second one on the same folder is refused, and told by whom', async () => {
    const { code, output } = await run(folder, 'serve');
    expect(code).toBe(1);
    expect(output).toContain(`đang được tiến trình ${service.pid} sử dụng`);
    expect(output).toContain(`in use by process ${service.pid}`);
    expect(output).not.toContain('    at ');
  });

  it('a proposal is checked, for people and for programs', async () => {
    const people = await run(folder, 'check', proposalFile(folder, PROPOSAL), '--language', 'en');
    expect([people.code, people.output]).toEqual([0, expect.stringContaining('DOES NOT CONFORM')]);
    const programs = await run(folder, 'check', proposalFile(folder, { proposal: PROPOSAL }), '--json');
    expect(JSON.parse(programs.output)).toMatchObject({ check: { verdict: 'DOES_NOT_CONFORM' }, userErrors: [] });
  });

  it('a change set is loaded from a file, or refused with a path', async () => {
    const operations = [{ op: 'ADD', urn: 'urn:khung:tu-tep', value: { kind: 'SYSTEM', name: 'Từ tệp' } }];
    const file = proposalFile(folder, { reason: 'Nạp tệp', operations });
    const before = await revisionOf(service);
    expect((await run(folder, 'load', file, '--dry-run')).output).toContain(`Revision ${before + 1}`);
    expect(await revisionOf(service)).toBe(before);
    expect((await run(folder, 'load', file)).output).toContain(`Revision ${before + 1}`);
    const again = await run(folder, 'load', file);
    expect([again.code, again.output]).toEqual([1, expect.stringContaining('operations.0.urn')]);
  });

  it('a restore is refused', async () => {
    const file = join(folder, 'saved.gz');
    expect((await run(folder, 'backup', file)).code).toBe(0);
    expect((await run(folder, 'restore', file)).code).toBe(1);
  });
});

describe('a proposal file that can not be read', () => {
  const folder = freshFolder();
  it.each([
    ['no JSON', '{"title":', 'proposal.json'],
    ['an agency nobody knows', { ...PROPOSAL, agency: 'urn:khung:khong-co' }, 'input.agency'],
    ['a misspelt answer', { ...PROPOSAL, answers: [{ field: 'hostin', value: 1 }] }, 'input.answers.0.field'],
    ['a misspelt field', { ...PROPOSAL, titel: 'x' }, 'titel'],
  ])('with %s is told with its place', async (_what, content, place) => {
    const { code, output } = await run(folder, 'check', proposalFile(folder, content));
    expect([code, output]).toEqual([1, expect.stringContaining(place)]);
    expect(output).not.toContain('    at ');
  });
});

describe('a data folder', () => {
  it('keeps its revision over a clean end, which releases it', async () => {
    const folder = freshFolder();
    const first = await serve(folder);
    const revision = await commitSystem(first, 'truoc-khi-dung');
    expect(await first.end('SIGTERM')).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'lock'))).toBe(false);
    const second = await serve(folder);
    expect(await revisionOf(second)).toBe(revision);
    await second.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  it('loses nothing that was acknowledged when the process is killed', async () => {
    const folder = freshFolder();
    let acknowledged = 0;
    for (const round of [1, 2, 3]) {
      const service = await serve(folder);
      expect(await revisionOf(service)).toBeGreaterThanOrEqual(acknowledged);
      const killed = new Promise((resolve) => setTimeout(resolve, 150)).then(() => service.end('SIGKILL'));
      for (let index = 0; ; index += 1) {
        try {
          acknowledged = await commitSystem(service, `vong-${round}-${index}`);
        } catch {
          // The connection broke: the process is gone, and this one was not acknowledged.
          break;
        }
      }
      expect(await killed).toMatchObject({ signal: 'SIGKILL' });
      expect(readFileSync(join(folder, 'lock'), 'utf8')).toContain(`${service.pid}`);
    }
    const service = await serve(folder);
    expect(acknowledged).toBeGreaterThan(3);
    expect(await revisionOf(service)).toBeGreaterThanOrEqual(acknowledged);
    await service.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  it('comes back from a backup after it was deleted, with the same hash', async () => {
    const folder = freshFolder();
    const file = join(freshFolder(), 'saved.gz');
    const service = await serve(folder);
    await commitSystem(service, 'giu-lai');
    await service.end('SIGTERM');
    expect((await run(folder, 'backup', file)).code).toBe(0);
    rmSync(folder, { recursive: true });
    const restored = await run(folder, 'restore', file);
    const [hash] = /[0-9a-f]{64}/.exec(restored.output) ?? [];
    expect([restored.code, hash]).toEqual([0, expect.any(String)]);
    const again = join(freshFolder(), 'again.gz');
    await run(folder, 'backup', again);
    rmSync(folder, { recursive: true });
    expect((await run(folder, 'restore', again)).output).toContain(hash ?? 'no hash');
    rmSync(folder, { recursive: true });
  });
});
