import type { ChangeBase } from './landscape.js';
import type { Element } from './model.js';
import { ownerLookup } from './owner-table.js';

/** What an agency owns on a landscape, asked one by one while that costs less than a table of all owners. */
export class Ownership {
  private readonly agency: Element | undefined;
  private readonly ownerOf: (seq: number) => number;

  /** @param urn - of the agency; where it is not there it owns nothing. */
  constructor(
    private readonly landscape: ChangeBase,
    urn: string,
  ) {
    this.agency = landscape.elementByUrn(urn);
    this.ownerOf = ownerLookup(landscape);
  }

  owns(urn: string): boolean {
    const element = this.landscape.elementByUrn(urn);
    return element !== undefined && this.agency !== undefined && this.ownerOf(element.seq) === this.agency.seq;
  }

  /** All that is on its list, and why it is there: the revisions of what it owns and of the relations by which it does. */
  list(): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    const { agency, landscape } = this;
    if (agency === undefined) return found;
    landscape.forEachIncoming(agency.seq, (kind, other, seq) => {
      if (kind !== 'OWNED_BY' || this.ownerOf(other) !== agency.seq) return;
      for (const record of [landscape.elementAt(other), landscape.relationAt(seq)]) {
        if (record !== undefined) found.set(record.urn, record.revision);
      }
    });
    return found;
  }
}

/** A data flow is such a relation. */
export const FLOW = 'EXCHANGES_DATA_WITH';

/** The flows of a record in both directions, with their revisions. */
export function flowsOf(landscape: ChangeBase, urn: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const element = landscape.elementByUrn(urn);
  if (element === undefined) return found;
  const visit = (kind: string, _other: number, seq: number): void => {
    const relation = kind === FLOW ? landscape.relationAt(seq) : undefined;
    if (relation !== undefined) found.set(relation.urn, relation.revision);
  };
  landscape.forEachOutgoing(element.seq, visit);
  landscape.forEachIncoming(element.seq, visit);
  return found;
}
