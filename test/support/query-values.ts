import { isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import type { GraphQLEnumType, GraphQLInputObjectType, GraphQLInputType } from 'graphql';
import { FOLLOWED_KINDS } from '../../src/core/landscape/need-kinds.js';
import { readReferenceJson } from '../../src/runtime/reference-file.js';
import { RULE, SCENARIOS } from './answered-city.js';
import { DEFINITION, city } from './hidden-city.js';
import { literal } from './literal.js';
import { isNeeded } from './schema-shape.js';
import type { SeededRandom } from './seeded-random.js';
import type { Uses } from './uses.js';

/** Stands for the ids of jobs, which every service gives anew. */
export const JOBS = ['@job-0', '@job-1'];
/** Stands for a cursor out of an earlier answer to the same question; behind it the list there. */
export const CURSOR = '@cursor:';

/** What has to be known of attributes to compare them: one of each type, and the hidden one. */
const ATTRIBUTES: readonly (readonly [key: string, comparison: 'string' | 'int' | 'boolean' | 'date'])[] = [
  ['hosting', 'string'],
  ['provider', 'string'],
  ['securityLevelApproved', 'int'],
  ['hiddenNumber', 'int'],
  ['socMonitored', 'boolean'],
  ['dataHandover', 'boolean'],
  ['architectureCheckedOn', 'date'],
  ['endOfSupport', 'date'],
];
const FACETS = [
  'kind',
  'layer',
  'phase',
  'owner',
  'level',
  'visibility',
  'attributes.hosting',
  'attributes.hiddenNumber',
];
const DAYS = ['2020', '2023-03', '2025', '2025-06-30', '2026', '2026-02-15', '2027-01-01', '9000-12-31'];
/** Each landscape that is asked for has indexes made for it: a few are enough. */
const DAYS_SHOWN = ['2025-06-30', '2026'];
const MOMENTS = ['2020-01-01T00:00:00Z', '9000-01-01T00:00:00Z'];
const RULES = ['R-16', 'R-07', 'R-03', 'R-19', 'R-53', 'E-01', 'E-02', 'R-99'];
const CASES = Array.from({ length: 70 }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`);
/** What the first officer sees is asked for most. */
const OWN_SCENARIO = Array.from({ length: 3 }, () => SCENARIOS[0] ?? '');
const TEXTS = ['Hệ thống một cửa điện tử', 'Kho dữ liệu dùng chung', 'Cổng thông tin', 'Phần mềm quản lý văn bản'];

const { capabilities } = readReferenceJson('hcmc/capabilities.json') as {
  readonly capabilities: readonly { readonly code: string }[];
};
const CAPABILITIES = capabilities.slice(0, 12).map(({ code }) => code);

/** Of what many others need. */
const NEEDED: ReadonlySet<string> = new Set(['Query.impactAnalysis(from)', 'Query.shortestPaths(to)']);

/** Bounds of whole numbers, by the argument or field that takes one. */
const NUMBERS: Readonly<Record<string, readonly [lowest: number, highest: number]>> = {
  'AsOf.revision': [1, 3],
  'ElementFilterInput.changedAfterRevision': [0, 5],
  'Query.attestationCampaign(number)': [1, 3],
  'Query.changeSet(revision)': [1, 6],
  'Query.previewRule(draft)': [1, 2],
  'AuditRecordFilter.fromNumber': [1, 9],
  'AuditRecordFilter.toNumber': [1, 9],
  'BudgetLineInput.year': [2025, 2027],
  expiringWithinDays: [0, 900],
  layer: [1, 4],
  maxDepth: [1, 6],
  minimum: [1, 3],
  months: [1, 12],
  within: [0, 900],
  k: [1, 4],
  tier: [1, 3],
};

const WORDS: Readonly<Record<string, readonly string[]>> = {
  'Query.workbook(form)': ['MAU_03', 'MAU_03', 'MAU_99'],
  'Query.workbook(version)': ['0-draft', '1'],
  'Query.rulePack(version)': ['2026.1', '2026.1+1', '2026.1+99'],
  'Query.previewRule(withdrawal)': RULES,
  'EvidenceFilterInput.kind': ['dossier', 'procedure', 'nothing'],
  'ElementOrderInput.attribute': ATTRIBUTES.map(([key]) => key),
  'AnswerInput.field': ['hosting', 'securityLevelProposed', 'budgetVnd', 'nothing'],
  'BudgetLineInput.source': ['Ngân sách thành phố'],
  capability: CAPABILITIES,
  'ChangeOperationInput.source': ['Biên bản'],
  'ResponsibilityFilterInput.person': Array.from({ length: 10 }, (_, at) => `Người ${at}`),
  rule: RULES,
  code: RULES,
};

/** What a value is for. */
export interface Place {
  /** Coordinate of the argument, or of the field of an input. */
  readonly at: string;
  readonly name: string;
  /** Inputs around it. */
  readonly depth: number;
}

/** Literals that mean something in the city, what is hidden there as often as what is not, and what never was. */
export class QueryValues {
  private readonly names: readonly string[];
  private readonly hidden = [...city.classes.keys()];
  private readonly byKind = new Map<string, string[]>();
  private readonly relations: readonly string[];

  constructor(
    private readonly random: SeededRandom,
    private readonly uses: Uses,
  ) {
    const added = city.records.filter(({ operation }) => operation.op === 'ADD');
    this.names = added.flatMap(({ value }) => (typeof value['name'] === 'string' ? [value['name']] : []));
    this.relations = added.flatMap(({ operation, value }) => (value['source'] === undefined ? [] : [operation.urn]));
    for (const { operation, value } of added) {
      if (value['source'] !== undefined) continue;
      const { kind } = value;
      if (typeof kind !== 'string') continue;
      this.byKind.set(kind, [...(this.byKind.get(kind) ?? []), operation.urn]);
    }
  }

  one<T>(items: readonly T[]): T {
    const item = items[this.random.below(items.length)];
    if (item === undefined) throw new RangeError('There is nothing to draw from.');
    return item;
  }

  /** Mostly one of the first, at times the other. */
  private someOf(items: readonly string[], other: string): string {
    return this.chance(0.95) ? this.one(items) : other;
  }

  chance(share: number): boolean {
    return this.random.next() < share;
  }

  /** urn of an element of a kind, seen or hidden. */
  urnOf(kind: string): string {
    const urns = this.byKind.get(kind) ?? [];
    const hidden = urns.filter((urn) => city.classes.has(urn));
    return this.one(hidden.length > 0 && this.chance(0.25) ? hidden : urns);
  }

  of(type: GraphQLInputType, place: Place): string {
    if (isNonNullType(type)) return this.of(type.ofType, place);
    if (isListType(type)) {
      const least = place.name === 'agencies' || place.name === 'fields' ? 3 : 1;
      const count =
        least + this.random.below(place.name === 'fields' ? 1 : place.name === 'and' || place.name === 'or' ? 2 : 3);
      return `[${[...new Set(Array.from({ length: count }, () => this.of(type.ofType, place)))].join(', ')}]`;
    }
    if (isEnumType(type)) return this.word(type, place);
    if (isInputObjectType(type)) return this.input(type, place);
    return this.scalar(type.name, place);
  }

  private word(type: GraphQLEnumType, { name }: Place): string {
    // Others are refused: that is asked for too, and not most of the time.
    const isWay = name === 'relationKinds' && this.chance(0.9);
    const words = type.getValues().filter((each) => {
      // An order by an attribute names it: that is written apart.
      if (type.name === 'ElementOrderField') return each.name !== 'ATTRIBUTE';
      return !isWay || FOLLOWED_KINDS.some((kind) => kind === each.name);
    });
    const { name: word } = this.uses.least(words, (each) => `${type.name}.${each.name}`);
    this.uses.note(`${type.name}.${word}`);
    return word;
  }

  private input(type: GraphQLInputObjectType, place: Place): string {
    if (type.name === 'ChangeOperationInput') return this.operation(type);
    const given = this.fieldsOf(type, place).map((name) => {
      const field = type.getFields()[name];
      if (field === undefined) throw new Error(`${type.name} has no ${name}.`);
      this.uses.note(`${type.name}.${name}`);
      return `${name}: ${this.of(field.type, { at: `${type.name}.${name}`, name, depth: place.depth + 1 })}`;
    });
    if (type.name === 'AttributeFilterInput') return this.attribute();
    if (type.name === 'ElementOrderInput' && given.length === 0) return this.attributeOrder();
    return `{ ${given.join(', ')} }`;
  }

  /** Which fields of an input are given: what must be, and one or two of those that were given least. */
  private fieldsOf(type: GraphQLInputObjectType, { depth }: Place): readonly string[] {
    const fields = Object.values(type.getFields());
    const needed = fields.filter(isNeeded).map(({ name }) => name);
    if (type.name === 'AttributeFilterInput') return [];
    if (type.name === 'AsOf') {
      return this.one([['revision'], ['revision'], ['validOn'], ['validOn'], ['knownAt']]);
    }
    if (type.name === 'ElementOrderInput') {
      return this.chance(0.3) ? ['field', 'direction', 'nulls'] : this.chance(0.3) ? [] : ['field'];
    }
    const isDeep = (name: string): boolean => /Filter|Quantifier/.test(String(type.getFields()[name]?.type));
    const others = fields.filter(({ name }) => !needed.includes(name) && !(depth > 2 && isDeep(name)));
    const chosen = new Set(needed);
    const count = type.name === 'ProposalInput' ? 3 : this.chance(0.75) ? 1 : 2;
    for (let left = count; left > 0 && others.length > 0; left -= 1) {
      chosen.add(this.uses.least(others, ({ name }) => `${type.name}.${name}`).name);
    }
    return [...chosen];
  }

  private attributeOrder(): string {
    const named = ['ElementOrderInput.field', 'ElementOrderInput.attribute', 'ElementOrderField.ATTRIBUTE'];
    for (const each of named) this.uses.note(each);
    return `{ field: ATTRIBUTE, attribute: ${JSON.stringify(this.one(ATTRIBUTES)[0])} }`;
  }

  private attribute(): string {
    const [key, comparison] = this.one(ATTRIBUTES);
    const at = 'AttributeFilterInput';
    this.uses.note(`${at}.key`);
    const named = `key: ${JSON.stringify(key)}`;
    const asked = this.chance(0.4) ? 'isKnown' : comparison;
    this.uses.note(`${at}.${asked}`);
    if (asked === 'isKnown' || asked === 'boolean') return `{ ${named}, ${asked}: ${this.chance(0.7)} }`;
    return `{ ${named}, ${asked}: ${this.comparison(asked)} }`;
  }

  private comparison(kind: 'string' | 'int' | 'date'): string {
    const [input, names, value] = {
      string: ['StringFilterInput', ['contains', 'eq', 'ne', 'startsWith', 'in', 'isNull'], '"CITY_DATA_CENTRE"'],
      int: ['IntFilterInput', ['gte', 'lte', 'eq', 'gt', 'lt', 'in', 'isNull'], `${this.one([2, 3, 7])}`],
      date: ['DateFilterInput', ['after', 'before', 'eq', 'isNull'], JSON.stringify(this.one(DAYS))],
    }[kind] as [string, string[], string];
    const name = this.uses.least(names, (each) => `${input}.${each}`);
    this.uses.note(`${input}.${name}`);
    return `{ ${name}: ${name === 'isNull' ? 'false' : name === 'in' ? `[${value}]` : value} }`;
  }

  /** A change that can be planned; of what is not seen too, which is not there then. */
  private operation(type: GraphQLInputObjectType): string {
    const urn = this.chance(0.6) ? this.urnOf('SYSTEM') : this.urn();
    const added = `urn:khung:thu-${this.random.below(1_000_000)}`;
    const kind = 'EXCHANGES_DATA_WITH';
    const operation = this.one<Readonly<Record<string, unknown>>>([
      { op: 'UPDATE', urn, path: 'name', value: 'Tên khác', source: 'Biên bản', confidence: 'LOW' },
      { op: 'UPDATE', urn, path: 'attributes.hosting', value: 'PUBLIC_CLOUD' },
      { op: 'UPDATE', urn, path: 'attributes.hiddenNumber', value: 8 },
      { op: 'UPDATE', urn, path: 'attributes.treatmentSuccessor', value: this.urn() },
      { op: 'REMOVE', urn },
      { op: 'ADD', urn: added, value: { kind: 'SYSTEM', name: this.one(TEXTS) }, restore: false },
      { op: 'ADD', urn: added, value: { kind, source: urn, target: 'urn:khung:hcm-lgsp', channels: ['FILE'] } },
    ]);
    for (const name of Object.keys(operation)) this.uses.note(`${type.name}.${name}`);
    this.uses.note(`ChangeOp.${String(operation['op'])}`);
    if (operation['confidence'] === undefined) return literal(operation);
    // Words of enums are not quoted.
    const confidence = this.uses.least(['HIGH', 'MEDIUM', 'LOW', 'UNSOURCED'], (each) => `Confidence.${each}`);
    this.uses.note(`Confidence.${confidence}`);
    return literal(operation).replace('"LOW"', confidence);
  }

  private scalar(type: string, { at, name }: Place): string {
    if (type === 'Int') return `${this.number(at, name)}`;
    if (type === 'Float') return '0.5';
    if (type === 'Boolean') return `${this.chance(0.5)}`;
    if (type === 'Money') return `${1_000_000_000 * (1 + this.random.below(90))}`;
    if (type === 'JSON') return at === 'AnswerInput.value' ? '"CITY_DATA_CENTRE"' : this.rule();
    return JSON.stringify(this.text(type, at, name));
  }

  private number(at: string, name: string): number {
    const [lowest, highest] = NUMBERS[at] ?? NUMBERS[name] ?? [1, 5];
    return lowest + this.random.below(highest - lowest + 1);
  }

  private rule(): string {
    const code = this.one(['R-16', 'R-07', 'R-90']);
    return literal(this.chance(0.85) ? { ...RULE, code } : { code });
  }

  private text(type: string, at: string, name: string): string {
    if (type === 'Date') return this.one(at.startsWith('AsOf') ? DAYS_SHOWN : DAYS);
    if (type === 'DateTime') return this.one(MOMENTS);
    if (name === 'after' || name === 'before') return CURSOR;
    if (name === 'scenarioId' || at === 'Query.scenario(id)')
      return this.someOf([...OWN_SCENARIO, ...SCENARIOS], CASES[9] ?? '');
    if (at === 'Query.job(id)') return this.someOf(JOBS, CASES[9] ?? '');
    if (type === 'ID' && name === 'id') return this.one(CASES);
    if (at === 'Query.attestationPage(agency)')
      return this.someOf([city.agency, city.agency, city.otherAgency], this.agency());
    if (name === 'agency' || name === 'agencies') return this.agency();
    if (NEEDED.has(at) && this.chance(0.5)) return 'urn:khung:hcm-lgsp';
    if (type === 'URN' || type === 'ID') return this.urn();
    if (name === 'fields') {
      const own = at.startsWith('RelationConnection') ? ['kind', 'status', 'strength', 'channel'] : FACETS;
      return this.one(at.startsWith('ImpactAnalysis') ? [...own, 'severity', 'depth'] : own);
    }
    const words = WORDS[at] ?? WORDS[name];
    if (words !== undefined) return this.one(words);
    if (at.startsWith('StringFilterInput') || name === 'text' || name === 'search') return this.words();
    return this.one(TEXTS);
  }

  private agency(): string {
    if (this.chance(0.4)) return this.one([city.agency, city.otherAgency]);
    return this.chance(0.9) ? this.urnOf('AGENCY') : 'urn:khung:khong-co';
  }

  private urn(): string {
    const from = this.random.next();
    if (from < 0.4) return this.one(this.hidden);
    if (from < 0.5) return 'urn:khung:hcm-lgsp';
    if (from < 0.55) return this.one(['urn:khung:khong-co', DEFINITION.urn]);
    if (from < 0.62) return this.one(this.relations);
    return this.urnOf(this.one(['SYSTEM', 'SYSTEM', 'PLATFORM', 'DATABASE', 'PROJECT', 'AGENCY']));
  }

  /** Some words of the name of something, seen or hidden; at times unfinished. */
  private words(): string {
    const all = this.one(this.names).split(' ');
    const from = this.random.below(Math.max(1, all.length - 1));
    const text = all.slice(from, from + 1 + this.random.below(2)).join(' ');
    return this.chance(0.2) && text.length > 5 ? text.slice(0, -2) : text;
  }
}
