import { isUrn } from '../core/landscape/model.js';
import { WORK_TYPES } from '../core/landscape/proposal.js';
import { urnOfCapability } from '../core/similarity/lexicon.js';
import { compileAbbreviations, normalise } from '../core/similarity/normalise.js';
import { TextReader } from '../core/similarity/text-reading.js';
import { readReferenceJson } from '../runtime/reference-file.js';
import { readLanguageData } from './language-data.reader.js';

const language = readLanguageData();

describe('the language data that ships', () => {
  it('has a capability for each of its codes, named in both languages', () => {
    const codes = language.capabilities.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThanOrEqual(150);
    for (const { code, nameVi, nameEn, provision, aliases, negativeContexts } of language.capabilities) {
      expect(code).toMatch(/^[A-Z][A-Z0-9_]*$/);
      expect([nameVi, nameEn].every((name) => name.length > 2)).toBe(true);
      expect(['COMMON', 'SECTOR']).toContain(provision);
      expect(aliases.length).toBeGreaterThan(0);
      expect(new Set(aliases).size).toBe(aliases.length);
      expect(negativeContexts.every((context) => context.trim() !== '')).toBe(true);
    }
  });

  it('names as neighbours a few other capabilities, each of which names it in return', () => {
    const { capabilities } = readReferenceJson('hcmc/capabilities.json') as {
      readonly capabilities: readonly { readonly code: string; readonly near: readonly string[] }[];
    };
    const near = new Map(capabilities.map((capability) => [capability.code, new Set(capability.near)]));
    for (const { code, near: neighbours } of capabilities) {
      expect(new Set(neighbours).size).toBe(neighbours.length);
      expect(neighbours.length).toBeLessThanOrEqual(5);
      expect(neighbours).not.toContain(code);
      for (const neighbour of neighbours) {
        expect({ code, neighbour, returned: near.get(neighbour)?.has(code) }).toEqual({
          code,
          neighbour,
          returned: true,
        });
      }
    }
    expect(capabilities.filter((capability) => capability.near.length > 0).length).toBeGreaterThan(150);
  });

  it('declares each capability by a urn that is read back', () => {
    const { lexicon } = new TextReader(language, []);
    for (const { code } of language.capabilities) {
      expect(isUrn(urnOfCapability(code))).toBe(true);
      expect(lexicon.codeOfUrn(urnOfCapability(code))).toBe(code);
    }
  });

  it('gives each name, read without its marks, to one capability', () => {
    const abbreviations = compileAbbreviations(language.abbreviations);
    const phrase = (name: string): string =>
      normalise(name, abbreviations)
        .map(({ text }) => text)
        .join(' ');
    const owners = new Map<string, string>();
    for (const { code, nameVi, nameEn, aliases } of language.capabilities) {
      for (const name of [nameVi, nameEn, ...aliases]) {
        expect({ name, owner: owners.get(phrase(name)) ?? code }).toEqual({ name, owner: code });
        owners.set(phrase(name), code);
      }
    }
    for (const { negativeContexts } of language.capabilities) {
      for (const context of negativeContexts) {
        expect({ context, owner: owners.get(phrase(context)) }).toEqual({ context, owner: undefined });
      }
    }
  });

  it('has one expansion for each abbreviation', () => {
    const abbreviations = language.abbreviations.map(({ abbreviation }) => abbreviation);
    expect(new Set(abbreviations).size).toBe(abbreviations.length);
    for (const { abbreviation, expansion } of language.abbreviations) {
      expect(abbreviation).not.toBe('');
      expect(expansion.toLowerCase()).not.toBe(abbreviation.toLowerCase());
    }
  });

  it('knows the kinds of work by words of its own', () => {
    for (const { workType, phrases } of language.workWords) {
      expect(WORK_TYPES).toContain(workType);
      expect(phrases.length).toBeGreaterThan(0);
    }
  });

  it('reads each capability by its Vietnamese name, with marks and without', () => {
    const reader = new TextReader(language, []);
    for (const { code, nameVi } of language.capabilities) {
      if (!nameVi.includes(' ')) continue;
      for (const text of [nameVi, nameVi.normalize('NFD'), nameVi.toUpperCase()]) {
        expect({ text, codes: reader.read(text).tags.map((tag) => tag.code) }).toEqual({
          text,
          codes: expect.arrayContaining([code]),
        });
      }
    }
  });
});
