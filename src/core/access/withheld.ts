import type { WithheldReason } from '../landscape/attribute.js';
import type { ElementKind, PartialDate } from '../landscape/model.js';
import type { LandscapeView } from './view.js';

/** What somebody may know of and not read. */
export interface Withheld {
  /** The way to it in a record. */
  readonly path: string;
  readonly reason: WithheldReason;
  /** Last day; null where nobody has told. */
  readonly until: PartialDate | null;
}

/** Persons who answer for something are told nobody but officials, and for no time. */
const PERSONS: Withheld = { path: 'responsibilities.person', reason: 'PERSONAL_DATA', until: null };

/**
 * What whoever looks may not read of the elements of a kind. It is said by definitions alone and of every element of the
 * kind, so that nobody learns from it whether anything stands there.
 */
export function withheldFrom(landscape: LandscapeView, kind: ElementKind): Withheld[] {
  const { definitions, withheldKeys, namesPersons } = landscape;
  const attributes = Array.from(withheldKeys).flatMap((key): Withheld[] => {
    const definition = definitions.byKey.get(key);
    const reason = definition?.withheldReason;
    if (definition === undefined || reason === undefined || !definition.appliesTo.includes(kind)) return [];
    return [{ path: `attributes.${key}`, reason, until: definition.withheldUntil ?? null }];
  });
  return namesPersons ? attributes : [...attributes, PERSONS];
}
