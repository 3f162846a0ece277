import type { Conflict } from './conflict.js';
import type { Json } from './model.js';
import { isRecord } from './record-fields.js';

export const CHOICES = ['CURRENT', 'SCENARIO', 'VALUE'] as const;
/** CURRENT: the landscape stays as it is there; SCENARIO: the scenario's way; VALUE: a third value, of a field alone. */
export type Choice = (typeof CHOICES)[number];

/** How somebody decided a conflict. */
export interface Resolution {
  readonly urn: string;
  /** The field; null for the whole object. */
  readonly path: string | null;
  readonly choose: Choice;
  /** VALUE: what the field is to be; undefined makes it unknown. */
  readonly value?: Json | undefined;
}

/** A place of a conflict or a resolution as a key. */
export function placeOf(urn: string, path: string | null): string {
  return JSON.stringify([urn, path]);
}

/** Whether a resolution decides a conflict, taken for itself. */
export function decides(resolution: Resolution | undefined, { cause }: Conflict): boolean {
  if (resolution === undefined) return false;
  if (cause === 'URN_TAKEN') return resolution.choose === 'CURRENT';
  return resolution.choose !== 'VALUE' || cause === 'CHANGED_OTHERWISE';
}

/** Whether a conflict is decided, and no other decision contradicts that. */
export function isDecided(given: ReadonlyMap<string, Resolution>, conflict: Conflict): boolean {
  const resolution = given.get(placeOf(conflict.urn, conflict.path));
  if (!decides(resolution, conflict)) return false;
  // Nobody can hold on to a relation and give up its end.
  const isHeld = resolution?.choose === 'SCENARIO';
  return !isHeld || !endsThatGoWith(conflict).some((end) => given.get(placeOf(end, null))?.choose === 'CURRENT');
}

/** The ends that a relation needs back where somebody insists on it. */
function endsThatGoWith({ cause, scenario }: Conflict): string[] {
  if (cause === 'END_GONE') return typeof scenario === 'string' ? [scenario] : [];
  if (cause !== 'REMOVED_THERE' || !isRecord(scenario)) return [];
  return ['source', 'target'].flatMap((end) => (typeof scenario[end] === 'string' ? scenario[end] : []));
}
