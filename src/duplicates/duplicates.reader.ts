import { Injectable } from '@nestjs/common';
import { OwnedCache } from '../core/access/owned-cache.js';
import type { LandscapeView } from '../core/access/view.js';
import type { Landscape } from '../core/landscape/landscape.js';
import type { Element, Urn } from '../core/landscape/model.js';
import type { Proposal, ProposalComponent } from '../core/landscape/proposal.js';
import type { ProposalMatch, ProposalMatches } from '../core/policy/proposal-facts.js';
import type { MatchBand } from '../core/similarity/match-band.js';
import { findAlike } from '../core/similarity/alike.js';
import type { AlikeElements } from '../core/similarity/alike.js';
import { functionsIn } from '../core/similarity/functions-seen.js';
import type { FunctionsSeen, ScopeTexts } from '../core/similarity/functions-seen.js';
import { readingOf, titleReadingOf } from '../core/similarity/component-reading.js';
import type { ComponentReading } from '../core/similarity/component-reading.js';
import { declaredFor } from '../core/similarity/declared-capabilities.js';
import { findDuplicates, matchComponents } from '../core/similarity/duplicate-answer.js';
import type { DuplicateAnswer } from '../core/similarity/duplicate-answer.js';
import type { Capability } from '../core/similarity/lexicon.js';
import { changeSince } from '../core/similarity/dismissal.js';
import { pairStanding } from '../core/similarity/pair-standing.js';
import type { PairStanding } from '../core/similarity/pair-standing.js';
import { missingOfRegistered } from '../core/similarity/registered-subject.js';
import type { RegisteredSubject } from '../core/similarity/registered-subject.js';
import { finished } from '../core/finished.js';
import { indexBesideSteps, mostRead, movedSteps, startSteps } from '../core/similarity/similarity-index.js';
import type { SimilarityIndex } from '../core/similarity/similarity-index.js';
import type { IndexedElement } from '../core/similarity/indexed-element.js';
import type { PairModel } from '../core/similarity/pair-model.js';
import { whatWouldChange } from '../core/similarity/what-would-change.js';
import type { ComparedComponent, WhatWouldChange } from '../core/similarity/what-would-change.js';
import { TenderMatcher } from '../core/similarity/tender-match.js';
import type { Language } from '../runtime/messages.js';
import { inSlices } from '../runtime/slices.js';
import { conditionText } from './duplicate-text.js';
import { CANDIDATES_SHOWN, viewOfAnswer } from './duplicate-view.js';
import type { SeenCase } from './duplicate-case.reader.js';
import type { DuplicateAnswerView } from './duplicates.types.js';
import { readLanguageData } from './language-data.reader.js';
import { readPairModel } from './pair-model.reader.js';
import { RecentIndexes } from './recent-indexes.js';
import { ownCases } from './registered-answer.js';
import type { OwnCases } from './registered-answer.js';

/** Candidates judged for one component; the rules ask about all of them, people are shown the first. */
const CANDIDATES = 200;

/** Proposals of a list that are compared exactly with each of the others: those that share most. */
const TWINS = 30;

/** What it costs to judge a pair again, in looks at a record: the texts of the one are read, and weighed over all terms. */
export const JUDGEMENT_LOOKS = 2_000;

/** What reading a sign of a component costs and comparing what was read, in looks at a record. */
const LOOKS_A_SIGN = 20;

/** Memory that the indexes of all views together may hold, and what one holds for each element that it read, an upper estimate: bytes. */
const INDEXES_BYTES = 256 * 2 ** 20;
const BYTES_AN_ELEMENT = 7680;
/** What indexes of one family hold together whatever their size: the words of the catalogue, weighed. Bytes, an upper estimate. */
const FAMILY_BYTES = 4 * 2 ** 20;
/** What an index holds for itself, for each number that an element can have: lists of who has a word that was in a change. */
const OWN_BYTES_AN_ELEMENT = 1024;

/** Another proposal of the same list that wants the same, or a part of it. */
export interface ProposalTwin {
  /** Its place in the list. */
  readonly at: number;
  readonly score: number;
  readonly band: MatchBand;
}

/** What in a view of the landscape already serves what a proposal wants. */
@Injectable()
export class DuplicatesReader {
  readonly language = readLanguageData();
  readonly model = readPairModel();
  private readonly capabilities = new Map(this.language.capabilities.map((each) => [each.code, each]));
  /** A view is one revision as those see it who see the same; its index goes with it, and when there is no room. */
  private readonly indexes = new OwnedCache<SimilarityIndex>(INDEXES_BYTES);
  /** Those that the next one can be made from. */
  private readonly recent = new RecentIndexes();
  /** Those that are on the way, so that two who ask at once wait for one. */
  private readonly beingMade = new WeakMap<Landscape, Promise<SimilarityIndex>>();

  /**
   * Candidates and advice by component, on what the view shows and nothing else.
   * @param explainedLimit - most candidates of a component that come with what speaks for them.
   */
  find(landscape: Landscape, proposal: Proposal, explainedLimit: number = CANDIDATES_SHOWN): DuplicateAnswer {
    return findDuplicates(this.indexOf(landscape), proposal, {
      model: this.model,
      candidateLimit: CANDIDATES,
      explainedLimit,
    });
  }

  /**
   * The same for what the view holds, as if it were proposed; what is missing is missing of its record.
   * @param silent - urns of what people said is no duplicate of it.
   */
  findRegistered(
    landscape: Landscape,
    subject: RegisteredSubject,
    silent: ReadonlySet<Urn> = new Set(),
  ): DuplicateAnswer {
    const { proposal, otherNames } = subject;
    const without = new Set([...subject.without, ...silent]);
    const options = { model: this.model, candidateLimit: CANDIDATES, explainedLimit: CANDIDATES_SHOWN };
    const answer = findDuplicates(this.indexOf(landscape), proposal, { ...options, otherNames, without });
    return { ...answer, coverage: { ...answer.coverage, missing: missingOfRegistered(answer, subject) } };
  }

  /** How a pair of what the view holds is judged, whether anybody would be told of it or not. */
  standing(landscape: Landscape, pair: readonly [subject: Element, match: Element]): PairStanding {
    return pairStanding(this.indexOf(landscape), pair, this.model);
  }

  /** The cases of an element by what they have to say today: each dismissed pair is judged again. */
  casesOf(landscape: Landscape, urn: Urn, cases: readonly SeenCase[]): OwnCases {
    return ownCases(urn, cases, ({ subject, match }, then) =>
      changeSince(then, this.standing(landscape, [subject, match])),
    );
  }

  /**
   * Which of several proposals are alike among themselves, by the measure of a view. Work in short steps.
   * @returns for each, in their order, those of the others that are the same or overlap, best first.
   */
  *amongThemselves(landscape: Landscape, proposals: readonly Proposal[]): Generator<void, ProposalTwin[][]> {
    const elements = proposals.map((proposal, at) => elementOf(proposal, landscape.elementBound + at));
    const declared = new Map(elements.map((each, at) => [each, proposals[at]]));
    const index = yield* indexBesideSteps(this.indexOf(landscape), elements, (each) => declaredBy(declared.get(each)));
    const options = { model: this.model, candidateLimit: TWINS, explainedLimit: 1, scoredLimit: TWINS };
    const twins: ProposalTwin[][] = [];
    for (const [own, proposal] of proposals.entries()) {
      const alike = matchComponents(index, proposal, options).flatMap((match) => match.alike);
      twins.push(
        alike.flatMap(({ match, score, band }) => {
          const at = match.seq - landscape.elementBound;
          return at === own || (band !== 'DUPLICATE' && band !== 'OVERLAP') ? [] : [{ at, score, band }];
        }),
      );
      yield;
    }
    return twins;
  }

  /**
   * What in the view serves the same need as an element that it holds; undefined where its texts say too little to be
   * compared.
   */
  alike(landscape: Landscape, element: Element): AlikeElements | undefined {
    return findAlike(this.indexOf(landscape), element, this.model);
  }

  /**
   * The answer as the rules ask about it: what is alike at all, by whom it serves. undefined where a component says too
   * little to be compared: that nothing was found for it is no evidence.
   */
  matchesOf({ byComponent, coverage }: DuplicateAnswer): ProposalMatches | undefined {
    if (byComponent.some(({ band }) => band === 'TOO_LITTLE_TO_JUDGE')) return undefined;
    const alike = byComponent.flatMap(({ component, alike: judged }) =>
      judged.map(({ match, band, reach }) => {
        const found: ProposalMatch = { urn: match.urn, name: match.name, band, componentId: component.id };
        return { found, reach, shared: reach !== 'AGENCY' && match.kind !== 'PROJECT' };
      }),
    );
    return {
      national: alike.filter(({ reach }) => reach === 'NATIONAL').map(({ found }) => found),
      city: alike.filter(({ reach }) => reach !== 'NATIONAL').map(({ found }) => found),
      platforms: alike.filter(({ shared }) => shared).map(({ found }) => found),
      searchedObjects: coverage.objectsKnown,
    };
  }

  /** The answer in the words of a language, with the objects behind its urns. */
  describe(answer: DuplicateAnswer, landscape: LandscapeView, language: Language): DuplicateAnswerView {
    const { reader } = this.indexOf(landscape);
    return viewOfAnswer(answer, landscape, language, () => functionsIn(reader, answer.proposal).functions.length);
  }

  /** What was understood of a component of a proposal. */
  reading(landscape: Landscape, proposal: Proposal, component: ProposalComponent): ComponentReading {
    return readingOf(this.indexOf(landscape), proposal, component);
  }

  /** What was understood of the title of a proposal. */
  titleReading(landscape: Landscape, proposal: Proposal): ComponentReading {
    return titleReadingOf(this.indexOf(landscape), proposal);
  }

  /** The functions that texts of a proposal seem to name. */
  functionsIn(landscape: Landscape, texts: ScopeTexts): FunctionsSeen {
    return functionsIn(this.indexOf(landscape).reader, texts);
  }

  /** What would give a candidate another band: it is compared again. */
  whatWouldChange(
    landscape: Landscape,
    compared: Omit<ComparedComponent, 'model'>,
    entry: IndexedElement,
  ): WhatWouldChange {
    return whatWouldChange(this.indexOf(landscape), { ...compared, model: this.model }, entry);
  }

  /** The scores from which the model gives a band. */
  get thresholds(): PairModel['thresholds'] {
    return this.model.thresholds;
  }

  /** Number of objects of a view that a proposal is compared with. */
  objectsKnown(landscape: Landscape): number {
    return this.indexOf(landscape).entries.size;
  }

  /** The capability of a code; undefined where the catalogue has none. */
  capability(code: string): Capability | undefined {
    return this.capabilities.get(code);
  }

  /** What a capability is called; its code where the catalogue does not have it. */
  capabilityName(code: string, language: Language): string {
    const capability = this.capability(code);
    return (language === 'VI' ? capability?.nameVi : capability?.nameEn) ?? code;
  }

  /** The conditions that the answer suggests, in both languages. */
  conditionsOf({ byComponent }: DuplicateAnswer): { textVi: string; textEn: string }[] {
    return byComponent.flatMap(({ component, suggestedCondition }) => {
      if (suggestedCondition === null) return [];
      const text = (language: Language): string => conditionText(suggestedCondition, component.name, language);
      return [{ textVi: text('VI'), textEn: text('EN') }];
    });
  }

  /** Finds the projects of a view that tenders are of. Made once for a list: it looks at every element. */
  tenderMatcher(landscape: Landscape): TenderMatcher {
    return new TenderMatcher(this.indexOf(landscape));
  }

  /** Reads the texts of a view while others have their turn, so that whoever asks next finds them read. */
  async prepare(landscape: Landscape): Promise<void> {
    if (this.indexes.get(landscape, 'INDEX') !== undefined) return;
    const begun = this.beingMade.get(landscape) ?? inSlices(this.indexSteps(landscape));
    this.beingMade.set(landscape, begun);
    try {
      this.keep(landscape, await begun);
    } finally {
      this.beingMade.delete(landscape);
    }
  }

  /** What is read of the texts of a view; of one that was not prepared it is made at once. */
  indexOf(landscape: Landscape): SimilarityIndex {
    return this.indexes.get(landscape, 'INDEX') ?? this.keep(landscape, finished(this.indexSteps(landscape)));
  }

  /** Makes the index of a view out of that of another one, such as the same view before the last commit: only what differs is read. */
  private *indexSteps(landscape: Landscape): Generator<void, SimilarityIndex> {
    const start = yield* startSteps(landscape, this.language, this.recent.all());
    const index = yield* movedSteps(start);
    this.recent.add(index, start);
    return index;
  }

  private keep(landscape: Landscape, index: SimilarityIndex): SimilarityIndex {
    const { family } = index;
    const bytes = FAMILY_BYTES + mostRead(family) * BYTES_AN_ELEMENT;
    const own = landscape.elementBound * OWN_BYTES_AN_ELEMENT;
    this.indexes.set(landscape, 'INDEX', index, { own, shared: { by: family, bytes } });
    return index;
  }
}

/** What finding the duplicates of a proposal costs by its texts, in looks at a record; those of the project are read with each component. */
export function looksToFind({ title, objective, components }: Proposal): number {
  const said = components.flatMap(({ name, description }) => [title, objective, name, description]);
  return LOOKS_A_SIGN * said.reduce((signs, text) => signs + (text?.length ?? 0), 0);
}

function declaredBy(proposal: Proposal | undefined): readonly string[] {
  return proposal?.components.flatMap((component) => declaredFor(proposal, component)) ?? [];
}

/** A proposal as something it could be compared with. */
function elementOf({ title, objective, components, workType }: Proposal, seq: number): Element {
  const said = [objective, ...components.flatMap(({ name, description }) => [name, description])];
  return {
    seq,
    // Well formed, and of nothing: it is seen nowhere.
    urn: `urn:khung:proposal-${seq}` as Urn,
    kind: 'PROJECT',
    name: title,
    nameEn: null,
    aliases: [],
    description: said.filter((text) => text !== null && text !== title).join('\n') || null,
    externalIds: [],
    layer: null,
    phases: [],
    visibility: 'PUBLIC',
    level: null,
    responsibilities: [],
    attributes: workType === 'UNKNOWN' ? {} : { workType },
    revision: 0,
  };
}
