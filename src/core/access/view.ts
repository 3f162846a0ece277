import type { DefinitionTable } from '../landscape/definition-table.js';
import type { AdjacencyVisitor, ChangeBase } from '../landscape/landscape.js';
import { isSurelyAfter, mayHoldOn } from '../landscape/model.js';
import type { Element, PartialDate, Relation } from '../landscape/model.js';
import { isDated } from '../landscape/relation-traits.js';
import type { LandscapeSnapshot } from '../landscape/snapshot.js';
import type { UrnEntry } from '../landscape/urn-table.js';
import type { Actor } from './actor.js';
import { mayRead } from './decide.js';
import { RecordOpening } from './open-record.js';

/** On which day a landscape is looked at. */
export interface Moment {
  /** null = after all that is recorded. */
  readonly day: PartialDate | null;
  /**
   * Leave out what surely did not hold on that day: relations that were over or had not begun, elements that had not
   * begun. Otherwise everything recorded is there, and only its phase is that of the day.
   */
  readonly onlyValid: boolean;
}

const WHENEVER: Moment = { day: null, onlyValid: false };

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

  private constructor(
    /**
     * The whole snapshot, for indexes that are made once for all views of it. What such an index finds exists only where
     * `elementAt` of the view answers.
     */
    readonly snapshot: LandscapeSnapshot,
    /** One bit a seq; undefined where everything is visible. */
    private readonly visible: Uint32Array | undefined,
    readonly definitions: DefinitionTable,
    readonly moment: Moment,
  ) {
    const sees = visible && ((urn: string): boolean => this.seesUrn(urn));
    const openness = { all: snapshot.definitions.byKey, readable: definitions.byKey, sees };
    this.openElements = new RecordOpening(openness);
    this.openRelations = new RecordOpening(openness);
    this.revision = snapshot.revision;
    this.elementBound = snapshot.elementBound;
    this.at = snapshot.at;
  }

  static of(snapshot: LandscapeSnapshot, actor: Actor, moment: Moment = WHENEVER): LandscapeView {
    const views = viewsOf.get(snapshot) ?? new Map<string, LandscapeView>();
    viewsOf.set(snapshot, views);
    const key = `${actor.kind} ${moment.day ?? ''} ${moment.onlyValid}`;
    let view = views.get(key);
    if (view === undefined) {
      const definitions = snapshot.definitions.only(({ visibility }) => mayRead(actor, visibility));
      view = new LandscapeView(snapshot, visibleTo(actor, snapshot, moment), definitions, moment);
      views.set(key, view);
    }
    return view;
  }

  get day(): PartialDate | null {
    return this.moment.day;
  }

  /**
   * Whether records of the landscape are hidden here, which makes every coverage a lower bound. A hidden value does not:
   * it counts as unknown wherever it would matter.
   */
  get isPartial(): boolean {
    return this.visible !== undefined;
  }

  /** The one thing a view tells of what it hides: that a urn can not be given again. */
  isTaken(urn: string): boolean {
    return this.snapshot.isTaken(urn);
  }
  /** That a urn can not be given again includes that its object may be given back. */
  removedNumber(urn: string): UrnEntry | undefined {
    return this.snapshot.removedNumber(urn);
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

/** A view is made once for each revision, kind of actor and moment, and goes when its snapshot goes. */
const viewsOf = new WeakMap<LandscapeSnapshot, Map<string, LandscapeView>>();

/** The visible elements as bits; undefined where the actor sees all there is. */
function visibleTo(actor: Actor, snapshot: LandscapeSnapshot, { day, onlyValid }: Moment): Uint32Array | undefined {
  const bits = new Uint32Array((snapshot.elementBound + 31) >> 5);
  let hidden = false;
  for (const element of snapshot.elements()) {
    const { seq, visibility } = element;
    if (!mayRead(actor, visibility) || (onlyValid && day !== null && beginsAfter(element, day))) hidden = true;
    else bits[seq >> 5] = (bits[seq >> 5] ?? 0) | (1 << (seq & 31));
  }
  return hidden ? bits : undefined;
}

/** Whether all that is known of an element's life surely begins after a day. */
function beginsAfter({ phases }: Element, day: PartialDate): boolean {
  return phases.length > 0 && phases.every(({ from }) => from !== null && isSurelyAfter(from, day));
}
