import type { Proposal } from '../landscape/proposal.js';
import { judge } from './advice.js';
import type { Judgement, ReasonedVerdict } from './advice.js';
import { counterpartOf } from './counterpart.js';
import type { Counterpart, Proposer } from './counterpart.js';
import type { MatchSignalName, WeighedSignal } from './match-signal.js';
import { logOddsOf, modelPair, probabilityOf } from './pair-model.js';
import type { ModelledPair, PairModel } from './pair-model.js';
import type { IndexedElement } from './indexed-element.js';
import type { SimilarityIndex } from './similarity-index.js';
import type { Subject } from './subject.js';

/** Codes shorter than this are everyday words or numbers. */
const SHORTEST_CODE = 6;
/** Log-odds of a cited code: a text that has nothing to do with it has its six letters and digits once in 36^6 times. */
const CITED = SHORTEST_CODE * Math.log(36);
/** What a further log-odds counts in the order of candidates that are surely duplicates. */
const BEYOND_SURE = 0.25;
/** Cosine of names from which two names are taken for one thing. */
const SAME_NAME = 0.45;

/** Two code units are looked at, for a letter may take two. */
const ENDS_IN_WORD = /[\p{L}\p{M}\p{N}]$/u;
const BEGINS_IN_WORD = /^[\p{L}\p{M}\p{N}]/u;

/** A pair as it was scored and judged. */
export interface ScoredPair {
  readonly entry: IndexedElement;
  readonly modelled: ModelledPair;
  readonly signals: readonly WeighedSignal[];
  readonly logOdds: number;
  readonly score: number;
  readonly counterpart: Counterpart;
  readonly judgement: Judgement;
  /** Log-odds from which the model calls a pair a duplicate. */
  readonly surely: number;
  readonly verdict: ReasonedVerdict;
}

/** What is compared with an element, and by what. */
export interface PairSetting {
  readonly subject: Subject;
  readonly proposal: Proposal;
  readonly model: PairModel;
  /** How it is found out whose an element is; as the view has it, unless told. */
  readonly owners?: Proposer['owners'];
}

/** Scores and judges a component of a proposal against an element of the index. */
export function scorePair(
  index: SimilarityIndex,
  { subject, proposal, model, owners }: PairSetting,
  entry: IndexedElement,
): ScoredPair {
  const modelled = modelPair(model, subject.need, entry.need);
  const cited = codesCited(subject, entry).length > 0;
  const signals = modelled.signals.filter(({ contribution }) => contribution !== 0);
  if (cited) signals.push({ name: 'TENDER_CODE', contribution: CITED });
  const logOdds = modelled.logOdds + (cited ? CITED : 0);
  const score = probabilityOf(logOdds);
  const counterpart = counterpartOf(index, subject, entry, { agency: proposal.agency, owners });
  const partial = servesOnlyPart(subject, entry);
  const sameThing = isSameThing(modelled, cited);
  const { duplicateFrom } = modelled;
  const { workType, isRecords } = subject;
  const judgement = { score, duplicateFrom, workType, isRecords, partial, sameThing };
  return {
    entry,
    modelled,
    signals,
    logOdds,
    score,
    counterpart,
    judgement,
    surely: logOddsOf(duplicateFrom),
    verdict: judge(judgement, counterpart, model),
  };
}

function isSameThing({ nameLikeness }: ModelledPair, cited: boolean): boolean {
  return nameLikeness >= SAME_NAME || cited;
}

/** What a pair would be judged to be, had one of its signals said nothing. */
export function verdictWithout(
  { modelled, signals, logOdds, counterpart, judgement }: ScoredPair,
  silent: MatchSignalName,
  model: PairModel,
): ReasonedVerdict {
  const contributions = new Map(signals.map(({ name, contribution }) => [name, contribution]));
  const named = silent === 'NAME' ? { ...modelled, nameLikeness: 0 } : modelled;
  const cited = silent !== 'TENDER_CODE' && contributions.has('TENDER_CODE');
  const score = probabilityOf(logOdds - (contributions.get(silent) ?? 0));
  return judge({ ...judgement, score, sameThing: isSameThing(named, cited) }, counterpart, model);
}

/** The codes (tender, project) by which the element is registered and that the proposal cites. */
export function codesCited({ texts }: Subject, { element }: IndexedElement): string[] {
  const said = Object.values(texts).map(({ text }) => text);
  const values = element.externalIds.map(({ value }) => value).filter(({ length }) => length >= SHORTEST_CODE);
  return [...new Set(values)].filter((value) => said.some((text) => cites(text, value)));
}

/** Whether a code stands in a text by itself, not within a longer number or word. */
function cites(text: string, code: string): boolean {
  for (let at = text.indexOf(code); at >= 0; at = text.indexOf(code, at + 1)) {
    const [before, after] = [text.slice(Math.max(0, at - 2), at), text.slice(at + code.length, at + code.length + 2)];
    if (!ENDS_IN_WORD.test(before) && !BEGINS_IN_WORD.test(after)) return true;
  }
  return false;
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

/** The order of candidates: those that are DISTINCT behind all others, then by fit, ties by urn. */
export function bestFirst(left: ScoredPair, right: ScoredPair): number {
  const distinct = Number(left.verdict.band === 'DISTINCT') - Number(right.verdict.band === 'DISTINCT');
  if (distinct !== 0) return distinct;
  return fitOf(right) - fitOf(left) || (left.entry.element.urn < right.entry.element.urn ? -1 : 1);
}

/**
 * How well a counterpart fits: how alike it is, and how much one could do with it. Of what is surely a duplicate it matters
 * little which one is still more alike.
 */
export function fitOf({ logOdds, counterpart, judgement: { partial }, surely }: ScoredPair): number {
  const likeness = logOdds <= surely ? logOdds : surely + BEYOND_SURE * (logOdds - surely);
  return likeness + usefulness(counterpart) - (partial ? 1.6 : 0);
}
