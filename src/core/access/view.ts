import type { AdjacencyVisitor, ChangeBase } from '../landscape/landscape.js';
import type { Element, Relation } from '../landscape/model.js';
import type { LandscapeSnapshot } from '../landscape/snapshot.js';
import type { Actor } from './actor.js';
import { mayRead } from './decide.js';

/**
 * The landscape as one actor sees it. What the actor may not see does not exist here: it is no neighbour, no step of a
 * path, no hit, no count. A relation is visible where both its ends are.
 */
export class LandscapeView implements ChangeBase {
  readonly revision: number;
  readonly elementBound: number;
  readonly at: string | null;

  private constructor(
    private readonly snapshot: LandscapeSnapshot,
    /** One bit a seq; undefined where everything is visible. */
    private readonly visible: Uint32Array | undefined,
  ) {
    this.revision = snapshot.revision;
    this.elementBound = snapshot.elementBound;
    this.at = snapshot.at;
  }

  static of(snapshot: LandscapeSnapshot, actor: Actor): LandscapeView {
    const views = viewsOf.get(snapshot) ?? new Map<Actor['kind'], LandscapeView>();
    viewsOf.set(snapshot, views);
    let view = views.get(actor.kind);
    if (view === undefined) {
      view = new LandscapeView(snapshot, visibleTo(actor, snapshot));
      views.set(actor.kind, view);
    }
    return view;
  }

  /** Whether something of the landscape is hidden here, which makes every coverage a lower bound. */
  get isPartial(): boolean {
    return this.visible !== undefined;
  }

  /** The one thing a view tells of what it hides: that a urn can not be given again. */
  isTaken(urn: string): boolean {
    return this.snapshot.isTaken(urn);
  }
  elementByUrn(urn: string): Element | undefined {
    return this.ifVisible(this.snapshot.elementByUrn(urn));
  }
  elementAt(seq: number): Element | undefined {
    return this.sees(seq) ? this.snapshot.elementAt(seq) : undefined;
  }
  relationByUrn(urn: string): Relation | undefined {
    return this.ifJoined(this.snapshot.relationByUrn(urn));
  }
  relationAt(seq: number): Relation | undefined {
    return this.ifJoined(this.snapshot.relationAt(seq));
  }
  *elements(): Generator<Element> {
    for (const element of this.snapshot.elements()) if (this.sees(element.seq)) yield element;
  }
  *relations(): Generator<Relation> {
    for (const relation of this.snapshot.relations()) {
      if (this.sees(relation.source) && this.sees(relation.target)) yield relation;
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
    if (this.visible === undefined) return visit;
    return (kind, other, relation) => {
      if (this.sees(other)) visit(kind, other, relation);
    };
  }

  private sees(seq: number): boolean {
    return this.visible === undefined || ((this.visible[seq >> 5] ?? 0) & (1 << (seq & 31))) !== 0;
  }
  private ifVisible(element: Element | undefined): Element | undefined {
    return element !== undefined && this.sees(element.seq) ? element : undefined;
  }
  private ifJoined(relation: Relation | undefined): Relation | undefined {
    return relation !== undefined && this.sees(relation.source) && this.sees(relation.target) ? relation : undefined;
  }
}

/** A view is made once for each revision and kind of actor, and goes when its snapshot goes. */
const viewsOf = new WeakMap<LandscapeSnapshot, Map<Actor['kind'], LandscapeView>>();

/** The visible elements as bits; undefined where the actor sees all there is. */
function visibleTo(actor: Actor, snapshot: LandscapeSnapshot): Uint32Array | undefined {
  const bits = new Uint32Array((snapshot.elementBound + 31) >> 5);
  let hidden = false;
  for (const { seq, visibility } of snapshot.elements()) {
    if (!mayRead(actor, visibility)) hidden = true;
    else bits[seq >> 5] = (bits[seq >> 5] ?? 0) | (1 << (seq & 31));
  }
  return hidden ? bits : undefined;
}
