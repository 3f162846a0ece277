import { valueVisibilityOn } from '../landscape/attribute.js';
import type { DefinitionTable } from '../landscape/definition-table.js';
import type { AdjacencyVisitor, ChangeBase } from '../landscape/landscape.js';
import { mayHoldOn } from '../landscape/model.js';
import type { Element, PartialDate, Relation, Visibility } from '../landscape/model.js';
import { isDated } from '../landscape/relation-traits.js';
import type { LandscapeDelta, LandscapeSnapshot } from '../landscape/snapshot.js';
import type { UrnEntry } from '../landscape/urn-table.js';
import { readingKey } from './actor.js';
import type { Actor } from './actor.js';
import { may, mayReadClass } from './decide.js';
import { RecordOpening, ValueOpening } from './open-record.js';
import { OwnedCache } from './owned-cache.js';
import { seesAll, visibleTo } from './visible.js';
import type { Visible } from './visible.js';

/** On which day a landscape is looked at. */
export interface Moment {
  /** null = after all that is recorded. */
  readonly day: PartialDate | null;
  /**
   * Leave out what surely did not hold on that day: relations that were over or had not begun, elements that had not
   * begun. Otherwise everything recorded is there, and only its phase is that of the day.
   */
  readonly onlyValid: boolean;
  /** The calendar day on which it is asked; the same day by default. */
  readonly today?: PartialDate | null;
}

const WHENEVER: Moment = { day: null, onlyValid: false };

/** What one actor sees of a snapshot. */
interface Sight {
  readonly visible: Visible;
  readonly definitions: DefinitionTable;
  readonly moment: Moment;
  readonly isPartial: boolean;
  readonly values: ValueOpening;
}

/**
 * The landscape as one actor sees it. What the actor may not see does not exist here: it is no neighbour, no step of a
 * path, no hit, no count. A relation is visible where both its ends are, and no record has an attribute whose definition
 * the actor may not read, or names an element he may not see.
 */
export class LandscapeView implements ChangeBase {
  readonly revision: number;
  readonly elementBound: number;
  readonly at: string | null;
  private readonly openElements: RecordOpening<Element>;
  private readonly openRelations: RecordOpening<Relation>;

  readonly definitions: DefinitionTable;
  readonly moment: Moment;
  /**
   * Whether the actor may miss something, which makes every coverage a lower bound. It does not tell whether something
   * is hidden from him here: that alone would say that there is something. A hidden value makes nothing partial: it
   * counts as unknown wherever it would matter.
   */
  readonly isPartial: boolean;
  private readonly values: ValueOpening;
  /** Number of elements that were public at this revision and are hidden here: their class was narrowed since, or their time has not come. */
  readonly hiddenPublicCount: number;
  /** One bit a seq; undefined where everything is visible. */
  private readonly visible: Uint32Array | undefined;

  /**
   * @param snapshot - the whole snapshot, for indexes that are made once for all views of it. What such an index finds
   *   exists only where `elementAt` of the view answers.
   */
  private constructor(
    readonly snapshot: LandscapeSnapshot,
    { visible, definitions, moment, isPartial, values }: Sight,
  ) {
    const sees = visible.bits && ((urn: string): boolean => this.seesUrn(urn));
    this.visible = visible.bits;
    this.hiddenPublicCount = visible.hiddenPublic;
    this.definitions = definitions;
    this.moment = moment;
    this.isPartial = isPartial;
    this.values = values;
    this.openElements = new RecordOpening(values, definitions, sees, snapshot.elementBound);
    this.openRelations = new RecordOpening(values, definitions, sees, snapshot.relationBound);
    this.revision = snapshot.revision;
    this.elementBound = snapshot.elementBound;
    this.at = snapshot.at;
  }

  /**
   * @param judges - other landscapes whose classes hold too, for what exists in them: of the past the present, so that
   *   what was hidden later is hidden in every year; of a scenario its base, so that nobody opens anything by a draft.
   */
  static of(
    snapshot: LandscapeSnapshot,
    actor: Actor,
    moment: Moment = WHENEVER,
    judges: readonly LandscapeSnapshot[] = [],
  ): LandscapeView {
    const judging = judges.map((each) => views.numberOf(each)).join(',');
    const key = `${moment.day ?? ''} ${moment.today ?? ''} ${moment.onlyValid} ${judging} ${readingKey(actor)}`;
    const known = views.get(snapshot, key);
    if (known !== undefined) return known;
    const sight = sightOf(snapshot, actor, moment, judges);
    for (const each of views.of(snapshot)) {
      if (!each.shows(sight)) continue;
      views.set(snapshot, key, each, BYTES_A_NAME);
      return each;
    }
    const view = new LandscapeView(snapshot, sight);
    views.set(snapshot, key, view, bytesOf(snapshot));
    return view;
  }

  /**
   * What a change that was planned on this view makes of it, for the same eyes: what the change adds is there, whatever its
   * class, for who looks at it wrote it, and nothing else is that was not there. It is kept nowhere. Attributes that the
   * change defines have no values in it.
   */
  changedBy(delta: LandscapeDelta): LandscapeView {
    const { definitions, moment, isPartial, values, hiddenPublicCount: hiddenPublic } = this;
    const snapshot = this.snapshot.with(delta);
    const bits = this.visible && new Uint32Array((snapshot.elementBound + 31) >> 5);
    bits?.set(this.visible ?? []);
    for (const { seq } of delta.elements)
      if (bits !== undefined) bits[seq >> 5] = (bits[seq >> 5] ?? 0) | (1 << (seq & 31));
    return new LandscapeView(snapshot, { visible: { bits, hiddenPublic }, definitions, moment, isPartial, values });
  }

  /** Whether somebody with another sight sees just the same: all that is worked out from a view is shared then. */
  private shows({ visible, moment, isPartial, values }: Sight): boolean {
    if (values !== this.values || isPartial !== this.isPartial) return false;
    const { day, today, onlyValid } = this.moment;
    if (moment.day !== day || moment.today !== today || moment.onlyValid !== onlyValid) return false;
    const [own, other] = [this.visible, visible.bits];
    if (own === undefined || other === undefined) return own === other;
    return own.every((bits, at) => bits === other[at]);
  }

  /** Keys of the attributes that the actor may know of and whose values he may not read. */
  get withheldKeys(): ReadonlySet<string> {
    return this.values.reading.withheld;
  }

  /** Whether there is an attribute of a key whose values the actor may read. */
  mayReadValuesOf(key: string): boolean {
    return this.definitions.byKey.has(key) && !this.withheldKeys.has(key);
  }

  /** Whether the actor may know which person answers for something. */
  get namesPersons(): boolean {
    return this.values.reading.persons;
  }

  get day(): PartialDate | null {
    return this.moment.day;
  }

  get today(): PartialDate | null {
    return this.moment.today ?? this.moment.day;
  }

  /** Whether it shows a revision that was committed, as against what operations would make of one. */
  get isCommitted(): boolean {
    return this.snapshot.isCommitted;
  }

  /** The one thing a view tells of what it hides: that a urn can not be given again. */
  isTaken(urn: string): boolean {
    return this.snapshot.isTaken(urn);
  }
  /** That a urn can not be given again includes that its object may be given back. */
  removedNumber(urn: string): UrnEntry | undefined {
    const found = this.snapshot.removedNumber(urn);
    if (found?.table === 'ELEMENT' && this.isPartial) {
      // Views are shared by actors who see the same, so what is gone is judged for all of them: by its class.
      return this.snapshot.lastStateOf(urn)?.visibility === 'PUBLIC' ? found : undefined;
    }
    if (found?.ends === undefined) return found;
    const { ends, ...entry } = found;
    // What a removed relation joined is told where both are seen.
    const isSeen = [ends.source, ends.target].every((end) => this.elementAt(end) !== undefined);
    return isSeen ? found : entry;
  }
  elementByUrn(urn: string): Element | undefined {
    return this.ifVisible(this.snapshot.elementByUrn(urn));
  }
  elementAt(seq: number): Element | undefined {
    return this.ifVisible(this.snapshot.elementAt(seq));
  }
  relationByUrn(urn: string): Relation | undefined {
    return this.ifJoined(this.snapshot.relationByUrn(urn));
  }
  relationAt(seq: number): Relation | undefined {
    return this.ifJoined(this.snapshot.relationAt(seq));
  }
  *elements(): Generator<Element> {
    for (const element of this.snapshot.elements()) if (this.sees(element.seq)) yield this.openElements.open(element);
  }
  *relations(): Generator<Relation> {
    for (const relation of this.snapshot.relations()) {
      const joined = this.ifJoined(relation);
      if (joined !== undefined) yield joined;
    }
  }
  forEachOutgoing(seq: number, visit: AdjacencyVisitor): void {
    if (!this.sees(seq)) return;
    this.snapshot.forEachOutgoing(seq, this.onlyVisible(visit));
  }
  forEachIncoming(seq: number, visit: AdjacencyVisitor): void {
    if (!this.sees(seq)) return;
    this.snapshot.forEachIncoming(seq, this.onlyVisible(visit));
  }

  private onlyVisible(visit: AdjacencyVisitor): AdjacencyVisitor {
    if (this.visible === undefined && !this.moment.onlyValid) return visit;
    return (kind, other, relation, traits) => {
      if (!this.sees(other)) return;
      if (isDated(traits) && this.relationAt(relation) === undefined) return;
      visit(kind, other, relation, traits);
    };
  }

  private seesUrn(urn: string): boolean {
    const element = this.snapshot.elementByUrn(urn);
    return element !== undefined && this.sees(element.seq);
  }
  private sees(seq: number): boolean {
    return this.visible === undefined || ((this.visible[seq >> 5] ?? 0) & (1 << (seq & 31))) !== 0;
  }
  private ifVisible(element: Element | undefined): Element | undefined {
    return element !== undefined && this.sees(element.seq) ? this.openElements.open(element) : undefined;
  }
  private ifJoined(relation: Relation | undefined): Relation | undefined {
    if (relation === undefined || !this.sees(relation.source) || !this.sees(relation.target)) return undefined;
    const { day, onlyValid } = this.moment;
    return !onlyValid || day === null || mayHoldOn(relation, day) ? this.openRelations.open(relation) : undefined;
  }
}

/**
 * The classes of an attribute in another landscape: that of its key there and, where its definition was removed by then,
 * the one it had at last; none where it never was there.
 * @param urn - of the definition, where it was made at run time.
 */
function classesThere(there: LandscapeSnapshot, urn: string | undefined, key: string): Visibility[] {
  const { byKey, removed } = there.definitions;
  const classes = [byKey.get(key)?.visibility ?? []].flat();
  if (urn === undefined || there.removedNumber(urn) === undefined) return classes;
  return [...classes, removed.get(urn) ?? 'RESTRICTED'];
}

/** Keys of attributes whose values an actor may not read by the definitions of a landscape. */
function withheldFrom(actor: Actor, { definitions }: LandscapeSnapshot, { today, day }: Moment): string[] {
  const on = today ?? day ?? '';
  return [...definitions.byKey.values()].flatMap((definition) =>
    definition.valueVisibility === undefined || mayReadClass(actor, valueVisibilityOn(definition, on))
      ? []
      : definition.key,
  );
}

/** What an actor sees of a snapshot, worked out. */
function sightOf(
  snapshot: LandscapeSnapshot,
  actor: Actor,
  moment: Moment,
  judges: readonly LandscapeSnapshot[],
): Sight {
  const urnOf = new Map(Array.from(snapshot.definitions.made.values(), (made) => [made.definition.key, made.urn]));
  const definitions = snapshot.definitions.only(({ key, visibility }) => {
    const classes = judges.flatMap((each) => classesThere(each, urnOf.get(key), key));
    return [visibility, ...classes].every((each) => mayReadClass(actor, each));
  });
  // Of the past the present judges too, as it does whether an attribute may be known of.
  const withheld = [snapshot, ...judges].flatMap((each) => withheldFrom(actor, each, moment));
  const values = ValueOpening.of(snapshot.definitions, {
    readable: definitions,
    withheld: new Set(withheld.filter((key) => definitions.byKey.has(key))),
    undefinedToo: mayReadClass(actor, 'RESTRICTED'),
    persons: may(actor, 'person.read'),
  });
  const visible = visibleTo(actor, snapshot, { ...moment, judges });
  return { visible, definitions, moment, isPartial: !seesAll(actor), values };
}

/** Memory that all views together may hold, with what is worked out from each of them: bytes, by estimate. */
const VIEWS_BYTES = 64 * 2 ** 20;
/** A key by which a view is found, whoever else has it. */
const BYTES_A_NAME = 256;
/** A view, and for each element and relation what tables, lists and columns are made of it: upper estimates. */
const BYTES_A_VIEW = 4096;
const BYTES_AN_ELEMENT = 40;
const BYTES_A_RELATION = 2;

function bytesOf({ elementBound, relationBound }: LandscapeSnapshot): number {
  return BYTES_A_VIEW + elementBound * BYTES_AN_ELEMENT + relationBound * BYTES_A_RELATION;
}

/** A view is made once for each revision, reach of an actor and moment, and goes when its snapshot goes. */
const views = new OwnedCache<LandscapeView>(VIEWS_BYTES);
