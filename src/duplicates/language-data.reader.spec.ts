import { WORK_TYPES } from '../core/landscape/proposal.js';
import { TextReader } from '../core/similarity/text-reading.js';
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
