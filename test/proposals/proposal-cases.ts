import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isUrn } from '../../src/core/landscape/model.js';
import type { Urn } from '../../src/core/landscape/model.js';
import type { InvestmentForm, Proposal, ProposalComponent, WorkType } from '../../src/core/landscape/proposal.js';
import type { ReuseAdvice } from '../../src/core/similarity/advice.js';
import type { MatchBand } from '../../src/core/similarity/match-band.js';
import { buildSimilarityIndex } from '../../src/core/similarity/similarity-index.js';
import { readLanguageData } from '../../src/duplicates/language-data.reader.js';
import { readPairModel } from '../../src/duplicates/pair-model.reader.js';
import { referenceCity } from './reference-city.js';

/** A proposal and what a reviewer would answer. */
export interface ProposalCase {
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

export interface ExpectedComponent {
  readonly id: string;
  readonly candidate: string | null;
  readonly alsoRight?: readonly string[];
  readonly band: MatchBand;
  readonly advice: ReuseAdvice | null;
  readonly continuation: boolean;
}

const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.json'))
  .toSorted();
/** The proposals of this folder, by name of their files. */
export const CASES = files.map((name) => ({
  name,
  // Cases of ours, beside this file; a wrong shape fails the spec.
  given: JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as ProposalCase,
}));
/** The model that ships. */
export const PAIR_MODEL = readPairModel();
const landscape = referenceCity();
/** The city as it ships, indexed. */
export const CITY_INDEX = buildSimilarityIndex(landscape, readLanguageData());

/** The urn of something that the city has; anything else is a mistake of the case. */
export function urn(text: string): Urn {
  if (!isUrn(text) || landscape.elementByUrn(text) === undefined) throw new Error(`${text} is not in the landscape`);
  return text;
}

/** The proposal of a case. */
export function proposalOf({ proposal }: ProposalCase): Proposal {
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
