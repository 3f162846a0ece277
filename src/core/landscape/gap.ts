import { differenceOf, phaseChange, unlike } from './difference.js';
import type { LandscapeDifference } from './difference.js';
import { isInForce } from './landscape.js';
import type { Landscape } from './landscape.js';
import { isSurelyAfter } from './model.js';
import type { Element, PartialDate, Relation } from './model.js';
import { phaseOn } from './phase.js';
import { elementChanges } from './record-values.js';

/** A landscape and the day on which it is looked at. */
export interface DatedLandscape {
  readonly landscape: Landscape;
  readonly day: PartialDate;
}

/**
 * The gap between what stands today and a target architecture on its day, as a set difference: `added` is to be built
 * or joined, `removed` is to be retired or cut, `changed` stands on both days and is recorded otherwise.
 *
 * Today counts what may stand: neither planned, nor surely begun later, nor at its end. On its day the target counts
 * what is planned as well. What nobody has dated is there on both days: silence is no retirement. A relation counts
 * where both its ends do.
 */
export function gapBetween(today: DatedLandscape, target: DatedLandscape): LandscapeDifference {
  const [now, then] = [standing(today, 'BUILT', today.day), standing(target, 'PLANNED_TOO', today.day)];
  return differenceOf(today.landscape, target.landscape, {
    elements: unlike(now.elements, then.elements),
    relations: unlike(now.relations, then.relations),
    phaseBetween: (older, newer) => {
      // Copies of a record that is the same on both sides are no more of a change than the record itself.
      if (elementChanges(older, newer).length === 0) return undefined;
      return phaseChange(phaseOn(older, today.day), phaseOn(newer, target.day, today.day));
    },
  });
}

type Counting = 'BUILT' | 'PLANNED_TOO';

/** The day that is asked about, and the one on which it is asked. */
interface Days {
  readonly day: PartialDate;
  readonly today: PartialDate;
}

function standing(
  { landscape, day }: DatedLandscape,
  counting: Counting,
  today: PartialDate,
): { readonly elements: readonly Element[]; readonly relations: readonly Relation[] } {
  const elements = Array.from(landscape.elements()).filter((each) => stands(each, { day, today }, counting));
  const there = new Set(elements.map(({ seq }) => seq));
  const relations = Array.from(landscape.relations()).filter(
    (each) => there.has(each.source) && there.has(each.target) && holds(each, day, counting),
  );
  return { elements, relations };
}

function stands(element: Element, { day, today }: Days, counting: Counting): boolean {
  const { phases } = element;
  if (phases.length === 0) return true;
  if (phases.every(({ from }) => from !== null && isSurelyAfter(from, day))) return false;
  const phase = phaseOn(element, day, today);
  return phase !== 'END_OF_LIFE' && (phase !== 'PLAN' || counting === 'PLANNED_TOO');
}

function holds(relation: Relation, day: PartialDate, counting: Counting): boolean {
  return isInForce(relation, day) && (relation.status !== 'PLANNED' || counting === 'PLANNED_TOO');
}
