import { RegimeReader } from '../../src/compliance/regime.reader.js';
import { checkedPack } from '../../src/compliance/rule-pack.reader.js';
import type { AttributeDefinition } from '../../src/core/landscape/attribute.js';
import { isUrn } from '../../src/core/landscape/model.js';
import type { Element, Json, Relation } from '../../src/core/landscape/model.js';
import type { Proposal } from '../../src/core/landscape/proposal.js';
import { LandscapeSnapshot } from '../../src/core/landscape/snapshot.js';
import { factsOfElement } from '../../src/core/policy/element-facts.js';
import { plainFacts } from '../../src/core/policy/facts-on-demand.js';
import { contextOf, findingsOf } from '../../src/core/policy/finding.js';
import { previewRule } from '../../src/core/policy/preview.js';
import { inSlices } from '../../src/runtime/slices.js';
import { factsOfProposal } from '../../src/core/policy/proposal-facts.js';
import { ruleGraphOf } from '../../src/core/policy/rule-graph.js';
import type { CheckedRule, CheckedRulePack } from '../../src/core/policy/rule-pack.js';
import { Supervision } from '../../src/core/policy/supervision.js';
import type { ChangedRecords } from '../../src/core/policy/supervision.js';
import { AttributeDefinitionReader } from '../../src/registry/attribute-definition.reader.js';
import { readReferenceRulePack } from '../../src/runtime/reference-file.js';
import { generateLandscape } from '../support/generated-landscape.js';
import { seededRandom } from '../support/seeded-random.js';
import type { SeededRandom } from '../support/seeded-random.js';
import { peerFigures } from './compliance-peers.js';
import { measure, printFigures } from './measure.js';
import type { Figure } from './measure.js';

const SEED = 20261130;
const TODAY = '2026-12-01';
const SYSTEM_RULES = 48;
const PROJECT_RULES = 12;
/** A project for five systems, as a city has in a year. */
const PROJECT_SHARE = 0.2;
/** How much of what may be asked is answered. */
const ANSWERED = 0.85;
/** Subjects that other evaluators are asked of: they are slow, and a rate needs no more. */
const PEER_SUBJECTS = 1_000;

const definitions = new AttributeDefinitionReader().all;
const { reference } = new RegimeReader();
const city = checkedPack(readReferenceRulePack('hcmc/rule-pack.json'), definitions, reference);

/** Prints what judging so many systems, and a fifth as many projects, takes. */
export async function benchCompliance(systems: number): Promise<void> {
  const world = generated(systems);
  const landscape = LandscapeSnapshot.of(world.elements, world.relations);
  const pack = packOf();
  const projects = world.elements.filter(({ kind }) => kind === 'PROJECT').length;
  const counts = `${systems} systems, ${projects} projects, ${process.version}`;
  printFigures(`Rules over ${counts}`, [
    ...(await wholeFigures(landscape, pack)),
    ...(await changeFigures(landscape, pack)),
    ...(await questionFigures(landscape, pack)),
  ]);
  printFigures(`The same rules elsewhere, ${process.version}`, await comparedFigures(landscape, pack));
}

/** As many rules as the goal names: the city's, those for systems again where it has fewer. */
function packOf(): CheckedRulePack {
  const of = (kind: 'SYSTEM' | 'PROJECT', count: number): CheckedRule[] => {
    const rules = city.rules.filter(({ cases }) => cases.has(kind));
    return Array.from({ length: count }, (_, place) => {
      const rule = rules[place % rules.length];
      const checked = rule?.cases.get(kind);
      if (rule === undefined || checked === undefined) throw new Error(`No rule asks about ${kind}.`);
      const code = `${kind} ${place} ${rule.rule.code}`;
      return {
        ...rule,
        rule: { ...rule.rule, code, effectiveFrom: null, effectiveTo: null },
        cases: new Map([[kind, checked]]),
        regimes: null,
      };
    });
  };
  const rules = [...of('SYSTEM', SYSTEM_RULES), ...of('PROJECT', PROJECT_RULES)];
  return { ...city, rules, pack: { ...city.pack, rules: rules.map(({ rule }) => rule) } };
}

interface World {
  readonly elements: readonly Element[];
  readonly relations: readonly Relation[];
}

/** A generated city in which everything that agencies run is a system, with projects, and most questions answered. */
function generated(systems: number): World {
  const { elements, relations } = generateLandscape({ systems, seed: SEED });
  const random = seededRandom(SEED);
  const agencies = elements.filter(({ kind }) => kind === 'AGENCY');
  const [like] = elements;
  const [owned] = relations.filter(({ kind }) => kind === 'OWNED_BY');
  if (like === undefined || owned === undefined) throw new Error('Nothing was generated.');
  const count = Math.round(systems * PROJECT_SHARE);
  const projects = Array.from({ length: count }, (_, place): Element => {
    const urn = `urn:khung:du-an-${place}`;
    if (!isUrn(urn)) throw new RangeError(urn);
    return { ...like, seq: elements.length + 1 + place, urn, kind: 'PROJECT', name: `Dự án ${place}` };
  });
  const owners = projects.map(({ seq }, place): Relation => {
    const urn = `urn:khung:chu-${place}`;
    if (!isUrn(urn)) throw new RangeError(urn);
    const target = agencies[random.below(agencies.length)]?.seq ?? like.seq;
    return { ...owned, seq: relations.length + 1 + place, urn, source: seq, target };
  });
  const answered = [...elements, ...projects].map((each): Element => {
    const kind = each.kind === 'AGENCY' || each.kind === 'PROJECT' ? each.kind : 'SYSTEM';
    return { ...each, kind, attributes: attributesOf(kind, random) };
  });
  return { elements: answered, relations: [...relations, ...owners] };
}

function attributesOf(kind: Element['kind'], random: SeededRandom): Element['attributes'] {
  const entries: [string, Json][] = [];
  for (const definition of definitions.values()) {
    if (!definition.appliesTo.includes(kind) || random.next() > ANSWERED) continue;
    entries.push([definition.key, valueOf(definition, random)]);
  }
  return Object.fromEntries(entries);
}

function valueOf({ type, values }: AttributeDefinition, random: SeededRandom): Json {
  const word = values?.[random.below(values.length)] ?? 'có';
  if (type === 'INTEGER') return 1 + random.below(5);
  if (type === 'BOOLEAN') return random.next() < 0.7;
  if (type === 'DATE') return `202${4 + random.below(3)}-0${1 + random.below(9)}-15`;
  return type === 'STRING_LIST' || type === 'URN_LIST' ? [word] : word;
}

function supervised(landscape: LandscapeSnapshot, pack: CheckedRulePack): Supervision {
  const supervision = new Supervision(landscape, { pack, definitions, today: TODAY });
  for (const _ of supervision.judgeAll());
  return supervision;
}

async function wholeFigures(landscape: LandscapeSnapshot, pack: CheckedRulePack): Promise<Figure[]> {
  const counts = new Map<string, number>();
  let evaluations = 0;
  for (const { outcome } of supervised(landscape, pack).outcomes()) {
    evaluations += 1;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const said = [...counts].map(([outcome, count]) => `${outcome} ${count}`).join(', ');
  const facts = await measure('all facts of all subjects, also those that no rule reads', () => {
    for (const element of landscape.elements()) plainFacts(factsOfElement(landscape, element, definitions).values);
  });
  const whole = await measure('everything judged: facts, outcomes, and what each read', () =>
    supervised(landscape, pack),
  );
  const rate = Math.round(evaluations / whole.milliseconds).toLocaleString('en');
  return [facts, { ...whole, note: `${evaluations} evaluations, ${rate} k/s; ${said}` }];
}

/** Changes one after the other, each on what the one before it left. */
async function changeFigures(first: LandscapeSnapshot, pack: CheckedRulePack): Promise<Figure[]> {
  const random = seededRandom(SEED);
  const elements = [...first.elements()];
  const supervision = supervised(first, pack);
  let snapshot = first;
  const anySystem = (): Element => {
    const element = elements[random.below(elements.length)];
    return element?.kind === 'SYSTEM' ? (snapshot.elementAt(element.seq) ?? element) : anySystem();
  };
  let told = 0;
  const move = (changed: { readonly element?: Element; readonly relation?: Relation }): void => {
    const next = snapshot
      .with({
        revision: snapshot.revision + 1,
        at: '2026-12-01T00:00:00.000Z',
        elements: changed.element
          ? [{ seq: changed.element.seq, urn: changed.element.urn, after: changed.element }]
          : [],
        relations: changed.relation
          ? [{ seq: changed.relation.seq, urn: changed.relation.urn, after: changed.relation }]
          : [],
      })
      .settled();
    const records: ChangedRecords = next.unlike(snapshot);
    const work = supervision.moveTo(next, records);
    for (let step = work.next(); ; step = work.next()) {
      if (step.done !== true) continue;
      told += step.value.length;
      break;
    }
    snapshot = next;
  };
  const field = await measure(
    'one field of a system changed, and all findings right again',
    (call) => {
      const element = anySystem();
      const hosting = call % 2 === 0 ? 'AGENCY_SERVER' : 'CITY_DATA_CENTRE';
      move({ element: { ...element, attributes: { ...element.attributes, hosting } } });
    },
    () => `${told} findings changed`,
  );
  const [like] = first.relations();
  const relation = await measure('one flow added, and all findings right again', (call) => {
    const urn = `urn:khung:bench-${call}`;
    if (like === undefined || !isUrn(urn)) throw new RangeError(urn);
    const ends = { source: anySystem().seq, target: anySystem().seq };
    move({
      relation: {
        ...like,
        ...ends,
        seq: snapshot.relationBound,
        urn,
        kind: 'EXCHANGES_DATA_WITH',
        channels: ['DIRECT_API'],
      },
    });
  });
  return [field, relation];
}

async function questionFigures(landscape: LandscapeSnapshot, pack: CheckedRulePack): Promise<Figure[]> {
  const [before] = pack.rules;
  const like = pack.rules.find(({ rule }) => rule.code.endsWith('R-16'));
  if (before === undefined || like === undefined) throw new Error('The city has lost a rule.');
  const after = { ...before, cases: like.cases };
  const preview = await measure('preview of a rule over everything, both versions', () =>
    inSlices(previewRule({ landscape, definitions, today: TODAY, pack, before, after, waivers: [] })),
  );
  const agency = [...landscape.elements()].find(({ kind }) => kind === 'AGENCY')?.urn ?? null;
  const proposal: Proposal = {
    title: 'Kho dữ liệu dùng chung',
    objective: null,
    agency,
    investmentForm: 'SYSTEM_INVESTMENT',
    workType: 'BUILD',
    components: [{ id: '1', name: 'Kho dữ liệu', description: null, layer: 2 } as Proposal['components'][number]],
    budget: [],
    decidedOn: null,
    operations: [],
    answers: attributesOf('PROJECT', seededRandom(SEED)),
  };
  const world = { ...reference, today: TODAY, graph: ruleGraphOf(landscape) };
  const whatIf = await measure('what a project would be told: its facts and all findings', () => {
    const facts = factsOfProposal({ landscape, proposal, matches: undefined, definitions });
    return findingsOf(pack, facts, contextOf(null, world));
  });
  return [preview, whatIf];
}

async function comparedFigures(landscape: LandscapeSnapshot, pack: CheckedRulePack): Promise<Figure[]> {
  const subjects = [...landscape.elements()]
    .filter(({ kind }) => kind === 'SYSTEM')
    .slice(0, PEER_SUBJECTS)
    .map((element) => plainFacts(factsOfElement(landscape, element, definitions).values));
  const rules = pack.rules.flatMap(({ rule: { code, parameters }, cases }) => {
    const checked = cases.get('SYSTEM');
    const values = Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value]));
    return checked === undefined ? [] : [{ code, checked, parameters: values }];
  });
  return peerFigures(rules, { subjects, world: { ...reference, today: TODAY, graph: null } });
}
