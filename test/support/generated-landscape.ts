import { isUrn } from '../../src/core/landscape/model.js';
import type {
  AgencyLevel,
  DependencyStrength,
  Element,
  ElementKind,
  ExchangeChannel,
  Json,
  LifecyclePhase,
  Relation,
  RelationKind,
  RelationStatus,
  Urn,
} from '../../src/core/landscape/model.js';
import type { Operation } from '../../src/core/landscape/operation.js';
import { anotherSpelling, placeName, systemName } from './generated-names.js';
import { seededRandom } from './seeded-random.js';
import type { SeededRandom } from './seeded-random.js';

/** A landscape that looks like a city's: agencies, systems they own, few hubs that many need, much unknown. */
export interface GeneratedLandscape {
  readonly elements: readonly Element[];
  readonly relations: readonly Relation[];
  /** Pairs of systems of two agencies that are one and the same under two spellings, as seqs. */
  readonly duplicates: readonly (readonly [number, number])[];
}

export interface GeneratedSize {
  /** Number of systems, platforms, databases, services and infrastructures together. */
  readonly systems: number;
  readonly seed: number;
}

/** Relations per system, with its owner among them: what the reference landscape would have were it complete. */
const RELATIONS_PER_SYSTEM = 3.9;
/** Share of choices that follow what others chose already: this is what makes hubs. */
const IMITATION = 0.65;
/** Share of relations that point back to what stands on the element, so that cycles exist but stay rare. */
const BACKWARD = 0.01;
const DUPLICATE_SHARE = 0.03;
/** Share of systems that need one of several of a kind, and not a certain one. */
const REDUNDANT_SHARE = 0.1;

/** Kinds in the order in which they stand on one another, with their share among the systems. */
const SHARES: readonly (readonly [ElementKind, number, number])[] = [
  ['INFRASTRUCTURE', 0.08, 1],
  ['PLATFORM', 0.15, 2],
  ['DATABASE', 0.24, 2],
  ['SYSTEM', 0.36, 3],
  ['DIGITAL_SERVICE', 0.17, 4],
];

/** Shares of the kinds of relation in the reference landscape. */
const RELATION_WEIGHTS = [
  ['EXCHANGES_DATA_WITH', 49],
  ['USES_PLATFORM', 22],
  ['ASSOCIATED_WITH', 19],
  ['RUNS_ON', 14],
  ['AUTHENTICATES_WITH', 8],
  ['DEPENDS_ON', 6],
  ['PART_OF', 3],
] as const satisfies [readonly [RelationKind, number], ...(readonly [RelationKind, number])[]];

const STRENGTHS = [
  ['UNKNOWN', 61],
  ['HARD', 20],
  ['SOFT', 19],
] as const satisfies [readonly [DependencyStrength, number], ...(readonly [DependencyStrength, number])[]];
const STATUSES = [
  ['IN_USE', 55],
  ['UNKNOWN', 32],
  ['PLANNED', 13],
] as const satisfies [readonly [RelationStatus, number], ...(readonly [RelationStatus, number])[]];
const PHASES = [
  ['ACTIVE', 77],
  ['UNKNOWN', 24],
  ['PLAN', 17],
  ['PHASE_IN', 6],
  ['PILOT', 4],
  ['END_OF_LIFE', 2],
] as const satisfies [readonly [LifecyclePhase, number], ...(readonly [LifecyclePhase, number])[]];
const CHANNELS = [
  [['UNKNOWN'], 60],
  [['LGSP'], 20],
  [['DIRECT_API'], 12],
  [['FILE'], 5],
  [['NDXP'], 3],
] as const satisfies [
  readonly [readonly ExchangeChannel[], number],
  ...(readonly [readonly ExchangeChannel[], number])[],
];

function urnOf(id: string): Urn {
  const urn = `urn:khung:${id}`;
  if (!isUrn(urn)) throw new RangeError(`${urn} is no urn`);
  return urn;
}

/** Makes the landscape; the same size and seed give the same landscape. Seqs begin at 1, agencies first. */
export function generateLandscape({ systems, seed }: GeneratedSize): GeneratedLandscape {
  const random = seededRandom(seed);
  const agencies = generateAgencies(agencyCount(systems));
  const { elements, duplicates } = generateSystems(random, systems, agencies);
  const relations = generateRelations(random, agencies, elements);
  return { elements: [...agencies, ...elements], relations, duplicates };
}

/** The same landscape as a change set: elements first. Past 100,000 operations it has to be cut into several. */
export function generatedOperations({ elements, relations }: GeneratedLandscape): Operation[] {
  const urns = new Map(elements.map((each) => [each.seq, each.urn]));
  const source = 'generated';
  const confidence = 'UNSOURCED';
  return [
    ...elements.map(({ seq: _seq, urn, revision: _revision, ...value }): Operation => {
      return { op: 'ADD', urn, value, source, confidence };
    }),
    ...relations.map(({ seq: _seq, urn, revision: _revision, ...fields }): Operation => {
      const value = { ...fields, source: urns.get(fields.source), target: urns.get(fields.target) };
      return { op: 'ADD', urn, value, source, confidence };
    }),
  ];
}

/** About 200 agencies for 1,000 systems, 1,000 for 10,000, 5,600 for 100,000: a city, a region, the nation. */
function agencyCount(systems: number): number {
  return 20 + Math.floor(systems ** 0.75);
}

function blankElement(seq: number, id: string, kind: ElementKind, name: string): Element {
  return {
    seq,
    urn: urnOf(id),
    kind,
    name,
    nameEn: null,
    aliases: [],
    description: null,
    externalIds: [],
    layer: null,
    phases: [],
    visibility: 'PUBLIC',
    level: null,
    responsibilities: [],
    attributes: {},
    revision: 1,
  };
}

function generateAgencies(count: number): Element[] {
  return Array.from({ length: count }, (_, index) => {
    const level: AgencyLevel = index === 0 ? 'PROVINCE' : index <= 20 ? 'DEPARTMENT' : 'COMMUNE';
    const title = { PROVINCE: 'Ủy ban nhân dân thành phố', DEPARTMENT: 'Sở', COMMUNE: 'UBND phường' }[level];
    return { ...blankElement(index + 1, `g-a${index + 1}`, 'AGENCY', `${title} ${placeName(index)}`), level };
  });
}

function generateSystems(
  random: SeededRandom,
  count: number,
  agencies: readonly Element[],
): { readonly elements: Element[]; readonly duplicates: (readonly [number, number])[] } {
  const elements: Element[] = [];
  const duplicates: (readonly [number, number])[] = [];
  for (let index = 0; index < count; index++) {
    const [kind, layer] = kindAt((index + 0.5) / count);
    const seq = agencies.length + index + 1;
    const place = placeName(random.below(agencies.length));
    const twin = random.next() < DUPLICATE_SHARE ? elements[random.below(elements.length)] : undefined;
    if (twin !== undefined) duplicates.push([twin.seq, seq]);
    const name = twin === undefined ? systemName(random, kind, place) : anotherSpelling(random, twin.name);
    const phase = random.weighted(PHASES);
    elements.push({
      ...blankElement(seq, `g-s${index + 1}`, kind, name),
      layer,
      phases: phase === 'UNKNOWN' ? [] : [{ phase, from: random.next() < 0.2 ? `${2015 + random.below(12)}` : null }],
      attributes: someAttributes(random),
    });
  }
  return { elements, duplicates };
}

function kindAt(position: number): readonly [ElementKind, number] {
  let upTo = 0;
  for (const [kind, share, layer] of SHARES) {
    upTo += share;
    if (position < upTo) return [kind, layer];
  }
  return ['DIGITAL_SERVICE', 4];
}

/** Each attribute is known of some systems only. */
function someAttributes(random: SeededRandom): Record<string, Json> {
  const attributes: Record<string, Json> = {};
  if (random.next() < 0.5) attributes['hosting'] = random.pick(['AGENCY_SERVER', 'CITY_DATA_CENTRE', 'LEASED_SERVICE']);
  if (random.next() < 0.4) attributes['securityLevelProposed'] = 1 + random.below(4);
  if (random.next() < 0.3) attributes['dataClasses'] = random.pick([['OPEN'], ['INTERNAL'], ['PERSONAL', 'INTERNAL']]);
  if (random.next() < 0.2) attributes['flowsDeclaredCompleteOn'] = '2026';
  attributes['scope'] = random.pick(['CITY', 'AGENCY', 'AGENCY', 'AGENCY']);
  return attributes;
}

/** Systems that can be needed, and one ticket for each time one was: a draw among tickets prefers hubs. */
interface Pool {
  readonly members: number[];
  readonly tickets: number[];
}

function generateRelations(
  random: SeededRandom,
  agencies: readonly Element[],
  systems: readonly Element[],
): Relation[] {
  const relations: Relation[] = [];
  const add = (kind: RelationKind, source: number, target: number, fields: Partial<Relation> = {}): void => {
    const seq = relations.length + 1;
    relations.push({ ...blankRelation(seq, kind), source, target, ...fields });
  };
  for (const { seq } of agencies.slice(1)) add('PART_OF', seq, 1);
  const pools = new Map<ElementKind, Pool>(SHARES.map(([kind]) => [kind, { members: [], tickets: [] }]));
  for (const { seq, kind } of systems) {
    add('OWNED_BY', seq, 1 + random.below(agencies.length));
    const count = Math.floor(RELATIONS_PER_SYSTEM - 1 + random.next());
    const needs = distinctNeeds(random, { seq, kind }, count, pools);
    const pooled = random.next() < REDUNDANT_SHARE ? withGroup(random, seq, needs, systems) : needs;
    for (const { kind: relation, source, target, ...redundancy } of pooled) {
      add(relation, source, target, { ...describe(random, relation), ...redundancy });
    }
    pools.get(kind)?.members.push(seq);
  }
  return relations;
}

function blankRelation(seq: number, kind: RelationKind): Relation {
  return {
    seq,
    urn: urnOf(`g-r${seq}`),
    kind,
    source: 0,
    target: 0,
    strength: 'UNKNOWN',
    status: 'UNKNOWN',
    channels: [],
    validFrom: null,
    validTo: null,
    provenance: null,
    minAvailable: null,
    redundancyGroup: null,
    attributes: {},
    confidence: 'UNSOURCED',
    revision: 1,
  };
}

function describe(random: SeededRandom, kind: RelationKind): Partial<Relation> {
  const channels = kind === 'EXCHANGES_DATA_WITH' ? random.weighted<readonly ExchangeChannel[]>(CHANNELS) : [];
  return { strength: random.weighted(STRENGTHS), status: random.weighted(STATUSES), channels };
}

type Need = Pick<Relation, 'kind' | 'source' | 'target'> & Partial<Relation>;

/** What one system needs of those before it; a few of those before it need it instead. */
function distinctNeeds(
  random: SeededRandom,
  { seq, kind }: Pick<Element, 'seq' | 'kind'>,
  count: number,
  pools: ReadonlyMap<ElementKind, Pool>,
): Need[] {
  const needs = new Map<string, Need>();
  for (let attempt = 0; needs.size < count && attempt < count * 8; attempt++) {
    const relation = random.weighted<RelationKind>(RELATION_WEIGHTS);
    const pool = poolFor(random, relation, kind, pools);
    const other = pool === undefined ? undefined : draw(random, pool);
    if (other === undefined) continue;
    pool?.tickets.push(other);
    const need = oriented(random, relation, seq, other);
    needs.set(`${need.kind} ${need.source} ${need.target}`, need);
  }
  return [...needs.values()];
}

/**
 * The same needs, but the first that something can stand in for is one of a group of two to four, in the place of others,
 * of which some have to be available.
 */
function withGroup(random: SeededRandom, seq: number, needs: readonly Need[], systems: readonly Element[]): Need[] {
  const pooled = needs.find(({ kind }) => kind !== 'ASSOCIATED_WITH' && kind !== 'PART_OF');
  if (pooled === undefined) return [...needs];
  const isFlow = pooled.kind === 'EXCHANGES_DATA_WITH';
  if ((isFlow ? pooled.target : pooled.source) !== seq) return [...needs];
  const first = isFlow ? pooled.source : pooled.target;
  const offset = systems[0]?.seq ?? 0;
  const kind = systems[first - offset]?.kind;
  const members = new Set([first]);
  const size = 2 + random.below(3);
  for (let attempt = 0; members.size < size && attempt < size * 20; attempt++) {
    const other = systems[random.below(seq - offset)];
    if (other !== undefined && other.kind === kind) members.add(other.seq);
  }
  const redundancy = { redundancyGroup: 'pool', minAvailable: 1 + random.below(members.size - 1) };
  const group = Array.from(members, (each): Need => ({
    ...pooled,
    [isFlow ? 'source' : 'target']: each,
    ...redundancy,
  }));
  const isOther = (need: Need): boolean =>
    need.kind !== pooled.kind || !members.has(isFlow ? need.source : need.target);
  return [...group, ...needs.filter(isOther).slice(0, Math.max(0, needs.length - members.size))];
}

function poolFor(
  random: SeededRandom,
  relation: RelationKind,
  kind: ElementKind,
  pools: ReadonlyMap<ElementKind, Pool>,
): Pool | undefined {
  if (relation === 'PART_OF') return pools.get(kind);
  if (relation === 'USES_PLATFORM' || relation === 'AUTHENTICATES_WITH') return pools.get('PLATFORM');
  if (relation === 'RUNS_ON') return pools.get('INFRASTRUCTURE');
  return pools.get(random.pick(['PLATFORM', 'DATABASE', 'DATABASE', 'SYSTEM', 'DIGITAL_SERVICE']));
}

function draw(random: SeededRandom, { members, tickets }: Pool): number | undefined {
  if (tickets.length > 0 && random.next() < IMITATION) return tickets[random.below(tickets.length)];
  return members[random.below(members.length)];
}

/** EXCHANGES_DATA_WITH leads from what is needed to what needs it; all others the other way. */
function oriented(random: SeededRandom, kind: RelationKind, needs: number, needed: number): Need {
  if (random.next() < BACKWARD) return { kind: 'DEPENDS_ON', source: needed, target: needs };
  return kind === 'EXCHANGES_DATA_WITH'
    ? { kind, source: needed, target: needs }
    : { kind, source: needs, target: needed };
}
