import type {
  DateFilter,
  ElementFilter,
  IntFilter,
  RelationFilter,
  StringFilter,
} from '../../src/core/landscape/filter.js';
import { foldVietnamese } from '../../src/core/fold-vietnamese.js';
import type { Element, Json, Relation } from '../../src/core/landscape/model.js';

/**
 * Filters read word by word from bare lists of records, as somebody would do it by hand: slow, without indexes, without
 * anything made ready. What the compiled filters must agree with.
 */
export class NaiveFilters {
  constructor(
    private readonly elements: readonly Element[],
    private readonly relations: readonly Relation[],
  ) {}

  elementHolds(filter: ElementFilter, element: Element): boolean {
    const conditions: boolean[] = [];
    const { kind, urn, name, layer, owner, level, attribute, relation, and, or, not } = filter;
    if (kind) conditions.push(kind.includes(element.kind));
    if (urn) conditions.push(urn.includes(element.urn));
    if (name) conditions.push(naiveString(name, element.name));
    if (layer) conditions.push(naiveInt(layer, element.layer));
    if (level) conditions.push(level.some((each) => each === element.level));
    if (owner) {
      const agency = this.ownerOf(element.seq);
      conditions.push(agency !== undefined && this.elementHolds(owner, agency));
    }
    if (attribute) {
      const value: Json | undefined = element.attributes[attribute.key ?? ''];
      if (typeof attribute.isKnown === 'boolean') conditions.push(attribute.isKnown === (value !== undefined));
      if (typeof attribute.boolean === 'boolean') conditions.push(attribute.boolean === value);
      if (attribute.int) conditions.push(naiveInt(attribute.int, typeof value === 'number' ? value : null));
      if (attribute.string) conditions.push(naiveString(attribute.string, typeof value === 'string' ? value : null));
      if (attribute.date) {
        const date = typeof value === 'string' && /^\d{4}/.test(value) ? value : null;
        conditions.push(naiveDate(attribute.date, date));
      }
    }
    if (relation) {
      const own = this.relations.filter(({ source, target }) => source === element.seq || target === element.seq);
      const holds = (each: Relation, condition: RelationFilter): boolean =>
        this.relationHolds(condition, each, element.seq);
      const { some, none, every } = relation;
      if (some) conditions.push(own.filter((each) => holds(each, some)).length > 0);
      if (none) conditions.push(own.filter((each) => holds(each, none)).length === 0);
      if (every) conditions.push(own.filter((each) => holds(each, every)).length === own.length);
    }
    for (const each of and ?? []) conditions.push(this.elementHolds(each, element));
    if (or) conditions.push(or.filter((each) => this.elementHolds(each, element)).length > 0);
    if (not) conditions.push(!this.elementHolds(not, element));
    return !conditions.includes(false);
  }

  relationHolds(filter: RelationFilter, relation: Relation, from: number): boolean {
    const conditions: boolean[] = [];
    const { kind, direction, other, source, target, strength, status, channel, channelNot, crossAgency } = filter;
    const end = (seq: number, condition: ElementFilter): boolean => {
      const element = this.elements.find((each) => each.seq === seq);
      return element !== undefined && this.elementHolds(condition, element);
    };
    if (kind) conditions.push(kind.includes(relation.kind));
    if (strength) conditions.push(strength.includes(relation.strength));
    if (status) conditions.push(status.includes(relation.status));
    if (direction === 'OUTGOING') conditions.push(relation.source === from);
    if (direction === 'INCOMING') conditions.push(relation.target === from);
    if (other) conditions.push(end(relation.source === from ? relation.target : relation.source, other));
    if (source) conditions.push(end(relation.source, source));
    if (target) conditions.push(end(relation.target, target));
    const channels = relation.channels.length === 0 ? ['UNKNOWN'] : relation.channels;
    if (channel) conditions.push(channels.some((each) => channel.some((wanted) => wanted === each)));
    if (channelNot) {
      conditions.push(!channels.some((each) => each === 'UNKNOWN' || channelNot.some((unwanted) => unwanted === each)));
    }
    if (typeof crossAgency === 'boolean') {
      const [one, two] = [this.ownerOf(relation.source), this.ownerOf(relation.target)];
      conditions.push(one !== undefined && two !== undefined && (one.seq !== two.seq) === crossAgency);
    }
    for (const each of filter.and ?? []) conditions.push(this.relationHolds(each, relation, from));
    if (filter.or) conditions.push(filter.or.filter((each) => this.relationHolds(each, relation, from)).length > 0);
    if (filter.not) conditions.push(!this.relationHolds(filter.not, relation, from));
    return !conditions.includes(false);
  }

  /** Of several owners, the one with the smallest number; after all that is recorded, what has an end is over. */
  private ownerOf(seq: number): Element | undefined {
    const owners = this.relations.filter(
      ({ kind, source, status, validTo }) =>
        kind === 'OWNED_BY' && source === seq && status !== 'ENDED' && validTo === null,
    );
    const first = Math.min(...owners.map(({ target }) => target));
    return this.elements.find((each) => each.seq === first);
  }
}

function naiveString({ eq, ne, in: list, contains, startsWith, isNull }: StringFilter, value: string | null): boolean {
  if (typeof isNull === 'boolean' && isNull !== (value === null)) return false;
  const compares = [eq, ne, list, contains, startsWith].some((each) => each !== undefined && each !== null);
  if (value === null) return !compares;
  if (typeof eq === 'string' && value !== eq) return false;
  if (typeof ne === 'string' && value === ne) return false;
  if (list && !list.includes(value)) return false;
  if (typeof contains === 'string' && foldVietnamese(value).split(foldVietnamese(contains)).length < 2) return false;
  return typeof startsWith !== 'string' || foldVietnamese(value).indexOf(foldVietnamese(startsWith)) === 0;
}

function naiveInt({ eq, lt, gte, isNull }: IntFilter, value: number | null): boolean {
  if (typeof isNull === 'boolean' && isNull !== (value === null)) return false;
  if (value === null) return ![eq, lt, gte].some((each) => typeof each === 'number');
  if (typeof eq === 'number' && value !== eq) return false;
  if (typeof lt === 'number' && !(value < lt)) return false;
  return typeof gte !== 'number' || value >= gte;
}

/** A date as the first and the last day it may mean. */
function span(date: string): readonly [string, string] {
  const [year = '', month, day] = date.split('-');
  return [`${year}-${month ?? '01'}-${day ?? '01'}`, `${year}-${month ?? '12'}-${day ?? '31'}`];
}

function naiveDate({ eq, before, after, isNull }: DateFilter, value: string | null): boolean {
  if (typeof isNull === 'boolean' && isNull !== (value === null)) return false;
  if (value === null) return ![eq, before, after].some((each) => typeof each === 'string');
  const [first, last] = span(value);
  if (typeof eq === 'string' && !(span(eq)[0] <= first && last <= span(eq)[1])) return false;
  if (typeof before === 'string' && !(last < span(before)[0])) return false;
  return typeof after !== 'string' || first > span(after)[1];
}
