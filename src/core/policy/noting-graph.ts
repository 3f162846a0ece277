import type { Landscape } from '../landscape/landscape.js';
import type { Element, RelationKind } from '../landscape/model.js';
import { sameJson } from '../same-json.js';
import type { RelationKinds } from './named.js';
import type { ReadKey } from './reading-landscape.js';
import { isRecordValue } from './value.js';
import type { ElementSet, OpenList, RuleGraph, WayQuestion, WayStep } from './rule-graph.js';

/** Read by whoever asks for ways over a kind of relation. */
export function readOfWays(kind: RelationKind): ReadKey {
  return `ways ${kind}`;
}

/** Read by whoever asks for ways at all: which elements live, and whose list is complete. */
const LIVES: ReadKey = 'lives';
/** Read by whoever asks for all elements of a kind. */
const LISTS: ReadKey = 'lists';
const LISTED: ReadonlySet<string> = new Set(['DATABASE', 'CAPABILITY']);

/** What an element is no more, or has become, that somebody may have read without having looked at it. */
export function readsOfChange(before: Element | undefined, after: Element | undefined): ReadKey[] {
  const isListed = [before, after].some((each) => each !== undefined && LISTED.has(each.kind));
  return [...(isListed ? [LISTS] : []), ...(bearing(before, after) ? [LIVES] : [])];
}

/** Whether a change of an element may bear upon ways that pass it. */
function bearing(before: Element | undefined, after: Element | undefined): boolean {
  if (before === undefined || after === undefined || before.kind !== after.kind) return true;
  return isDeclared(before) !== isDeclared(after) || !sameJson(phasesOf(before), phasesOf(after));
}

function isDeclared({ attributes }: Element): boolean {
  return typeof attributes['flowsDeclaredCompleteOn'] === 'string';
}

function phasesOf({ phases }: Element): readonly { readonly phase: string; readonly from: string | null }[] {
  return phases.map(({ phase, from }) => ({ phase, from }));
}

/**
 * A graph that notes what its answers rest on: the kinds of relation as wholes, and each element that it gives. That is
 * more than what a single answer needs, so that no way has to be looked up to know what would make it another one.
 */
export class NotingGraph implements RuleGraph {
  private readonly graph: RuleGraph;
  private readonly reading: Landscape;
  private readonly note: (key: ReadKey) => void;

  /** @param reading - where it looks at elements, which notes them. */
  constructor(graph: RuleGraph, reading: Landscape, note: (key: ReadKey) => void) {
    this.graph = graph;
    this.reading = reading;
    this.note = note;
  }

  knows(urn: string): boolean {
    return this.reading.elementByUrn(urn) !== undefined;
  }
  hasWay(question: WayQuestion): boolean {
    this.noteKinds(question.kinds);
    return this.graph.hasWay(question);
  }
  way(question: WayQuestion): readonly WayStep[] | undefined {
    this.noteKinds(question.kinds);
    return this.graph.way(question);
  }
  isClosed(question: Omit<WayQuestion, 'to'>): boolean {
    this.noteKinds(question.kinds);
    return this.graph.isClosed(question);
  }
  openLists(question: Omit<WayQuestion, 'to'>): readonly OpenList[] {
    this.noteKinds(question.kinds);
    return this.graph.openLists(question);
  }
  around(urn: string, side: 'DOWNSTREAM' | 'UPSTREAM', kinds: RelationKinds, depth: number): ElementSet {
    this.noteKinds(kinds);
    return this.noted(this.graph.around(urn, side, kinds, depth));
  }
  mastersOf(data: string): ElementSet {
    this.note(readOfWays('MASTERS'));
    return this.noted(this.graph.mastersOf(data));
  }
  platformsFor(code: string): ElementSet | undefined {
    this.note(readOfWays('REALIZES'));
    this.note(LISTS);
    const found = this.graph.platformsFor(code);
    return found === undefined ? undefined : this.noted(found);
  }
  nationalDatabases(): ElementSet {
    this.note(LISTS);
    return this.noted(this.graph.nationalDatabases());
  }
  respondents(urn: string): ReturnType<RuleGraph['respondents']> {
    return this.graph.respondents(urn);
  }

  private noteKinds({ kinds }: RelationKinds): void {
    for (const kind of kinds) this.note(readOfWays(kind));
    this.note(LIVES);
  }

  /** Of what is given, the element itself and its owner are read. */
  private noted(set: ElementSet): ElementSet {
    this.note(LIVES);
    for (const { element, facts } of set.items) {
      this.reading.elementByUrn(element.urn);
      const owner = isRecordValue(facts) ? facts['owner'] : undefined;
      const urn = owner !== undefined && isRecordValue(owner) ? owner['urn'] : undefined;
      if (typeof urn === 'string') this.reading.elementByUrn(urn);
    }
    return set;
  }
}
