import { ownerOf } from '../../src/core/landscape/landscape.js';
import { LandscapeSnapshot } from '../../src/core/landscape/snapshot.js';
import type { Proposal, ProposalComponent } from '../../src/core/landscape/proposal.js';
import { WORK_TYPES } from '../../src/core/landscape/proposal.js';
import { findDuplicates } from '../../src/core/similarity/duplicate-answer.js';
import type { DuplicateCandidate } from '../../src/core/similarity/duplicate-answer.js';
import { urnOfCapability } from '../../src/core/similarity/lexicon.js';
import type { MatchBand } from '../../src/core/similarity/match-band.js';
import { MEASURES } from '../../src/core/similarity/pair-measure.js';
import type { PairModel } from '../../src/core/similarity/pair-model.js';
import type { SimilarityIndex } from '../../src/core/similarity/similarity-index.js';
import { whatWouldChange } from '../../src/core/similarity/what-would-change.js';
import type { OtherFact, WhatWouldChange } from '../../src/core/similarity/what-would-change.js';
import { urnOf } from '../support/landscapes.js';
import { CASES, CITY_INDEX, PAIR_MODEL, proposalOf } from './proposal-cases.js';

interface Compared {
  readonly proposal: Proposal;
  readonly component: ProposalComponent;
  readonly candidate: DuplicateCandidate;
  readonly told: WhatWouldChange;
}
const CANDIDATES = 3;

/** As they are, and with nothing described. */
const proposals = CASES.flatMap(({ given }): Proposal[] => {
  const proposal = proposalOf(given);
  const [first, ...others] = proposal.components.map((each) => ({ ...each, description: null }));
  return first === undefined ? [proposal] : [proposal, { ...proposal, components: [first, ...others] }];
});
const all: readonly Compared[] = proposals.flatMap((proposal) => {
  const { byComponent, otherNames } = findDuplicates(CITY_INDEX, proposal, {
    model: PAIR_MODEL,
    candidateLimit: CANDIDATES,
  });
  return byComponent.flatMap(({ component, candidates }) =>
    candidates.map((candidate) => ({
      proposal,
      component,
      candidate,
      told: whatWouldChange(CITY_INDEX, { proposal, component, model: PAIR_MODEL, otherNames }, candidate.entry),
    })),
  );
});

/** The band of a pair in a whole answer; what is too far away to be listed is DISTINCT. */
function bandIn(
  index: SimilarityIndex,
  { proposal, component, candidate }: Pick<Compared, 'proposal' | 'component' | 'candidate'>,
  model: PairModel = PAIR_MODEL,
): MatchBand {
  const { byComponent } = findDuplicates(index, proposal, { model, candidateLimit: 200, explainedLimit: 1 });
  const match = byComponent.find(({ component: { id } }) => id === component.id);
  return match?.alike.find(({ match: { urn } }) => urn === candidate.match.urn)?.band ?? 'DISTINCT';
}
function withComponent(compared: Compared, more: Partial<ProposalComponent>): Compared {
  const components = compared.proposal.components.map((each) =>
    each.id === compared.component.id ? { ...each, ...more } : each,
  ) as [ProposalComponent, ...ProposalComponent[]];
  return { ...compared, proposal: { ...compared.proposal, components } };
}
function inPhase(phase: 'ACTIVE' | 'END_OF_LIFE', { urn }: DuplicateCandidate['match']): SimilarityIndex {
  const changed = Array.from(CITY_INDEX.entries).filter(({ element }) => element.urn === urn);
  const entries = CITY_INDEX.entries.with(
    changed.map((entry) => [
      entry.element.seq,
      { ...entry, element: { ...entry.element, phases: [{ phase, from: null }] } },
    ]),
  );
  return { ...CITY_INDEX, entries };
}
/** The city with one agency more, which replaces the owner of a match. */
function takenOver({ seq }: DuplicateCandidate['match']): SimilarityIndex {
  const [elements, relations] = [[...CITY_INDEX.landscape.elements()], [...CITY_INDEX.landscape.relations()]];
  const [owner, owned] = [ownerOf(CITY_INDEX.landscape, seq), relations.find(({ kind }) => kind === 'OWNED_BY')];
  if (owner === undefined || owned === undefined) return CITY_INDEX;
  const bound = CITY_INDEX.landscape.elementBound;
  const successor = {
    ...owner,
    seq: bound,
    urn: urnOf('successor'),
    level: 'COMMUNE' as const,
    attributes: {},
  };
  const replaces = {
    ...owned,
    seq: 1 + Math.max(...relations.map((relation) => relation.seq)),
    urn: urnOf('replaces'),
  };
  const more = { ...replaces, kind: 'REPLACES' as const, source: bound, target: owner.seq };
  return { ...CITY_INDEX, landscape: LandscapeSnapshot.of([...elements, successor], [...relations, more]) };
}

/** The bands of a pair where a fact is so, asked anew; none where the landscape has nobody by whom to make it so. */
function bandsWith(fact: OtherFact, compared: Compared): MatchBand[] {
  const { proposal, candidate } = compared;
  switch (fact.kind) {
    case 'WORK_TYPE':
      return fact.workTypes.map((workType) => bandIn(CITY_INDEX, { ...compared, proposal: { ...proposal, workType } }));
    case 'CAPABILITY': {
      const capability = urnOfCapability(fact.capability);
      return [bandIn(CITY_INDEX, withComponent(compared, { capability }))];
    }
    case 'LAYER':
      return [bandIn(CITY_INDEX, withComponent(compared, { layer: fact.layer }))];
    case 'DESCRIPTION_OF_OBJECTIVE':
    case 'DESCRIPTION_OF_MATCH':
      return [bandIn(CITY_INDEX, withComponent(compared, { description: fact.description }))];
    case 'MATCH_RETIRED':
      return [bandIn(inPhase('END_OF_LIFE', candidate.match), compared)];
    case 'MATCH_IN_USE':
      return [bandIn(inPhase('ACTIVE', candidate.match), compared)];
    case 'MATCH_TAKEN_OVER':
      return [bandIn(takenOver(candidate.match), compared)];
    case 'OWNED_BY_PROPOSER': {
      const owner = ownerOf(CITY_INDEX.landscape, candidate.match.seq);
      return owner === undefined
        ? []
        : [bandIn(CITY_INDEX, { ...compared, proposal: { ...proposal, agency: owner.urn } })];
    }
  }
}

/** A model whose log-odds are all so much more. */
function shifted(by: number): PairModel {
  const { covered, uncovered } = PAIR_MODEL.calibration;
  return {
    ...PAIR_MODEL,
    calibration: {
      covered: { ...covered, intercept: covered.intercept + by },
      uncovered: { ...uncovered, intercept: uncovered.intercept + by },
    },
  };
}

describe('what would give a candidate another band', () => {
  it('is told of facts by which a new answer has the band that was told, which is another one', () => {
    const kinds = new Map<string, number>();
    for (const compared of all) {
      for (const { fact, band } of compared.told.facts) {
        const bands = bandsWith(fact, compared);
        expect({ title: compared.proposal.title, match: compared.candidate.match.urn, fact, bands }).toMatchObject({
          bands: bands.map(() => band),
        });
        expect(band).not.toBe(compared.candidate.band);
        kinds.set(fact.kind, (kinds.get(fact.kind) ?? 0) + bands.length);
      }
    }
    for (const kind of ['WORK_TYPE', 'CAPABILITY', 'MATCH_RETIRED', 'OWNED_BY_PROPOSER', 'DESCRIPTION_OF_MATCH']) {
      expect([kind, kinds.get(kind) ?? 0]).not.toEqual([kind, 0]);
    }
  });

  it('leaves out no kind of work that would', () => {
    for (const compared of all.filter((_, at) => at % 5 === 0)) {
      const told = compared.told.facts.flatMap(({ fact }) => (fact.kind === 'WORK_TYPE' ? fact.workTypes : []));
      const changing = WORK_TYPES.filter((workType) => {
        const proposal = { ...compared.proposal, workType };
        return workType !== 'UNKNOWN' && bandIn(CITY_INDEX, { ...compared, proposal }) !== compared.candidate.band;
      });
      expect(new Set(told)).toEqual(new Set(changing));
    }
  });

  it('is told of the next band at the distance from which it begins, and not before', () => {
    let told = 0;
    for (const compared of all.filter(
      ({ candidate }) => !candidate.signals.some(({ name }) => name === 'TENDER_CODE'),
    )) {
      const { up, down } = compared.told;
      for (const [next, sign] of [
        [up, 1],
        [down, -1],
      ] as const) {
        if (next === null) continue;
        const at = (by: number): MatchBand => bandIn(CITY_INDEX, compared, shifted(sign * by));
        expect([next.band, at(next.distance + 1e-6)]).toEqual([next.band, next.band]);
        if (next.distance > 1e-6) expect(at(next.distance - 1e-6)).toBe(compared.candidate.band);
        told += 1;
      }
    }
    expect(told).toBeGreaterThan(all.length / 2);
  });

  it('names the signals without which there is another band, and no others', () => {
    let decisive = 0;
    for (const { candidate, told, proposal, component } of all) {
      for (const { name, contribution } of candidate.signals) {
        const weights = PAIR_MODEL.match.weights.map((weight, at) => (MEASURES[at]?.[0] === name ? 0 : weight));
        const silent = { ...PAIR_MODEL, match: { ...PAIR_MODEL.match, weights } };
        if (contribution === 0 || name === 'TENDER_CODE') continue;
        const band = bandIn(CITY_INDEX, { candidate, proposal, component }, silent);
        const known = told.signals.find((each) => each.name === name);
        expect([candidate.match.urn, name, known?.band ?? candidate.band]).toEqual([candidate.match.urn, name, band]);
        decisive += Number(known !== undefined);
      }
    }
    expect(decisive).toBeGreaterThan(10);
  });
});
