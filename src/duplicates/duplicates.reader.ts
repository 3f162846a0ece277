import { Injectable } from '@nestjs/common';
import { OwnedCache } from '../core/access/owned-cache.js';
import type { LandscapeView } from '../core/access/view.js';
import type { Landscape } from '../core/landscape/landscape.js';
import type { Element, Urn } from '../core/landscape/model.js';
import type { Proposal } from '../core/landscape/proposal.js';
import type { ProposalMatch, ProposalMatches } from '../core/policy/proposal-facts.js';
import type { MatchBand } from '../core/similarity/match-band.js';
import { findAlike } from '../core/similarity/alike.js';
import type { AlikeElements } from '../core/similarity/alike.js';
import { findDuplicates } from '../core/similarity/duplicate-answer.js';
import type { DuplicateAnswer } from '../core/similarity/duplicate-answer.js';
import { buildSimilarityIndex, indexBesideSteps, similarityIndexSteps } from '../core/similarity/similarity-index.js';
import type { SimilarityIndex } from '../core/similarity/similarity-index.js';
import { TenderMatcher } from '../core/similarity/tender-match.js';
import type { Language } from '../runtime/messages.js';
import { inSlices } from '../runtime/slices.js';
import { conditionText } from './duplicate-text.js';
import { CANDIDATES_SHOWN, viewOfAnswer } from './duplicate-view.js';
import type { DuplicateAnswerView } from './duplicates.types.js';
import { readLanguageData } from './language-data.reader.js';
import { readPairModel } from './pair-model.reader.js';

/** Candidates judged for one component; the rules ask about all of them, people are shown the first. */
const CANDIDATES = 200;

/** Proposals of a list that are compared exactly with each of the others: those that share most. */
const TWINS = 30;

/** Memory that the indexes of all views together may hold, and what one holds for each element, an upper estimate: bytes. */
const INDEXES_BYTES = 256 * 2 ** 20;
const BYTES_AN_ELEMENT = 6656;
/** What an index holds whatever its size: the words of the catalogue, weighed. Bytes, an upper estimate. */
const INDEX_BYTES = 4 * 2 ** 20;

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
  private readonly model = readPairModel();
  /** A view is one revision as those see it who see the same; its index goes with it, and when there is no room. */
  private readonly indexes = new OwnedCache<SimilarityIndex>(INDEXES_BYTES);
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
   * Which of several proposals are alike among themselves, by the measure of a view. Work in short steps.
   * @returns for each, in their order, those of the others that are the same or overlap, best first.
   */
  *amongThemselves(landscape: Landscape, proposals: readonly Proposal[]): Generator<void, ProposalTwin[][]> {
    const elements = proposals.map((proposal, at) => elementOf(proposal, landscape.elementBound + at));
    const index = yield* indexBesideSteps(this.indexOf(landscape), elements);
    const options = { model: this.model, candidateLimit: TWINS, explainedLimit: 1, scoredLimit: TWINS };
    const twins: ProposalTwin[][] = [];
    for (const [own, proposal] of proposals.entries()) {
      const alike = findDuplicates(index, proposal, options).byComponent.flatMap((match) => match.alike);
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
    return viewOfAnswer(answer, landscape, language);
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
    const steps = (): Promise<SimilarityIndex> => inSlices(similarityIndexSteps(landscape, this.language));
    const begun = this.beingMade.get(landscape) ?? steps();
    this.beingMade.set(landscape, begun);
    try {
      this.keep(landscape, await begun);
    } finally {
      this.beingMade.delete(landscape);
    }
  }

  private indexOf(landscape: Landscape): SimilarityIndex {
    return this.indexes.get(landscape, 'INDEX') ?? this.keep(landscape, buildSimilarityIndex(landscape, this.language));
  }

  private keep(landscape: Landscape, index: SimilarityIndex): SimilarityIndex {
    this.indexes.set(landscape, 'INDEX', index, INDEX_BYTES + landscape.elementBound * BYTES_AN_ELEMENT);
    return index;
  }
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
