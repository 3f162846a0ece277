import type { LandscapeView } from '../core/access/view.js';
import type { Element } from '../core/landscape/model.js';
import { respondentOf } from '../core/landscape/respondent.js';
import type { Language } from '../runtime/messages.js';
import type { Coverage, MissingFact } from './coverage.types.js';
import { SeenElement } from './seen.types.js';

/** An attribute of an element that nobody has told. */
export interface UnknownAttribute {
  readonly element: Element;
  readonly key: string;
}

/**
 * How far a list of records goes of which nobody ever declares that it is whole: a lower bound at best, with the
 * attributes that would have to be known and whom to ask.
 * @param objectsKnown - number of the records among which was looked.
 */
export function askedCoverage(
  landscape: LandscapeView,
  { objectsKnown, unknown }: { readonly objectsKnown: number; readonly unknown: readonly UnknownAttribute[] },
  language: Language,
): Coverage {
  return {
    verdict: objectsKnown === 0 ? 'UNKNOWN' : 'LOWER_BOUND',
    objectsKnown,
    missing: unknown.map((each) => missingAttribute(landscape, each, language)),
    attestedOn: null,
  };
}

/** An attribute that nobody has told, as a fact to be asked for in a language. */
export function missingAttribute(
  landscape: LandscapeView,
  { element, key }: UnknownAttribute,
  language: Language,
): MissingFact {
  const definition = landscape.definitions.byKey.get(key);
  const askedFrom = respondentOf(landscape, element, definition?.askedFrom ?? 'OWNER');
  return {
    field: key,
    question: (language === 'VI' ? definition?.questionVi : definition?.questionEn) ?? null,
    element: new SeenElement(landscape, element),
    relation: null,
    askedFrom: askedFrom === undefined ? null : new SeenElement(landscape, askedFrom),
  };
}
