import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import type { Urn } from './model.js';
import type { ReorganisationDraft, Tie } from './reorganisation-draft.js';

interface Step {
  readonly urn: Urn;
  /** The wholes of it that have not been looked at. */
  readonly wholes: Tie[];
}

/**
 * The circles of wholes and parts that a reorganisation would close, each as a conflict of the intent that closes it.
 * Looks at what the changed agencies are a part of, each agency once.
 */
export function cycleConflicts(draft: ReorganisationDraft): Issue[] {
  const conflicts: Issue[] = [];
  const done = new Set<Urn>();
  for (const { kind, state, source, last } of draft.touched) {
    if (kind !== 'PART_OF' || state !== 'LIVES' || last === undefined) continue;
    const cycle = cycleFrom(draft, source, done);
    if (cycle === undefined) continue;
    conflicts.push(issue('PART_OF_CYCLE', ['intents', `${last.intent}`], { cycle: cycle.join(' > ') }));
  }
  return conflicts;
}

function cycleFrom(draft: ReorganisationDraft, start: Urn, done: Set<Urn>): Urn[] | undefined {
  if (done.has(start)) return undefined;
  const way: Step[] = [{ urn: start, wholes: wholesOf(draft, start) }];
  const onWay = new Set<Urn>([start]);
  for (let step = way.at(-1); step !== undefined; step = way.at(-1)) {
    const next = step.wholes.pop()?.target;
    if (next === undefined) {
      done.add(step.urn);
      onWay.delete(step.urn);
      way.pop();
    } else if (onWay.has(next)) {
      for (const { urn } of way) done.add(urn);
      return [...way.slice(way.findIndex(({ urn }) => urn === next)).map(({ urn }) => urn), next];
    } else if (!done.has(next)) {
      way.push({ urn: next, wholes: wholesOf(draft, next) });
      onWay.add(next);
    }
  }
  return undefined;
}

function wholesOf(draft: ReorganisationDraft, urn: Urn): Tie[] {
  return draft.tiesOf(urn).filter(({ kind, source }) => kind === 'PART_OF' && source === urn);
}
