import type { Landscape } from './landscape.js';
import type { ElementKind } from './model.js';
import type { PathStep } from './needs.js';

/** One step of a path from which elements of some kinds were taken out. */
export interface CollapsedStep {
  readonly from: number;
  readonly to: number;
  /** What it stands for: one step, or several that lead through what was taken out. Never empty. */
  readonly steps: readonly PathStep[];
}

/**
 * The same path without elements of some kinds between its ends: steps that lead to or from one are put together. What
 * they say together in ArchiMate is told by `pathDerivation`.
 * @param collapsed - the ends of the path stay, whatever their kind.
 */
export function collapsePath(
  landscape: Landscape,
  path: readonly PathStep[],
  collapsed: ReadonlySet<ElementKind>,
): CollapsedStep[] {
  const found: CollapsedStep[] = [];
  let run: PathStep[] = [];
  for (const [index, step] of path.entries()) {
    run.push(step);
    const kind = landscape.elementAt(step.to)?.kind;
    if (index < path.length - 1 && kind !== undefined && collapsed.has(kind)) continue;
    found.push({ from: run[0]?.from ?? step.from, to: step.to, steps: run });
    run = [];
  }
  return found;
}
