import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAccessTokens } from './access-tokens.js';
import { ConfigWrong } from './config.js';

const folder = mkdtempSync(join(tmpdir(), 'khung-tokens-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sha256 = createHash('sha256').update('ma-can-bo').digest('hex');
const OFFICER = { sha256, kind: 'OFFICER', agency: 'urn:khung:so-y-te', grants: ['urn:khung:hcm-lgsp'] };

function written(content: unknown): string {
  const file = join(folder, 'tokens.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('the file of tokens', () => {
  it('says who asks with which token', () => {
    const architect = { sha256: sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0')), kind: 'ARCHITECT' };
    const tokens = readAccessTokens(written([OFFICER, architect]));
    expect([...tokens.values()]).toEqual([
      { kind: 'OFFICER', agency: 'urn:khung:so-y-te', grants: ['urn:khung:hcm-lgsp'] },
      { kind: 'ARCHITECT', grants: [] },
    ]);
  });

  it('may be missing: then there is the administrator alone', () => {
    expect(readAccessTokens(undefined).size).toBe(0);
  });

  it.each([
    ['is not JSON', '['],
    ['is no list', {}],
    ['has an entry that is none', [1]],
    ['has a hash that is none', [{ ...OFFICER, sha256: 'abc' }]],
    ['has one token twice', [OFFICER, OFFICER]],
    ['has an officer of no agency', [{ ...OFFICER, agency: undefined }]],
    ['has an architect of an agency', [{ ...OFFICER, kind: 'ARCHITECT' }]],
    ['makes an administrator', [{ sha256, kind: 'ADMINISTRATOR' }]],
    ['grants what has no urn', [{ ...OFFICER, grants: ['hcm-lgsp'] }]],
    ['grants no list', [{ ...OFFICER, grants: 'urn:khung:hcm-lgsp' }]],
    ['has a field that nobody knows', [{ ...OFFICER, role: 'x' }]],
  ])('that %s lets nobody in', (_what, content) => {
    expect(() => readAccessTokens(written(content))).toThrow(ConfigWrong);
  });

  it('that is not there lets nobody in', () => {
    expect(() => readAccessTokens(join(folder, 'missing.json'))).toThrow(ConfigWrong);
  });
});
