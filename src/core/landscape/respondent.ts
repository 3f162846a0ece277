import type { AskedFrom } from './attribute.js';
import { ownerOf, targetsOf } from './landscape.js';
import type { Landscape } from './landscape.js';
import type { Element } from './model.js';

/**
 * The agency that can answer a question about an element: its operator where the question is for him and he is known, else
 * its owner; an agency answers for itself. Undefined where nobody is known.
 */
export function respondentOf(landscape: Landscape, element: Element, askedFrom: AskedFrom): Element | undefined {
  if (askedFrom === 'SELF' && element.kind === 'AGENCY') return element;
  const operator = askedFrom === 'OPERATOR' ? targetsOf(landscape, element.seq, 'OPERATED_BY')[0] : undefined;
  return operator ?? ownerOf(landscape, element.seq);
}
