import { isInForce } from './landscape.js';
import type { Landscape } from './landscape.js';
import { mayHoldTogether } from './model.js';
import type { Element, PartialDate, Relation } from './model.js';

/** Key of the attribute of a MASTERS relation that says for which territory or set of records it is the original. */
export const MASTER_SCOPE = 'masterScope';

/** The scope of a MASTERS relation in normal form; null where it is the original of all there is, or does not say. */
export function masterScopeOf({ attributes }: Pick<Relation, 'attributes'>): string | null {
  const scope = attributes[MASTER_SCOPE];
  if (typeof scope !== 'string') return null;
  const words = scope.normalize('NFC').toLowerCase().split(/\s+/u).filter(Boolean).join(' ');
  return words === '' ? null : words;
}

/**
 * Whether two MASTERS relations of one data object say the same of two sources: their scopes are one, or one of them has
 * none; and they may hold at the same time. What has ended contests nothing. Two scopes in different words are taken to
 * be two.
 */
export function contest(one: Relation, other: Relation): boolean {
  if (one.status === 'ENDED' || other.status === 'ENDED') return false;
  if (!mayHoldTogether(one, other)) return false;
  const [scope, otherScope] = [masterScopeOf(one), masterScopeOf(other)];
  return scope === null || otherScope === null || scope === otherScope;
}

/** MASTERS relations of one data object, by scope, so that those of other scopes are not looked through. */
export class Masters {
  private readonly byScope = new Map<string | null, Relation[]>();

  constructor(relations: Iterable<Relation>) {
    for (const relation of relations) {
      // What has ended contests nothing.
      if (relation.kind !== 'MASTERS' || relation.status === 'ENDED') continue;
      const scope = masterScopeOf(relation);
      const list = this.byScope.get(scope);
      if (list === undefined) this.byScope.set(scope, [relation]);
      else list.push(relation);
    }
  }

  /** The others that contest a relation; see `contest`. Cheap where it has a scope that few others have. */
  *contesting(relation: Relation): Generator<Relation> {
    const scope = masterScopeOf(relation);
    const near = scope === null ? this.byScope.values() : [this.byScope.get(scope), this.byScope.get(null)];
    for (const list of near) {
      for (const other of list ?? []) if (other.urn !== relation.urn && contest(relation, other)) yield other;
    }
  }

  get isContested(): boolean {
    return [...this.byScope.values()].flat().some((each) => this.contesting(each).next().done === false);
  }
}

export const MASTER_STATES = ['NONE', 'PLANNED', 'ONE', 'BY_SCOPE', 'CONTESTED'] as const;
/**
 * Who holds the original of data on a day: NONE known; a master that is only PLANNED; ONE of all there is; several, each
 * in its own scope (BY_SCOPE), or one whose scope is not all there is; CONTESTED where two say the same.
 */
export type MasterState = (typeof MASTER_STATES)[number];

/** The MASTERS relations that lead to a kind of data, in order of seq; those that have ended among them. */
export function mastersOf(landscape: Landscape, data: Element): Relation[] {
  const found: Relation[] = [];
  landscape.forEachIncoming(data.seq, (kind, _other, seq) => {
    const relation = kind === 'MASTERS' ? landscape.relationAt(seq) : undefined;
    if (relation !== undefined) found.push(relation);
  });
  return found.toSorted((a, b) => a.seq - b.seq);
}

/**
 * The state of a kind of data on a day.
 * @param day - null = whenever.
 */
export function masterState(landscape: Landscape, data: Element, day: PartialDate | null): MasterState {
  const now = mastersOf(landscape, data).filter((each) =>
    day === null ? each.status !== 'ENDED' : isInForce(each, day),
  );
  if (new Masters(now).isContested) return 'CONTESTED';
  const real = now.filter(({ status }) => status !== 'PLANNED');
  if (real.length === 0) return now.length === 0 ? 'NONE' : 'PLANNED';
  return real.some((each) => masterScopeOf(each) === null) ? 'ONE' : 'BY_SCOPE';
}
