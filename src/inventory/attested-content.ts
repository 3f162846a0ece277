import { ATTESTED } from '../core/landscape/attestation.js';
import type { Element } from '../core/landscape/model.js';
import { fieldOfAttribute } from '../core/policy/treatment-decision.js';
import { hashOf } from '../runtime/canonical-json.js';

const DAYS: ReadonlySet<string> = new Set(Object.values(ATTESTED));
/** Records are never changed: another state is another object. */
const contents = new WeakMap<Element, string>();

/**
 * Stands for all of a record that its agency confirms: neither the days it says so, nor what the office decides to become
 * of it.
 * @param element - whole, as nobody's view shows it.
 */
export function contentOf(element: Element): string {
  let content = contents.get(element);
  if (content === undefined) {
    const { revision: _revision, attributes, ...fields } = element;
    const confirmed = Object.entries(attributes).filter(
      ([key]) => !DAYS.has(key) && fieldOfAttribute(key) === undefined,
    );
    content = hashOf({ ...fields, attributes: Object.fromEntries(confirmed) });
    contents.set(element, content);
  }
  return content;
}
