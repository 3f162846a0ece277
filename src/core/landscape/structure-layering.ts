import { integerAt } from '../number-at.js';
import { ownerOf } from './landscape.js';
import type { Landscape } from './landscape.js';
import type { Confidence, Element, PartialDate } from './model.js';
import { isSurelyAfter } from './model.js';
import { needGraph } from './need-graph.js';
import type { NeedGraph } from './need-graph.js';
import type { NeedKind } from './need-kinds.js';
import { isRunning } from './needs.js';
import { missingNeedFacts, presenceCoverage } from './structure-coverage.js';
import type { MissingStructureFact, StructureAnswer } from './structure-coverage.js';

/** A text in the two languages of the registry. */
export interface TwoTongues {
  readonly vi: string;
  readonly en: string;
}

/** Which layer may need which, as one framework has it. Data: the code knows no layer and no direction. */
export interface LayeringPolicy {
  readonly code: string;
  readonly name: TwoTongues;
  /** First and last day of effect; null where it is not known or still open. */
  readonly from: PartialDate | null;
  readonly to: PartialDate | null;
  readonly confidence: Confidence;
  /** Where it is known from, and how sure the reading is. */
  readonly source: TwoTongues;
  readonly layers: readonly { readonly layer: number; readonly name: TwoTongues }[];
  readonly rules: readonly LayeringRule[];
}

/** For some kinds of need, which layers each layer may need. A kind in no rule is not judged. */
export interface LayeringRule {
  readonly relationKinds: readonly NeedKind[];
  readonly mayNeed: readonly { readonly layer: number; readonly layers: readonly number[] }[];
  readonly because: TwoTongues;
}

/** A need that goes against the layering. */
export interface LayeringViolation {
  /** seq of the relation. */
  readonly relation: number;
  /** seq of what needs, and its layer. */
  readonly needs: number;
  readonly needsLayer: number;
  /** seq of what is needed, and its layer. */
  readonly needed: number;
  readonly neededLayer: number;
  /** The rule it goes against. */
  readonly rule: LayeringRule;
}

/**
 * The policy in effect on a day; of several the last listed. Null where none is: then nothing is judged.
 */
export function layeringPolicyOn(policies: readonly LayeringPolicy[], day: PartialDate): LayeringPolicy | null {
  const inEffect = policies.filter(
    ({ from, to }) => (from === null || !isSurelyAfter(from, day)) && (to === null || !isSurelyAfter(day, to)),
  );
  return inEffect.at(-1) ?? null;
}

/**
 * The needs between things that run which the policy does not allow, by urn of what needs, then of what is needed, then
 * by relation. Where a layer is unknown, or the policy does not speak of it, nothing is judged: the layer is told as
 * missing where the element takes part in a need that would be judged.
 */
export function layeringViolations(landscape: Landscape, policy: LayeringPolicy): StructureAnswer<LayeringViolation> {
  const judges = policy.rules.map((rule) => ({ rule, needs: needGraph(landscape, rule.relationKinds) }));
  const layerOf = layerReader(policy);
  const found: LayeringViolation[] = [];
  const unlayered = new Set<number>();
  let examined = 0;
  for (const element of landscape.elements()) {
    if (!isRunning(landscape, element)) continue;
    examined += 1;
    for (const { rule, needs } of judges) {
      for (const { relation, needed } of needsOfOne(landscape, needs, element.seq)) {
        const [needsLayer, neededLayer] = [layerOf(element), layerOf(needed)];
        if (needsLayer === null) unlayered.add(element.seq);
        if (neededLayer === null) unlayered.add(needed.seq);
        if (needsLayer === null || neededLayer === null || isAllowed(rule, needsLayer, neededLayer)) continue;
        found.push({ relation, needs: element.seq, needsLayer, needed: needed.seq, neededLayer, rule });
      }
    }
  }
  return {
    items: ordered(landscape, found),
    examined,
    get coverage() {
      return presenceCoverage(found.length, missingLayerFacts(landscape, unlayered));
    },
  };
}

/** An element's layer; null where it is unknown or none that the policy speaks of. */
function layerReader({ layers }: LayeringPolicy): (element: Element) => number | null {
  const known = new Set(layers.map(({ layer }) => layer));
  return ({ layer }) => (layer !== null && known.has(layer) ? layer : null);
}

/** What one element needs of all that runs. */
function* needsOfOne(
  landscape: Landscape,
  { starts, targets, relations }: NeedGraph,
  seq: number,
): Generator<{ readonly relation: number; readonly needed: Element }> {
  for (let at = integerAt(starts, seq); at < integerAt(starts, seq + 1); at += 1) {
    const needed = landscape.elementAt(integerAt(targets, at));
    if (needed !== undefined && isRunning(landscape, needed)) yield { relation: integerAt(relations, at), needed };
  }
}

/** Whether a rule lets one layer need another; a layer it does not speak of may need any. */
function isAllowed({ mayNeed }: LayeringRule, needsLayer: number, neededLayer: number): boolean {
  return mayNeed.find(({ layer }) => layer === needsLayer)?.layers.includes(neededLayer) ?? true;
}

function ordered(landscape: Landscape, found: readonly LayeringViolation[]): LayeringViolation[] {
  const urnOf = (seq: number): string => landscape.elementAt(seq)?.urn ?? '';
  const compare = (a: number, b: number): number => (urnOf(a) < urnOf(b) ? -1 : Number(urnOf(a) > urnOf(b)));
  return found.toSorted((a, b) => compare(a.needs, b.needs) || compare(a.needed, b.needed) || a.relation - b.relation);
}

/** What is not known of needs, and in which layer those stand that take part in one. */
function missingLayerFacts(landscape: Landscape, unlayered: ReadonlySet<number>): MissingStructureFact[] {
  const layers = Array.from(unlayered)
    .toSorted((a, b) => a - b)
    .map((element) => ({ kind: 'LAYER', element, askedFrom: ownerOf(landscape, element)?.seq ?? null }) as const);
  return [...layers, ...missingNeedFacts(landscape, { withStrengths: false })];
}
