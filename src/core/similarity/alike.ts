import type { Element } from '../landscape/model.js';
import { servesOnlyPart } from './scored-pair.js';
import { modelPair } from './pair-model.js';
import type { PairModel } from './pair-model.js';
import { subjectByOwnTexts } from './registered-subject.js';
import { retrieve } from './retrieve.js';
import { FEWEST_WORDS } from './need.js';
import type { SimilarityIndex } from './similarity-index.js';
import { readSubject } from './subject.js';

/** An element that serves the same need as another, as far as their texts tell. */
export interface Alike {
  readonly element: Element;
  /** 0 to 1. */
  readonly score: number;
}

/** What was found alike, and among how many objects was looked. */
export interface AlikeElements {
  /** Best first, ties by urn. */
  readonly alike: readonly Alike[];
  readonly objectsKnown: number;
}

/** Scored exactly. Two names of one thing share most of their rare words, so its namesakes stand among the first. */
const RETRIEVED = 24;

/**
 * The elements of the same kind that serve the same need as one that is registered: those that would be called its
 * duplicates, were it proposed today. Cheaper than the answer to a proposal: no evidence is gathered.
 * @returns undefined where the texts of the element say too little to be compared, which is no evidence.
 */
export function findAlike(index: SimilarityIndex, element: Element, model: PairModel): AlikeElements | undefined {
  const { proposal, otherNames } = subjectByOwnTexts(index.landscape, element);
  const [component] = proposal.components;
  const subject = readSubject(index, proposal, component, otherNames.get(component.id));
  if (subject.informativeWords < FEWEST_WORDS) return undefined;
  const alike = retrieve(index, subject, RETRIEVED).flatMap((number): Alike[] => {
    const entry = index.entries.get(number);
    if (entry === undefined || entry.element.kind !== element.kind || entry.element.urn === element.urn) return [];
    const { score, duplicateFrom } = modelPair(model, subject.need, entry.need);
    return score < duplicateFrom || servesOnlyPart(subject, entry) ? [] : [{ element: entry.element, score }];
  });
  return { alike: alike.toSorted(bestFirst), objectsKnown: index.entries.size };
}

function bestFirst(a: Alike, b: Alike): number {
  return b.score - a.score || (a.element.urn < b.element.urn ? -1 : 1);
}
