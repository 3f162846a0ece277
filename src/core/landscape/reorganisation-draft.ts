import { isSurelyAfter } from './model.js';
import type { Element, Json, PartialDate, Relation, RelationKind, Urn } from './model.js';
import type { ChangeBase } from './landscape.js';
import type { FoundIntent } from './reorganisation.js';

export type End = 'source' | 'target';

/** A relation in the course of a reorganisation. */
export interface Tie {
  /** As it is in the landscape; undefined where the reorganisation begins it. */
  readonly base: Relation | undefined;
  readonly kind: RelationKind;
  /** Its ends so far. */
  source: Urn;
  target: Urn;
  /** JOINED: it is over, for another one says the same. */
  state: 'LIVES' | 'ENDED' | 'JOINED';
  /** The relation that says the same. */
  joined: Tie | undefined;
  /** The intent that touched it last, and the end at which it did; undefined while none has. */
  last: { readonly intent: number; readonly end: End } | undefined;
  /** urn of the relation that begins in its place; undefined where none does, or it is not written yet. */
  begun: Urn | undefined;
  /** Keys of the attributes of which those that were joined to it say otherwise. */
  readonly disputed: Set<string>;
}

/** A field that is set, and what was there before. */
export interface SetField {
  readonly urn: Urn;
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
  readonly intent: number;
}

/** An agency in the course of a reorganisation. */
export interface DraftAgency {
  readonly urn: Urn;
  /** As it is in the landscape; undefined where the reorganisation founds it. */
  readonly base: Element | undefined;
  /** Position of the intent that ended it. */
  endedBy: number | undefined;
}

/** The kinds of relation that a reorganisation begins on behalf of the agency at their source. */
const AGENCY_AT_SOURCE: ReadonlySet<RelationKind> = new Set(['REPLACES', 'GOVERNED_BY']);

/** Ties of a kind between two ends that have nothing else in common may still differ in when they hold. */
function keyOf({ kind, source, target, base }: Tie, effectiveOn: PartialDate): string {
  const later = base !== undefined && base.validFrom !== null && isSurelyAfter(base.validFrom, effectiveOn);
  return `${kind} ${base?.status === 'PLANNED'} ${later} ${source} ${target}`;
}

/**
 * The relations of agencies while intents are carried out one after the other. What has not been asked for is not
 * looked at: the cost is that of the relations of the agencies and things that are named.
 */
export class ReorganisationDraft {
  /** All ties that were touched, in the order in which they first were. */
  readonly touched = new Set<Tie>();
  readonly founded = new Map<Urn, { readonly intent: number; fields: Omit<FoundIntent, 'kind'> }>();
  private readonly agencies = new Map<string, DraftAgency>();
  private readonly byRelation = new Map<number, Tie>();
  private readonly byEnd = new Map<Urn, Set<Tie>>();
  private readonly byKey = new Map<string, Set<Tie>>();
  private readonly fields = new Map<string, SetField>();

  constructor(
    readonly landscape: ChangeBase,
    readonly effectiveOn: PartialDate,
  ) {}

  /** The agency of a urn, founded or in the landscape; undefined where the urn names none. */
  agency(urn: string): DraftAgency | undefined {
    const known = this.agencies.get(urn);
    if (known !== undefined) return known;
    const base = this.landscape.elementByUrn(urn);
    if (base === undefined || base.kind !== 'AGENCY') return undefined;
    const agency: DraftAgency = { urn: base.urn, base, endedBy: undefined };
    this.agencies.set(urn, agency);
    return agency;
  }

  found(urn: Urn, fields: Omit<FoundIntent, 'kind'>, intent: number): void {
    this.founded.set(urn, { intent, fields });
    this.agencies.set(urn, { urn, base: undefined, endedBy: undefined });
  }

  /** The ties of an element that are not over on the day: those it is the source of, then those it is the target of. */
  tiesOf(urn: Urn): Tie[] {
    return Array.from(this.loaded(urn)).filter(({ state }) => state === 'LIVES');
  }

  /** The tie of a relation; undefined where there is none, or it is over. */
  tieOf(relationUrn: string): Tie | undefined {
    const relation = this.landscape.relationByUrn(relationUrn);
    return relation === undefined ? undefined : this.tie(relation);
  }

  /** Ends a tie, for what is at one of its ends is no more. */
  end(tie: Tie, end: End, intent: number): void {
    this.release(tie);
    tie.state = 'ENDED';
    this.touch(tie, end, intent);
  }

  /** Gives one end of a tie to another agency; it joins a tie that says the same already where there is one. */
  move(tie: Tie, end: End, { to, intent }: { readonly to: Urn; readonly intent: number }): void {
    this.release(tie);
    this.touch(tie, end, intent);
    this.loaded(to);
    this.byEnd.get(tie[end])?.delete(tie);
    tie[end] = to;
    const twin = this.twinOf(tie);
    if (twin === undefined) this.enter(tie);
    else {
      tie.state = 'JOINED';
      tie.joined = twin;
      for (const key of differentKeys(tie, twin)) twin.disputed.add(key);
    }
  }

  /** Begins a tie, unless there is one that says the same. */
  begin(kind: RelationKind, [source, target]: readonly [source: Urn, target: Urn], intent: number): void {
    const tie = newTie(kind, source, target, undefined);
    this.loaded(source);
    this.loaded(target);
    if (this.twinOf(tie) !== undefined) return;
    this.enter(tie);
    this.touch(tie, AGENCY_AT_SOURCE.has(kind) ? 'source' : 'target', intent);
  }

  /** The value of a field of an element so far. */
  fieldOf(element: Element, path: string, value: Json): Json {
    return this.fields.get(`${element.urn} ${path}`)?.after ?? value;
  }

  set(field: SetField): void {
    const key = `${field.urn} ${field.path}`;
    const before = this.fields.get(key)?.before ?? field.before;
    this.fields.set(key, { ...field, before });
  }

  /** The fields that are other than they were, in the order in which they were first set. */
  setFields(): SetField[] {
    return [...this.fields.values()].filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  }

  /** A tie that says the same and holds for as long at least. */
  private twinOf(tie: Tie): Tie | undefined {
    for (const twin of this.byKey.get(keyOf(tie, this.effectiveOn)) ?? []) if (holdsAsLong(twin, tie)) return twin;
    return undefined;
  }

  private touch(tie: Tie, end: End, intent: number): void {
    tie.last = { intent, end };
    this.touched.add(tie);
  }

  private loaded(urn: Urn): Set<Tie> {
    const known = this.byEnd.get(urn);
    if (known !== undefined) return known;
    const ties = new Set<Tie>();
    this.byEnd.set(urn, ties);
    const seq = this.landscape.elementByUrn(urn)?.seq;
    if (seq === undefined) return ties;
    const note = (_kind: RelationKind, _other: number, number: number): void => {
      const relation = this.landscape.relationAt(number);
      const tie = relation && this.tie(relation);
      if (tie !== undefined && (tie.source === urn || tie.target === urn)) this.enter(tie);
    };
    this.landscape.forEachOutgoing(seq, note);
    this.landscape.forEachIncoming(seq, note);
    return ties;
  }

  private tie(relation: Relation): Tie | undefined {
    const known = this.byRelation.get(relation.seq);
    if (known !== undefined) return known;
    const { kind, status, validTo } = relation;
    if (status === 'ENDED' || (validTo !== null && isSurelyAfter(this.effectiveOn, validTo))) return undefined;
    const [source, target] = [relation.source, relation.target].map((seq) => this.landscape.elementAt(seq)?.urn);
    if (source === undefined || target === undefined) return undefined;
    const tie = newTie(kind, source, target, relation);
    this.byRelation.set(relation.seq, tie);
    return tie;
  }

  /** Enters a tie at those of its ends that are loaded. */
  private enter(tie: Tie): void {
    if (tie.state !== 'LIVES') return;
    this.byEnd.get(tie.source)?.add(tie);
    this.byEnd.get(tie.target)?.add(tie);
    const key = keyOf(tie, this.effectiveOn);
    const twins = this.byKey.get(key);
    if (twins === undefined) this.byKey.set(key, new Set([tie]));
    else twins.add(tie);
  }

  private release(tie: Tie): void {
    this.byKey.get(keyOf(tie, this.effectiveOn))?.delete(tie);
  }
}

function holdsAsLong(twin: Tie, tie: Tie): boolean {
  const [end, other] = [twin.base?.validTo ?? null, tie.base?.validTo ?? null];
  return end === null || (other !== null && (end === other || isSurelyAfter(end, other)));
}

function newTie(kind: RelationKind, source: Urn, target: Urn, base: Relation | undefined): Tie {
  const fresh = {
    state: 'LIVES',
    joined: undefined,
    last: undefined,
    begun: undefined,
    disputed: new Set<string>(),
  } as const;
  return { base, kind, source, target, ...fresh };
}

/** The attributes of which two relations do not say the same; a number that only one of them knows is not that of both. */
function differentKeys(tie: Tie, twin: Tie): string[] {
  const [one, other] = [tie.base?.attributes ?? {}, twin.base?.attributes ?? {}];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].filter((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]));
}
