import type { LandscapeView } from '../core/access/view.js';
import { ageOrdering, relationOrdering } from '../core/landscape/order.js';
import { DEAD_END_KINDS } from '../core/landscape/structure-dead-ends.js';
import type { DeadEndKind } from '../core/landscape/structure-dead-ends.js';
import { orderedBy } from '../core/ordering.js';
import type { Ordering } from '../core/ordering.js';
import type { DeadEndType, LayeringViolationType, SinglePointAnswer } from './structure.types.js';

/** The worst first. */
export const SINGLE_POINT_ORDERING = orderedBy<SinglePointAnswer>(
  ({ lost }) => -lost,
  ({ lostAtMost }) => -lostAtMost,
  ({ separated }) => -separated,
  ({ element }) => element.urn,
);

/** By what needs, then by what is needed. */
export function violationOrdering(landscape: LandscapeView): Ordering<LayeringViolationType> {
  const { tieOf, nameOf, tieOfName } = relationOrdering(landscape);
  const { keys } = orderedBy<LayeringViolationType>(
    ({ needs }) => needs.urn,
    ({ needed }) => needed.urn,
  );
  return { keys, tieOf: ({ relation }) => tieOf(relation), nameOf: ({ relation }) => nameOf(relation), tieOfName };
}

/** By age of the element, then by kind. */
export function deadEndOrdering(landscape: LandscapeView): Ordering<DeadEndType> {
  const { tieOf, nameOf, tieOfName } = ageOrdering(landscape);
  return {
    keys: [],
    tieOf: ({ element, kind }) => deadEndTie(tieOf(element), kind),
    nameOf: ({ element, kind }) => `${nameOf(element)} ${kind}`,
    tieOfName: (name) => {
      const [urn = '', word] = name.split(' ');
      const element = tieOfName(urn);
      const kind = DEAD_END_KINDS.find((each) => each === word);
      return element === undefined || kind === undefined ? undefined : deadEndTie(element, kind);
    },
  };
}

function deadEndTie(element: number, kind: DeadEndKind): number {
  return element * DEAD_END_KINDS.length + DEAD_END_KINDS.indexOf(kind);
}
