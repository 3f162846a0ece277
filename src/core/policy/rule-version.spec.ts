import { urnOf } from '../../../test/support/landscapes.js';
import type { Citation, Rule, RulePack } from './rule.js';
import { withdrawalIssues } from './rule-acts.js';
import { citationKey, packAfter } from './rule-version.js';
import type { RuleEvent, RuleVersion } from './rule-version.js';

const text = { vi: 'Văn bản', en: 'Text' };
const CITATION: Citation = {
  instrument: urnOf('luat-mau'),
  article: 'Điều 1',
  text,
  url: null,
  confidence: 'HIGH',
  verification: 'UNVERIFIED',
  verifiedBy: null,
  verifiedOn: null,
};
const OTHER: Citation = { ...CITATION, article: 'Điều 2' };

function rule(code: string, more: Partial<Rule> = {}): Rule {
  return {
    code,
    title: text,
    severity: 'MAJOR',
    enforcement: 'WARN',
    tier: 1,
    citations: [CITATION],
    effectiveFrom: '2026-01-01',
    effectiveTo: null,
    fixHint: text,
    cases: [{ appliesTo: ['SYSTEM'], appliesWhen: null, expression: 'true', values: {}, messages: {}, examples: [] }],
    ...more,
  } as Rule;
}

const SHIPPED = {
  code: 'mau',
  version: '2026.1',
  title: text,
  state: 'ACTIVE',
  effectiveFrom: null,
  effectiveTo: null,
  questions: {},
  words: {},
  rules: [rule('R-1'), rule('R-2')],
} as unknown as RulePack;

const published = (number: number, of: Rule): RuleEvent => {
  return { kind: 'PUBLISHED', number, on: '2026-03-01', code: of.code, rule: of };
};
const withdrawn = (number: number, code: string, from: string): RuleEvent => {
  return { kind: 'WITHDRAWN', number, on: '2026-03-05', code, from };
};
const verified = (number: number, code: string, citation: Citation): RuleEvent => {
  const known = { citation: citationKey(citation), verifiedBy: 'Nguyễn Văn A' };
  return { kind: 'CITATION_VERIFIED', number, on: '2026-03-06', code, ...known };
};

function inUse(code: string, events: readonly RuleEvent[]): RuleVersion {
  const version = packAfter(SHIPPED, events).versions.get(code);
  if (version === undefined) throw new Error(`No rule ${code}.`);
  return version;
}

describe('the pack in use', () => {
  it('is the one that was shipped, while nothing was published', () => {
    const { pack, versions } = packAfter(SHIPPED, []);
    expect(pack).toEqual(SHIPPED);
    expect([...versions.values()].map(({ version, publishedOn }) => [version, publishedOn])).toEqual([
      ['2026.1', null],
      ['2026.1', null],
    ]);
  });

  it('has what was published in the place of what it replaces, and new rules last', () => {
    const events = [published(3, rule('R-9')), published(7, rule('R-1', { severity: 'MINOR' }))];
    const { pack, versions } = packAfter(SHIPPED, events);
    expect(pack.version).toBe('2026.1+7');
    expect(pack.rules.map(({ code, severity }) => [code, severity])).toEqual([
      ['R-1', 'MINOR'],
      ['R-2', 'MAJOR'],
      ['R-9', 'MAJOR'],
    ]);
    expect(versions.get('R-1')).toMatchObject({ version: '7', publishedOn: '2026-03-01' });
    expect(versions.get('R-9')).toMatchObject({ version: '3' });
  });

  it('of an earlier number is what it was then', () => {
    const events = [published(3, rule('R-1', { severity: 'INFO' })), published(7, rule('R-1', { severity: 'MINOR' }))];
    const { pack } = packAfter(SHIPPED, events.slice(0, 1));
    expect([pack.version, pack.rules[0]?.severity]).toEqual(['2026.1+3', 'INFO']);
  });
});

describe('a rule that is withdrawn', () => {
  it('is in effect until the day before', () => {
    expect(inUse('R-1', [withdrawn(1, 'R-1', '2026-05-01')])).toMatchObject({
      rule: { effectiveTo: '2026-04-30' },
      withdrawnFrom: '2026-05-01',
    });
    expect(inUse('R-2', [withdrawn(1, 'R-1', '2026-05-01')]).rule.effectiveTo).toBeNull();
  });

  it.each([
    ['2026-04-29', '2026-04-29'],
    ['2026-04', '2026-04-30'],
    ['2026', '2026-04-30'],
    ['2026-12-31', '2026-04-30'],
  ])('that ends with %s ends with %s', (effectiveTo, expected) => {
    const events = [published(1, rule('R-1', { effectiveTo })), withdrawn(2, 'R-1', '2026-05-01')];
    expect(inUse('R-1', events).rule.effectiveTo).toBe(expected);
  });

  it.each([
    ['2026-05-01', '2026-05-01'],
    ['2026-12-31', '2026-05-01'],
    ['2026-12', '2026-12-01'],
  ])('before it took effect (%s, from %s on) is no rule of the pack any more', (effectiveFrom, from) => {
    const events = [published(1, rule('R-9', { effectiveFrom })), withdrawn(2, 'R-9', from)];
    const { pack, versions } = packAfter(SHIPPED, events);
    expect(pack.rules.map(({ code }) => code)).toEqual(['R-1', 'R-2']);
    expect(versions.get('R-9')).toMatchObject({ version: '1', withdrawnFrom: from });
    const again = packAfter(SHIPPED, [...events, published(3, rule('R-9', { effectiveFrom }))]);
    expect(again.pack.rules.map(({ code }) => code)).toEqual(['R-1', 'R-2', 'R-9']);
  });

  it('stays a rule of the pack where it may have been in effect for a day', () => {
    const events = [published(1, rule('R-9', { effectiveFrom: '2026-12' })), withdrawn(2, 'R-9', '2026-12-02')];
    expect(packAfter(SHIPPED, events).pack.rules.map(({ code }) => code)).toEqual(['R-1', 'R-2', 'R-9']);
  });

  it('before it took effect does not come back by a later withdrawal', () => {
    const later = withdrawn(3, 'R-9', '2027-06-01');
    const events = [published(1, rule('R-9', { effectiveFrom: '2027-01-01' })), withdrawn(2, 'R-9', '2026-12-15')];
    const codes = packAfter(SHIPPED, [...events, later]).pack.rules.map(({ code }) => code);
    expect(codes).toEqual(['R-1', 'R-2']);
    expect(withdrawalIssues(inUse('R-9', events), '2027-06-01', '2026-11-30')).toMatchObject([
      { reason: 'NOTHING_TO_DO' },
    ]);
  });

  it('is in effect again once another version of it is published', () => {
    const events = [withdrawn(1, 'R-1', '2026-05-01'), published(2, rule('R-1'))];
    expect(inUse('R-1', events)).toMatchObject({ rule: { effectiveTo: null }, withdrawnFrom: null });
  });
});

describe('what a citation lets a rule do', () => {
  const enforced = rule('R-1', { enforcement: 'ENFORCE', citations: [CITATION, OTHER] });

  it('is to warn, until what carries it was verified', () => {
    expect(inUse('R-1', [published(1, enforced)])).toMatchObject({ asked: 'ENFORCE', rule: { enforcement: 'WARN' } });
    const other = [published(1, enforced), verified(2, 'R-1', OTHER)];
    expect(inUse('R-1', other).rule).toMatchObject({
      enforcement: 'WARN',
      citations: [CITATION, { verification: 'VERIFIED_AGAINST_SIGNED_TEXT' }],
    });
    const main = [published(1, enforced), verified(2, 'R-1', CITATION)];
    expect(inUse('R-1', main).rule).toMatchObject({
      enforcement: 'ENFORCE',
      citations: [
        {
          verification: 'VERIFIED_AGAINST_SIGNED_TEXT',
          verifiedBy: 'Nguyễn Văn A',
          verifiedOn: '2026-03-06',
        },
        OTHER,
      ],
    });
  });

  it('holds for the next version that cites the same, and for none that cites another text', () => {
    const next = (citation: Citation): string => {
      const later = rule('R-1', { enforcement: 'ENFORCE', severity: 'MINOR', citations: [citation] });
      return inUse('R-1', [verified(1, 'R-1', CITATION), published(2, later)]).rule.enforcement;
    };
    expect(next(CITATION)).toBe('ENFORCE');
    expect(next({ ...CITATION, confidence: 'MEDIUM' })).toBe('ENFORCE');
    for (const changed of [
      { article: 'Điều 3' },
      { text: { ...text, en: 'Another' } },
      { text: { ...text, vi: 'Khác' } },
      { instrument: null },
      { url: 'https://mau.vn' },
    ]) {
      expect(next({ ...CITATION, ...changed })).toBe('WARN');
    }
  });

  it('is not changed by what was verified of another rule', () => {
    expect(inUse('R-1', [published(1, enforced), verified(2, 'R-2', CITATION)]).rule.enforcement).toBe('WARN');
  });

  it('is never more than its author asked for', () => {
    expect(inUse('R-2', [verified(1, 'R-2', CITATION)]).rule.enforcement).toBe('WARN');
    const audited = published(1, rule('R-1', { enforcement: 'AUDIT' }));
    expect(inUse('R-1', [audited, verified(2, 'R-1', CITATION)]).rule.enforcement).toBe('AUDIT');
  });
});

describe('a citation that is disputed', () => {
  const disputed = (number: number, code: string, citation: Citation): RuleEvent => {
    return { kind: 'CITATION_DISPUTED', number, on: '2026-03-07', code, citation: citationKey(citation) };
  };
  const binding = rule('R-9', { enforcement: 'ENFORCE' });
  const [cited] = binding.citations;
  const begun = [published(1, binding), verified(2, 'R-9', cited)];
  const told = (events: readonly RuleEvent[]): unknown[] => {
    const { rule: now, asked } = inUse('R-9', events);
    const [{ verification, verifiedBy, verifiedOn }] = now.citations;
    return [now.enforcement, asked, verification, verifiedBy, verifiedOn];
  };

  it('is not verified any more, and its rule warns again, though its author asks for more', () => {
    expect(told(begun)[0]).toBe('ENFORCE');
    expect(told([...begun, disputed(3, 'R-9', cited)])).toEqual(['WARN', 'ENFORCE', 'UNVERIFIED', null, null]);
    expect(told([...begun, disputed(3, 'R-1', cited)])[0]).toBe('ENFORCE');
  });

  it('stays so for the next version that cites the same, until it is verified anew', () => {
    const next = [...begun, disputed(3, 'R-9', cited), published(4, binding)];
    expect(told(next)[0]).toBe('WARN');
    expect(told([...next, verified(5, 'R-9', cited)]).slice(0, 3)).toEqual([
      'ENFORCE',
      'ENFORCE',
      'VERIFIED_AGAINST_SIGNED_TEXT',
    ]);
  });

  it('may be one that was shipped as verified', () => {
    const shippedRule = rule('R-1', {
      enforcement: 'ENFORCE',
      citations: [
        { ...cited, verification: 'VERIFIED_AGAINST_SIGNED_TEXT', verifiedBy: 'B', verifiedOn: '2026-01-01' },
      ],
    });
    const shipped = { ...SHIPPED, rules: [shippedRule] };
    const after = packAfter(shipped, [disputed(1, 'R-1', cited)]);
    expect(after.versions.get('R-1')).toMatchObject({ asked: 'ENFORCE', rule: { enforcement: 'WARN' } });
  });
});
