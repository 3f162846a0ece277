import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isUrn } from '../../src/core/landscape/model.js';
import type { Urn } from '../../src/core/landscape/model.js';
import type { InvestmentForm, Proposal, ProposalComponent, WorkType } from '../../src/core/landscape/proposal.js';
import type { ReuseAdvice } from '../../src/core/similarity/advice.js';
import type { MatchBand } from '../../src/core/similarity/match-band.js';
import { findDuplicates } from '../../src/core/similarity/duplicate-answer.js';
import type { ComponentMatch } from '../../src/core/similarity/duplicate-answer.js';
import { buildSimilarityIndex } from '../../src/core/similarity/similarity-index.js';
import { readLanguageData } from '../../src/duplicates/language-data.reader.js';
import { readPairModel } from '../../src/duplicates/pair-model.reader.js';
import { referenceCity } from './reference-city.js';

interface ProposalCase {
  readonly note: string;
  readonly proposal: {
    readonly title: string;
    readonly objective: string | null;
    readonly agency: string;
    readonly workType: WorkType;
    readonly investmentForm: InvestmentForm;
    readonly components: readonly Pick<ProposalComponent, 'name' | 'description' | 'layer'>[];
  };
  readonly expected: { readonly components: readonly ExpectedComponent[] };
}
interface ExpectedComponent {
  readonly id: string;
  readonly candidate: string | null;
  readonly alsoRight?: readonly string[];
  readonly band: MatchBand;
  readonly advice: ReuseAdvice | null;
  readonly continuation: boolean;
}

const ASPECTS = ['candidate', 'band', 'advice', 'continuation'] as const;
type Aspect = (typeof ASPECTS)[number];

/**
 * Share of cases that held in every aspect when the model was last changed: 40 of 43. It was trained on other pairs; the
 * one before, set by hand with these cases in view, held 42.
 */
const WHOLLY_RIGHT = 40 / 43;

const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.json'))
  .toSorted();
const cases = files.map((name) => ({
  name,
  // Cases of ours, beside this file; a wrong shape fails the spec.
  given: JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as ProposalCase,
}));
const model = readPairModel();
const landscape = referenceCity();
const index = buildSimilarityIndex(landscape, readLanguageData());

function urn(text: string): Urn {
  if (!isUrn(text) || landscape.elementByUrn(text) === undefined) throw new Error(`${text} is not in the landscape`);
  return text;
}
function proposalOf({ proposal }: ProposalCase): Proposal {
  const [first, ...others] = proposal.components.map((component, at) => ({
    ...component,
    id: `c${at + 1}`,
    capability: null,
  }));
  if (first === undefined) throw new Error(`${proposal.title} has no component`);
  return {
    ...proposal,
    agency: urn(proposal.agency),
    components: [first, ...others],
    budget: [],
    decidedOn: null,
    operations: [],
    answers: {},
  };
}
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
});
