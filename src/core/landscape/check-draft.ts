import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import type { ChangeDraft } from './change-draft.js';
import { isLegal, legalRelations } from './legality.js';
import type { Element, Relation } from './model.js';

/** Longest chain of PART_OF that is spelled out in a message. */
const CYCLE_SHOWN = 20;

/**
 * What is wrong with the landscape that a change set would leave behind: relations that may not be, ends that are gone,
 * wholes that are parts of themselves. Only what the change set touched can have gone wrong, so only that is looked at.
 * @param origins - position of the first operation on each urn, for the path of an issue.
 */
export function checkDraft(draft: ChangeDraft, origins: ReadonlyMap<string, number>): Issue[] {
  const issues: Issue[] = [];
  const checked = new Set<string>();
  const check = (relation: Relation, cause: string): void => {
    if (checked.has(relation.urn)) return;
    checked.add(relation.urn);
    issues.push(...relationIssues(draft, relation, ['operations', `${origins.get(cause) ?? 0}`]));
  };
  for (const { after, urn } of draft.touchedRelations()) if (after !== undefined) check(after, urn);
  for (const { seq, urn, before, after } of draft.touchedElements()) {
    if (after === undefined) {
      const count = draft.relationsOf(seq).length;
      const path = ['operations', `${origins.get(urn) ?? 0}`, 'urn'];
      if (count > 0) issues.push(issue('ELEMENT_STILL_RELATED', path, { urn, count }));
    } else if (before !== undefined && before.kind !== after.kind) {
      for (const relation of draft.relationsOf(seq)) check(relation, urn);
    }
  }
  return issues;
}

function relationIssues(draft: ChangeDraft, relation: Relation, path: readonly string[]): Issue[] {
  const source = draft.elementAt(relation.source);
  const target = draft.elementAt(relation.target);
  // An end that is gone is told once, as the removed element's own issue.
  if (source === undefined || target === undefined) return [];
  if (!isLegal(relation.kind, source.kind, target.kind)) {
    const legal = legalRelations(source.kind, target.kind).join(', ');
    const params = { kind: relation.kind, source: source.kind, target: target.kind, legal };
    return [issue('RELATION_ILLEGAL', [...path, 'value', 'kind'], params)];
  }
  if (relation.kind !== 'PART_OF') return [];
  const cycle = partOfCycle(draft, source, target);
  if (cycle === undefined) return [];
  return [issue('PART_OF_CYCLE', [...path, 'value', 'target'], { cycle: cycle.slice(0, CYCLE_SHOWN).join(' > ') })];
}

/** The wholes from the part up to the part again, as urns; undefined where the part is in no part of itself. */
function partOfCycle(draft: ChangeDraft, part: Element, whole: Element): string[] | undefined {
  const cameFrom = new Map<number, Element>();
  const queue: Element[] = [whole];
  const seen = new Set<number>([whole.seq]);
  for (let element = queue.pop(); element !== undefined; element = queue.pop()) {
    if (element.seq === part.seq) return [part.urn, ...chain(cameFrom, element, whole)];
    for (const relation of draft.relationsOf(element.seq)) {
      if (relation.kind !== 'PART_OF' || relation.source !== element.seq || seen.has(relation.target)) continue;
      const above = draft.elementAt(relation.target);
      if (above === undefined) continue;
      seen.add(above.seq);
      cameFrom.set(above.seq, element);
      queue.push(above);
    }
  }
  return undefined;
}

/** From `start` up to `end`. */
function chain(cameFrom: ReadonlyMap<number, Element>, end: Element, start: Element): string[] {
  const urns = [end.urn as string];
  for (let element = end; element.seq !== start.seq;) {
    const below = cameFrom.get(element.seq);
    if (below === undefined) break;
    urns.unshift(below.urn);
    element = below;
  }
  return urns;
}
