import { ownerSeqOf } from '../landscape/landscape.js';
import type { Element, Urn } from '../landscape/model.js';
import type { Proposal, ProposalComponent, WorkType } from '../landscape/proposal.js';
import { adviseOn } from './advice.js';
import type { BandReason, ReuseAdvice } from './advice.js';
import type { MatchBand } from './match-band.js';
import type { Reach } from './counterpart.js';
import { evidenceFor, gapsOf, phrasesOf, placesReader } from './evidence.js';
import type { MatchEvidence, Place, WeighedPhrase } from './evidence.js';
import type { MatchSignalName, WeighedSignal } from './match-signal.js';
import type { PairModel } from './pair-model.js';
import { FEWEST_WORDS } from './need.js';
import type { IndexedElement } from './indexed-element.js';
import { retrieve } from './retrieve.js';
import { bestFirst, fitOf, scorePair } from './scored-pair.js';
import type { PairSetting, ScoredPair } from './scored-pair.js';
import type { SimilarityIndex } from './similarity-index.js';
import { readSubject } from './subject.js';
import type { Subject } from './subject.js';

export interface MatchSignal {
  readonly name: MatchSignalName;
  /** Log-odds; positive speaks for the same need. */
  readonly contribution: number;
  readonly evidence: readonly MatchEvidence[];
}

export interface DuplicateCandidate {
  /** The match as it was read. */
  readonly entry: IndexedElement;
  readonly match: Element;
  /** 0 to 1; `logOdds` is the baseline and the contributions of all signals. */
  readonly score: number;
  readonly logOdds: number;
  readonly baseline: number;
  /** What candidates of one component are ordered by, largest first, those that are DISTINCT behind all others. */
  readonly fit: number;
  readonly band: MatchBand;
  /** Score from which such a pair can be a duplicate: more is asked where the catalogue has no capability for it. */
  readonly duplicateFrom: number;
  readonly isContinuation: boolean;
  /** What decided the band. */
  readonly because: BandReason;
  /** The kind of work that was taken for the proposal, and that of the counterpart. */
  readonly works: { readonly proposed: WorkType; readonly known: WorkType };
  readonly signals: readonly MatchSignal[];
  readonly advice: ReuseAdvice;
  /** Whom the counterpart serves, or would serve once it runs. */
  readonly reach: Reach;
  /** What of the component the candidate does not say it does, in the words of the proposal. */
  readonly gaps: readonly string[];
}

/** A condition for the decision, as a code with values; the sentence is made at the edge. */
export interface SuggestedCondition {
  readonly code: Exclude<ReuseAdvice, 'BUILD_NEW'>;
  readonly component: string;
  readonly match: Urn;
  readonly matchName: string;
  readonly gaps: readonly string[];
}

/** A candidate as it is judged, without what speaks for it. */
export type JudgedMatch = Pick<DuplicateCandidate, 'match' | 'score' | 'band' | 'reach'>;

export interface ComponentMatch {
  readonly component: ProposalComponent;
  /** Band of the best candidate; DISTINCT means: none among the objects that the coverage counts. */
  readonly band: MatchBand;
  /** Best first; those below the overlap threshold are there to be checked and say DISTINCT. */
  readonly candidates: readonly DuplicateCandidate[];
  /** All that were judged and are alike at all, the candidates among them, best first. */
  readonly alike: readonly JudgedMatch[];
  readonly totalCount: number;
  readonly truncated: boolean;
  /** Null where there is too little to judge: nothing forces a guess. */
  readonly advice: ReuseAdvice | null;
  readonly suggestedCondition: SuggestedCondition | null;
}

/** A fact whose absence limits the answer. `element` is null for the proposal itself. */
export interface MissingDuplicateFact {
  readonly element: Urn | null;
  readonly field: string;
}

export interface DuplicateAnswer {
  /** What it is the answer to. */
  readonly proposal: Proposal;
  /** By component, names that it bears beside its first, where what was asked about is registered. */
  readonly otherNames: ReadonlyMap<string, readonly string[]>;
  readonly modelVersion: string;
  readonly byComponent: readonly ComponentMatch[];
  readonly coverage: {
    /** Never complete: nobody can list every system that exists. */
    readonly verdict: 'LOWER_BOUND' | 'UNKNOWN';
    readonly objectsKnown: number;
    readonly missing: readonly MissingDuplicateFact[];
  };
}

export interface DuplicateOptions {
  readonly model: PairModel;
  /** Most candidates judged for one component; more are counted and cut. */
  readonly candidateLimit: number;
  /** Most candidates given with what speaks for them, which costs most of the work; at least 1. As many as are judged, unless told. */
  readonly explainedLimit?: number;
  /** Most that are scored exactly; what lies beyond shares too few words to reach the threshold of listing. */
  readonly scoredLimit?: number;
  /** What is compared with nothing, such as the subject itself where it is registered. */
  readonly without?: ReadonlySet<Urn>;
  /** By component, names that it bears beside its own. */
  readonly otherNames?: ReadonlyMap<string, readonly string[]>;
}

/** Most that are scored exactly, unless told. */
const RETRIEVED = 200;
/** Part of the score of an overlap from which a candidate is listed, to be checked. */
const LISTED = 0.2;
const NO_NAMES: ReadonlyMap<string, readonly string[]> = new Map();

/**
 * What already serves the need of each component of a proposal, and what to do about it.
 * An empty index gives no candidates and a coverage of UNKNOWN. Same input, same order: ties by urn.
 */
export function findDuplicates(index: SimilarityIndex, proposal: Proposal, options: DuplicateOptions): DuplicateAnswer {
  const byComponent = matchComponents(index, proposal, options);
  const objectsKnown = index.entries.size;
  return {
    proposal,
    otherNames: options.otherNames ?? NO_NAMES,
    modelVersion: options.model.version,
    byComponent,
    coverage: {
      verdict: objectsKnown === 0 ? 'UNKNOWN' : 'LOWER_BOUND',
      objectsKnown,
      missing: [...missingOfProposal(proposal), ...missingOfCandidates(index, byComponent)],
    },
  };
}

/** The same without what limits the answer, for whoever does not tell it. */
export function matchComponents(
  index: SimilarityIndex,
  proposal: Proposal,
  options: DuplicateOptions,
): ComponentMatch[] {
  const setting = { ...options, placesOf: placesReader(index) };
  return proposal.components.map((component) => matchComponent(index, proposal, component, setting));
}

interface MatchSetting extends DuplicateOptions {
  readonly placesOf: (entry: IndexedElement) => readonly Place[];
}

function matchComponent(
  index: SimilarityIndex,
  proposal: Proposal,
  component: ProposalComponent,
  options: MatchSetting,
): ComponentMatch {
  const { model, candidateLimit, explainedLimit = candidateLimit, scoredLimit = RETRIEVED, without } = options;
  const subject = readSubject(index, proposal, component, options.otherNames?.get(component.id));
  if (subject.informativeWords < FEWEST_WORDS) return tooLittle(component);
  const retrieved = retrieve(index, subject, scoredLimit);
  const scored = retrieved
    .flatMap((entry) => index.entries.get(entry) ?? [])
    .filter(({ element }) => without?.has(element.urn) !== true)
    .map((entry) => scorePair(index, { subject, proposal, model }, entry))
    .filter((pair) => pair.score >= LISTED * model.thresholds.overlap)
    .toSorted(bestFirst);
  const judged = scored.slice(0, candidateLimit);
  const asked = { subject, proposal, phrases: phrasesOf(index, subject), placesOf: options.placesOf };
  const candidates = judged.slice(0, explainedLimit).map((pair) => candidateOf(asked, pair));
  const best = candidates[0];
  return {
    component,
    band: best?.band ?? 'DISTINCT',
    candidates,
    alike: judged.filter(({ verdict }) => verdict.band !== 'DISTINCT').map(judgedMatch),
    totalCount: scored.length,
    truncated: scored.length > candidates.length || retrieved.length === scoredLimit,
    advice: best?.advice ?? 'BUILD_NEW',
    suggestedCondition: best === undefined ? null : conditionOf(component, best),
  };
}

/** A pair that is asked for by name, whether anything of it would be found or not. */
export interface NamedPair extends Pick<DuplicateOptions, 'otherNames'>, Pick<PairSetting, 'proposal' | 'owners'> {
  readonly match: Element;
}

/**
 * How one element is judged for the component of a proposal that it serves best; undefined where no component says enough to
 * be compared, and where the element is none that could be a duplicate.
 */
export function judgePair(
  index: SimilarityIndex,
  { proposal, match, otherNames, owners }: NamedPair,
  model: PairModel,
): (JudgedMatch & { readonly signals: readonly WeighedSignal[] }) | undefined {
  const entry = index.entries.get(match.seq);
  if (entry?.element.urn !== match.urn) return undefined;
  const [best] = proposal.components
    .map((component) => readSubject(index, proposal, component, otherNames?.get(component.id)))
    .filter(({ informativeWords }) => informativeWords >= FEWEST_WORDS)
    .map((subject) => scorePair(index, { subject, proposal, model, owners }, entry))
    .toSorted(bestFirst);
  return best === undefined ? undefined : { ...judgedMatch(best), signals: best.signals };
}

function judgedMatch({ entry, score, verdict, counterpart }: ScoredPair): JudgedMatch {
  return { match: entry.element, score, band: verdict.band, reach: counterpart.reach };
}

interface AskedComponent extends Pick<MatchSetting, 'placesOf'> {
  readonly subject: Subject;
  readonly proposal: Proposal;
  readonly phrases: readonly WeighedPhrase[];
}

function candidateOf({ subject, proposal, phrases, placesOf }: AskedComponent, pair: ScoredPair): DuplicateCandidate {
  const { entry, modelled, signals, logOdds, score, counterpart, verdict } = pair;
  const places = placesOf(entry);
  return {
    entry,
    match: entry.element,
    score,
    logOdds,
    baseline: modelled.baseline,
    duplicateFrom: modelled.duplicateFrom,
    fit: fitOf(pair),
    ...verdict,
    works: { proposed: subject.workType, known: counterpart.workType },
    signals: signals.map((signal) => ({
      ...signal,
      evidence: evidenceFor(signal.name, subject, entry, { places, pair: modelled }),
    })),
    advice: adviseOn(verdict, counterpart, { workType: subject.workType, investmentForm: proposal.investmentForm }),
    reach: counterpart.reach,
    gaps: gapsOf(phrases, entry),
  };
}

function conditionOf(component: ProposalComponent, best: DuplicateCandidate): SuggestedCondition | null {
  if (best.advice === 'BUILD_NEW') return null;
  const { urn, name } = best.match;
  return { code: best.advice, component: component.id, match: urn, matchName: name, gaps: best.gaps };
}

function tooLittle(component: ProposalComponent): ComponentMatch {
  return {
    component,
    band: 'TOO_LITTLE_TO_JUDGE',
    candidates: [],
    alike: [],
    totalCount: 0,
    truncated: false,
    advice: null,
    suggestedCondition: null,
  };
}

/** The objective is not among them: a component is judged by its own words. */
function missingOfProposal(proposal: Proposal): MissingDuplicateFact[] {
  const facts = [
    ...(proposal.agency === null ? [{ field: 'agency' }] : []),
    ...(proposal.workType === 'UNKNOWN' ? [{ field: 'workType' }] : []),
    ...(declaresNoComponents(proposal) ? [{ field: 'components' }] : undescribed(proposal)),
  ];
  return facts.map((fact) => ({ element: null, ...fact }));
}

function undescribed({ components }: Proposal): { field: string }[] {
  return components.flatMap(({ id, description }) =>
    description === null ? [{ field: `components.${id}.description` }] : [],
  );
}

/** A component that is named after the project, of which nothing else is said, says no more than none. */
function declaresNoComponents({ title, components: [only, ...others] }: Proposal): boolean {
  const { name, description, capability, layer } = only;
  return others.length === 0 && name === title && [description, capability, layer].every((said) => said === null);
}

/** Of the best candidate of each component: what the registry does not know and the advice hangs on. */
function missingOfCandidates(
  { landscape }: SimilarityIndex,
  byComponent: readonly ComponentMatch[],
): MissingDuplicateFact[] {
  const facts = new Map<string, MissingDuplicateFact>();
  for (const { candidates } of byComponent) {
    const best = candidates[0]?.match;
    if (best === undefined) continue;
    const unknown = (field: string): Map<string, MissingDuplicateFact> =>
      facts.set(`${best.urn} ${field}`, { element: best.urn, field });
    if (ownerSeqOf(landscape, best.seq) === undefined) unknown('OWNED_BY');
    if (best.phases.length === 0) unknown('phases');
    if (best.description === null) unknown('description');
  }
  return Array.from(facts.values());
}
