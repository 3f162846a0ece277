import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { Element } from '../core/landscape/model.js';

/**
 * The agency that an argument names; undefined where none is named.
 * @param path - of the argument; `agency` unless told.
 * @throws RegistryError URN_UNKNOWN where nothing visible has the urn, REFERENCE_OF_WRONG_KIND where it is no agency.
 */
export function owningAgency(
  landscape: LandscapeView,
  urn: string | null | undefined,
  path: readonly string[] = ['agency'],
): Element | undefined {
  if (urn === null || urn === undefined) return undefined;
  const agency = landscape.elementByUrn(urn);
  if (agency === undefined) throw RegistryError.of('URN_UNKNOWN', path, { urn });
  if (agency.kind === 'AGENCY') return agency;
  const params = { field: 'agency', urn, kind: agency.kind, allowed: 'AGENCY' };
  throw RegistryError.of('REFERENCE_OF_WRONG_KIND', path, params);
}
