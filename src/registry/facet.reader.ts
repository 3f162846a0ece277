import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { NO_VALUE_KEYS, elementFacetFields, relationFacetFields } from '../core/landscape/facet-fields.js';
import type { NoValueKey } from '../core/landscape/facet-fields.js';
import { countsBy, elementFacet, relationFacet } from '../core/landscape/facets.js';
import type { Facet } from '../core/landscape/facets.js';
import type { Element, Relation } from '../core/landscape/model.js';
import { meaningOf } from '../runtime/graphql-enum.js';
import type { Language } from '../runtime/messages.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import type { CountGroupType, FacetType } from './facet.types.js';

/** A whole list of a view, and the request for which it is counted: in its language, from its work. */
export interface Counted<T> {
  readonly landscape: LandscapeView;
  readonly items: readonly T[];
  readonly context: RequestContext;
}

/** Most fields that are counted together. */
const GROUPED_MAXIMUM = 3;

const NO_VALUE_LABELS: Readonly<Record<NoValueKey, Readonly<Record<Language, string>>>> = {
  NOT_APPLICABLE: { VI: 'Không áp dụng', EN: 'Not applicable' },
  DECLARED_ABSENT: { VI: 'Đã khai là không có', EN: 'Declared absent' },
  UNKNOWN: { VI: 'Chưa rõ', EN: 'Unknown' },
};
const BOOLEAN_LABELS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  true: { VI: 'Có', EN: 'Yes' },
  false: { VI: 'Không', EN: 'No' },
};

/** The enums whose words are the values of a field. */
const ENUM_OF_ELEMENT_FIELD: Readonly<Record<string, string>> = {
  kind: 'ElementKind',
  phase: 'LifecyclePhase',
  level: 'AgencyLevel',
  visibility: 'Visibility',
};
const ENUM_OF_RELATION_FIELD: Readonly<Record<string, string>> = {
  kind: 'RelationKind',
  status: 'RelationStatus',
  strength: 'DependencyStrength',
  channel: 'ExchangeChannel',
};

/** Counts over whole lists, with labels for people. */
@Injectable()
export class FacetReader {
  /** @throws RegistryError FIELD_UNKNOWN, LIMIT_EXCEEDED. */
  ofElements({ landscape, items, context }: Counted<Element>, names: readonly string[]): FacetType[] {
    const found = elementFacetFields(names, landscape.definitions.byKey, ['fields']);
    if ('issue' in found) throw new RegistryError([found.issue]);
    const { language } = context;
    workOf(context).spend(items.length * names.length);
    return found.fields.map((field) =>
      labelled(elementFacet(landscape, items, field), (key) => elementLabel(landscape, field.name, key, language)),
    );
  }

  /** @throws RegistryError FIELD_UNKNOWN, LIMIT_EXCEEDED. */
  ofRelations({ landscape, items, context }: Counted<Relation>, names: readonly string[]): FacetType[] {
    const found = relationFacetFields(names, ['fields']);
    if ('issue' in found) throw new RegistryError([found.issue]);
    const { language } = context;
    workOf(context).spend(items.length * names.length);
    return found.fields.map((field) =>
      labelled(relationFacet(landscape, items, field), (key) =>
        wordLabel(ENUM_OF_RELATION_FIELD[field.name], key, language),
      ),
    );
  }

  /** @throws RegistryError FIELD_UNKNOWN, LIMIT_EXCEEDED. */
  countsBy({ landscape, items, context }: Counted<Element>, names: readonly string[]): CountGroupType[] {
    const found = elementFacetFields(names, landscape.definitions.byKey, ['fields'], GROUPED_MAXIMUM);
    if ('issue' in found) throw new RegistryError([found.issue]);
    const { language } = context;
    workOf(context).spend(items.length * names.length);
    const labelOf = (key: string, index: number): string => elementLabel(landscape, names[index] ?? '', key, language);
    return countsBy(landscape, items, found.fields).map(({ keys, count }) => new LabelledGroup(keys, count, labelOf));
  }
}

/** There may be thousands of groups, and a dashboard has labels of its own: they are looked up when they are asked for. */
class LabelledGroup implements CountGroupType {
  constructor(
    readonly keys: readonly string[],
    readonly count: number,
    private readonly labelOf: (key: string, index: number) => string,
  ) {}

  get labels(): string[] {
    return this.keys.map(this.labelOf);
  }
}

function labelled({ field, buckets }: Facet, labelOf: (key: string) => string): FacetType {
  return { field, buckets: buckets.map(({ key, count }) => ({ key, label: labelOf(key), count })) };
}

/** What a value of a field of elements is called; a value that has no name is called by itself. */
export function elementLabel(landscape: LandscapeView, field: string, key: string, language: Language): string {
  const owner = field === 'owner' ? landscape.elementByUrn(key) : undefined;
  if (owner !== undefined) return language === 'EN' ? (owner.nameEn ?? owner.name) : owner.name;
  return wordLabel(ENUM_OF_ELEMENT_FIELD[field], key, language);
}

function wordLabel(enumName: string | undefined, key: string, language: Language): string {
  const noValue = NO_VALUE_KEYS.find((each) => each === key);
  if (noValue !== undefined) return NO_VALUE_LABELS[noValue][language];
  const meaning = enumName === undefined ? undefined : meaningOf(enumName, key, language);
  return meaning ?? BOOLEAN_LABELS[key]?.[language] ?? key;
}
