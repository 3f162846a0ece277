import type { AdjacencyVisitor, Landscape } from '../landscape/landscape.js';
import type { Element, Relation } from '../landscape/model.js';

/**
 * What an answer was made from: the seq of each element that was looked at, itself or its relations, and the urns under
 * which nothing was found. A relation is told by its ends. What rules ask of the whole graph has words of its own.
 */
export type ReadKey = number | string;

/** A landscape that notes what is read of it. Whoever asks for all elements or relations has read all: that is refused. */
export class ReadingLandscape implements Landscape {
  private readonly landscape: Landscape;
  private keys = new Set<ReadKey>();

  constructor(landscape: Landscape) {
    this.landscape = landscape;
  }

  /** Notes what was read elsewhere. */
  note(key: ReadKey): void {
    this.keys.add(key);
  }

  /** What was read since the last time. */
  taken(): readonly ReadKey[] {
    const taken = [...this.keys];
    this.keys.clear();
    return taken;
  }

  get revision(): number {
    return this.landscape.revision;
  }
  get day(): Landscape['day'] {
    return this.landscape.day;
  }
  get today(): Landscape['today'] {
    return this.landscape.today;
  }
  get elementBound(): number {
    return this.landscape.elementBound;
  }
  get definitions(): Landscape['definitions'] {
    return this.landscape.definitions;
  }

  elementByUrn(urn: string): Element | undefined {
    const element = this.landscape.elementByUrn(urn);
    this.keys.add(element?.seq ?? urn);
    return element;
  }
  elementAt(seq: number): Element | undefined {
    this.keys.add(seq);
    return this.landscape.elementAt(seq);
  }
  relationByUrn(urn: string): Relation | undefined {
    return this.noteEnds(this.landscape.relationByUrn(urn), urn);
  }
  relationAt(seq: number): Relation | undefined {
    return this.noteEnds(this.landscape.relationAt(seq), undefined);
  }
  elements(): Iterable<Element> {
    throw new RangeError('Facts of one subject do not read the whole landscape.');
  }
  relations(): Iterable<Relation> {
    throw new RangeError('Facts of one subject do not read the whole landscape.');
  }
  forEachOutgoing(seq: number, visit: AdjacencyVisitor): void {
    this.keys.add(seq);
    this.landscape.forEachOutgoing(seq, visit);
  }
  forEachIncoming(seq: number, visit: AdjacencyVisitor): void {
    this.keys.add(seq);
    this.landscape.forEachIncoming(seq, visit);
  }

  /** Nobody asks for a relation that is not there by its number: numbers come from relations of an element. */
  private noteEnds(relation: Relation | undefined, urn: string | undefined): Relation | undefined {
    if (relation !== undefined) this.keys.add(relation.source).add(relation.target);
    else if (urn !== undefined) this.keys.add(urn);
    return relation;
  }
}
