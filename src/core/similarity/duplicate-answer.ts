import { ownerSeqOf } from '../landscape/landscape.js';
import type { Element, Urn } from '../landscape/model.js';
import type { Proposal, ProposalComponent } from '../landscape/proposal.js';
import { adviseOn, judge } from './advice.js';
import type { ReuseAdvice } from './advice.js';
import type { MatchBand } from './match-band.js';
import { counterpartOf } from './counterpart.js';
import type { Counterpart, Reach } from './counterpart.js';
import { evidenceFor, gapsOf } from './evidence.js';
import type { MatchEvidence } from './evidence.js';
import type { MatchSignalName, WeighedSignal } from './match-signal.js';
import { logOddsOf, modelPair, probabilityOf } from './pair-model.js';
import type { ModelledPair, PairModel } from './pair-model.js';
import { FEWEST_WORDS } from './need.js';
import { retrieve } from './retrieve.js';
import type { IndexedElement, SimilarityIndex } from './similarity-index.js';
import { readSubject } from './subject.js';
import type { Subject } from './subject.js';

export interface MatchSignal {
  readonly name: MatchSignalName;
  /** Log-odds; positive speaks for the same need. */
  readonly contribution: number;
  readonly evidence: readonly MatchEvidence[];
}

export interface DuplicateCandidate {
  readonly match: Element;
  /** 0 to 1; `logOdds` is the baseline and the contributions of all signals. */
  readonly score: number;
  readonly logOdds: number;
  readonly baseline: number;
  /** What candidates of one component are ordered by, largest first, those that are DISTINCT behind all others. */
  readonly fit: number;
  readonly band: MatchBand;
  readonly isContinuation: boolean;
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
}

/** Most that are scored exactly, unless told. */
const RETRIEVED = 200;
/** Part of the score of an overlap from which a candidate is listed, to be checked. */
const LISTED = 0.2;
/** Codes shorter than this are everyday words or numbers. */
const SHORTEST_CODE = 6;
/** Log-odds of a cited code: a text that has nothing to do with it has its six letters and digits once in 36^6 times. */
const CITED = SHORTEST_CODE * Math.log(36);
/** What a further log-odds counts in the order of candidates that are surely duplicates. */
const BEYOND_SURE = 0.25;
/** Cosine of names from which two names are taken for one thing. */
const SAME_NAME = 0.45;

/**
 * What already serves the need of each component of a proposal, and what to do about it.
 * An empty index gives no candidates and a coverage of UNKNOWN. Same input, same order: ties by urn.
 */
export function findDuplicates(index: SimilarityIndex, proposal: Proposal, options: DuplicateOptions): DuplicateAnswer {
  const byComponent = proposal.components.map((component) => matchComponent(index, proposal, component, options));
  const objectsKnown = index.entries.length;
  return {
    modelVersion: options.model.version,
    byComponent,
    coverage: {
      verdict: objectsKnown === 0 ? 'UNKNOWN' : 'LOWER_BOUND',
      objectsKnown,
      missing: [...missingOfProposal(proposal), ...missingOfCandidates(index, byComponent)],
    },
  };
}

function matchComponent(
  index: SimilarityIndex,
  proposal: Proposal,
  component: ProposalComponent,
  { model, candidateLimit, explainedLimit = candidateLimit, scoredLimit = RETRIEVED }: DuplicateOptions,
): ComponentMatch {
  const subject = readSubject(index, proposal, component);
  if (subject.informativeWords < FEWEST_WORDS) return tooLittle(component);
  const retrieved = retrieve(index, subject, scoredLimit);
  const scored = retrieved
    .flatMap((entry) => index.entries[entry] ?? [])
    .map((entry) => scorePair(index, { subject, proposal, model }, entry))
    .filter((pair) => pair.score >= LISTED * model.thresholds.overlap)
    .toSorted(bestFirst);
  const judged = scored.slice(0, candidateLimit);
  const candidates = judged.slice(0, explainedLimit).map((pair) => candidateOf(index, subject, proposal, pair));
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

interface ScoredPair {
  readonly entry: IndexedElement;
  readonly modelled: ModelledPair;
  readonly signals: readonly WeighedSignal[];
  readonly logOdds: number;
  readonly score: number;
  readonly counterpart: Counterpart;
  readonly partial: boolean;
  /** Log-odds from which the model calls a pair a duplicate. */
  readonly surely: number;
  readonly verdict: { readonly band: MatchBand; readonly isContinuation: boolean };
}

function scorePair(
  index: SimilarityIndex,
  { subject, proposal, model }: { readonly subject: Subject; readonly proposal: Proposal; readonly model: PairModel },
  entry: IndexedElement,
): ScoredPair {
  const modelled = modelPair(model, subject.need, entry.need);
  const cited = citesCodeOf(subject, entry);
  const signals = modelled.signals.filter(({ contribution }) => contribution !== 0);
  if (cited) signals.push({ name: 'TENDER_CODE', contribution: CITED });
  const logOdds = modelled.logOdds + (cited ? CITED : 0);
  const score = probabilityOf(logOdds);
  const counterpart = counterpartOf(index, subject, entry, proposal.agency);
  const partial = servesOnlyPart(subject, entry);
  const sameThing = modelled.nameLikeness >= SAME_NAME || cited;
  const verdict = judge({ score, workType: subject.workType, partial, sameThing }, counterpart, model);
  return {
    entry,
    modelled,
    signals,
    logOdds,
    score,
    counterpart,
    partial,
    surely: logOddsOf(model.thresholds.duplicate),
    verdict,
  };
}

/** Whether the proposal cites a code (tender, project) by which the element is registered. */
function citesCodeOf({ texts }: Subject, { element }: IndexedElement): boolean {
  const said = Object.values(texts).map(({ text }) => text);
  return element.externalIds.some(
    ({ value }) => value.length >= SHORTEST_CODE && said.some((text) => text.includes(value)),
  );
}

/**
 * Another layer of the framework, or words in the component's own name that name capabilities of which the element has
 * none. What the name says behind its head is for whom, not what.
 */
export function servesOnlyPart({ component, texts }: Subject, { element, capabilities }: IndexedElement): boolean {
  if (component.layer !== null && element.layer !== null && component.layer !== element.layer) return true;
  const { tags, headEnd } = texts.name;
  const head = tags.filter(({ from }) => from < headEnd);
  return head.some(({ from }) => head.every((tag) => tag.from !== from || !capabilities.has(tag.code)));
}

/**
 * Log-odds by which a counterpart that can be used today goes before one that cannot, and one that the City runs for all
 * before one of a single agency or of the nation, and one that serves the whole need before one that serves a part,
 * where both are about as alike. Only the order depends on it, never a
 * score or a band.
 */
function usefulness(counterpart: Counterpart): number {
  const { running, reach, owner, phase, element } = counterpart;
  if (phase === 'END_OF_LIFE') return -2.4;
  const abolished = owner?.level === 'FORMER_DISTRICT' || owner?.level === 'FORMER_PROVINCE';
  if (abolished) return -1.6;
  if (element.kind === 'PROJECT') return -0.5;
  if (!running || reach === 'NATIONAL') return 0;
  return reach === 'CITY' ? 2.4 : 0.8;
}

function bestFirst(left: ScoredPair, right: ScoredPair): number {
  const distinct = Number(left.verdict.band === 'DISTINCT') - Number(right.verdict.band === 'DISTINCT');
  if (distinct !== 0) return distinct;
  return fitOf(right) - fitOf(left) || (left.entry.element.urn < right.entry.element.urn ? -1 : 1);
}

/**
 * How well a counterpart fits: how alike it is, and how much one could do with it. Of what is surely a duplicate it matters
 * little which one is still more alike.
 */
function fitOf({ logOdds, counterpart, partial, surely }: ScoredPair): number {
  const likeness = logOdds <= surely ? logOdds : surely + BEYOND_SURE * (logOdds - surely);
  return likeness + usefulness(counterpart) - (partial ? 1.6 : 0);
}

function judgedMatch({ entry, score, verdict, counterpart }: ScoredPair): JudgedMatch {
  return { match: entry.element, score, band: verdict.band, reach: counterpart.reach };
}

function candidateOf(
  index: SimilarityIndex,
  subject: Subject,
  proposal: Proposal,
  pair: ScoredPair,
): DuplicateCandidate {
  const { entry, modelled, signals, logOdds, score, counterpart, verdict } = pair;
  return {
    match: entry.element,
    score,
    logOdds,
    baseline: modelled.baseline,
    fit: fitOf(pair),
    ...verdict,
    signals: signals.map((signal) => ({
      ...signal,
      evidence: evidenceFor(signal.name, subject, entry, { index, pair: modelled }),
    })),
    advice: adviseOn(verdict, counterpart, { workType: subject.workType, investmentForm: proposal.investmentForm }),
    reach: counterpart.reach,
    gaps: gapsOf(index, subject, entry),
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

function missingOfProposal(proposal: Proposal): MissingDuplicateFact[] {
  const fields = [
    ...(proposal.objective === null ? ['objective'] : []),
    ...(proposal.agency === null ? ['agency'] : []),
    ...(proposal.workType === 'UNKNOWN' ? ['workType'] : []),
    ...proposal.components.flatMap(({ id, description }) =>
      description === null ? [`components.${id}.description`] : [],
    ),
  ];
  return fields.map((field) => ({ element: null, field }));
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
