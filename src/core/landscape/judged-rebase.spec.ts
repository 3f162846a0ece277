import * as fc from 'fast-check';
import { addOf, addSeats, remove, update } from '../../../test/support/change-sets.js';
import {
  NAMED,
  after,
  anyOperations,
  goodOperations,
  goodPlan,
  planAtHead,
  smallLandscape,
} from '../../../test/support/random-change-sets.js';
import { judgedRebase } from './judged-rebase.js';
import type { JudgedRebase } from './judged-rebase.js';
import type { Operation } from './operation.js';
import type { Resolution } from './rebase-decision.js';
import type { LandscapeSnapshot } from './snapshot.js';

const base = smallLandscape();
const { SYSTEM, PLATFORM, AGENCY, OTHER, LONE, NEW } = NAMED;
const LINK = 'urn:khung:x';

function moved(
  theirs: readonly Operation[],
  ours: readonly Operation[],
  resolutions: readonly Resolution[] = [],
): JudgedRebase {
  return judgedRebase({
    base,
    scenario: after(base, ours),
    current: after(base, theirs),
    operations: ours,
    resolutions,
  });
}
function giveUp(urn: string, path: string | null = null): Resolution {
  return { urn, path, choose: 'CURRENT' };
}
function joins(urn: string, kind: string, source: string, target: string): Operation {
  return addOf(urn, { kind, source, target });
}
function system(urn: string): Operation {
  return addOf(urn, { kind: 'SYSTEM', name: 'Mới' });
}

describe('a scenario moved to a landscape that does not bear it', () => {
  it.each<[string, readonly Operation[], readonly Operation[], object]>([
    [
      'relation that became illegal',
      [remove('urn:khung:r0'), update(PLATFORM, 'kind', 'SYSTEM')],
      [joins(LINK, 'USES_PLATFORM', LONE, PLATFORM), update(LONE, 'layer', 2)],
      { urn: LINK, path: null, cause: 'NOT_POSSIBLE_THERE', because: { reason: 'RELATION_ILLEGAL' } },
    ],
    [
      'part that would be in a part of itself',
      [joins('urn:khung:v', 'PART_OF', OTHER, LONE)],
      [joins(LINK, 'PART_OF', LONE, OTHER), update(LONE, 'layer', 2)],
      { urn: LINK, path: null, cause: 'NOT_POSSIBLE_THERE', because: { reason: 'PART_OF_CYCLE' } },
    ],
    [
      'kind that their relations do not bear',
      [joins('urn:khung:v', 'USES_PLATFORM', OTHER, PLATFORM), remove('urn:khung:r0')],
      [remove('urn:khung:r0'), update(PLATFORM, 'kind', 'SYSTEM'), update(LONE, 'layer', 2)],
      { urn: PLATFORM, path: 'kind', cause: 'NOT_POSSIBLE_THERE', because: { reason: 'RELATION_ILLEGAL' } },
    ],
  ])('tells a %s as a conflict, which can only be given up', (_what, theirs, ours, conflict) => {
    const told = moved(theirs, ours);
    expect(told.conflicts).toMatchObject([conflict]);
    expect(told.unresolved).toEqual(told.conflicts);
    const { urn, path } = told.conflicts[0] ?? { urn: '', path: null };
    expect(moved(theirs, ours, [{ urn, path, choose: 'SCENARIO' }]).unresolved).toHaveLength(1);
    const rest = moved(theirs, ours, [giveUp(urn, path)]);
    expect(rest).toMatchObject({ unresolved: [], unused: [], operations: [{ urn: LONE, path: 'layer' }] });
    expect(rest.dropped).toMatchObject([{ urn }]);
  });

  it('tells what needs something given up, one after the other', () => {
    const theirs = [joins(NEW, 'DEPENDS_ON', OTHER, LONE)];
    const ours = [system(NEW), joins(LINK, 'DEPENDS_ON', LONE, NEW), update(NEW, 'layer', 1), update(LONE, 'layer', 2)];
    expect(moved(theirs, ours).unresolved).toMatchObject([{ urn: NEW, path: null, cause: 'URN_TAKEN' }]);
    const next = moved(theirs, ours, [giveUp(NEW)]);
    expect(next.unresolved).toMatchObject([{ urn: LINK, path: 'target', cause: 'END_GONE', scenario: NEW }]);
    expect(next.conflicts).toMatchObject([{ urn: NEW }, { urn: LINK }]);
    const rest = moved(theirs, ours, [giveUp(NEW), giveUp(LINK, 'target')]);
    expect(rest).toMatchObject({ unresolved: [], unused: [], operations: [{ urn: LONE, path: 'layer' }] });
    expect(rest.dropped).toEqual(ours.slice(0, 3));
  });

  it('does not call a decision unused that an open conflict may need', () => {
    const theirs = [joins(NEW, 'DEPENDS_ON', OTHER, LONE)];
    const ours = [system(NEW), joins(LINK, 'DEPENDS_ON', LONE, NEW)];
    const early = moved(theirs, ours, [giveUp(LINK, 'target'), giveUp(AGENCY)]);
    expect(early.unused).toEqual([giveUp(AGENCY)]);
  });

  it('keeps an element that still has relations which somebody decided to keep', () => {
    const theirs = [update('urn:khung:r2', 'strength', 'HARD')];
    const ours = [...['r0', 'r1', 'r2'].map((id) => remove(`urn:khung:${id}`)), remove(SYSTEM)];
    const kept = moved(theirs, ours, [giveUp('urn:khung:r2')]);
    expect(kept.unresolved).toMatchObject([{ urn: SYSTEM, path: null, cause: 'STILL_RELATED' }]);
    const rest = moved(theirs, ours, [giveUp('urn:khung:r2'), giveUp(SYSTEM)]);
    expect(rest).toMatchObject({ unresolved: [], operations: [{ urn: 'urn:khung:r0' }, { urn: 'urn:khung:r1' }] });
    expect(rest.dropped).toEqual([remove('urn:khung:r2'), remove(SYSTEM)]);
  });
});

describe('an element that they removed', () => {
  const theirs = [remove(LONE)];
  const ours = [update(LONE, 'layer', 1), joins(LINK, 'DEPENDS_ON', SYSTEM, LONE)];

  it('takes the relations to it along only where somebody says so', () => {
    expect(moved(theirs, ours, [giveUp(LONE)]).unresolved).toMatchObject([{ urn: LINK, cause: 'END_GONE' }]);
    const insisted = moved(theirs, ours, [giveUp(LONE), { urn: LINK, path: 'target', choose: 'SCENARIO' }]);
    expect(insisted.unresolved).toMatchObject([{ urn: LINK, path: 'target' }]);
    const rest = moved(theirs, ours, [giveUp(LONE), giveUp(LINK, 'target')]);
    expect(rest).toMatchObject({ unresolved: [], operations: [], dropped: ours });
  });

  it('comes back with a relation that somebody insists on', () => {
    const gone = [remove('urn:khung:r3'), remove('urn:khung:r2'), remove(OTHER)];
    const changed = [update('urn:khung:r3', 'validTo', '2030')];
    const rest = moved(gone, changed, [{ urn: 'urn:khung:r3', path: null, choose: 'SCENARIO' }]);
    expect(rest.unresolved).toEqual([]);
    expect(rest.operations).toMatchObject([
      { op: 'ADD', urn: OTHER, restore: true },
      { op: 'ADD', urn: 'urn:khung:r3', restore: true },
      { op: 'UPDATE', urn: 'urn:khung:r3', path: 'validTo' },
    ]);
  });
});

describe('an attribute key that was given again', () => {
  const [FIRST, SECOND] = ['urn:khung:attribute-cho', 'urn:khung:attribute-ghe'] as const;
  const onto = (theirs: readonly Operation[], ours: readonly Operation[]): JudgedRebase => {
    // A lineage of its own: urns of definitions are given once in each.
    const defined = after(smallLandscape(), [addSeats(FIRST)]);
    const scenario = defined.with(goodPlan(defined, ours).delta);
    return judgedRebase({ base: defined, scenario, current: after(defined, theirs), operations: ours });
  };

  it.each<[string, readonly Operation[], object]>([
    ['set', [update(LONE, 'attributes.seats', 4)], { urn: LONE, path: 'attributes.seats' }],
    ['added', [addOf(NEW, { kind: 'SYSTEM', name: 'Mới', attributes: { seats: 4 } })], { urn: NEW, path: null }],
  ])('makes a value that is %s a conflict', (_what, ours, place) => {
    const told = onto([remove(FIRST), addSeats(SECOND)], ours);
    expect(told.unresolved).toMatchObject([
      { ...place, cause: 'NOT_POSSIBLE_THERE', because: { reason: 'ATTRIBUTE_KEY_TAKEN' } },
    ]);
    expect(onto([remove(FIRST)], ours).unresolved).toMatchObject([{ because: { reason: 'ATTRIBUTE_UNKNOWN' } }]);
    expect(onto([update(LONE, 'layer', 3)], ours).unresolved).toEqual([]);
  });

  it('may be given again by the scenario itself', () => {
    const ours = [remove(FIRST), addSeats(SECOND), update(LONE, 'attributes.seats', 4)];
    const rest = onto([update(LONE, 'layer', 3)], ours);
    expect(rest.unresolved).toEqual([]);
    const current = after(after(smallLandscape(), [addSeats(FIRST)]), [update(LONE, 'layer', 3)]);
    expect(after(current, rest.operations).elementByUrn(LONE)).toMatchObject({ layer: 3, attributes: { seats: 4 } });
  });
});

describe('whatever both sides did', () => {
  const choose = fc.constantFrom<Resolution['choose']>('CURRENT', 'CURRENT', 'SCENARIO');
  function decided(
    theirs: readonly Operation[],
    ours: readonly Operation[],
    choices: Resolution['choose'][],
  ): JudgedRebase {
    const resolutions: Resolution[] = [];
    let outcome = moved(theirs, ours);
    // Each round decides at least one place more; where insisting is no decision, giving up is.
    for (let round = 0; outcome.unresolved.length > 0 && round < 100; round += 1) {
      for (const { urn, path } of outcome.unresolved) {
        const at = resolutions.findIndex((each) => each.urn === urn && each.path === path);
        if (at >= 0) resolutions.splice(at, 1, giveUp(urn, path));
        else resolutions.push({ urn, path, choose: choices[resolutions.length % choices.length] ?? 'CURRENT' });
      }
      outcome = moved(theirs, ours, resolutions);
    }
    return outcome;
  }

  it('what nothing stands in the way of can be planned', () => {
    fc.assert(
      fc.property(
        anyOperations,
        anyOperations,
        fc.array(choose, { minLength: 1, maxLength: 8 }),
        (first, second, choices) => {
          const [theirs, ours] = [goodOperations(base, first), goodOperations(base, second)];
          const outcome = decided(theirs, ours, choices);
          expect(outcome.unresolved).toEqual([]);
          const current: LandscapeSnapshot = after(base, theirs);
          if (outcome.operations.length > 0) expect(planAtHead(current, outcome.operations)).toHaveProperty('plan');
        },
      ),
      { numRuns: 400 },
    );
  });
});
