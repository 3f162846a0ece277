import { readFileSync } from 'node:fs';
import { finished } from '../finished.js';
import type { AttributeDefinition, AttributeDefinitions } from '../landscape/attribute.js';
import { isUrn } from '../landscape/model.js';
import type { Element, ElementKind, Json, Relation, RelationKind, Urn } from '../landscape/model.js';
import type { Proposal } from '../landscape/proposal.js';
import { respondentOf } from '../landscape/respondent.js';
import { LandscapeSnapshot } from '../landscape/snapshot.js';
import { factsOfElement } from './element-facts.js';
import { contextOf, evaluateRule, findingsOf } from './finding.js';
import type { Finding } from './finding.js';
import { factsOfProposal } from './proposal-facts.js';
import type { ProposalMatch, ProposalMatches } from './proposal-facts.js';
import { plainFacts } from './facts-on-demand.js';
import { contextOfElement } from './judge.js';
import { REPORTS_BY, complianceReport } from './report.js';
import type { ComplianceRow, ReportBy, ReportInput } from './report.js';
import { FINDING_OUTCOMES } from './rule.js';
import { WaiverCover } from './waiver-cover.js';
import type { Waiver } from './waiver.js';
import { readReferenceRulePack } from '../../runtime/reference-file.js';
import { readRegimes } from './regime.js';
import { FIRST_TIER, checkRulePack, packOfTier } from './rule-pack.js';
import { isFactSet, isRecordValue } from './value.js';
import { readWorkingCalendar } from './working-calendar.js';
import { worldOf } from './world.js';
import type { CheckedRulePack } from './rule-pack.js';
import type { MatchBand, SubjectFacts } from './subject.js';

function reference(path: string): unknown {
  return JSON.parse(readFileSync(`src/reference/${path}`, 'utf8'));
}
// The file is the product's own; its shape is checked where the product loads it.
const definitions: AttributeDefinitions = new Map(
  (reference('national/attributes.json') as AttributeDefinition[]).map((each) => [each.key, each]),
);
const REGIMES = readRegimes(reference('national/regimes.json')).regimes;
const CALENDAR = readWorkingCalendar(reference('national/calendar.json')).calendar;
function cityPack(): CheckedRulePack {
  const result = checkRulePack(readReferenceRulePack('hcmc/rule-pack.json'), definitions, {
    regimes: REGIMES,
    calendar: CALENDAR,
  });
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.checked;
}
const pack = cityPack();
const TODAY = '2026-11-23';

function urnOf(id: string): Urn {
  const urn = `urn:khung:${id}`;
  if (!isUrn(urn)) throw new RangeError(urn);
  return urn;
}
function element(seq: number, kind: ElementKind, id: string, more: Partial<Element> = {}): Element {
  const none = {
    nameEn: null,
    aliases: [],
    description: null,
    externalIds: [],
    layer: null,
    phases: [],
    level: null,
    responsibilities: [],
  };
  return { seq, urn: urnOf(id), kind, name: id, ...none, visibility: 'PUBLIC', attributes: {}, revision: 1, ...more };
}
function relation(
  seq: number,
  kind: RelationKind,
  [source, target]: readonly [number, number],
  more: Partial<Relation> = {},
): Relation {
  const none = {
    minAvailable: null,
    redundancyGroup: null,
    attributes: {},
    validFrom: null,
    validTo: null,
    provenance: null,
    confidence: 'HIGH' as const,
    channels: [],
  };
  return {
    seq,
    urn: urnOf(`r${seq}`),
    kind,
    source,
    target,
    strength: 'UNKNOWN',
    status: 'IN_USE',
    ...none,
    revision: 1,
    ...more,
  };
}

const department = element(0, 'AGENCY', 'so-a', {
  level: 'DEPARTMENT',
  externalIds: [{ scheme: 'QD20-2020', value: 'H29.12', recordType: null }],
});
const ministry = element(1, 'AGENCY', 'bo-b', { level: 'MINISTRY' });
const system = element(2, 'SYSTEM', 'he-thong', {
  layer: 3,
  phases: [{ phase: 'ACTIVE', from: null }],
  attributes: { hosting: 'CITY_DATA_CENTRE', flowsDeclaredCompleteOn: '2026-10-01', statusText: ' ', scope: 'NOWHERE' },
});
const warehouse = element(3, 'DATABASE', 'kho');
const foreign = element(4, 'SYSTEM', 'cua-bo');
const project = element(5, 'PROJECT', 'du-an', {
  attributes: { operator: null, exchangeChannels: ['LGSP'], flowsComplete: true, decidedOn: '2026-05' },
});
const planned = element(6, 'PROJECT', 'du-an-2', { attributes: { operator: urnOf('so-a') }, layer: 2 });
const elements = [department, ministry, system, warehouse, foreign, project, planned];
const relations = [
  relation(0, 'OWNED_BY', [2, 0]),
  relation(1, 'OPERATED_BY', [2, 0]),
  relation(2, 'OWNED_BY', [4, 1]),
  relation(3, 'EXCHANGES_DATA_WITH', [2, 4], { channels: ['FILE', 'UNKNOWN'] }),
  relation(4, 'EXCHANGES_DATA_WITH', [3, 2], { channels: ['LGSP'] }),
  relation(5, 'EXCHANGES_DATA_WITH', [4, 2], { status: 'ENDED' }),
  relation(6, 'DELIVERS', [5, 2]),
  relation(7, 'DEPENDS_ON', [2, 3]),
  relation(8, 'OWNED_BY', [5, 0]),
  // Nobody changed its status, but it is over.
  relation(9, 'EXCHANGES_DATA_WITH', [2, 3], { status: 'IN_USE', validTo: '2024' }),
];
const landscape = LandscapeSnapshot.of(elements, relations);

function facts(of: Element): SubjectFacts {
  return factsOfElement(landscape, of, definitions);
}

describe('the facts of what is joined to others', () => {
  const subsystem = element(7, 'SYSTEM', 'phan-he', {
    phases: [
      { phase: 'PLAN', from: '2023' },
      { phase: 'ACTIVE', from: '2024-05' },
      { phase: 'PHASE_OUT', from: null },
    ],
    attributes: { securityLevelApproved: null, securityLevelProposed: 3, partsDeclaredCompleteOn: '2026-10-01' },
  });
  const standard = element(8, 'STANDARD', 'tieu-chuan');
  const registered = element(9, 'DATA_OBJECT', 'ho-so');
  const unmastered = element(10, 'DATA_OBJECT', 'ban-do');
  const joined = LandscapeSnapshot.of(
    [...elements, subsystem, standard, registered, unmastered],
    [
      ...relations,
      relation(10, 'PART_OF', [7, 4]),
      relation(11, 'CONFORMS_TO', [7, 8]),
      relation(12, 'MASTERS', [3, 9]),
      relation(13, 'MASTERS', [4, 9]),
    ],
  );
  function factsAmong(of: Element): SubjectFacts {
    return factsOfElement(joined, of, definitions);
  }

  it('tell since when it runs, its parts with their levels, and its standards, of which there may be more', () => {
    const named = { urn: standard.urn, name: 'tieu-chuan' };
    expect(plainFacts(factsAmong(subsystem).values)).toMatchObject({
      operatedFrom: '2024-05',
      parts: { items: [], complete: true },
      standards: { items: [named], complete: false },
    });
    expect(plainFacts(factsAmong(foreign).values)).toMatchObject({
      parts: { items: [{ urn: subsystem.urn, name: 'phan-he', securityLevel: 3 }], complete: false },
      standards: { items: [], complete: false },
    });
    expect(plainFacts(factsAmong(system).values)).not.toHaveProperty('operatedFrom');
  });

  it('tell of data who holds the original, and nothing where nobody is recorded', () => {
    expect(plainFacts(factsAmong(registered).values)).toMatchObject({
      masterState: 'CONTESTED',
      masters: {
        items: [
          { urn: warehouse.urn, name: 'kho' },
          { urn: foreign.urn, name: 'cua-bo' },
        ],
        complete: false,
      },
    });
    expect(plainFacts(factsAmong(unmastered).values)).not.toHaveProperty('masterState');
  });

  it('hold that the list of who holds an original is whole only where somebody declared it', () => {
    const declared = element(9, 'DATA_OBJECT', 'ho-so', { attributes: { mastersDeclaredCompleteOn: '2026-10-01' } });
    const declaration = LandscapeSnapshot.of([...elements, declared], [relation(12, 'MASTERS', [3, 9])]);
    expect(plainFacts(factsOfElement(declaration, declared, definitions).values)).toMatchObject({
      masterState: 'ONE',
      masters: { items: [{ urn: warehouse.urn, name: 'kho' }], complete: true },
    });
    const silent = LandscapeSnapshot.of([...elements, { ...declared, attributes: {} }], declaration.relations());
    expect(plainFacts(factsOfElement(silent, { ...declared, attributes: {} }, definitions).values)).toMatchObject({
      masters: { complete: false },
    });
  });

  it('know no level of a part whose approved level is unknown, whatever is proposed', () => {
    const part = { ...subsystem, attributes: { securityLevelProposed: 1 } };
    const silent = LandscapeSnapshot.of([...elements, part], [...relations, relation(10, 'PART_OF', [7, 4])]);
    expect(plainFacts(factsOfElement(silent, foreign, definitions).values)).toMatchObject({
      parts: { items: [{ urn: part.urn, name: 'phan-he' }], complete: false },
    });
    const { items } = factsOfElement(silent, foreign, definitions).values['parts'] as { items: object[] };
    expect(items[0]).not.toHaveProperty('securityLevel');
  });
});

describe('the facts of an element', () => {
  it('are what is known; the rest is left out', () => {
    const agency = {
      urn: department.urn,
      name: 'so-a',
      level: 'DEPARTMENT',
      identifierCode: { value: 'H29.12', root: 'H29', numeric: true },
    };
    expect(plainFacts(facts(system).values)).toEqual({
      evidence: {},
      urn: system.urn,
      name: 'he-thong',
      phase: 'ACTIVE',
      layer: 3,
      hosting: 'CITY_DATA_CENTRE',
      flowsDeclaredCompleteOn: '2026-10-01',
      owner: agency,
      operator: agency,
      parts: { items: [], complete: false },
      standards: { items: [], complete: false },
      flows: {
        complete: true,
        items: [
          {
            urn: foreign.urn,
            name: 'cua-bo',
            direction: 'PROVIDES',
            channels: { items: ['FILE'], complete: false },
            inUse: true,
            crossAgency: true,
          },
          {
            urn: warehouse.urn,
            name: 'kho',
            direction: 'CONSUMES',
            channels: { items: ['LGSP'], complete: true },
            inUse: true,
          },
        ],
      },
    });
  });

  it('say of a flow whether it is in use; what is planned or ready is not, and of an unknown status nobody knows', () => {
    const use = (status: Relation['status']): Json => {
      const one = LandscapeSnapshot.of(elements, [relation(0, 'EXCHANGES_DATA_WITH', [2, 4], { status })]);
      const { flows } = factsOfElement(one, system, definitions).values;
      return isFactSet(flows)
        ? flows.items.map((flow) => (isRecordValue(flow) ? (flow['inUse'] ?? null) : flow))
        : null;
    };
    expect([use('IN_USE'), use('READY'), use('PLANNED'), use('UNKNOWN')]).toEqual([[true], [false], [false], [null]]);
  });

  it('know whom to ask: the operator, else the owner, else nobody', () => {
    expect(facts(system).respondents).toEqual({
      OWNER: department.urn,
      OPERATOR: department.urn,
      SELF: department.urn,
    });
    expect(facts(foreign).respondents.OPERATOR).toBe(ministry.urn);
    expect(facts(warehouse).respondents).toEqual({ OWNER: null, OPERATOR: null, SELF: null });
    expect(facts(department).respondents.SELF).toBe(department.urn);
  });

  it('of a project hold what it delivers, and never that this is all', () => {
    expect(plainFacts(facts(project).values)).toMatchObject({
      components: { items: [{ name: 'he-thong', layer: 3 }], complete: false },
      channels: { items: ['LGSP'], complete: true },
      operator: null,
    });
    expect(plainFacts(facts(planned).values)).toMatchObject({
      components: { items: [{ name: 'du-an-2', layer: 2 }], complete: true },
      operator: { urn: department.urn },
    });
  });

  it.each([
    ['2025-03-01', '2026-01-20', { firstDueOn: '2026-01-31', nextDueOn: '2027-01-31', inJanuary: true }],
    ['2025-12-31', '2025-12-31', { firstDueOn: '2026-01-31', nextDueOn: '2026-01-31' }],
    ['2025', '2026', { firstDueOn: '2026-01-31', nextDueOn: '2027-01-31' }],
    ['2025-01-01', null, { firstDueOn: '2026-01-31' }],
    [null, '2026-02-01', { nextDueOn: '2027-01-31' }],
  ])('of a project accepted on %s and last reported on %s tell the Januaries', (acceptedOn, reportedOn, expected) => {
    const accepted = element(11, 'PROJECT', 'du-an-3', {
      attributes: { acceptedOn, effectivenessReportedOn: reportedOn },
    });
    const { values } = factsOfElement(LandscapeSnapshot.of([accepted], []), accepted, definitions);
    expect(values['effectiveness']).toEqual(expected);
  });

  it('of any other kind are its name and what its attributes say', () => {
    const law = element(7, 'LEGISLATION', 'luat', { attributes: { number: '1/2026' } });
    expect(plainFacts(factsOfElement(LandscapeSnapshot.of([law], []), law, definitions).values)).toMatchObject({
      number: '1/2026',
    });
  });
});

const empty: Proposal = {
  title: 'Kho dữ liệu của sở',
  objective: null,
  agency: null,
  investmentForm: 'UNKNOWN',
  workType: 'UNKNOWN',
  components: [{ id: 'c1', name: 'Kho dữ liệu của sở', description: null, capability: null, layer: null }],
  budget: [],
  decidedOn: null,
  operations: [],
  answers: {},
};
function match(urn: Urn, band: MatchBand, componentId = 'c1'): ProposalMatch {
  return { urn, name: urn.slice(10), band, componentId };
}
function found(national: readonly ProposalMatch[]): ProposalMatches {
  return { national, city: [], platforms: [], searchedObjects: 130 };
}
function proposalFacts(proposal: Partial<Proposal>, matches?: ProposalMatches): SubjectFacts {
  return factsOfProposal({ landscape, proposal: { ...empty, ...proposal }, matches, definitions });
}

function channels(proposal: Partial<Proposal>): unknown {
  return proposalFacts(proposal).values['channels'];
}

describe('the facts of a proposal', () => {
  it('are nothing but its components where nothing was answered', () => {
    expect(proposalFacts({}).values).toEqual({
      evidence: {},
      name: 'Kho dữ liệu của sở',
      components: { items: [{ name: 'Kho dữ liệu của sở' }], complete: true },
    });
  });

  it('are its answers, its agency and what it decides', () => {
    const facts = proposalFacts({
      agency: department.urn,
      investmentForm: 'PURCHASE',
      workType: 'BUILD',
      decidedOn: '2026-08',
      answers: { operator: ministry.urn, hosting: 'GOVERNMENT_CLOUD', leaseComparison: '  ', noSuchKey: 1 },
    });
    expect(facts.values).toMatchObject({
      owner: { name: 'so-a' },
      operator: { name: 'bo-b' },
      hosting: 'GOVERNMENT_CLOUD',
      investmentForm: 'PURCHASE',
      workType: 'BUILD',
      decidedOn: '2026-08',
    });
    expect(facts.values).not.toHaveProperty('leaseComparison');
    expect(facts.values).not.toHaveProperty('noSuchKey');
    expect(facts.respondents).toEqual({ OWNER: department.urn, OPERATOR: ministry.urn, SELF: department.urn });
  });

  it('keep an operator that is declared absent, and forget one that is not known here', () => {
    expect(proposalFacts({ answers: { operator: null } }).values).toMatchObject({ operator: null });
    expect(proposalFacts({ answers: { operator: urnOf('khong-co') } }).values).not.toHaveProperty('operator');
  });

  it('join the channels that were answered with those of the flows it adds', () => {
    const flow = { kind: 'EXCHANGES_DATA_WITH', source: 'a', target: 'b', channels: ['FILE', 'UNKNOWN'] };
    const operations = [
      { op: 'ADD' as const, urn: urnOf('f'), value: flow },
      { op: 'ADD' as const, urn: urnOf('g'), value: { kind: 'OWNED_BY', channels: ['NDC'] } },
      { op: 'ADD' as const, urn: urnOf('h'), value: { kind: 'EXCHANGES_DATA_WITH' } },
    ];
    const answers = { exchangeChannels: ['LGSP'], flowsComplete: true };
    expect(channels({ operations, answers })).toEqual({ items: ['LGSP', 'FILE'], complete: true });
    expect(channels({ operations })).toEqual({ items: ['FILE'], complete: false });
    expect(channels({ answers: { exchangeChannels: [] } })).toEqual({ items: [], complete: false });
    expect(channels({ operations: operations.slice(1) })).toBeUndefined();
  });

  it('say of each match whether the proposal uses, changes or replaces it', () => {
    const operations = [
      { op: 'UPDATE' as const, urn: urnOf('changed'), path: 'name', value: 'x' },
      { op: 'ADD' as const, urn: urnOf('f'), value: { kind: 'USES_PLATFORM', target: urnOf('used') } },
      { op: 'ADD' as const, urn: urnOf('g'), value: { kind: 'ASSOCIATED_WITH', target: urnOf('near') } },
    ];
    const names = ['named', 'changed', 'used', 'near'];
    const matches = found(names.map((id) => match(urnOf(id), 'DUPLICATE')));
    const { nationalMatches } = proposalFacts({ operations, answers: { reuses: [urnOf('named')] } }, matches).values;
    expect(nationalMatches).toMatchObject([{ reused: true }, { reused: true }, { reused: true }, { reused: false }]);
  });

  it('leave a band unknown that the search could not judge', () => {
    const { nationalMatches } = proposalFacts({}, found([match(urnOf('x'), 'TOO_LITTLE_TO_JUDGE', 'c9')])).values;
    expect(nationalMatches).toEqual([{ urn: urnOf('x'), name: 'x', component: 'Kho dữ liệu của sở', reused: false }]);
  });
});

function finding(code: string, subject: SubjectFacts, decidedOn: string | null = null): Finding | undefined {
  const rule = pack.rules.find((each) => each.rule.code === code);
  return rule && evaluateRule(rule, subject, contextOf(decidedOn, TODAY), pack.questions);
}

describe('a finding', () => {
  it('names the counterexample and its facts', () => {
    const result = finding('R-07', facts(system));
    expect(result).toMatchObject({
      subject: system.urn,
      outcome: 'FAIL',
      values: { outside: ['cua-bo'] },
      missingFacts: [],
    });
    expect(result?.explanation.because().map(({ item }) => item)).toEqual(['cua-bo', 'cua-bo › FILE']);
  });

  it('asks for what is missing, and whom', () => {
    const bare = finding('R-16', facts(foreign));
    expect(bare).toMatchObject({ outcome: 'NEEDS_EVIDENCE' });
    expect(bare?.missingFacts).toEqual([
      {
        path: 'hosting',
        field: 'hosting',
        item: null,
        question: { vi: 'Hệ thống chạy ở đâu?', en: 'Where does it run?' },
        askedFrom: ministry.urn,
        element: null,
      },
    ]);
    const flows = finding('R-07', facts(warehouse));
    expect(flows?.missingFacts.map(({ field, item, askedFrom }) => [field, item, askedFrom])).toEqual([
      ['flows', null, null],
    ]);
  });

  it('of a duplicate that nobody answered is a failure, of a likeness a question, of nothing found a pass', () => {
    const outcome = (band: MatchBand | null, answers: Proposal['answers'] = {}): unknown =>
      finding('R-04', proposalFacts({ answers }, found(band === null ? [] : [match(urnOf('x'), band)])))?.outcome;
    expect(outcome('DUPLICATE')).toBe('FAIL');
    expect(outcome('DUPLICATE', { reuses: [urnOf('x')] })).toBe('PASS');
    expect(outcome('DUPLICATE', { duplicateReview: 'DISTINCT' })).toBe('PASS');
    expect(outcome('DUPLICATE', { duplicateReview: 'DUPLICATE' })).toBe('FAIL');
    expect(outcome('OVERLAP')).toBe('NEEDS_EVIDENCE');
    expect(outcome('RELATED')).toBe('PASS');
    expect(outcome(null)).toBe('PASS');
    expect(finding('R-04', proposalFacts({}))?.outcome).toBe('NEEDS_EVIDENCE');
  });

  it('whose rule does not apply says so, for the reason that it does not', () => {
    const result = finding('R-07', proposalFacts({ answers: { sharesDataAcrossAgencies: false } }));
    expect(result?.outcome).toBe('NOT_APPLICABLE');
    expect(result?.explanation.because().map(({ expression }) => expression)).toEqual([
      'self.sharesDataAcrossAgencies == true',
    ]);
  });

  it('is not made of a rule that was not in effect on the day of the decision', () => {
    expect(finding('R-40', proposalFacts({ workType: 'BUILD' }), '2026-06-30')).toBeUndefined();
    expect(finding('R-40', proposalFacts({ workType: 'BUILD' }), '2026-07-01')).toMatchObject({ provisional: false });
    expect(finding('R-40', proposalFacts({ workType: 'BUILD' }), '2026')).toMatchObject({ provisional: true });
    expect(finding('R-40', proposalFacts({ workType: 'BUILD' }))).toMatchObject({ provisional: true });
    expect(finding('R-40', facts(system))).toBeUndefined();
  });

  it('comes in the order of the pack', () => {
    const first = packOfTier(pack, FIRST_TIER);
    const codes = findingsOf(first, proposalFacts({}), contextOf(null, TODAY)).map(({ rule }) => rule.code);
    expect(codes).toEqual(['R-03', 'R-04', 'R-05', 'R-06', 'R-07', 'R-16', 'R-19', 'R-31', 'R-40', 'R-53']);
  });

  it('has no question where nobody thought of one', () => {
    const rule = pack.rules.find(({ rule: { code } }) => code === 'R-03');
    const result = rule && evaluateRule(rule, facts(warehouse), contextOf(TODAY, TODAY), new Map());
    expect(result?.missingFacts).toEqual([
      { path: 'layer', field: 'layer', item: null, question: null, askedFrom: null, element: null },
    ]);
  });
});

const WEIGHTS = { INFO: 0, MINOR: 2, MAJOR: 4, CRITICAL: 8 };

function reported(input: ReportInput, by: ReportBy): ComplianceRow[] {
  return finished(complianceReport(input, by));
}

describe('the compliance report', () => {
  const input = { landscape, pack, definitions, today: TODAY, weights: WEIGHTS };

  it('counts by agency every finding once, unknown owners last', () => {
    const rows = reported(input, 'AGENCY');
    expect(rows.map(({ agency }) => agency?.urn ?? null)).toEqual([ministry.urn, department.urn, null]);
    expect(rows[1]).toMatchObject({ waived: 0, rule: null });
    const total = rows.flatMap(({ counts }) => Object.values(counts)).reduce((sum, count) => sum + count, 0);
    const single = elements.flatMap((each) => findingsOf(pack, facts(each), contextOfElement(each, TODAY)));
    expect(total).toBe(single.length);
  });

  it('has one row for each rule, and the share that is decided', () => {
    const rows = reported(input, 'RULE');
    expect(rows.map(({ rule }) => rule?.code)).toEqual(pack.rules.map(({ rule }) => rule.code));
    const layers = rows.find(({ rule }) => rule?.code === 'R-03');
    expect(layers).toMatchObject({
      counts: { PASS: 2, FAIL: 0, NOT_APPLICABLE: 0, NEEDS_EVIDENCE: 3, ERROR: 0 },
      coverage: 0.4,
    });
  });

  it('counts what is waived apart: not among the failures, never among what passes, and as decided', () => {
    const failing = elements.flatMap((each) =>
      findingsOf(pack, facts(each), contextOfElement(each, TODAY))
        .filter(({ outcome }) => outcome === 'FAIL')
        .map(({ rule }) => ({
          rule: rule.code,
          urn: each.urn,
          agency: respondentOf(landscape, each, 'SELF')?.urn ?? '',
        })),
    );
    expect(failing.length).toBeGreaterThan(0);
    const asked = { kind: 'REQUESTED', on: TODAY, by: 'officer', reason: '', document: null, validTo: null } as const;
    const waivers = failing.map(({ rule, urn, agency }): Waiver => {
      const terms = { rule, agency, subjects: [urn], compensatingMeasure: null };
      const events = [asked, { ...asked, kind: 'APPROVED' }] as const;
      return { id: urn, terms: { ...terms, validFrom: TODAY, validTo: TODAY }, events };
    });
    const cover = new WaiverCover(landscape, waivers, TODAY);
    for (const by of REPORTS_BY) {
      const expected = reported(input, by).map((row) => {
        // What is waived is no failure and weighs like one: the score stays.
        return { ...row, counts: { ...row.counts, FAIL: 0 }, waived: row.counts.FAIL };
      });
      expect(reported({ ...input, cover }, by)).toEqual(expected);
    }
  });

  it('has a row for each layer and one for what has none, and one for each severity', () => {
    const byLayer = reported(input, 'LAYER');
    expect(byLayer.map(({ layer }) => layer)).toEqual([1, 2, 3, 4, null]);
    const bySeverity = reported(input, 'SEVERITY');
    expect(bySeverity.map(({ severity }) => severity)).toEqual(['CRITICAL', 'MAJOR', 'MINOR', 'INFO']);
    for (const [at, of] of [byLayer, bySeverity].entries()) {
      for (const row of of) {
        const single = elements
          .filter(({ layer }) => at === 1 || layer === row.layer)
          .flatMap((each) => findingsOf(pack, facts(each), contextOfElement(each, TODAY)))
          .filter(({ rule }) => at === 0 || rule.severity === row.severity);
        const counted = FINDING_OUTCOMES.map((each) => single.filter(({ outcome }) => outcome === each).length);
        expect(FINDING_OUTCOMES.map((each) => row.counts[each])).toEqual(counted);
      }
    }
    expect(byLayer.filter(({ counts }) => counts.PASS > 0).length).toBeGreaterThan(1);
  });

  it('of an empty landscape has rows of zeros by rule and none by agency', () => {
    const nothing = { ...input, landscape: LandscapeSnapshot.empty() };
    expect(reported(nothing, 'AGENCY')).toEqual([]);
    const rows = reported(nothing, 'RULE');
    expect(rows.every(({ coverage, score, scoreLow }) => coverage === 1 && score === null && scoreLow === null)).toBe(
      true,
    );
  });

  it('judges a project by the day of its decision, and all else by today', () => {
    expect(contextOfElement(project, TODAY)).toEqual({
      decisionDate: '2026-05',
      provisional: false,
      world: worldOf(TODAY),
    });
    expect(contextOfElement(planned, TODAY)).toEqual({ decisionDate: TODAY, provisional: true, world: worldOf(TODAY) });
    expect(contextOfElement(system, TODAY)).toEqual({ decisionDate: TODAY, provisional: false, world: worldOf(TODAY) });
  });
});
