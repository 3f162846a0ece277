import { MASTER_SCOPE, masterScopeOf } from './masters.js';
import type { RelationKind, Urn } from './model.js';
import { isOver } from './needs.js';
import type { ReorganisationDraft, Tie } from './reorganisation-draft.js';
import { consequence } from './reorganisation.js';
import type { Consequence, ReorganisationQuestion } from './reorganisation.js';

/** What two systems of one agency should hardly both do, and the question it raises. */
const SHARED: readonly (readonly [RelationKind, ReorganisationQuestion])[] = [
  ['REALIZES', 'SAME_CAPABILITY'],
  ['MASTERS', 'SAME_DATA'],
];

/** A thing that an agency owns from the day on. */
interface Holding {
  readonly thing: Urn;
  /** Whose it was before. */
  readonly former: Urn;
}

/**
 * What moving raises and no rule can decide: systems of several former owners that do the same or hold the same
 * originals, originals of a territory whose agency is no more, contracts whose party is, uses that were joined and say
 * different things.
 */
export function questionsOf(draft: ReorganisationDraft): Consequence[] {
  const found: Consequence[] = [];
  const received = new Map<Urn, { readonly holdings: Holding[]; intent: number }>();
  for (const tie of draft.touched) {
    const moved = movedBy(draft, tie);
    if (moved !== undefined) {
      found.push(...contractQuestion(draft, tie, moved));
      if (tie.kind === 'OWNED_BY') {
        found.push(...scopeQuestions(draft, tie, moved));
        const estate = received.get(moved.to) ?? { holdings: [], intent: moved.intent };
        received.set(moved.to, estate);
        estate.holdings.push({ thing: tie.source, former: moved.from });
        estate.intent = moved.intent;
      }
    }
  }
  found.push(...disputes(draft));
  for (const [owner, { holdings, intent }] of received) {
    const all = [...keptBy(draft, owner), ...holdings];
    for (const shared of SHARED) found.push(...sharedQuestions(draft, { owner, intent, holdings: all }, shared));
  }
  return found;
}

interface Moved {
  readonly from: Urn;
  readonly to: Urn;
  readonly intent: number;
}

/** From whom to whom a tie went; undefined where it was begun or ended. */
function movedBy(draft: ReorganisationDraft, { base, state, last, ...tie }: Tie): Moved | undefined {
  if (base === undefined || last === undefined || state === 'ENDED') return undefined;
  const from = draft.landscape.elementAt(base[last.end])?.urn;
  const to = tie[last.end];
  return from === undefined || from === to ? undefined : { from, to, intent: last.intent };
}

function contractQuestion(draft: ReorganisationDraft, tie: Tie, { from, to, intent }: Moved): Consequence[] {
  const thing = tie.last?.end === 'source' ? tie.target : tie.source;
  if (draft.landscape.elementByUrn(thing)?.kind !== 'CONTRACT') return [];
  const relation = tie.base?.urn ?? null;
  const question = { question: 'CONTRACT_PARTY', askedFrom: to } as const;
  return [consequence({ type: 'TO_DECIDE', intent, element: thing, relation, kind: tie.kind, from, to, ...question })];
}

function scopeQuestions(draft: ReorganisationDraft, { source }: Tie, { from, to, intent }: Moved): Consequence[] {
  const { landscape } = draft;
  const found: Consequence[] = [];
  eachOf(draft, source, 'MASTERS', (_target, number) => {
    const relation = landscape.relationAt(number);
    if (relation === undefined || masterScopeOf(relation) === null) return;
    found.push(
      consequence({
        type: 'TO_DECIDE',
        intent,
        element: source,
        relation: relation.urn,
        kind: 'MASTERS',
        path: `attributes.${MASTER_SCOPE}`,
        before: relation.attributes[MASTER_SCOPE] ?? null,
        from,
        to,
        question: 'MASTER_SCOPE',
        askedFrom: to,
      }),
    );
  });
  return found;
}

/** One question for each attribute of which joined relations say different things. */
function disputes(draft: ReorganisationDraft): Consequence[] {
  const joins = new Map<Tie, Tie[]>();
  for (const tie of draft.touched) {
    if (tie.joined === undefined || tie.joined.disputed.size === 0) continue;
    const list = joins.get(tie.joined);
    if (list === undefined) joins.set(tie.joined, [tie]);
    else list.push(tie);
  }
  return [...joins].flatMap(([twin, joined]) => disputesOf(twin, joined));
}

function disputesOf(twin: Tie, joined: readonly Tie[]): Consequence[] {
  const { kind, source, target, base } = twin;
  // What was joined has the agency at the end at which it was moved.
  const last = joined.at(-1)?.last;
  const [to, element] = last?.end === 'source' ? [source, target] : [target, source];
  const concerned = [twin, ...joined].flatMap((each) => each.base?.urn ?? []);
  return [...twin.disputed].map((key) =>
    consequence({
      type: 'TO_DECIDE',
      intent: last?.intent ?? 0,
      element,
      relation: base?.urn ?? null,
      kind,
      path: `attributes.${key}`,
      to,
      concerned,
      question: 'USAGE_DIFFERS',
      askedFrom: to,
    }),
  );
}

/** What an agency owned before and goes on owning. */
function keptBy(draft: ReorganisationDraft, owner: Urn): Holding[] {
  return draft
    .tiesOf(owner)
    .filter((tie) => tie.kind === 'OWNED_BY' && movedBy(draft, tie) === undefined)
    .map(({ source }) => ({ thing: source, former: owner }));
}

interface Owned {
  readonly owner: Urn;
  readonly intent: number;
  readonly holdings: readonly Holding[];
}

/** One question for each target that things of several former owners lead to. */
function sharedQuestions(
  draft: ReorganisationDraft,
  { owner, intent, holdings }: Owned,
  [kind, question]: (typeof SHARED)[number],
): Consequence[] {
  const byTarget = new Map<number, Holding[]>();
  for (const holding of holdings) {
    eachOf(draft, holding.thing, kind, (target) => {
      const list = byTarget.get(target);
      if (list === undefined) byTarget.set(target, [holding]);
      else list.push(holding);
    });
  }
  return [...byTarget]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([target, list]) => {
      const element = draft.landscape.elementAt(target)?.urn;
      const concerned = [...new Set(list.map(({ thing }) => thing))];
      const formers = new Set(list.map(({ former }) => former));
      if (element === undefined || concerned.length < 2 || formers.size < 2) return [];
      return [
        consequence({ type: 'TO_DECIDE', intent, element, kind, to: owner, question, askedFrom: owner, concerned }),
      ];
    });
}

/** Visits the relations of one kind that lead from a thing and are not over, in order of target. */
function eachOf(
  { landscape }: ReorganisationDraft,
  thing: Urn,
  wanted: RelationKind,
  visit: (target: number, relation: number) => void,
): void {
  const seq = landscape.elementByUrn(thing)?.seq;
  if (seq === undefined) return;
  landscape.forEachOutgoing(seq, (kind, other, relation, traits) => {
    if (kind === wanted && !isOver(landscape, relation, traits)) visit(other, relation);
  });
}
