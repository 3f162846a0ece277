import { RegistryError } from '../core/errors.js';
import type { Landscape } from '../core/landscape/landscape.js';
import type { Element } from '../core/landscape/model.js';
import { COUNTERPART_KINDS } from '../core/similarity/indexed-element.js';

/**
 * The element that an argument names, of a kind that can be a duplicate.
 * @param field - name of the argument.
 * @throws RegistryError URN_UNKNOWN where nothing visible has the urn, REFERENCE_OF_WRONG_KIND where it is of another kind.
 */
export function counterpartElement(landscape: Landscape, urn: string, field: string): Element {
  const element = landscape.elementByUrn(urn);
  if (element === undefined) throw RegistryError.of('URN_UNKNOWN', [field], { urn });
  if (COUNTERPART_KINDS.has(element.kind)) return element;
  const params = { field, urn, kind: element.kind, allowed: [...COUNTERPART_KINDS].join(', ') };
  throw RegistryError.of('REFERENCE_OF_WRONG_KIND', [field], params);
}
