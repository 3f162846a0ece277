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
  private keys: ReadKey[] = [];
  private readonly words = new Set<string>();
  /** Of each seq the question for which it was read last: most elements are read many times for one. */
  private readonly readFor: Uint32Array;
  private question = 1;

  constructor(landscape: Landscape) {
    this.landscape = landscape;
    this.readFor = new Uint32Array(landscape.elementBound);
  }

  /** Notes what was read, here or elsewhere. */
  note(key: ReadKey): void {
    if (typeof key === 'string') this.words.add(key);
    else if (this.readFor[key] !== this.question) {
      this.readFor[key] = this.question;
      this.keys.push(key);
    }
  }

  /** What was read since the last time. */
  taken(): readonly ReadKey[] {
    const taken = this.words.size === 0 ? this.keys : [...this.keys, ...this.words];
    this.keys = [];
    this.words.clear();
    this.question += 1;
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
    this.note(element?.seq ?? urn);
    return element;
  }
  elementAt(seq: number): Element | undefined {
    this.note(seq);
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
    this.note(seq);
    this.landscape.forEachOutgoing(seq, visit);
  }
  forEachIncoming(seq: number, visit: AdjacencyVisitor): void {
    this.note(seq);
    this.landscape.forEachIncoming(seq, visit);
  }

  /** Nobody asks for a relation that is not there by its number: numbers come from relations of an element. */
  private noteEnds(relation: Relation | undefined, urn: string | undefined): Relation | undefined {
    if (relation !== undefined) {
      this.note(relation.source);
      this.note(relation.target);
    } else if (urn !== undefined) this.note(urn);
    return relation;
  }
}
