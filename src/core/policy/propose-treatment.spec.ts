import { UNEXPLAINED } from '../../../test/support/unexplained.js';
import * as fc from 'fast-check';
import { at, element, landscapeOf, relation, urnOf } from '../../../test/support/landscapes.js';
import { readTreatmentPolicy } from '../../inventory/treatment-policy.reader.js';
import { readReferenceRulePack } from '../../runtime/reference-file.js';
import type { Element, Relation } from '../landscape/model.js';
import type { Finding } from './finding.js';
import { proposeTreatment } from './propose-treatment.js';
import type { Rule } from './rule.js';
import type { TreatmentProposal, TreatmentSubject } from './treatment.js';

const POLICY = readTreatmentPolicy();
const DAY = '2026-11-25';

const OWNER = element(1, { kind: 'AGENCY', level: 'DEPARTMENT' });
const SUPPORTED = element(2, { kind: 'TECHNOLOGY', attributes: { endOfSupport: null } });
const TOLD: Partial<Element> = {
  phases: [{ phase: 'ACTIVE', from: null }],
  attributes: { attestedOn: '2026-11', flowsDeclaredCompleteOn: '2026-01' },
};
const OWNED = relation(0, [0, 1], { kind: 'OWNED_BY' });
const RUNS = relation(1, [0, 2], { kind: 'RUNS_ON' });

interface Drawn {
  readonly more?: Partial<Element>;
  readonly others?: readonly Element[];
  readonly relations?: readonly Relation[];
  readonly likes?: readonly number[];
  readonly findings?: readonly Finding[];
}

const { rules: RULES } = readReferenceRulePack('hcmc/rule-pack.json') as { readonly rules: readonly [Rule] };

/** What a rule says of element 0, without a word of why. */
function finding(code: string, outcome: Finding['outcome']): Finding {
  return {
    rule: { ...RULES[0], code },
    subject: urnOf('e0'),
    subjectName: 'E0',
    outcome,
    message: undefined,
    values: {},
    missingFacts: [],
    explanation: UNEXPLAINED,
    unverifiedDays: [],
    provisional: false,
  };
}

/** The proposal for element 0, of which all is known unless told otherwise. */
function proposed({
  more = TOLD,
  others = [OWNER, SUPPORTED],
  relations = [OWNED, RUNS],
  likes = [],
  findings = [],
}: Drawn): TreatmentProposal {
  const landscape = landscapeOf([element(0, more), ...others], relations);
  const subject: TreatmentSubject = {
    landscape,
    element: at(landscape, 0),
    day: DAY,
    alike: { elements: likes.map((seq) => at(landscape, seq)), objectsKnown: 7 },
    findings,
  };
  return proposeTreatment(subject, POLICY);
}

const signs = ({ evidence }: TreatmentProposal): string[] => evidence.map(({ sign }) => sign);

describe('a proposed treatment', () => {
  it('is KEEP where all is known and nothing speaks against it', () => {
    const { proposed: option, missing, objectsKnown } = proposed({});
    expect([option, missing, objectsKnown]).toEqual(['KEEP', [], 7]);
  });

  it('is never KEEP where any single fact is missing', () => {
    const { attestedOn: _, ...unconfirmed } = TOLD.attributes ?? {};
    const lacking: readonly [string, Drawn][] = [
      ['phases', { more: { ...TOLD, phases: [] } }],
      ['OWNED_BY', { relations: [RUNS] }],
      ['technologies', { relations: [OWNED] }],
      ['endOfSupport', { others: [OWNER, element(2, { kind: 'TECHNOLOGY' })] }],
      ['attestedOn', { more: { ...TOLD, attributes: unconfirmed } }],
      ['attestedOn', { more: { ...TOLD, attributes: { ...TOLD.attributes, attestedOn: '2025-11-24' } } }],
      ['flowsDeclaredCompleteOn', { more: { ...TOLD, attributes: { attestedOn: '2026-11' } } }],
      [
        'endsOn',
        {
          others: [OWNER, SUPPORTED, element(3, { kind: 'CONTRACT' })],
          relations: [OWNED, RUNS, relation(2, [0, 3], { kind: 'GOVERNED_BY' })],
        },
      ],
    ];
    for (const [field, drawn] of lacking) {
      const { proposed: option, missing } = proposed(drawn);
      expect([field, option, missing.map((each) => each.field)]).toEqual([field, 'UNDECIDED', [field]]);
    }
  });

  it.each([
    ['PASS', 'KEEP', []],
    ['NOT_APPLICABLE', 'KEEP', []],
    ['FAIL', 'STANDARDISE_CONNECT', ['RULE_FAILED']],
    ['NEEDS_EVIDENCE', 'UNDECIDED', ['RULE_OPEN']],
    ['ERROR', 'UNDECIDED', ['RULE_OPEN']],
  ] as const)('where a rule that it rests on is at %s is %s', (outcome, option, expected) => {
    const rested = finding('R-07', outcome);
    const answer = proposed({ findings: [finding('R-03', outcome), rested] });
    const ofRules = answer.evidence.filter((each) => each.sign.startsWith('RULE_'));
    expect([answer.proposed, ofRules.map(({ sign }) => sign)]).toEqual([option, expected]);
    expect(ofRules.every((each) => each.finding === rested)).toBe(true);
    const ended: Element['phases'] = [{ phase: 'END_OF_LIFE', from: null }];
    expect(proposed({ findings: [rested], more: { ...TOLD, phases: ended } }).proposed).toBe('REPLACE_RETIRE');
  });

  it('does not take for a duplicate what belongs to it, has ended or is only planned', () => {
    const like = (seq: number, phase: Element['phases'][number]['phase']): Element =>
      element(seq, { phases: [{ phase, from: null }] });
    const others = [OWNER, SUPPORTED, like(3, 'ACTIVE'), like(4, 'END_OF_LIFE'), like(5, 'PLAN'), like(6, 'ACTIVE')];
    const relations = [OWNED, RUNS, relation(2, [0, 3], { kind: 'PART_OF' })];
    expect(proposed({ others, relations, likes: [3, 4, 5] }).proposed).toBe('KEEP');
    const found = proposed({ others, relations, likes: [3, 4, 5, 6] });
    expect([found.proposed, found.evidence[0]?.elements.map(({ seq }) => seq)]).toEqual(['MERGE_REORGANISE', [6]]);
  });

  it('is to connect to what serves the nation, which no city puts in question', () => {
    const ministry = element(4, { kind: 'AGENCY', level: 'MINISTRY' });
    const others = [OWNER, SUPPORTED, element(3, TOLD), ministry];
    const nations = relation(2, [3, 4], { kind: 'OWNED_BY' });
    const citys = proposed({ others, relations: [OWNED, RUNS, nations], likes: [3] });
    expect([citys.proposed, signs(citys)[0]]).toEqual(['STANDARDISE_CONNECT', 'SERVED_NATIONALLY']);
    const own = { more: { ...TOLD, attributes: { ...TOLD.attributes, scope: 'NATIONAL' } }, others, likes: [3] };
    expect(proposed({ ...own, relations: [OWNED, RUNS] }).proposed).toBe('KEEP');
    expect(proposed({ ...own, relations: [OWNED, RUNS, nations] }).proposed).toBe('MERGE_REORGANISE');
  });

  it('is the first that anything speaks for', () => {
    const ended = element(2, { kind: 'TECHNOLOGY', attributes: { endOfSupport: '2020' } });
    const twin = element(3, TOLD);
    const successor = element(4, TOLD);
    const relations = [OWNED, RUNS];
    expect(proposed({ others: [OWNER, ended] }).proposed).toBe('UPGRADE_EXTEND');
    expect(proposed({ others: [OWNER, ended, twin], likes: [3] }).proposed).toBe('MERGE_REORGANISE');
    const replaced = proposed({
      others: [OWNER, ended, twin, successor],
      relations: [...relations, relation(2, [4, 0], { kind: 'REPLACES' })],
      likes: [3],
    });
    expect(replaced.proposed).toBe('REPLACE_RETIRE');
    expect(signs(replaced)).toEqual(['SUCCEEDED', 'DUPLICATED', 'SUPPORT_ENDED', 'IN_USE', 'CONFIRMED']);
    expect(replaced.dueOn).toBe('2020');
  });

  it('reads a suspended life as to be decided, and one that ends soon as ending', () => {
    expect(signs(proposed({ more: { ...TOLD, phases: [{ phase: 'SUSPENDED', from: null }] } }))[0]).toBe('SUSPENDED');
    const ending = [{ phase: 'ACTIVE', from: null } as const, { phase: 'PHASE_OUT', from: '2027-03' } as const];
    // After all that is recorded it is phased out; what matters is that the day of it is told.
    expect(proposed({ more: { ...TOLD, phases: ending } })).toMatchObject({
      proposed: 'REPLACE_RETIRE',
      dueOn: '2027-03',
    });
  });

  it('counts those alive that need it directly, each once', () => {
    const others = [
      OWNER,
      SUPPORTED,
      element(3),
      element(4, { phases: [{ phase: 'END_OF_LIFE', from: null }] }),
      element(5),
    ];
    const needs = [
      relation(2, [3, 0]),
      relation(3, [3, 0], { kind: 'RUNS_ON' }),
      relation(4, [4, 0]),
      relation(5, [0, 5], { kind: 'EXCHANGES_DATA_WITH' }),
    ];
    const relations = [OWNED, RUNS, ...needs];
    // That its own life has ended does not free those who still need it.
    for (const more of [TOLD, { ...TOLD, phases: [{ phase: 'END_OF_LIFE', from: null } as const] }]) {
      const { dependents, evidence } = proposed({ more, others, relations });
      expect(dependents).toBe(2);
      expect(evidence.find(({ sign }) => sign === 'NEEDED')?.elements.map(({ seq }) => seq)).toEqual([3, 5]);
    }
  });

  it('rests on evidence for just that answer, and on none for KEEP or for nothing', () => {
    const phase = fc.constantFrom('PLAN', 'ACTIVE', 'SUSPENDED', 'PHASE_OUT', 'END_OF_LIFE', 'PILOT');
    const world = fc.record({
      phases: phase.chain((each) => fc.constantFrom([], [{ phase: each, from: null }])),
      endOfSupport: fc.constantFrom(undefined, null, '2020', '2027-01-01', '2040'),
      owned: fc.boolean(),
      alike: fc.boolean(),
      told: fc.boolean(),
    });
    fc.assert(
      fc.property(world, ({ phases, endOfSupport, owned, alike, told }) => {
        const technology = element(2, {
          kind: 'TECHNOLOGY',
          attributes: endOfSupport === undefined ? {} : { endOfSupport },
        });
        const answer = proposed({
          more: { phases, attributes: told ? (TOLD.attributes ?? {}) : {} },
          others: [OWNER, technology, element(3, TOLD)],
          relations: owned ? [OWNED, RUNS] : [RUNS],
          likes: alike ? [3] : [],
        });
        const options = answer.evidence.map(({ option }) => option);
        if (answer.proposed === 'KEEP') {
          expect([answer.missing, options.every((option) => option === null)]).toEqual([[], true]);
        } else if (answer.proposed === 'UNDECIDED') {
          expect(options.every((option) => option === null || option === 'UNDECIDED')).toBe(true);
          expect(answer.missing.length > 0 || options.includes('UNDECIDED')).toBe(true);
        } else expect(options).toContain(answer.proposed);
      }),
    );
  });
});
