import * as fc from 'fast-check';
import { element, landscapeOf, relation, urnOf } from '../../../test/support/landscapes.js';
import type { AttributeDefinition } from '../landscape/attribute.js';
import type { Element } from '../landscape/model.js';
import { factsOfElement } from './element-facts.js';
import { findingsOf } from './finding.js';
import { isNewlyFailing, isNewlyPassing, previewCost, previewRule } from './preview.js';
import type { PreviewInput, RulePreview } from './preview.js';
import { contextOfElement } from './judge.js';
import { checkRulePack } from './rule-pack.js';
import type { CheckedRule, CheckedRulePack } from './rule-pack.js';
import type { Waiver } from './waiver.js';
import { NO_REFERENCE } from './world.js';

const TODAY = '2026-11-30';
const PLACES = ['AGENCY_SERVER', 'CITY_DATA_CENTRE', 'PUBLIC_CLOUD'] as const;
const HOSTING: AttributeDefinition = {
  key: 'hosting',
  type: 'ENUM',
  values: [...PLACES],
  appliesTo: ['SYSTEM', 'DATABASE'],
  visibility: 'PUBLIC',
  nameVi: 'Nơi đặt',
  nameEn: 'Hosting',
  questionVi: 'Ở đâu?',
  questionEn: 'Where?',
  askedFrom: 'OWNER',
};
const definitions = new Map([['hosting', HOSTING]]);
const text = { vi: 'chữ', en: 'text' };

function packWith(
  allowed: readonly string[],
  more: { kinds?: readonly string[]; applies?: string } = {},
): CheckedRulePack {
  const [right = ''] = allowed;
  const wrong = PLACES.find((each) => !allowed.includes(each)) ?? '';
  const messages = { PASS: text, FAIL: text, NEEDS_EVIDENCE: text, NOT_APPLICABLE: text };
  const result = checkRulePack(
    {
      code: 'mau',
      version: '1',
      title: text,
      state: 'ACTIVE',
      questions: {},
      words: {},
      rules: [
        {
          code: 'R-1',
          title: text,
          severity: 'MAJOR',
          enforcement: 'WARN',
          tier: 1,
          citations: [{ text, confidence: 'HIGH', verification: 'UNVERIFIED' }],
          fixHint: text,
          cases: [
            {
              appliesTo: more.kinds ?? ['SYSTEM'],
              appliesWhen: more.applies,
              expression: `self.hosting in ${JSON.stringify(allowed)}`,
              messages,
              examples: [
                { outcome: 'PASS', facts: { hosting: right } },
                { outcome: 'FAIL', facts: { hosting: wrong } },
              ],
            },
          ],
        },
      ],
    },
    definitions,
    NO_REFERENCE,
  );
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.checked;
}

function only({ rules: [rule] }: CheckedRulePack): CheckedRule {
  if (rule === undefined) throw new Error('No rule.');
  return rule;
}

const strict = packWith(['CITY_DATA_CENTRE']);
const loose = packWith(['CITY_DATA_CENTRE', 'PUBLIC_CLOUD']);

const hosted = (seq: number, hosting: string | undefined, more: Partial<Element> = {}): Element =>
  element(seq, { ...more, attributes: hosting === undefined ? {} : { hosting } });
const owned = (seq: number, [what, by]: readonly [number, number]): ReturnType<typeof relation> =>
  relation(seq, [what, by], { kind: 'OWNED_BY' });

const ELEMENTS = [
  element(1, { kind: 'AGENCY' }),
  element(2, { kind: 'AGENCY' }),
  hosted(3, 'PUBLIC_CLOUD'),
  hosted(4, 'PUBLIC_CLOUD'),
  hosted(5, 'AGENCY_SERVER'),
  hosted(6, 'CITY_DATA_CENTRE'),
  hosted(7, undefined),
  hosted(8, 'PUBLIC_CLOUD'),
  hosted(9, 'AGENCY_SERVER', { kind: 'DATABASE' }),
];
const LANDSCAPE = landscapeOf(ELEMENTS, [owned(1, [3, 1]), owned(2, [4, 2]), owned(3, [5, 1]), owned(4, [6, 2])]);

function waiver(
  id: string,
  agency: number,
  subjects: readonly number[] | null,
  more: Partial<Waiver['terms']> = {},
): Waiver {
  const event = { on: '2026-01-01', by: 'officer', reason: '', document: null, validTo: null };
  return {
    id,
    terms: {
      rule: 'R-1',
      agency: urnOf(`e${agency}`),
      subjects: subjects?.map((seq) => urnOf(`e${seq}`)) ?? null,
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
      compensatingMeasure: null,
      ...more,
    },
    events: [
      { ...event, kind: 'REQUESTED' },
      { ...event, kind: 'APPROVED' },
    ],
  };
}

function previewed(change: Partial<PreviewInput>): RulePreview {
  const given = { landscape: LANDSCAPE, definitions, today: TODAY, pack: strict, waivers: [] };
  const steps = previewRule({ ...given, before: only(strict), after: only(loose), ...change });
  for (let count = 0; ; count++) {
    const { done, value } = steps.next();
    if (done !== true) continue;
    expect(count).toBe(value.subjects);
    return value;
  }
}
const urnsOf = (changes: RulePreview['changes']): string[] => changes.map((each) => each.element.urn);

describe('a preview of a rule', () => {
  it('costs what both versions cost at most, for each element of their kinds', () => {
    const [before, after] = [only(strict), only(loose)];
    const once = (rule: typeof after): number =>
      [...LANDSCAPE.elements()].reduce((sum, { kind }) => {
        const { appliesWhen, expression } = rule.cases.get(kind) ?? { appliesWhen: null, expression: { cost: 0 } };
        return sum + (appliesWhen?.cost ?? 0) + expression.cost;
      }, 0);
    expect(once(after)).toBeGreaterThan(0);
    expect(previewCost({ landscape: LANDSCAPE, before: undefined, after })).toBe(once(after));
    expect(previewCost({ landscape: LANDSCAPE, before, after })).toBe(once(before) + once(after));
  });

  it('tells of everything whose outcome changes, by agency, and counts what stays', () => {
    const { subjects, transitions, changes, byAgency } = previewed({});
    expect(subjects).toBe(6);
    expect(transitions).toEqual([
      { before: 'PASS', after: 'PASS', count: 1 },
      { before: 'FAIL', after: 'PASS', count: 3 },
      { before: 'FAIL', after: 'FAIL', count: 1 },
      { before: 'NEEDS_EVIDENCE', after: 'NEEDS_EVIDENCE', count: 1 },
    ]);
    expect(urnsOf(changes)).toEqual([urnOf('e3'), urnOf('e4'), urnOf('e8')]);
    expect(changes.every(isNewlyPassing)).toBe(true);
    expect(byAgency.map(({ agency, ...row }) => [agency?.urn ?? null, row])).toEqual([
      [urnOf('e1'), { newlyFailing: 0, newlyPassing: 1, changed: 1 }],
      [urnOf('e2'), { newlyFailing: 0, newlyPassing: 1, changed: 1 }],
      [null, { newlyFailing: 0, newlyPassing: 1, changed: 1 }],
    ]);
  });

  it('tells what newly fails', () => {
    const { changes, byAgency } = previewed({ before: only(loose), after: only(strict) });
    expect(urnsOf(changes.filter(isNewlyFailing))).toEqual([urnOf('e3'), urnOf('e4'), urnOf('e8')]);
    expect(byAgency.every(({ newlyFailing, changed }) => newlyFailing === 1 && changed === 1)).toBe(true);
  });

  it('of a new rule begins with nothing, and of one about other kinds ends with it', () => {
    const fresh = previewed({ before: undefined });
    expect(fresh.transitions.every(({ before }) => before === null)).toBe(true);
    expect(fresh.changes).toHaveLength(6);
    const moved = previewed({ after: only(packWith(['CITY_DATA_CENTRE'], { kinds: ['DATABASE'] })) });
    expect(moved.transitions).toEqual([
      { before: 'PASS', after: null, count: 1 },
      { before: 'FAIL', after: null, count: 4 },
      { before: 'NEEDS_EVIDENCE', after: null, count: 1 },
      { before: null, after: 'FAIL', count: 1 },
    ]);
  });

  it('of a rule that stays as it is has no changes', () => {
    const same = previewed({ after: only(packWith(['CITY_DATA_CENTRE'])) });
    expect([same.changes, same.byAgency, same.orphaned]).toEqual([[], [], []]);
  });

  it('asks a rule that has no effect yet of nothing', () => {
    const rule = only(loose);
    const later = { ...rule, rule: { ...rule.rule, effectiveFrom: '2027-01-01' } };
    expect(previewed({ before: undefined, after: later }).subjects).toBe(0);
  });
});

describe('a waiver', () => {
  const orphansOf = (waivers: readonly Waiver[], more: Partial<PreviewInput> = {}): unknown =>
    previewed({ waivers, ...more }).orphaned.map((each) => [each.waiver.id, each.failing]);

  it('is orphaned where all that fails in its scope would fail no more', () => {
    expect(orphansOf([waiver('named', 1, [3]), waiver('some', 1, [3, 5]), waiver('whole', 2, null)])).toEqual([
      ['named', 1],
      ['whole', 1],
    ]);
    expect(orphansOf([waiver('whole', 1, null)])).toEqual([]);
  });

  it('that covers no failure before was idle, and is not orphaned by this', () => {
    expect(orphansOf([waiver('idle', 2, [6])])).toEqual([]);
  });

  it('that is not in force, is of another rule or of an agency that is not seen does not count', () => {
    expect(
      orphansOf([
        waiver('over', 1, [3], { validTo: '2026-11-29' }),
        waiver('other', 1, [3], { rule: 'R-2' }),
        waiver('unseen', 99, [3]),
      ]),
    ).toEqual([]);
  });
});

describe('over any landscape', () => {
  it('says of each element what its findings say', () => {
    const packs = [strict, loose, packWith(['AGENCY_SERVER'], { kinds: ['SYSTEM', 'DATABASE'] })];
    const anyElement = fc.record({
      kind: fc.constantFrom<Element['kind']>('SYSTEM', 'DATABASE', 'AGENCY'),
      hosting: fc.option(fc.constantFrom(...PLACES), { nil: undefined }),
    });
    const anyPack = fc.constantFrom(...packs);
    fc.assert(
      fc.property(fc.array(anyElement, { maxLength: 20 }), anyPack, anyPack, (drawn, first, second) => {
        const elements = drawn.map(({ kind, hosting }, at) => hosted(at + 1, hosting, { kind }));
        const landscape = landscapeOf(elements, []);
        const outcome = (pack: CheckedRulePack, each: Element): string | null =>
          findingsOf(pack, factsOfElement(landscape, each, definitions), contextOfElement(each, TODAY))[0]?.outcome ??
          null;
        const preview = previewed({ landscape, before: only(first), after: only(second) });
        const expected = elements.flatMap((each) => {
          const [before, after] = [outcome(first, each), outcome(second, each)];
          return before === after || first === second ? [] : [[each.urn, before, after]];
        });
        expect(preview.changes.map(({ element: { urn }, before, after }) => [urn, before, after])).toEqual(expected);
        expect(preview.transitions.reduce((sum, { count }) => sum + count, 0)).toBe(preview.subjects);
      }),
    );
  });
});
