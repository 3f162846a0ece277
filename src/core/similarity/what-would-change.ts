import { WORK_TYPES } from '../landscape/proposal.js';
import type { Proposal, ProposalComponent, WorkType } from '../landscape/proposal.js';
import { judge } from './advice.js';
import type { Verdict } from './advice.js';
import type { Counterpart } from './counterpart.js';
import type { DuplicateAnswer } from './duplicate-answer.js';
import { urnOfCapability } from './lexicon.js';
import type { MatchSignalName } from './match-signal.js';
import { logOddsOf } from './pair-model.js';
import type { PairModel } from './pair-model.js';
import { scorePair, verdictWithout } from './scored-pair.js';
import type { ScoredPair } from './scored-pair.js';
import type { IndexedElement } from './indexed-element.js';
import type { SimilarityIndex } from './similarity-index.js';
import { readSubject } from './subject.js';
import type { Subject } from './subject.js';

/** The band that likeness alone would give, and how far it is. */
export interface NextBand extends Verdict {
  /** Log-odds between the pair and the first score of that band, at least 0. */
  readonly distance: number;
}

/** A signal but for which the band would be another. */
export interface DecisiveSignal extends Verdict {
  readonly name: MatchSignalName;
}

/** A fact that is not so, or that nobody has told. */
export type OtherFact =
  | { readonly kind: 'WORK_TYPE'; readonly workTypes: readonly WorkType[] }
  | { readonly kind: 'CAPABILITY'; readonly capability: string }
  | { readonly kind: 'LAYER'; readonly layer: number }
  | DescriptionFact
  | { readonly kind: 'MATCH_RETIRED' }
  | { readonly kind: 'MATCH_IN_USE' }
  | { readonly kind: 'MATCH_TAKEN_OVER' }
  | { readonly kind: 'OWNED_BY_PROPOSER' };

/** What the component would be said to do: what the objective says, or what the match does. */
interface DescriptionFact {
  readonly kind: 'DESCRIPTION_OF_OBJECTIVE' | 'DESCRIPTION_OF_MATCH';
  readonly description: string;
}

/** The band that there would be, were a fact so. */
export interface ChangingFact extends Verdict {
  readonly fact: OtherFact;
}

/** What would give a pair another band. All of it was worked out by the judge of the pair, and nothing else is told. */
export interface WhatWouldChange {
  /** Towards the same; null where no likeness would give another band. */
  readonly up: NextBand | null;
  /** Away from it; null where there is none below. */
  readonly down: NextBand | null;
  /** In the order of the signals. */
  readonly signals: readonly DecisiveSignal[];
  readonly facts: readonly ChangingFact[];
}

/** What is compared: a component of a proposal, by a model. */
export interface ComparedComponent extends Pick<DuplicateAnswer, 'otherNames'> {
  readonly proposal: Proposal;
  readonly component: ProposalComponent;
  readonly model: PairModel;
}

/** A score that is surely below a threshold, and as good as at it. */
const JUST_BELOW = 1 - 1e-9;
/** Most capabilities that are tried: each has the component read again. */
const CAPABILITIES_TRIED = 20;

/** Times that a component is read at most to tell what would change: as it is, with other facts, and by its name. */
export const READINGS_TO_TELL = CAPABILITIES_TRIED + 6;

/** What would give a component and an element of the index another band. */
export function whatWouldChange(
  index: SimilarityIndex,
  compared: ComparedComponent,
  entry: IndexedElement,
): WhatWouldChange {
  const pair = scored(index, compared, entry);
  const { model } = compared;
  return {
    up: nextBand(pair, model, 'UP'),
    down: nextBand(pair, model, 'DOWN'),
    signals: pair.signals.flatMap(({ name }) => changed(pair, { name }, verdictWithout(pair, name, model))),
    facts: [
      ...otherWork(index, compared, pair),
      ...otherReadings(index, compared, pair),
      ...otherCounterparts(pair, model),
    ],
  };
}

function scored(index: SimilarityIndex, compared: ComparedComponent, entry: IndexedElement): ScoredPair {
  const { proposal, model } = compared;
  return scorePair(index, { subject: subjectOf(index, compared), proposal, model }, entry);
}

function subjectOf(index: SimilarityIndex, { proposal, component, otherNames }: ComparedComponent): Subject {
  return readSubject(index, proposal, component, otherNames.get(component.id));
}

/** Nothing where the band stays as it is. */
function changed<T extends object>(pair: ScoredPair, what: T, { band, isContinuation }: Verdict): (T & Verdict)[] {
  return band === pair.verdict.band ? [] : [{ ...what, band, isContinuation }];
}

function nextBand(
  { judgement, counterpart, logOdds, verdict }: ScoredPair,
  model: PairModel,
  way: 'UP' | 'DOWN',
): NextBand | null {
  const { overlap } = model.thresholds;
  const { score, duplicateFrom: duplicate } = judgement;
  const steps =
    way === 'UP'
      ? [overlap, duplicate].filter((each) => each > score)
      : [duplicate, overlap].filter((each) => each <= score);
  for (const threshold of steps) {
    const there = way === 'UP' ? threshold : threshold * JUST_BELOW;
    const { band, isContinuation } = judge({ ...judgement, score: there }, counterpart, model);
    if (band === verdict.band) continue;
    return { band, isContinuation, distance: Math.abs(logOddsOf(threshold) - logOdds) };
  }
  return null;
}

/** Kinds of work that lead to one band are one fact. */
function otherWork(index: SimilarityIndex, compared: ComparedComponent, pair: ScoredPair): ChangingFact[] {
  const subject = subjectOf(index, compared);
  const facts = new Map<string, ChangingFact & { readonly fact: { readonly workTypes: WorkType[] } }>();
  for (const workType of WORK_TYPES) {
    if (workType === 'UNKNOWN' || workType === subject.workType) continue;
    const verdict = judge({ ...pair.judgement, workType }, pair.counterpart, compared.model);
    const key = `${verdict.band} ${verdict.isContinuation}`;
    const known = facts.get(key);
    if (known !== undefined) known.fact.workTypes.push(workType);
    else
      for (const each of changed(pair, { fact: { kind: 'WORK_TYPE' as const, workTypes: [workType] } }, verdict))
        facts.set(key, each);
  }
  return [...facts.values()];
}

/** What the component would be, said or declared otherwise. It is read anew. */
function otherReadings(index: SimilarityIndex, compared: ComparedComponent, pair: ScoredPair): ChangingFact[] {
  return [
    ...otherCapabilities(index, compared, pair),
    ...otherLayer(compared, pair),
    ...descriptions(compared, pair),
  ].flatMap(([fact, component]) =>
    changed(pair, { fact }, scored(index, withComponent(compared, component), pair.entry).verdict),
  );
}

type Otherwise = readonly [fact: OtherFact, component: ProposalComponent];

function withComponent(compared: ComparedComponent, component: ProposalComponent): ComparedComponent {
  const { proposal } = compared;
  const [first, ...others] = proposal.components.map((each) => (each.id === component.id ? component : each));
  return { ...compared, component, proposal: { ...proposal, components: [first ?? component, ...others] } };
}

/** Capabilities that either side names, declared. */
function otherCapabilities(
  { reader }: SimilarityIndex,
  { component }: ComparedComponent,
  { entry }: ScoredPair,
): Otherwise[] {
  const own = reader.read(component.name).tags.map(({ code }) => code);
  const codes = [...new Set([...entry.nameCodes, ...own])].slice(0, CAPABILITIES_TRIED);
  return codes.flatMap((code): Otherwise[] => {
    const capability = urnOfCapability(code);
    return capability === component.capability
      ? []
      : [
          [
            { kind: 'CAPABILITY', capability: code },
            { ...component, capability },
          ],
        ];
  });
}

function otherLayer({ component }: ComparedComponent, { entry: { element } }: ScoredPair): Otherwise[] {
  const { layer } = element;
  return layer === null || layer === component.layer
    ? []
    : [
        [
          { kind: 'LAYER', layer },
          { ...component, layer },
        ],
      ];
}

/** Where nothing is described: the objective of the project, or what the match is said to do. */
function descriptions({ component, proposal }: ComparedComponent, { entry: { element } }: ScoredPair): Otherwise[] {
  if (component.description !== null) return [];
  const otherwise = (kind: DescriptionFact['kind'], description: string | null): Otherwise[] =>
    description === null
      ? []
      : [
          [
            { kind, description },
            { ...component, description },
          ],
        ];
  return [
    ...otherwise('DESCRIPTION_OF_OBJECTIVE', proposal.objective),
    ...otherwise('DESCRIPTION_OF_MATCH', element.description),
  ];
}

function otherCounterparts(pair: ScoredPair, model: PairModel): ChangingFact[] {
  const { counterpart, judgement } = pair;
  const isProject = counterpart.element.kind === 'PROJECT';
  const others: (readonly [OtherFact, Partial<Counterpart>])[] = [
    counterpart.phase === 'END_OF_LIFE'
      ? [{ kind: 'MATCH_IN_USE' }, { phase: 'ACTIVE', running: !isProject }]
      : [{ kind: 'MATCH_RETIRED' }, { phase: 'END_OF_LIFE', running: false }],
    [{ kind: 'OWNED_BY_PROPOSER' }, { ownedByProposer: true, abandoned: false }],
    ...(counterpart.abandoned ? [[{ kind: 'MATCH_TAKEN_OVER' }, { abandoned: false }] as const] : []),
  ];
  return others.flatMap(([fact, other]) =>
    changed(pair, { fact }, judge(judgement, { ...counterpart, ...other }, model)),
  );
}
