import type { Urn } from './model.js';
import type { ReorganisationDraft, Tie } from './reorganisation-draft.js';

/**
 * Gives one thing to an agency: a single relation its end at the agency, an element its owner, an agency what it is a
 * part of. What had no owner gets one.
 * @returns whether anything had to be moved.
 */
export function transferThing(
  draft: ReorganisationDraft,
  what: string,
  { to, intent }: { readonly to: Urn; readonly intent: number },
): boolean {
  const single = draft.tieOf(what);
  if (single !== undefined) return transferTie(draft, single, { to, intent });
  const agency = draft.agency(what);
  const thing = agency?.urn ?? draft.landscape.elementByUrn(what)?.urn;
  if (thing === undefined) return false;
  const kind = agency === undefined ? 'OWNED_BY' : 'PART_OF';
  const ties = draft.tiesOf(thing).filter((tie) => tie.kind === kind && tie.source === thing);
  const others = ties.filter(({ target }) => target !== to);
  for (const tie of others) draft.move(tie, 'target', { to, intent });
  if (ties.length === 0) draft.begin(kind, [thing, to], intent);
  return ties.length === 0 || others.length > 0;
}

function transferTie(
  draft: ReorganisationDraft,
  tie: Tie,
  { to, intent }: { readonly to: Urn; readonly intent: number },
): boolean {
  const end = draft.agency(tie.target) === undefined ? 'source' : 'target';
  if (tie.source === to || tie.target === to) return false;
  draft.move(tie, end, { to, intent });
  return true;
}
