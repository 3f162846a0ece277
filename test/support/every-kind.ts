import { legalRelations } from '../../src/core/landscape/legality.js';
import {
  DEPENDENCY_STRENGTHS,
  EXCHANGE_CHANNELS,
  LIFECYCLE_PHASES,
  RELATION_STATUSES,
  RESPONSIBILITY_ROLES,
} from '../../src/core/landscape/model.js';
import type { ElementKind, Json } from '../../src/core/landscape/model.js';
import type { Operation } from '../../src/core/landscape/operation.js';
import { seededRandom } from './seeded-random.js';
import type { SeededRandom } from './seeded-random.js';

type Record_ = Readonly<Record<string, Json>>;
interface Thing {
  readonly urn: string;
  readonly kind: ElementKind;
}

/** What each of a kind is called, and what more is told of it: by its number. */
const KINDS: readonly (readonly [kind: ElementKind, name: string, more: (at: number) => Record_])[] = [
  ['CAPABILITY', 'Năng lực', () => ({})],
  ['ADMINISTRATIVE_PROCEDURE', 'Thủ tục', () => ({})],
  ['INTERFACE', 'Giao diện chia sẻ', () => ({})],
  ['DATA_OBJECT', 'Dữ liệu', () => ({})],
  ['TECHNOLOGY', 'Công nghệ', (at) => ({ attributes: { version: `${at}.0`, endOfSupport: `20${20 + at}-06-30` } })],
  ['STANDARD', 'Tiêu chuẩn', () => ({})],
  [
    'CONTRACT',
    'Hợp đồng',
    (at) => ({
      attributes: { provider: `Nhà thầu ${at}`, endsOn: `2026-12-${10 + at}`, dataHandover: at % 2 === 0 },
    }),
  ],
  ['CONCEPT', 'Khái niệm', () => ({})],
];
const OF_EACH = 7;
const RELATIONS = 260;
const ROLES_TOLD = 25;
const NAMING = 30;

/** Makes rows of a cycle-free whole: what is part of something else comes after it. */
const NEVER_DRAWN: ReadonlySet<string> = new Set(['PART_OF', 'OWNED_BY', 'CLOSES', 'DELIVERS']);

/** Draws one of a list. */
function one<T>(random: SeededRandom, items: readonly T[]): T {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new RangeError('There is nothing to draw from.');
  return item;
}

function drawRelation(random: SeededRandom, things: readonly Thing[], at: number): Operation[] {
  const [source, target] = [one(random, things), one(random, things)];
  const kinds = legalRelations(source.kind, target.kind).filter((kind) => !NEVER_DRAWN.has(kind));
  if (source === target || kinds.length === 0) return [];
  // What everything may be to everything else is drawn where nothing else is left.
  const telling = kinds.filter((kind) => kind !== 'ASSOCIATED_WITH');
  const kind = one(random, telling.length > 0 ? telling : kinds);
  const contract = one(
    random,
    things.filter((each) => each.kind === 'CONTRACT'),
  ).urn;
  const value: Record_ = {
    kind,
    source: source.urn,
    target: target.urn,
    strength: one(random, DEPENDENCY_STRENGTHS),
    status: one(random, RELATION_STATUSES),
    ...(kind === 'EXCHANGES_DATA_WITH' && { channels: [one(random, EXCHANGE_CHANNELS)] }),
    ...(kind === 'USES' && { attributes: { contract, userCount: random.below(500) } }),
    ...(at % 5 === 0 && { validFrom: '2024-03', validTo: '2026-02-15' }),
  };
  return [{ op: 'ADD', urn: `urn:khung:noi-${at}`, value }];
}

/**
 * Some of each kind that the city's pack has none of, with relations of all kinds among them and to what the pack has,
 * persons who answer for something, and attributes that name other elements.
 * @param known - what the pack adds.
 */
export function everyKindOperations(known: readonly Operation[]): Operation[] {
  const random = seededRandom(11);
  const ofPack = known.flatMap(({ op, urn, value }): Thing[] => {
    const { kind, source } = (op === 'ADD' ? value : {}) as Partial<Record<string, Json>>;
    return typeof kind === 'string' && source === undefined ? [{ urn, kind: kind as ElementKind }] : [];
  });
  const agencies = ofPack.filter(({ kind }) => kind === 'AGENCY');
  const systems = ofPack.filter(({ kind }) => kind === 'SYSTEM' || kind === 'PLATFORM' || kind === 'DATABASE');
  const added = KINDS.flatMap(([kind, name, more]) =>
    Array.from({ length: OF_EACH }, (_, at) => {
      const urn = `urn:khung:${kind.toLowerCase().replace('_', '-')}-${at}`;
      const phases = [{ phase: one(random, LIFECYCLE_PHASES), from: `20${15 + at}` }];
      const value: Record_ = { kind, name: `${name} ${at}`, phases, externalIds: [{ scheme: 'X', value: urn }] };
      return { urn, kind, value: { ...value, ...more(at) } };
    }),
  );
  const things: readonly Thing[] = [...added, ...added, ...ofPack];
  const owned = added.filter(({ kind }) => kind !== 'STANDARD' && kind !== 'CONCEPT' && kind !== 'CAPABILITY');
  return [
    ...added.map(({ urn, value }): Operation => ({ op: 'ADD', urn, value })),
    ...owned.flatMap(({ urn, kind }): Operation[] => {
      if (!legalRelations(kind, 'AGENCY').includes('OWNED_BY')) return [];
      const value = { kind: 'OWNED_BY', source: urn, target: one(random, agencies).urn };
      return [{ op: 'ADD', urn: `${urn}.chu`, value }];
    }),
    ...Array.from({ length: RELATIONS }, (_, at) => drawRelation(random, things, at)).flat(),
    // Three that need one another in a circle, of which the last is needed by many.
    ...[10, 11, 12].map((at, index): Operation => {
      const [source, target] = [systems[at]?.urn ?? '', systems[index === 2 ? 10 : at + 1]?.urn ?? ''];
      const value: Record_ = { kind: 'DEPENDS_ON', source, target, strength: 'HARD', status: 'IN_USE' };
      return { op: 'ADD', urn: `urn:khung:vong-${index}`, value };
    }),
    ...Array.from({ length: ROLES_TOLD }, (_, at): Operation => {
      const role = RESPONSIBILITY_ROLES[at % RESPONSIBILITY_ROLES.length] ?? 'INFORMED';
      const value = [{ role, person: `Người ${at % 9}`, agency: one(random, agencies).urn, from: '2024' }];
      return { op: 'UPDATE', urn: systems[at * 2]?.urn ?? '', path: 'responsibilities', value };
    }),
    ...Array.from({ length: NAMING }, (_, at): Operation => {
      const urn = systems[at]?.urn ?? '';
      const value = one(random, systems).urn;
      return at % 2 === 0
        ? { op: 'UPDATE', urn, path: 'attributes.treatmentSuccessor', value }
        : { op: 'UPDATE', urn, path: 'attributes.treatmentWith', value: [value, one(random, systems).urn] };
    }),
  ];
}
