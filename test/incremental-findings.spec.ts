import { RegimeReader } from '../src/compliance/regime.reader.js';
import { checkedPack } from '../src/compliance/rule-pack.reader.js';
import type { AttributeDefinition } from '../src/core/landscape/attribute.js';
import { isUrn } from '../src/core/landscape/model.js';
import type {
  Element,
  ElementKind,
  ExchangeChannel,
  Json,
  Relation,
  RelationKind,
  Urn,
} from '../src/core/landscape/model.js';
import { LandscapeSnapshot } from '../src/core/landscape/snapshot.js';
import { UNBOUNDED_WORK } from '../src/core/work-budget.js';
import { changeScope } from '../src/core/policy/change-scope.js';
import { compileRule } from '../src/core/policy/compile.js';
import type { Compiled } from '../src/core/policy/compile.js';
import type { CheckedRule, CheckedRulePack } from '../src/core/policy/rule-pack.js';
import { kindsListed, waysAsked } from '../src/core/policy/rule-reads.js';
import { factTypesOf } from '../src/core/policy/subject.js';
import { Supervision } from '../src/core/policy/supervision.js';
import type { SupervisionSetting } from '../src/core/policy/supervision.js';
import { AttributeDefinitionReader } from '../src/registry/attribute-definition.reader.js';
import { readReferenceRulePack } from '../src/runtime/reference-file.js';
import { generateLandscape } from './support/generated-landscape.js';
import { seededRandom } from './support/seeded-random.js';
import type { SeededRandom } from './support/seeded-random.js';

const MUTATIONS = 300;
const TODAY = '2026-12-01';
const definitions = new AttributeDefinitionReader().all;
/** What rules may ask of the graph: whatever changes there may change the answer to one of them. */
const GRAPH_RULES = [
  '!inCycle(self, ["EXCHANGES_DATA_WITH"])',
  'self.flows.exists(f, reaches(f, self, ["USES_PLATFORM", "EXCHANGES_DATA_WITH"]))',
  'downstream(self, ["EXCHANGES_DATA_WITH"], 2).all(e, e.owner.level == "DEPARTMENT" && e.layer > 1)',
  'upstream(self, ["USES_PLATFORM"], 1).exists(e, e.phase == "ACTIVE")',
  'nationalDatabases().exists(d, d.kind == "DATABASE")',
];

/** The place of the rule that asks for all of a kind. */
const LISTING_RULE = 'G-4';

const GRAPH_KINDS = ['SYSTEM', 'PLATFORM', 'DATABASE'] as const;

function compiled(source: string, kind: ElementKind): Compiled {
  const result = compileRule(source, factTypesOf(kind, definitions));
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.compiled;
}

/** The city's rules and some about the graph. */
function graphPack(): CheckedRulePack {
  const city = checkedPack(readReferenceRulePack('hcmc/rule-pack.json'), definitions, new RegimeReader().reference);
  const asked = GRAPH_RULES.flatMap((source, index): CheckedRule[] => {
    const [like] = city.rules;
    const cases = GRAPH_KINDS.map((kind) => {
      const whole = {
        kind,
        messages: {},
        appliesWhen: null,
        values: new Map<string, Compiled>(),
        given: new Set<string>(),
      };
      return [kind, { ...whole, expression: compiled(source, kind) }] as const;
    });
    return like === undefined ? [] : [{ ...like, rule: { ...like.rule, code: `G-${index}` }, cases: new Map(cases) }];
  });
  return { ...city, rules: [...city.rules, ...asked] };
}

const setting: SupervisionSetting = {
  pack: graphPack(),
  definitions,
  today: TODAY,
};
const CHANNELS: readonly (readonly ExchangeChannel[])[] = [['LGSP'], ['DIRECT_API'], ['UNKNOWN'], ['NDXP', 'FILE'], []];
const KINDS: readonly RelationKind[] = [
  'EXCHANGES_DATA_WITH',
  'OWNED_BY',
  'OPERATED_BY',
  'DELIVERS',
  'USES_PLATFORM',
  'PART_OF',
];

function supervised(landscape: LandscapeSnapshot): Supervision {
  const supervision = new Supervision(landscape, setting);
  for (const _ of supervision.judgeAll());
  return supervision;
}

/** What work comes to that is done at once. */
function ended<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

function urnOf(id: string): Urn {
  const urn = `urn:khung:${id}`;
  if (!isUrn(urn)) throw new RangeError(urn);
  return urn;
}

/** One change after the other, of all that the facts of rules are made from. */
class Mutations {
  private made = 0;
  private readonly awaited: Urn[] = [];
  constructor(
    private readonly random: SeededRandom,
    private snapshot: LandscapeSnapshot,
  ) {}

  next(): LandscapeSnapshot {
    this.made += 1;
    const kinds = [
      () => this.setAttribute(),
      () => this.setAttribute(),
      () => this.setFields(),
      () => this.addRelation(),
      () => this.changeRelation(),
      () => this.addProject(),
      () => this.removeElement(),
      () => this.setScope(),
      () => this.addWayBack(),
    ];
    this.pick(kinds)();
    return this.snapshot;
  }

  private commit(elements: readonly (Element | number)[], relations: readonly (Relation | number)[]): void {
    const revision = this.snapshot.revision + 1;
    this.snapshot = this.snapshot
      .with({
        revision,
        at: '2026-12-01T00:00:00.000Z',
        elements: elements.map((each) => {
          const seq = typeof each === 'number' ? each : each.seq;
          const after = typeof each === 'number' ? undefined : each;
          return { seq, urn: after?.urn ?? this.snapshot.elementAt(seq)?.urn ?? '', after };
        }),
        relations: relations.map((each) => {
          const seq = typeof each === 'number' ? each : each.seq;
          const after = typeof each === 'number' ? undefined : each;
          return { seq, urn: after?.urn ?? this.snapshot.relationAt(seq)?.urn ?? '', after };
        }),
      })
      .settled();
  }

  private pick<T>(items: readonly T[]): T {
    const item = items[this.random.below(items.length)];
    if (item === undefined) throw new RangeError('Nothing to choose from.');
    return item;
  }

  private chance(share: number): boolean {
    return this.random.next() < share;
  }

  private element(): Element {
    return this.pick([...this.snapshot.elements()]);
  }

  private valueOf({ type, values }: AttributeDefinition): Json {
    const { random } = this;
    if (this.chance(0.1)) return null;
    switch (type) {
      case 'INTEGER':
        return random.below(6);
      case 'BOOLEAN':
        return this.chance(0.5);
      case 'DATE':
        return this.pick(['2025', '2026-07', '2026-08-15', '2027-01-01']);
      case 'STRING_LIST':
      case 'URN_LIST':
        return values === undefined ? ['x'] : [this.pick(values)];
      case 'URN':
        return this.chance(0.3) ? urnOf(`den-sau-${this.made + random.below(30)}`) : this.element().urn;
      default:
        return values === undefined ? 'có' : this.pick(values);
    }
  }

  private setAttribute(): void {
    const element = this.element();
    const known = [...definitions.values()].filter(({ appliesTo }) => appliesTo.includes(element.kind));
    const definition = this.pick(known);
    const { [definition.key]: _, ...rest } = element.attributes;
    const attributes = this.chance(0.2) ? rest : { ...rest, [definition.key]: this.valueOf(definition) };
    this.commit([{ ...element, attributes }], []);
  }

  private setScope(): void {
    const databases = [...this.snapshot.elements()].filter(({ kind }) => kind === 'DATABASE');
    const element = this.pick(databases);
    this.commit([{ ...element, attributes: { ...element.attributes, scope: this.pick(['NATIONAL', 'CITY']) } }], []);
  }

  private setFields(): void {
    const element = this.element();
    const changes: Partial<Element>[] = [
      { layer: this.pick([null, 1, 2, 3, 4, 5]) },
      { name: `${element.name} ${this.made}` },
      { level: this.pick([null, 'DEPARTMENT', 'COMMUNE', 'MINISTRY']) },
      { externalIds: [{ scheme: 'QD20-2020', value: this.pick(['H29.1', 'H30.2', 'H29.x']), recordType: null }] },
      { phases: [{ phase: this.pick(['PLAN', 'ACTIVE', 'END_OF_LIFE']), from: '2026' }] },
    ];
    this.commit([{ ...element, ...this.pick(changes) }], []);
  }

  private addRelation(): void {
    const [source, target] = [this.element(), this.element()];
    const like = this.pick([...this.snapshot.relations()]);
    const seq = this.snapshot.relationBound;
    const kind = this.pick(KINDS);
    const urn = urnOf(`quan-he-${this.made}`);
    this.commit([], [{ ...like, seq, urn, kind, source: source.seq, target: target.seq, ...this.traits() }]);
  }

  /** What has a way back is in a circle. */
  private addWayBack(): void {
    const like = this.pick([...this.snapshot.relations()].filter((each) => each.kind === 'EXCHANGES_DATA_WITH'));
    const ends = { source: like.target, target: like.source };
    const place = { seq: this.snapshot.relationBound, urn: urnOf(`ve-${this.made}`) };
    this.commit([], [{ ...like, ...place, ...ends, status: 'IN_USE', validTo: null }]);
  }

  private traits(): Partial<Relation> {
    return {
      channels: this.pick(CHANNELS),
      status: this.pick(['IN_USE', 'PLANNED', 'ENDED', 'UNKNOWN']),
      validTo: this.pick([null, '2026-01-01', '2028']),
    };
  }

  private changeRelation(): void {
    const relation = this.pick([...this.snapshot.relations()]);
    const changed = this.chance(0.3) ? relation.seq : { ...relation, ...this.traits() };
    this.commit([], [changed]);
  }

  private addProject(): void {
    const like = this.element();
    const seq = this.snapshot.elementBound;
    // Half of them are what an earlier project named as its operator before it was there.
    const urn = (this.chance(0.5) ? this.awaited.shift() : undefined) ?? urnOf(`sau-${this.made}`);
    const operator = urnOf(`den-sau-${this.made}`);
    this.awaited.push(operator);
    const kind = this.pick(['PROJECT', 'PROJECT', 'AGENCY', 'SYSTEM'] as const);
    const owner = this.pick([...this.snapshot.elements()].filter((each) => each.kind === 'AGENCY'));
    const owned = this.pick([...this.snapshot.relations()].filter((each) => each.kind === 'OWNED_BY'));
    const ends = { seq: this.snapshot.relationBound, urn: urnOf(`chu-${this.made}`), source: seq, target: owner.seq };
    const attributes = kind === 'PROJECT' ? { operator } : {};
    this.commit([{ ...like, seq, urn, kind, attributes }], [{ ...owned, ...ends }]);
  }

  private removeElement(): void {
    const element = this.element();
    const ends = [...this.snapshot.relations()].filter(
      ({ source, target }) => source === element.seq || target === element.seq,
    );
    this.commit(
      [element.seq],
      ends.map(({ seq }) => seq),
    );
  }
}

describe('findings kept up to date', () => {
  it(`say after each of ${MUTATIONS} changes what judging everything anew says`, () => {
    const { elements, relations } = generateLandscape({ systems: 50, seed: 7 });
    let snapshot = LandscapeSnapshot.of(elements, relations);
    const mutations = new Mutations(seededRandom(11), snapshot);
    const incremental = supervised(snapshot);
    let before = supervised(snapshot);
    let changed = 0;
    const turned = new Set<string>();
    for (let round = 0; round < MUTATIONS; round += 1) {
      const next = mutations.next();
      const told = ended(incremental.moveTo(next, next.unlike(snapshot)));
      snapshot = next;
      const whole = supervised(snapshot);
      expect(incremental.differencesFrom(whole)).toEqual([]);
      expect(told).toEqual(whole.differencesFrom(before));
      changed += told.length;
      for (const { rule, from, to } of told) if (from !== null && to !== null) turned.add(rule);
      before = whole;
    }
    // The changes are such that rules answer otherwise because of them; else the comparison would say nothing.
    expect(changed).toBeGreaterThan(MUTATIONS);
    for (const [index, source] of GRAPH_RULES.entries())
      expect([source, turned.has(`G-${index}`)]).toEqual([source, true]);
  });

  it(`turn in none of ${MUTATIONS} changes where nobody would look who asks what the change does`, () => {
    const { elements, relations } = generateLandscape({ systems: 50, seed: 7 });
    let snapshot = LandscapeSnapshot.of(elements, relations);
    const mutations = new Mutations(seededRandom(12), snapshot);
    const incremental = supervised(snapshot);
    const kinds = new Set(setting.pack.rules.flatMap(({ cases }) => [...cases.keys()]));
    const ways = waysAsked(setting.pack);
    let [turned, untouched, elsewhere] = [0, 0, 0];
    for (let round = 0; round < MUTATIONS; round += 1) {
      const next = mutations.next();
      const changed = next.unlike(snapshot);
      const told = ended(incremental.moveTo(next, changed));
      const change = { before: snapshot, after: next, changed, named: new Set<string>() };
      const asked = { kinds, ways, onlyAdded: false, work: UNBOUNDED_WORK };
      const scope = ended(changeScope(change, { ...asked, listed: kindsListed(setting.pack) }));
      expect(ended(changeScope(change, { ...asked, listed: new Set() })).truncated).toBe(false);
      for (const { subject, rule } of told) {
        const concern = scope.concerned.get((next.elementByUrn(subject) ?? snapshot.elementByUrn(subject))?.seq ?? -1);
        // What is a national database is one for everybody, however far away.
        if (rule === LISTING_RULE && concern === undefined) {
          expect(scope.truncated).toBe(true);
          continue;
        }
        expect([subject, rule, concern]).toEqual([subject, rule, expect.any(String)]);
        turned += 1;
        untouched += Number(concern === 'NEAR');
      }
      elsewhere += [...next.elements()].filter(({ seq }) => !scope.concerned.has(seq)).length;
      snapshot = next;
    }
    expect(turned).toBeGreaterThan(MUTATIONS / 2);
    expect(untouched).toBeGreaterThan(0);
    expect(elsewhere).toBeGreaterThan(turned);
  });

  it('tell what they say of everything in one order, whatever came first', () => {
    const { elements, relations } = generateLandscape({ systems: 20, seed: 3 });
    const [first] = elements;
    const snapshot = LandscapeSnapshot.of(elements, relations);
    const supervision = supervised(snapshot);
    const told = [...supervision.outcomes()];
    ended(supervision.moveTo(snapshot, { elements: [{ before: first, after: first }], relations: [] }));
    expect([...supervision.outcomes()]).toEqual(told);
  });
});
