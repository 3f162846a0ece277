import type { ComponentMatch } from '../../src/core/similarity/duplicate-answer.js';
import { findDuplicates } from '../../src/core/similarity/duplicate-answer.js';
import type { Proposal } from '../../src/core/landscape/proposal.js';
import { probabilityOf } from '../../src/core/similarity/pair-model.js';
import { CASES as cases, CITY_INDEX as index, PAIR_MODEL as model, proposalOf, urn } from './proposal-cases.js';
import type { ExpectedComponent, ProposalCase } from './proposal-cases.js';

const ASPECTS = ['candidate', 'band', 'advice', 'continuation'] as const;
type Aspect = (typeof ASPECTS)[number];

/**
 * Share of cases that held in every aspect when the model was last changed: 39 of 43. It was trained on other pairs; one
 * that was set by hand with these cases in view held 42.
 */
const WHOLLY_RIGHT = 39 / 43;

function wrongAspects(match: ComponentMatch | undefined, expected: ExpectedComponent): Aspect[] {
  const best = match?.candidates[0];
  const candidate = best === undefined || best.band === 'DISTINCT' ? null : best.match.urn;
  const right: Record<Aspect, boolean> = {
    candidate: [expected.candidate, ...(expected.alsoRight ?? [])].includes(candidate),
    band: match?.band === expected.band,
    advice: match?.advice === expected.advice,
    continuation: (best?.isContinuation ?? false) === expected.continuation,
  };
  return ASPECTS.filter((aspect) => !right[aspect]);
}
function wrongIn(given: ProposalCase): Aspect[] {
  const { byComponent } = findDuplicates(index, proposalOf(given), { model, candidateLimit: 20 });
  return given.expected.components.flatMap((expected) =>
    wrongAspects(
      byComponent.find(({ component }) => component.id === expected.id),
      expected,
    ),
  );
}

function plainly(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
}
function withoutMarks(proposal: Proposal): Proposal {
  const [one, ...others] = proposal.components.map((component) => ({
    ...component,
    name: plainly(component.name),
    description: component.description === null ? null : plainly(component.description),
  }));
  const objective = proposal.objective === null ? null : plainly(proposal.objective);
  return one === undefined
    ? proposal
    : { ...proposal, title: plainly(proposal.title), objective, components: [one, ...others] };
}

describe('the proposals of the city', () => {
  it.each(cases)('$name names objects that exist and answers every component', ({ given }) => {
    for (const { candidate, alsoRight = [] } of given.expected.components) {
      for (const name of [candidate, ...alsoRight]) expect(name === null || urn(name)).toBeTruthy();
    }
    expect(given.expected.components.map(({ id }) => id)).toEqual(proposalOf(given).components.map(({ id }) => id));
  });

  it('are answered as a reviewer would, at least as often as when the model was last changed', () => {
    const wrong = cases.map(({ name, given }) => ({ name, wrong: wrongIn(given) }));
    const failures = wrong.filter((each) => each.wrong.length > 0);
    const held = Object.fromEntries(
      ASPECTS.map((aspect) => [aspect, wrong.filter((each) => !each.wrong.includes(aspect)).length]),
    );
    const report = { cases: cases.length, whollyRight: cases.length - failures.length, held, failures };
    process.stdout.write(`${JSON.stringify(report)}\n`);
    expect(cases.length).toBeGreaterThanOrEqual(24);
    expect(report.whollyRight / cases.length).toBeGreaterThanOrEqual(WHOLLY_RIGHT);
  });

  it.each(cases)('$name has the same bands without marks', ({ given }) => {
    const proposal = proposalOf(given);
    const plain = withoutMarks(proposal);
    expect(plain.title).toMatch(/^[^\u0300-\u036f\u1ea0-\u1ef9đĐ]*$/);
    const bands = (asked: Proposal): string[] =>
      findDuplicates(index, asked, { model, candidateLimit: 20 }).byComponent.map(({ band }) => band);
    expect(bands(plain)).toEqual(bands(proposal));
  });

  it('have candidates whose signals add up to their score', () => {
    for (const { given } of cases) {
      const { byComponent } = findDuplicates(index, proposalOf(given), { model, candidateLimit: 20 });
      for (const { signals, baseline, logOdds, score } of byComponent.flatMap(({ candidates }) => candidates)) {
        expect(signals.reduce((sum, { contribution }) => sum + contribution, baseline)).toBeCloseTo(logOdds, 9);
        expect(score).toBe(probabilityOf(logOdds));
      }
    }
  });

  it('have the same bands and scores without an objective: nobody is asked for one', () => {
    const judged = (asked: Proposal): object[] =>
      findDuplicates(index, asked, { model, candidateLimit: 200, explainedLimit: 1 }).byComponent.map(
        ({ band, alike }) => ({ band, alike: alike.map(({ match, score }) => [match.urn, score]) }),
      );
    for (const { given } of cases) {
      const proposal = proposalOf(given);
      expect(judged({ ...proposal, objective: null })).toEqual(judged(proposal));
    }
  });
});
