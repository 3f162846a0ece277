import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import {
  QualityMeasure,
  completenessOf,
  factsWorthAsking,
  isOwnField,
  sumOfQualities,
} from '../core/landscape/data-quality.js';
import type {
  DataQuality,
  QualityFact,
  QualityPolicy,
  QualitySum,
  WantedFact,
} from '../core/landscape/data-quality.js';
import { ownerOf, targetsOf } from '../core/landscape/landscape.js';
import type { Element, ElementKind } from '../core/landscape/model.js';
import { NOBODY, ownerTable } from '../core/landscape/owner-table.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import type { MissingFact } from '../registry/coverage.types.js';
import { SeenElement } from '../registry/seen.types.js';
import type { Language } from '../runtime/messages.js';
import { todayInVietnam } from '../runtime/today.js';
import { questionOf, readQualityPolicy } from './quality-policy.reader.js';

/** An element with how much is known of it. */
export type Measured = readonly [element: Element, quality: DataQuality];

/** What is known of what one agency owns; `agency` is undefined for what has no owner that is known. */
export interface AgencyQuality {
  readonly agency: Element | undefined;
  readonly sum: QualitySum;
}

/** How complete and how fresh the records of a view are. */
@Injectable()
export class QualityReader {
  readonly policy: QualityPolicy;
  /** Kinds whose owner should be known. */
  private readonly owned: ReadonlySet<ElementKind>;
  private readonly measures = new WeakMap<LandscapeView, QualityMeasure>();

  constructor(definitions: AttributeDefinitionReader) {
    this.policy = readQualityPolicy(definitions.all);
    this.owned = new Set(this.policy.facts.filter(({ field }) => field === 'OWNED_BY').flatMap(({ kinds }) => kinds));
  }

  /** How much is known of an element. */
  of(landscape: LandscapeView, element: Element): DataQuality {
    let measure = this.measures.get(landscape);
    if (measure === undefined) {
      // What one may not read is not asked of one either: it would count as unknown for ever.
      const readable = ({ field }: QualityFact): boolean => isOwnField(field) || landscape.mayReadValuesOf(field);
      const policy = { ...this.policy, facts: this.policy.facts.filter(readable) };
      measure = new QualityMeasure(landscape, policy, landscape.day ?? todayInVietnam());
      this.measures.set(landscape, measure);
    }
    return measure.of(element);
  }

  /** The elements of which something should be known and that have an owner, or should: of one agency, or all; in order of seq. */
  measured(landscape: LandscapeView, agency: Element | undefined): Measured[] {
    const owners = ownerTable(landscape);
    const found: Measured[] = [];
    for (const element of landscape.elements()) {
      if (agency !== undefined && owners[element.seq] !== agency.seq) continue;
      if (!this.owned.has(element.kind)) continue;
      found.push([element, this.of(landscape, element)]);
    }
    return found;
  }

  /** One row for each owner, in order of its seq, what nobody owns last. */
  byAgency(landscape: LandscapeView, measured: readonly Measured[]): AgencyQuality[] {
    const owners = ownerTable(landscape);
    const groups = new Map<number, DataQuality[]>();
    for (const [{ seq }, quality] of measured) {
      const owner = owners[seq] ?? NOBODY;
      const group = groups.get(owner);
      if (group === undefined) groups.set(owner, [quality]);
      else group.push(quality);
    }
    const seqs = [...groups.keys()].toSorted((a, b) => Number(a === NOBODY) - Number(b === NOBODY) || a - b);
    return seqs.map((seq) => ({
      agency: landscape.elementAt(seq),
      sum: sumOfQualities(groups.get(seq) ?? []),
    }));
  }

  /**
   * The facts worth asking first of what an agency owns, or of everything where none is named: by their weight times what
   * hangs on the element.
   * @param limit - most facts given.
   */
  worthAsking(landscape: LandscapeView, agency: Element | undefined, limit: number): WantedFact[] {
    return factsWorthAsking(landscape, this.measured(landscape, agency), limit);
  }

  /** The same elements, the least complete first, ties in order of seq. */
  leastComplete(measured: readonly Measured[]): Measured[] {
    return measured.toSorted(([, a], [, b]) => completenessOf(a) - completenessOf(b));
  }

  /** A missing fact with its question and whom to ask: the operator where he would know, else the owner, else itself. */
  missingFact(landscape: LandscapeView, element: Element, fact: QualityFact, language: Language): MissingFact {
    const definitions = landscape.definitions.byKey;
    const askedFrom = definitions.get(fact.field)?.askedFrom;
    const operator = askedFrom === 'OPERATOR' ? targetsOf(landscape, element.seq, 'OPERATED_BY')[0] : undefined;
    const asked = operator ?? (element.kind === 'AGENCY' ? element : ownerOf(landscape, element.seq));
    return {
      field: fact.field,
      question: questionOf(fact, definitions, language),
      element: new SeenElement(landscape, element),
      relation: null,
      askedFrom: asked === undefined ? null : new SeenElement(landscape, asked),
    };
  }
}
