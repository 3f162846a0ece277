import { element, relation, urnOf } from '../../../test/support/landscapes.js';
import { PUBLIC } from '../access/actor.js';
import { proposedOn } from '../access/proposed.js';
import { LandscapeView } from '../access/view.js';
import { finished } from '../finished.js';
import type { AttributeDefinition } from '../landscape/attribute.js';
import type { Element, Relation } from '../landscape/model.js';
import type { Operation } from '../landscape/operation.js';
import { LandscapeSnapshot } from '../landscape/snapshot.js';
import type { Change } from '../landscape/snapshot.js';
import { UNBOUNDED_WORK, WorkBudget } from '../work-budget.js';
import { changeFindings } from './change-findings.js';
import type { ChangeFindings, ChangeInput } from './change-findings.js';
import { NEAR_MAXIMUM } from './change-scope.js';
import type { Evidence, EvidenceVerdict } from './evidence.js';
import { EvidenceCover } from './evidence-cover.js';
import { checkRulePack } from './rule-pack.js';
import type { CheckedRulePack } from './rule-pack.js';
import { NO_REFERENCE } from './world.js';

const TODAY = '2026-11-30';
const WHOLE = { flowsDeclaredCompleteOn: '2026-01-01' };
const HOSTING: AttributeDefinition = {
  key: 'hosting',
  type: 'ENUM',
  values: ['AGENCY_SERVER', 'CITY_DATA_CENTRE', 'PUBLIC_CLOUD'],
  appliesTo: ['SYSTEM', 'PROJECT'],
  visibility: 'PUBLIC',
  nameVi: 'Nơi đặt',
  nameEn: 'Hosting',
  questionVi: 'Ở đâu?',
  questionEn: 'Where?',
  askedFrom: 'OWNER',
};
const { values: _, ...ANY } = HOSTING;
const COMPLETE: AttributeDefinition = { ...ANY, key: 'flowsDeclaredCompleteOn', type: 'DATE' };
const definitions = new Map([HOSTING, COMPLETE].map((each) => [each.key, each]));
const text = { vi: 'chữ', en: 'text' };
const asked = { ...text, askedFrom: 'OWNER' };

function rule(code: string, expression: string, examples: object[]): object {
  const messages = { PASS: text, FAIL: text, NEEDS_EVIDENCE: text };
  const citations = [{ text, confidence: 'HIGH', verification: 'UNVERIFIED' }];
  const cases = [{ appliesTo: ['SYSTEM'], expression, messages, examples }];
  return { code, title: text, severity: 'MAJOR', enforcement: 'WARN', tier: 1, citations, fixHint: text, cases };
}
const flows = (...channels: string[]): object => ({
  items: channels.map((channel) => ({ crossAgency: true, channels: { items: [channel], complete: true } })),
  complete: true,
});
const HOSTED = rule('HOSTED', 'self.hosting == "CITY_DATA_CENTRE"', [
  { outcome: 'PASS', facts: { hosting: 'CITY_DATA_CENTRE' } },
  { outcome: 'FAIL', facts: { hosting: 'AGENCY_SERVER' } },
]);
const LATE = { flowsDeclaredCompleteOn: '2030-01-01' };
const HOSTED_AND_DECLARED = rule(
  'HOSTED_AND_DECLARED',
  'self.hosting == "CITY_DATA_CENTRE" && self.flowsDeclaredCompleteOn != null && self.flowsDeclaredCompleteOn < date("2028-01-01")',
  [
    { outcome: 'PASS', facts: { hosting: 'CITY_DATA_CENTRE', ...WHOLE } },
    { outcome: 'FAIL', facts: { hosting: 'AGENCY_SERVER', ...WHOLE } },
  ],
);
const asOfProject = (each: object): object => ({ ...each, appliesTo: ['SYSTEM', 'PROJECT'] });
const SHARED = rule('SHARED', 'self.flows.all(f, !f.crossAgency || f.channels.all(c, c == "LGSP"))', [
  { outcome: 'PASS', facts: { flows: flows('LGSP') } },
  { outcome: 'FAIL', facts: { flows: flows('FILE') } },
]);
const CONNECTED = rule('CONNECTED', 'self.flows.exists(f, f.channels.exists(c, c == "NDC"))', [
  { outcome: 'PASS', facts: { flows: flows('NDC') } },
  { outcome: 'FAIL', facts: { flows: flows('FILE') } },
]);
const NO_CIRCLE = rule('NO_CIRCLE', '!inCycle(self, ["EXCHANGES_DATA_WITH"])', [
  { outcome: 'PASS', facts: { urn: 'urn:khung:a' }, graph: circleOf('a', ['b', 'c']) },
  { outcome: 'FAIL', facts: { urn: 'urn:khung:a' }, graph: circleOf('a', ['b', 'a']) },
]);
const NATIONAL = { kind: 'DATABASE', attributes: { scope: 'NATIONAL' } };
const LISTED = rule('LISTED', 'self.urn == "urn:khung:b" || !nationalDatabases().exists(d, d.urn == self.urn)', [
  { outcome: 'PASS', facts: { urn: 'urn:khung:b' } },
  {
    outcome: 'FAIL',
    facts: { urn: 'urn:khung:a' },
    graph: { elements: [{ ...NATIONAL, urn: 'urn:khung:a' }], relations: [] },
  },
]);
const DOCUMENTED = rule('DOCUMENTED', 'self.evidence.dossier', [
  { outcome: 'PASS', facts: { evidence: { dossier: true } } },
  { outcome: 'FAIL', facts: { evidence: { dossier: false } } },
]);
function circleOf(first: string, rest: readonly string[]): object {
  const ids = [...new Set([first, ...rest])];
  const attributes = { flowsDeclaredCompleteOn: '2026-01-01' };
  return {
    elements: ids.map((id) => ({ urn: `urn:khung:${id}`, kind: 'SYSTEM', attributes })),
    relations: rest.map((to, at) => ({
      kind: 'EXCHANGES_DATA_WITH',
      source: `urn:khung:${[first, ...rest][at]}`,
      target: `urn:khung:${to}`,
    })),
  };
}

function packOf(...rules: object[]): CheckedRulePack {
  const questions = {
    flows: asked,
    'flows.channels': asked,
    'flows.crossAgency': asked,
    urn: asked,
    relations: asked,
    nationalDatabases: asked,
  };
  // A kind of evidence that no rule asks for is refused.
  const asksForDossier = rules.includes(DOCUMENTED);
  const evidence = asksForDossier ? { dossier: { ...asked, validityDays: null } } : {};
  const document = { evidence, code: 'mau', version: '1', title: text, state: 'ACTIVE', questions, words: {}, rules };
  const result = checkRulePack(document, definitions, NO_REFERENCE);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.checked;
}

const [OURS, THEIRS] = [1, 2];
const agencies = [element(OURS, { kind: 'AGENCY' }), element(THEIRS, { kind: 'AGENCY' })];
const owned = (what: number, by: number): Relation =>
  relation(100 + what, [what, by], { kind: 'OWNED_BY', status: 'IN_USE' });
const flow = (seq: number, ends: readonly [number, number], channels: Relation['channels']): Relation =>
  relation(seq, ends, { kind: 'EXCHANGES_DATA_WITH', status: 'IN_USE', channels });
const system = (seq: number, attributes: Element['attributes'] = {}): Element =>
  element(seq, { attributes: { ...WHOLE, ...attributes } });

const update = (seq: number, path: string, value: unknown): Operation => ({
  op: 'UPDATE',
  urn: urnOf(`e${seq}`),
  path,
  value,
});
const join = (id: string, [source, target]: readonly [string, string], channels: readonly string[]): Operation => ({
  op: 'ADD',
  urn: `urn:khung:${id}`,
  value: {
    kind: 'EXCHANGES_DATA_WITH',
    source: `urn:khung:${source}`,
    target: `urn:khung:${target}`,
    status: 'IN_USE',
    channels,
  },
});
const own = (what: string, by: number): Operation => ({
  op: 'ADD',
  urn: `urn:khung:${what}.chu`,
  value: { kind: 'OWNED_BY', source: `urn:khung:${what}`, target: urnOf(`e${by}`), status: 'IN_USE' },
});
const add = (id: string, attributes: object = {}): Operation => ({
  op: 'ADD',
  urn: `urn:khung:${id}`,
  value: { kind: 'SYSTEM', name: id, attributes },
});
const remove = (urn: string): Operation => ({ op: 'REMOVE', urn });

interface Case {
  readonly elements: readonly Element[];
  readonly relations?: readonly Relation[];
  readonly operations: readonly Operation[];
  readonly pack: CheckedRulePack;
  readonly shown?: readonly Evidence[];
}
function found(
  { elements, relations = [], operations, pack, shown = [] }: Case,
  more: Partial<Pick<ChangeInput, 'onlyAdded' | 'work' | 'decidedOn'>> = {},
): ChangeFindings {
  const changes = <T extends Element | Relation>(records: readonly T[]): Change<T>[] =>
    records.map((after) => ({ seq: after.seq, urn: after.urn, after }));
  const records = { elements: changes([...agencies, ...elements]), relations: changes(relations) };
  const base = LandscapeSnapshot.empty(definitions).with({ revision: 1, at: '2026-01-01T00:00:00.000Z', ...records });
  const view = LandscapeView.of(base.settled(), PUBLIC);
  const outcome = proposedOn(view, operations);
  if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
  const evidence = new EvidenceCover(view, shown, TODAY);
  const setting = {
    pack,
    definitions,
    today: TODAY,
    decidedOn: null,
    evidence,
    onlyAdded: false,
    work: UNBOUNDED_WORK,
  };
  return finished(changeFindings({ ...outcome.proposed, ...setting, ...more }));
}
function told(given: Case, more: Parameters<typeof found>[1] = {}): string[] {
  return found(given, more).findings.map(
    ({ standing, finding, before, after }) =>
      `${standing} ${finding.rule.code} ${finding.subjectName}: ${before ?? '-'} > ${after ?? '-'}`,
  );
}

function spentOn(given: Case, more: Parameters<typeof found>[1] = {}): number {
  let spent = 0;
  const work = new (class extends WorkBudget {
    override spend(units: number): void {
      spent += units;
    }
  })(0);
  found(given, { ...more, work });
  return spent;
}

const hosting = packOf(HOSTED);
const shared = packOf(SHARED);

describe('what a change set does to what rules say', () => {
  it('tells what is not met of what it adds, and never takes silence for a pass', () => {
    const operations = [
      add('sai', { hosting: 'AGENCY_SERVER' }),
      add('im'),
      add('dung', { hosting: 'CITY_DATA_CENTRE' }),
    ];
    expect(told({ elements: [], operations, pack: hosting })).toEqual([
      'BY_CHANGE HOSTED sai: - > FAIL',
      'BY_CHANGE HOSTED im: - > NEEDS_EVIDENCE',
    ]);
  });

  it('tells of what it changes what fails now, what failed before, and what it mends', () => {
    const elements = [
      system(3, { hosting: 'CITY_DATA_CENTRE' }),
      system(4, { hosting: 'AGENCY_SERVER' }),
      system(5, { hosting: 'AGENCY_SERVER' }),
      system(6, { hosting: 'AGENCY_SERVER' }),
    ];
    const operations = [
      update(3, 'attributes.hosting', 'PUBLIC_CLOUD'),
      update(4, 'name', 'Tên mới'),
      update(5, 'attributes.hosting', 'CITY_DATA_CENTRE'),
      remove(urnOf('e6')),
    ];
    expect(told({ elements, operations, pack: hosting })).toEqual([
      'BY_CHANGE HOSTED Hệ thống 3: PASS > FAIL',
      'OLDER_DEBT HOSTED Tên mới: FAIL > FAIL',
      'MENDED HOSTED Hệ thống 5: FAIL > PASS',
      'MENDED HOSTED Hệ thống 6: FAIL > -',
    ]);
  });

  it('takes what is not known any more for no amends, and what was never known for no debt', () => {
    const elements = [system(3, { hosting: 'AGENCY_SERVER' }), system(4)];
    const operations: Operation[] = [
      { op: 'REMOVE', urn: urnOf('e3'), path: 'attributes.hosting' },
      update(4, 'layer', 2),
    ];
    expect(told({ elements, operations, pack: hosting })).toEqual([
      'OLDER_DEBT HOSTED Hệ thống 3: FAIL > NEEDS_EVIDENCE',
    ]);
  });

  it('does not blame who moves a value of the subject that is still not right, but who makes a right one wrong', () => {
    const operations = [update(3, 'attributes.hosting', 'PUBLIC_CLOUD')];
    expect(told({ elements: [system(3, { hosting: 'AGENCY_SERVER' })], operations, pack: hosting })).toEqual([
      'OLDER_DEBT HOSTED Hệ thống 3: FAIL > FAIL',
    ]);
    const both = packOf(HOSTED_AND_DECLARED);
    const elements = [element(3, { attributes: { ...LATE, hosting: 'CITY_DATA_CENTRE' } })];
    expect(told({ elements, operations, pack: both })).toEqual([
      'BY_CHANGE HOSTED_AND_DECLARED Hệ thống 3: FAIL > FAIL',
    ]);
  });

  it('leaves a project that it records to what is proposed as that project', () => {
    const pack = packOf({ ...HOSTED, cases: (HOSTED as { cases: object[] }).cases.map(asOfProject) });
    const operations: Operation[] = [
      { op: 'ADD', urn: 'urn:khung:da', value: { kind: 'PROJECT', name: 'Dự án' } },
      add('im'),
    ];
    expect(found({ elements: [], operations, pack })).toMatchObject({ judged: 1, findings: [{}] });
    const recorded = [element(3, { kind: 'PROJECT', attributes: { hosting: 'CITY_DATA_CENTRE' } })];
    const changed = [update(3, 'attributes.hosting', 'PUBLIC_CLOUD')];
    expect(told({ elements: recorded, operations: changed, pack })).toHaveLength(1);
  });
});

describe('evidence', () => {
  const piece = (seq: number, verdict: EvidenceVerdict): Evidence => {
    const event = { by: 'architect', reason: null, on: '2026-02-01' };
    const judgement = { verdict, validFrom: '2026-02-01', validTo: null };
    const terms = { kind: 'dossier', agency: urnOf('e1'), link: 'https://x', file: null, documentedOn: null };
    return {
      id: `${seq}`,
      terms: { ...terms, subject: urnOf(`e${seq}`) },
      events: [
        { ...event, number: seq, kind: 'SUBMITTED', judgement: null },
        { ...event, number: 100 + seq, kind: 'ACCEPTED', judgement },
      ],
    };
  };

  it('holds of what is on record, before and after, and what is added has none', () => {
    const elements = [system(3), system(4), system(5)];
    const operations = [update(3, 'name', 'Ba'), update(4, 'name', 'Bốn'), update(5, 'name', 'Năm'), add('moi')];
    const shown = [piece(3, 'NOT_MET'), piece(4, 'MET')];
    expect(told({ elements, operations, pack: packOf(DOCUMENTED), shown })).toEqual([
      'BY_CHANGE DOCUMENTED moi: - > NEEDS_EVIDENCE',
      'OLDER_DEBT DOCUMENTED Ba: FAIL > FAIL',
    ]);
  });
});

describe('what a change set does to others', () => {
  const elements = [system(3), system(4), system(5)];
  const owners = [owned(3, OURS), owned(4, THEIRS), owned(5, THEIRS)];

  it('is its doing on both ends of a flow that it adds, once more where a rule was broken before', () => {
    const relations = [...owners, flow(1, [3, 4], ['FILE'])];
    const operations = [join('moi', ['e3', 'e5'], ['DIRECT_API'])];
    expect(told({ elements, relations, operations, pack: shared })).toEqual([
      'BY_CHANGE SHARED Hệ thống 3: FAIL > FAIL',
      'BY_CHANGE SHARED Hệ thống 5: PASS > FAIL',
    ]);
  });

  it('is no doing of who joins what failed before in the right way, whatever he calls its neighbours', () => {
    const relations = [...owners, flow(1, [3, 4], ['FILE'])];
    const operations = [join('moi', ['e3', 'e5'], ['LGSP']), update(4, 'name', 'Tên mới')];
    expect(told({ elements, relations, operations, pack: packOf(SHARED, CONNECTED) })).toEqual([
      'OLDER_DEBT SHARED Tên mới: FAIL > FAIL',
      'OLDER_DEBT CONNECTED Tên mới: FAIL > FAIL',
      'OLDER_DEBT SHARED Hệ thống 3: FAIL > FAIL',
      'OLDER_DEBT CONNECTED Hệ thống 3: FAIL > FAIL',
      'OLDER_DEBT CONNECTED Hệ thống 5: FAIL > FAIL',
    ]);
  });

  it('asks for the channel of a flow that it adds, although other things were asked for before', () => {
    const open = [element(3), element(4), element(5)];
    const operations = [join('moi', ['e3', 'e5'], [])];
    expect(told({ elements: open, relations: owners, operations, pack: shared })).toEqual([
      'BY_CHANGE SHARED Hệ thống 3: NEEDS_EVIDENCE > NEEDS_EVIDENCE',
      'BY_CHANGE SHARED Hệ thống 5: NEEDS_EVIDENCE > NEEDS_EVIDENCE',
    ]);
    const right = [join('moi', ['e3', 'e5'], ['LGSP'])];
    expect(told({ elements: open, relations: owners, operations: right, pack: shared })).toEqual([]);
  });

  it('is a knock-on where it takes away what somebody else conformed by', () => {
    const relations = [...owners, flow(1, [3, 4], ['NDC'])];
    expect(told({ elements, relations, operations: [remove(urnOf('r1'))], pack: packOf(CONNECTED) })).toEqual([
      'KNOCK_ON CONNECTED Hệ thống 3: PASS > FAIL',
      'KNOCK_ON CONNECTED Hệ thống 4: PASS > FAIL',
    ]);
  });

  it('reaches who only exchanges data with what gets another owner, and does not tell their older debts', () => {
    const relations = [
      owned(3, OURS),
      owned(4, OURS),
      owned(5, THEIRS),
      flow(1, [3, 4], ['FILE']),
      flow(2, [3, 5], ['FILE']),
    ];
    const operations = [remove(urnOf('r103')), own('e3', THEIRS)];
    expect(told({ elements, relations, operations, pack: shared })).toEqual([
      'BY_CHANGE SHARED Hệ thống 3: FAIL > FAIL',
      'KNOCK_ON SHARED Hệ thống 4: PASS > FAIL',
      'MENDED SHARED Hệ thống 5: FAIL > PASS',
    ]);
  });

  it('is followed over ways as far as rules do', () => {
    const relations = [...owners, flow(1, [3, 4], ['LGSP']), flow(2, [4, 5], ['LGSP'])];
    const operations = [join('moi', ['e5', 'e3'], ['LGSP'])];
    expect(told({ elements, relations, operations, pack: packOf(NO_CIRCLE) })).toEqual([
      'BY_CHANGE NO_CIRCLE Hệ thống 5: PASS > FAIL',
      'BY_CHANGE NO_CIRCLE Hệ thống 3: PASS > FAIL',
      'KNOCK_ON NO_CIRCLE Hệ thống 4: PASS > FAIL',
    ]);
  });
});

describe('what a failure rests on', () => {
  const others = Array.from({ length: 13 }, (_, at) => system(10 + at));
  const owners = [owned(3, OURS), ...others.map(({ seq }) => owned(seq, THEIRS))];
  const wrong = others.slice(0, 12).map(({ seq }) => flow(1000 + seq, [3, seq], ['FILE']));
  const twelve = { elements: [system(3), ...others], relations: [...owners, ...wrong], pack: shared };
  const onHub = (given: Case): string[] => told(given).filter((each) => each.includes('Hệ thống 3:'));

  it('is all that breaks the rule, however much that is', () => {
    const remaining = { ...twelve, operations: [remove(urnOf('r1010'))] };
    expect(onHub(remaining)).toEqual(['OLDER_DEBT SHARED Hệ thống 3: FAIL > FAIL']);
    const another = [remove(urnOf('r1010')), join('moi', ['e3', 'e22'], ['FILE'])];
    expect(onHub({ ...twelve, operations: another })).toEqual(['BY_CHANGE SHARED Hệ thống 3: FAIL > FAIL']);
  });

  it('is told by what things are, not by what they are called', () => {
    const [one, other] = [
      { ...system(4), name: 'A › B' },
      { ...system(5), name: 'A › B' },
    ];
    const relations = [owned(3, OURS), owned(4, THEIRS), owned(5, THEIRS), flow(1, [3, 4], ['FILE'])];
    const given = { elements: [system(3), one, other], relations, pack: shared };
    const swapped = [remove(urnOf('r1')), join('moi', ['e3', 'e5'], ['FILE'])];
    expect(onHub({ ...given, operations: swapped })).toEqual(['BY_CHANGE SHARED Hệ thống 3: FAIL > FAIL']);
    const renamed = [update(4, 'name', 'B › A'), update(3, 'layer', 2)];
    expect(onHub({ ...given, operations: renamed })).toEqual(['OLDER_DEBT SHARED Hệ thống 3: FAIL > FAIL']);
    const again = [join('moi', ['e3', 'e4'], ['FILE'])];
    expect(onHub({ ...given, operations: again })).toEqual(['BY_CHANGE SHARED Hệ thống 3: FAIL > FAIL']);
  });

  it('is the way as well: another circle is another reason, and what is left of two is not', () => {
    const elements = [system(3), system(4), system(5), system(6)];
    const long = [flow(1, [3, 4], ['LGSP']), flow(2, [4, 5], ['LGSP']), flow(3, [5, 3], ['LGSP'])];
    const pack = packOf(NO_CIRCLE);
    const closing = [join('di', ['e3', 'e6'], ['LGSP']), join('ve', ['e6', 'e3'], ['LGSP'])];
    expect(onHub({ elements, relations: long, operations: closing, pack })).toEqual([
      'BY_CHANGE NO_CIRCLE Hệ thống 3: FAIL > FAIL',
    ]);
    const both = [...long, flow(4, [3, 6], ['LGSP']), flow(5, [6, 3], ['LGSP'])];
    expect(onHub({ elements, relations: both, operations: [remove(urnOf('r5'))], pack })).toEqual([
      'OLDER_DEBT NO_CIRCLE Hệ thống 3: FAIL > FAIL',
    ]);
  });

  it('is not made unknown by what nobody knows of something new', () => {
    const relations = [owned(3, OURS), owned(4, THEIRS), owned(5, THEIRS), flow(1, [3, 4], ['FILE'])];
    const given = { elements: [system(3), system(4), system(5)], relations, pack: shared };
    const hidden = [remove(urnOf('r1')), join('moi', ['e3', 'e5'], [])];
    expect(onHub({ ...given, operations: hidden })).toEqual(['BY_CHANGE SHARED Hệ thống 3: FAIL > NEEDS_EVIDENCE']);
    const forgotten: Operation[] = [{ op: 'UPDATE', urn: urnOf('r1'), path: 'channels', value: [] }];
    expect(onHub({ ...given, operations: forgotten })).toEqual(['OLDER_DEBT SHARED Hệ thống 3: FAIL > NEEDS_EVIDENCE']);
  });
});

describe('how far is looked', () => {
  const many = Array.from({ length: NEAR_MAXIMUM + 50 }, (_, at) => system(10 + at));
  const around = many.map(({ seq }) => flow(1000 + seq, [3, seq], ['FILE']));
  const hub = {
    elements: [system(3), ...many],
    relations: around,
    pack: shared,
    operations: [update(3, 'name', 'Trục')],
  };

  it('has an end, and says so', () => {
    expect(found(hub)).toMatchObject({ judged: 1 + NEAR_MAXIMUM, truncated: true });
    expect(found({ ...hub, operations: [update(10, 'name', 'Lá')] })).toMatchObject({ judged: 2, truncated: false });
  });

  it('is at what is added alone for who may not read findings', () => {
    const operations = [add('moi'), join('moi.1', ['moi', 'e3'], ['FILE']), own('moi', OURS), own('e3', THEIRS)];
    expect(found({ ...hub, operations }, { onlyAdded: true })).toMatchObject({ judged: 1, truncated: false });
    expect(told({ ...hub, operations }, { onlyAdded: true })).toEqual(['BY_CHANGE SHARED moi: - > FAIL']);
    expect(told({ ...hub, operations })).toContain('BY_CHANGE SHARED Hệ thống 3: NEEDS_EVIDENCE > FAIL');
  });

  it('says that who lists all of a kind was not looked for where the change is of that kind', () => {
    const pack = packOf(LISTED);
    const elements = [element(3, { kind: 'DATABASE', attributes: {} }), system(4)];
    const operations = [update(3, 'name', 'CSDL')];
    expect(found({ elements, operations, pack })).toMatchObject({ truncated: true });
    expect(found({ elements, operations: [update(4, 'name', 'Khác')], pack })).toMatchObject({ truncated: false });
  });

  it('costs nothing for who is told of what he adds alone, wherever that is joined', () => {
    const operations = [add('moi', { hosting: 'CITY_DATA_CENTRE' }), update(3, 'name', 'Trục')];
    const alone = spentOn({ ...hub, pack: hosting, operations }, { onlyAdded: true });
    const whole = spentOn({ ...hub, pack: hosting, operations }, { onlyAdded: false });
    expect(alone).toBe(spentOn({ elements: [system(3)], operations, pack: hosting }, { onlyAdded: true }));
    expect(whole - alone).toBeGreaterThan(2 * many.length);
  });

  it('costs nothing for what is hidden, so that nobody measures how much there is of it', () => {
    const operations = [update(3, 'name', 'Khác')];
    const hidden = many.map((each): Element => ({ ...each, visibility: 'RESTRICTED' }));
    const [some, all] = [[system(3)], [system(3), ...hidden]].map((elements) =>
      spentOn({ elements, operations, pack: packOf(NO_CIRCLE) }),
    );
    expect(all).toBe(some);
  });

  it('costs what is looked at, and not what there is', () => {
    const operations = [add('moi', { hosting: 'CITY_DATA_CENTRE' })];
    const [little, much] = [[system(3)], [system(3), ...many]].map((elements) =>
      spentOn({ elements, operations, pack: hosting }),
    );
    // A look at each, for the projects that name what is touched as their operator.
    expect((much ?? 0) - (little ?? 0)).toBeLessThan(2 * many.length);
    expect(() => found({ elements: [], operations, pack: hosting }, { work: new WorkBudget(-1) })).toThrow();
  });
});

describe('the law', () => {
  it('is that of a decision that may still be taken, until one is', () => {
    const given = { elements: [], operations: [add('moi', { hosting: 'AGENCY_SERVER' })], pack: hosting };
    const provisional = (decidedOn: string | null): unknown[] =>
      found(given, { decidedOn }).findings.map(({ finding }) => finding.provisional);
    expect([provisional(null), provisional('2026-10-01')]).toEqual([[true], [false]]);
  });
});
