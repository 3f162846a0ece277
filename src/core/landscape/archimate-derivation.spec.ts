import * as fc from 'fast-check';
import { derivation, derivedRelationship } from './archimate-derivation.js';
import type { Derivation, DerivationStep } from './archimate-derivation.js';
import { isLegalArchimate } from './archimate-legality.js';
import { ARCHIMATE_CONCEPTS, ARCHIMATE_RELATIONSHIPS } from './archimate.js';
import type { ArchimateConcept, ArchimateRelationship } from './archimate.js';

type Spoken = readonly [relationship: ArchimateRelationship, way: '>' | '<'];

function path(...steps: readonly Spoken[]): DerivationStep[] {
  return steps.map(([relationship, way]) => ({ relationship, forward: way === '>' }));
}
function turnedPath(steps: readonly DerivationStep[]): DerivationStep[] {
  return steps.map(({ relationship, forward }) => ({ relationship, forward: !forward })).toReversed();
}
/** A derivation as told in the tables below, for example `SERVING >` or, where it may be so, `SERVING < ?`. */
function told(found: Derivation | null): string | null {
  if (found === null) return null;
  return `${found.relationship} ${found.forward ? '>' : '<'}${found.certain ? '' : ' ?'}`;
}

const step = fc.record({ relationship: fc.constantFrom(...ARCHIMATE_RELATIONSHIPS), forward: fc.boolean() });
const steps = fc.array(step, { minLength: 1, maxLength: 6 });

describe('two relationships in line', () => {
  it.each<[rule: string, first: Spoken, second: Spoken, derived: string | null]>([
    ['DR1', ['SPECIALIZATION', '>'], ['SPECIALIZATION', '>'], 'SPECIALIZATION >'],
    ['DR2', ['COMPOSITION', '>'], ['ASSIGNMENT', '>'], 'ASSIGNMENT >'],
    ['DR2', ['REALIZATION', '>'], ['AGGREGATION', '>'], 'REALIZATION >'],
    ['DR2', ['COMPOSITION', '>'], ['AGGREGATION', '>'], 'AGGREGATION >'],
    ['DR2', ['AGGREGATION', '<'], ['COMPOSITION', '<'], 'AGGREGATION <'],
    ['DR3', ['REALIZATION', '>'], ['SERVING', '>'], 'SERVING >'],
    ['DR3', ['ASSIGNMENT', '>'], ['ACCESS', '>'], 'ACCESS >'],
    ['DR4', ['ASSIGNMENT', '>'], ['SERVING', '<'], 'SERVING <'],
    ['DR4', ['SERVING', '>'], ['COMPOSITION', '<'], 'SERVING >'],
    ['DR5', ['ASSIGNMENT', '>'], ['FLOW', '>'], 'FLOW >'],
    ['DR5', ['COMPOSITION', '>'], ['TRIGGERING', '>'], 'TRIGGERING >'],
    ['DR6', ['ASSIGNMENT', '>'], ['FLOW', '<'], 'FLOW <'],
    ['DR7', ['TRIGGERING', '>'], ['COMPOSITION', '>'], 'TRIGGERING >'],
    ['DR8', ['TRIGGERING', '>'], ['TRIGGERING', '>'], 'TRIGGERING >'],
    ['PDR1', ['SPECIALIZATION', '>'], ['SERVING', '>'], 'SERVING > ?'],
    ['PDR2', ['SPECIALIZATION', '>'], ['ASSIGNMENT', '<'], 'ASSIGNMENT < ?'],
    ['PDR3', ['SPECIALIZATION', '<'], ['ACCESS', '>'], 'ACCESS > ?'],
    ['PDR4', ['SPECIALIZATION', '<'], ['FLOW', '<'], 'FLOW < ?'],
    ['PDR5', ['COMPOSITION', '<'], ['SERVING', '<'], 'SERVING < ?'],
    ['PDR6', ['COMPOSITION', '<'], ['SERVING', '>'], 'SERVING > ?'],
    ['PDR7', ['SERVING', '>'], ['SERVING', '>'], 'SERVING > ?'],
    ['PDR7', ['SERVING', '>'], ['ACCESS', '>'], 'ACCESS > ?'],
    ['PDR7', ['INFLUENCE', '>'], ['ASSOCIATION', '>'], 'ASSOCIATION > ?'],
    ['PDR8', ['FLOW', '>'], ['COMPOSITION', '>'], 'FLOW > ?'],
    ['PDR9', ['COMPOSITION', '<'], ['TRIGGERING', '>'], 'TRIGGERING > ?'],
    ['PDR10', ['FLOW', '>'], ['FLOW', '>'], 'FLOW > ?'],
    ['PDR11', ['TRIGGERING', '>'], ['COMPOSITION', '<'], 'TRIGGERING > ?'],
    ['no rule: two servings of one thing', ['SERVING', '>'], ['SERVING', '<'], null],
    ['no rule: two parts of one whole', ['COMPOSITION', '<'], ['COMPOSITION', '>'], null],
    ['no rule: two wholes of one part', ['COMPOSITION', '>'], ['COMPOSITION', '<'], null],
    ['no rule: serving and flow', ['SERVING', '>'], ['FLOW', '>'], null],
    ['no rule: triggering and flow', ['TRIGGERING', '>'], ['FLOW', '>'], null],
    ['no rule: two kinds of one thing', ['SPECIALIZATION', '>'], ['SPECIALIZATION', '<'], null],
    ['no rule: what is made of a triggering thing', ['COMPOSITION', '>'], ['SPECIALIZATION', '<'], 'COMPOSITION > ?'],
  ])('%s: %j then %j is %s', (_rule, first, second, derived) => {
    expect(told(derivation(path(first, second)))).toBe(derived);
  });
});

describe('a path', () => {
  it('of no step says nothing, and one step says itself', () => {
    expect(derivation([])).toBeNull();
    expect(derivedRelationship([])).toBeNull();
    for (const relationship of ARCHIMATE_RELATIONSHIPS) {
      expect(derivation(path([relationship, '>']))).toEqual({ relationship, forward: true, certain: true });
      expect(derivedRelationship(path([relationship, '<']))).toBe(relationship);
    }
  });

  it.each<[readonly Spoken[], string | null]>([
    // A node makes up a platform that realizes a service that serves a process which an agency is assigned to.
    [
      [
        ['COMPOSITION', '>'],
        ['REALIZATION', '>'],
        ['SERVING', '>'],
        ['ASSIGNMENT', '<'],
      ],
      'SERVING >',
    ],
    [
      [
        ['SERVING', '<'],
        ['SERVING', '<'],
        ['SERVING', '<'],
      ],
      'SERVING < ?',
    ],
    // Only by combining the last two first: flow and triggering never meet.
    [
      [
        ['TRIGGERING', '>'],
        ['COMPOSITION', '>'],
        ['COMPOSITION', '>'],
        ['TRIGGERING', '>'],
      ],
      'TRIGGERING >',
    ],
    [
      [
        ['SERVING', '>'],
        ['FLOW', '>'],
        ['SERVING', '>'],
      ],
      null,
    ],
  ])('%j is %s', (spoken, derived) => {
    expect(told(derivation(path(...spoken)))).toBe(derived);
  });

  it('takes an association either way', () => {
    expect(told(derivation(path(['COMPOSITION', '>'], ['ASSOCIATION', '<'])))).toBe('ASSOCIATION >');
    expect(told(derivation(path(['ASSOCIATION', '<'], ['SERVING', '>'])))).toBe('ASSOCIATION > ?');
  });

  it('says the same from its other end', () => {
    fc.assert(
      fc.property(steps, (walked) => {
        const [there, back] = [derivation(walked), derivation(turnedPath(walked))];
        expect(back?.relationship).toBe(there?.relationship);
        expect(back?.certain).toBe(there?.certain);
      }),
    );
  });

  it('says only a relationship that it holds', () => {
    fc.assert(
      fc.property(steps, (walked) => {
        const found = derivedRelationship(walked);
        if (found !== null) expect(walked.map(({ relationship }) => relationship)).toContain(found);
      }),
    );
  });
});

describe('a path through known concepts', () => {
  it('says only what the table allows', () => {
    const walked = path(['ASSIGNMENT', '>'], ['SERVING', '<']);
    const concepts: ArchimateConcept[] = ['BusinessActor', 'BusinessProcess', 'ApplicationService'];
    expect(told(derivation(walked, concepts))).toBe('SERVING <');
    // A goal may not serve, so the step itself is no relationship.
    expect(derivation(walked, ['BusinessActor', 'BusinessProcess', 'Goal'])).toBeNull();
    // Realization of a realization holds of what the concepts allow alone: no work package is realized.
    expect(derivedRelationship(path(['REALIZATION', '>'], ['INFLUENCE', '>']), ['Capability', 'Goal', 'Goal'])).toBe(
      'INFLUENCE',
    );
  });

  it('lets the members of a grouping do what it does', () => {
    const walked = path(['AGGREGATION', '<'], ['REALIZATION', '>']);
    const ends = ['ApplicationComponent', 'ApplicationService'] as const;
    expect(told(derivation(walked, [ends[0], 'Grouping', ends[1]]))).toBe('REALIZATION > ?');
    expect(derivation(walked, [ends[0], 'Location', ends[1]])).toBeNull();
    expect(derivation(walked)).toBeNull();
    expect(told(derivation(turnedPath(walked), [ends[1], 'Grouping', ends[0]]))).toBe('REALIZATION < ?');
  });

  it('never says what is not legal between its ends', () => {
    const legalStep = (source: ArchimateConcept) =>
      fc
        .tuple(fc.constantFrom(...ARCHIMATE_CONCEPTS), step)
        .filter(([target, { relationship, forward }]) =>
          forward ? isLegalArchimate(relationship, source, target) : isLegalArchimate(relationship, target, source),
        );
    const walks = fc
      .constantFrom(...ARCHIMATE_CONCEPTS)
      .filter((start) => start !== 'Relationship')
      .chain((start) =>
        legalStep(start).chain(([middle, first]) =>
          legalStep(middle).map(([end, second]) => ({ concepts: [start, middle, end], walked: [first, second] })),
        ),
      );
    fc.assert(
      fc.property(walks, ({ concepts, walked }) => {
        const found = derivation(walked, concepts);
        if (found === null) return;
        const [start, , end] = concepts;
        const [source, target] = found.forward ? [start, end] : [end, start];
        expect(isLegalArchimate(found.relationship, source ?? 'Junction', target ?? 'Junction')).toBe(true);
      }),
    );
  });

  it('is refused where the concepts do not fit the steps', () => {
    expect(() => derivation(path(['FLOW', '>']), ['Node'])).toThrow(RangeError);
  });
});
