import { ownerOf } from '../landscape/landscape.js';
import type { Urn } from '../landscape/model.js';
import type { PairFeatures } from './match-model.js';
import { capabilityTerm, rarityOf } from './similarity-index.js';
import type { IndexedElement, SimilarityIndex, TermVector } from './similarity-index.js';
import type { Subject } from './subject.js';
import type { CapabilityWeights } from './terms.js';

/** Codes shorter than this are everyday words or numbers. */
const SHORTEST_CODE = 6;

/** A name whose words stand in the other's description says less than one whose words stand in its name. */
const SAID_ELSEWHERE = 0.7;

/** Measures a component against one element of the index. `agency` is the proposing one, null where unknown. */
export function measurePair(
  index: SimilarityIndex,
  subject: Subject,
  entry: IndexedElement,
  agency: Urn | null,
): PairFeatures {
  const { description, purpose, texts } = subject;
  let name = 0;
  for (const subjectName of subject.names) {
    name = Math.max(name, SAID_ELSEWHERE * containment(index, subjectName, entry.firstRow));
    for (let row = entry.firstRow + 1; row < entry.lastRow; row++)
      name = Math.max(name, cosine(index, subjectName, row));
  }
  const capability = capabilityLikeness(index, subject.capabilities, entry.capabilities);
  const owner = ownerOf(index.landscape, entry.element.seq);
  const said = Object.values(texts).map(({ text }) => text);
  return {
    name,
    description: description === undefined ? undefined : containment(index, description, entry.firstRow),
    purpose: containment(index, purpose, entry.firstRow),
    capability: capability > 0 ? capability : undefined,
    capabilityConflict: capability === 0 && isNamed(subject.capabilities) && isNamed(entry.capabilities),
    citedCode: entry.element.externalIds.some(
      ({ value }) => value.length >= SHORTEST_CODE && said.some((text) => text.includes(value)),
    ),
    sameAgency: agency === null || owner === undefined ? undefined : owner.urn === agency,
  };
}

/** Cosine of a text and a row of the index, 0 to 1; 0 where either is empty. */
export function cosine({ rows }: SimilarityIndex, text: TermVector, row: number): number {
  let [squares, dot] = [0, 0];
  for (let at = rows.start[row] ?? 0; at < (rows.start[row + 1] ?? 0); at++) {
    const value = rows.values[at] ?? 0;
    squares += value * value;
    dot += value * (text.weights[rows.columns[at] ?? 0] ?? 0);
  }
  return dot === 0 ? 0 : dot / (text.norm * Math.sqrt(squares));
}

/** Part of a text's weight whose terms the row has too, 0 to 1; 0 for an empty text. */
export function containment({ rows }: SimilarityIndex, text: TermVector, row: number): number {
  let shared = 0;
  for (let at = rows.start[row] ?? 0; at < (rows.start[row + 1] ?? 0); at++) {
    shared += text.weights[rows.columns[at] ?? 0] ?? 0;
  }
  return text.total === 0 ? 0 : shared / text.total;
}

/**
 * Likeness of two sets of capabilities: twice what they share over what both have, each capability weighing its rarity.
 * 0 where they share none or a side has none.
 */
function capabilityLikeness(index: SimilarityIndex, left: CapabilityWeights, right: CapabilityWeights): number {
  const rarity = (code: string): number => index.capabilityRarity.get(code) ?? rarityOf(index, capabilityTerm(code));
  let [shared, all] = [0, 0];
  for (const [code, weight] of left) {
    shared += rarity(code) * Math.min(weight, right.get(code) ?? 0);
    all += rarity(code) * weight;
  }
  for (const [code, weight] of right) all += rarity(code) * weight;
  return all === 0 ? 0 : (2 * shared) / all;
}

/** Whether a name says a capability; what only a description mentions is no claim to contradict. */
function isNamed(capabilities: CapabilityWeights): boolean {
  for (const weight of capabilities.values()) if (weight === 1) return true;
  return false;
}
