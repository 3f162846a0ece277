import * as fc from 'fast-check';
import { SEVERITIES } from './rule.js';
import { Tally, readScoring } from './scoring.js';
import type { Sums } from './scoring.js';
import { EFFECTIVE_OUTCOMES } from './waiver.js';
import type { EffectiveOutcome } from './waiver.js';

const WEIGHTS = { INFO: 0, MINOR: 2, MAJOR: 4, CRITICAL: 8 };
type Counted = readonly [severity: keyof typeof WEIGHTS, outcome: EffectiveOutcome];

function sumsOf(findings: readonly Counted[], enforcement: 'AUDIT' | 'WARN' = 'WARN'): Sums {
  const tally = new Tally(WEIGHTS);
  for (const [severity, outcome] of findings) tally.add({ severity, enforcement }, outcome);
  return tally.sums();
}

describe('a score', () => {
  it('is the weight of what passes in that of all that is known, between what the unknown could make of it', () => {
    const sums = sumsOf([
      ['CRITICAL', 'PASS'],
      ['MAJOR', 'FAIL'],
      ['MINOR', 'WAIVED'],
      ['MINOR', 'ERROR'],
      ['MAJOR', 'NEEDS_EVIDENCE'],
      ['CRITICAL', 'NOT_APPLICABLE'],
    ]);
    expect(sums).toEqual({
      counts: { PASS: 1, FAIL: 1, NOT_APPLICABLE: 1, NEEDS_EVIDENCE: 1, ERROR: 1 },
      waived: 1,
      coverage: 3 / 5,
      score: 8 / 16,
      scoreLow: 8 / 20,
      scoreHigh: 12 / 20,
    });
  });

  it('is unknown where nothing that weighs is decided, and has no bounds where nothing that weighs applies', () => {
    expect(sumsOf([['MAJOR', 'NEEDS_EVIDENCE']])).toMatchObject({
      score: null,
      scoreLow: 0,
      scoreHigh: 1,
      coverage: 0,
    });
    const none = { score: null, scoreLow: null, scoreHigh: null, coverage: 1 };
    expect(sumsOf([])).toMatchObject(none);
    expect(sumsOf([['MAJOR', 'NOT_APPLICABLE']])).toMatchObject(none);
    expect(sumsOf([['INFO', 'FAIL']])).toMatchObject(none);
    expect(sumsOf([['CRITICAL', 'FAIL']], 'AUDIT')).toMatchObject({ ...none, counts: { FAIL: 1 } });
  });

  it('lies between its bounds, and moves to one of them as the unknown becomes known', () => {
    const finding = fc.tuple(fc.constantFrom(...SEVERITIES), fc.constantFrom(...EFFECTIVE_OUTCOMES));
    const known = (findings: readonly Counted[], as: EffectiveOutcome): Sums =>
      sumsOf(findings.map(([severity, outcome]) => [severity, outcome === 'NEEDS_EVIDENCE' ? as : outcome] as const));
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 12 }), (findings) => {
        const { score, scoreLow, scoreHigh } = sumsOf(findings);
        expect([known(findings, 'FAIL').score, known(findings, 'PASS').score]).toEqual([scoreLow, scoreHigh]);
        if (score === null || scoreLow === null || scoreHigh === null) return;
        expect(score).toBeGreaterThanOrEqual(scoreLow);
        expect(score).toBeLessThanOrEqual(scoreHigh);
      }),
    );
  });
});

describe('the weights', () => {
  const good = { source: { vi: 'Nguồn', en: 'Source' }, confidence: 'UNSOURCED', weights: WEIGHTS };

  it('are taken as they stand', () => {
    expect(readScoring(good)).toEqual({ scoring: good, problems: [] });
  });

  it.each([
    [{ weights: { ...WEIGHTS, MINOR: -1 } }, 'weights.MINOR'],
    [{ weights: { ...WEIGHTS, MAJOR: 0.5 } }, 'weights.MAJOR'],
    [{ weights: { ...WEIGHTS, HUGE: 9 } }, 'weights.HUGE'],
    [{ confidence: 'SURE' }, 'confidence'],
  ])('are refused where %j', (more, path) => {
    expect(readScoring({ ...good, ...more }).problems.map((each) => each.path)).toContain(path);
  });
});
