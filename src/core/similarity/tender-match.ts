import { ownerOf, sourcesOf, targetsOf } from '../landscape/landscape.js';
import type { Landscape } from '../landscape/landscape.js';
import type { Element, Urn } from '../landscape/model.js';
import { tenderCodesOf, withoutTenderCodes } from '../landscape/tender-code.js';
import type { TenderCode } from '../landscape/tender-code.js';
import { NamedProjects } from './named-project.js';
import type { NamedProject } from './named-project.js';
import type { SimilarityIndex } from './similarity-index.js';

/** What became of looking for the project of a tender. */
export const TENDER_OUTCOMES = ['FOUND', 'UNDECIDED', 'CONTRADICTION', 'NOTHING_FOUND', 'NOTHING_TO_GO_BY'] as const;
export type TenderOutcome = (typeof TENDER_OUTCOMES)[number];

/** A tender, as a line of a list says it. */
export interface Tender {
  /** Empty where it has none. */
  readonly title: string;
  /** From its columns of codes and from its title. */
  readonly codes: readonly TenderCode[];
  /** Who buys, as far as it is known to the registry. */
  readonly agency: Urn | null;
}

/** A registered project that a tender may be of, and what speaks for it. */
export interface TenderCandidate extends Pick<NamedProject, 'project' | 'isSameName' | 'words' | 'differing'> {
  /** The codes of the tender under which it is registered. */
  readonly codes: readonly string[];
  /** 0 to 1; null where the tender has no title that could be compared. */
  readonly likeness: number | null;
  /** Whether the one who buys owns it; undefined where either is not known, or one belongs to or follows the other. */
  readonly sameAgency: boolean | undefined;
}

/** The project of a tender, or why there is none. */
export interface TenderMatch {
  readonly outcome: TenderOutcome;
  /** What the answer rests on. */
  readonly by: 'CODE' | 'TITLE' | 'NONE';
  /** How sure it is; null where nothing was found. HIGH takes a code that neither title nor buyer is against, or a name and an owner. */
  readonly confidence: 'HIGH' | 'MEDIUM' | null;
  readonly project: TenderCandidate | null;
  /** The others it might be, best first. */
  readonly candidates: readonly TenderCandidate[];
  /** Codes of the tender under which no project is registered. */
  readonly unknownCodes: readonly string[];
}

/**
 * Likeness of names from which a project is worth naming, from which it speaks against a code, from which a title decides,
 * and from which it is hardly another. Set by hand on the projects of the city: with each taken out in turn, what decides
 * at 0.6 finds another for six of their 62 titles, at 0.7 for the two that name one thing.
 */
const LISTED = 0.35;
const CONTRADICTS = 0.6;
const DECIDES = 0.7;
const NEARLY_SAME = 0.9;
/** Among the packages of one plan less is enough: it is one of them, or one that is not registered. */
const DECIDES_IN_PLAN = 0.45;
/** A second one that comes so near leaves it undecided. */
const MARGIN = 0.12;
/** Agencies are part of each other, and follow each other, in no longer chains. */
const AGENCIES_MAXIMUM = 100;

type Found = Omit<TenderMatch, 'unknownCodes'>;

/** Finds the registered projects of tenders: by their codes, then by their titles. It never guesses between two. */
export class TenderMatcher {
  private readonly landscape: Landscape;
  private readonly named: NamedProjects;
  private readonly byCode = new Map<string, Element[]>();
  private readonly akin = new Map<Urn, ReadonlySet<number>>();

  constructor(index: SimilarityIndex) {
    this.landscape = index.landscape;
    this.named = new NamedProjects(index);
    for (const element of this.landscape.elements()) {
      if (element.kind !== 'PROJECT') continue;
      for (const { value } of tenderCodesOf(element)) {
        const known = this.byCode.get(value);
        if (known === undefined) this.byCode.set(value, [element]);
        else if (!known.includes(element)) known.push(element);
      }
    }
  }

  /** Number of projects among which is looked. */
  get projectsKnown(): number {
    return this.named.count;
  }

  match(tender: Tender): TenderMatch {
    const unknownCodes = tender.codes.map(({ value }) => value).filter((value) => !this.byCode.has(value));
    const title = this.named.read(withoutTenderCodes(tender.title));
    const compared = title === undefined ? [] : this.named.like(title, LISTED);
    const byTitle = compared.map((each) => this.candidate(each, tender));
    const cited = this.cited(tender).map((project) => {
      const seen = title === undefined ? undefined : this.named.compare(title, project);
      return this.candidate(seen ?? withoutTitle(project), tender, seen?.likeness ?? null);
    });
    if (cited.length > 0) return { ...foundByCode(tender, cited, byTitle), unknownCodes };
    if (title === undefined && tender.codes.length === 0) return { ...nothing('NOTHING_TO_GO_BY'), unknownCodes };
    return { ...foundByTitle(byTitle), unknownCodes };
  }

  private cited({ codes }: Tender): Element[] {
    return [...new Set(codes.flatMap(({ value }) => this.byCode.get(value) ?? []))];
  }

  private candidate(
    { project, isSameName, words, differing, likeness }: NamedProject,
    { codes, agency }: Tender,
    known: number | null = likeness,
  ): TenderCandidate {
    const own = new Set(tenderCodesOf(project).map(({ value }) => value));
    const shared = codes.map(({ value }) => value).filter((value) => own.has(value));
    const sameAgency = this.isOf(agency, ownerOf(this.landscape, project.seq));
    return { project, isSameName, words, differing, likeness: known, codes: shared, sameAgency };
  }

  private isOf(agency: Urn | null, owner: Element | undefined): boolean | undefined {
    const buyer = agency === null ? undefined : this.landscape.elementByUrn(agency);
    if (buyer === undefined || owner === undefined) return undefined;
    if (buyer.seq === owner.seq) return true;
    return this.akinTo(buyer).has(owner.seq) || this.akinTo(owner).has(buyer.seq) ? undefined : false;
  }

  /** What an agency is part of, and what it took the place of, or gave it to, and so on. */
  private akinTo({ seq, urn }: Element): ReadonlySet<number> {
    let akin = this.akin.get(urn);
    if (akin === undefined) {
      const found = new Set([seq]);
      for (const each of found) {
        if (found.size > AGENCIES_MAXIMUM) break;
        const next = [
          ...targetsOf(this.landscape, each, 'PART_OF'),
          ...targetsOf(this.landscape, each, 'REPLACES'),
          ...sourcesOf(this.landscape, each, 'REPLACES'),
        ];
        for (const other of next) found.add(other.seq);
      }
      akin = found;
      this.akin.set(urn, akin);
    }
    return akin;
  }
}

function withoutTitle(project: Element): NamedProject {
  return { project, likeness: 0, isSameName: false, words: [], differing: null };
}

function nothing(outcome: TenderOutcome, candidates: readonly TenderCandidate[] = []): Found {
  return { outcome, by: candidates.length === 0 ? 'NONE' : 'TITLE', confidence: null, project: null, candidates };
}

/** A code is believed before a title, unless the title is surely that of another project. */
function foundByCode(tender: Tender, cited: readonly TenderCandidate[], byTitle: readonly TenderCandidate[]): Found {
  const [ofNotice, ofPlan] = [having(tender, 'IB', cited), having(tender, 'PL', cited)];
  const both = ofNotice.filter((each) => ofPlan.includes(each));
  const isSplit = ofNotice.length > 0 && ofPlan.length > 0 && both.length === 0;
  if (isSplit) return undecided('CONTRADICTION', cited);
  const hits = [both, ofNotice, ofPlan].find(({ length }) => length > 0) ?? [];
  const rival = rivalOf(hits, byTitle);
  if (rival !== undefined) return undecided('CONTRADICTION', [...hits, rival]);
  const hasNotice = ofNotice.length > 0;
  const [only] = hasNotice && hits.length === 1 ? hits : [];
  const decided = only ?? bestOf(hits, DECIDES_IN_PLAN);
  if (decided === undefined) return undecided('UNDECIDED', hits);
  const candidates = hits.filter((each) => each !== decided);
  return { outcome: 'FOUND', by: 'CODE', confidence: confidenceOf(decided, hasNotice), project: decided, candidates };
}

/** Those that are registered with a code of one kind of the tender. */
function having(
  { codes }: Tender,
  kind: TenderCode['kind'],
  cited: readonly TenderCandidate[],
): readonly TenderCandidate[] {
  const values = new Set(codes.filter((each) => each.kind === kind).map(({ value }) => value));
  return cited.filter((each) => each.codes.some((value) => values.has(value)));
}

/** A notice is of one project: its title and its buyer have only not to speak against it. */
function confidenceOf({ likeness, differing, sameAgency }: TenderCandidate, hasNotice: boolean): 'HIGH' | 'MEDIUM' {
  if (sameAgency === false) return 'MEDIUM';
  if (likeness === null) return hasNotice ? 'HIGH' : 'MEDIUM';
  return likeness >= (hasNotice ? LISTED : CONTRADICTS) && differing === null ? 'HIGH' : 'MEDIUM';
}

function undecided(outcome: TenderOutcome, candidates: readonly TenderCandidate[]): Found {
  const ordered = candidates.toSorted((left, right) => (right.likeness ?? 0) - (left.likeness ?? 0));
  return { outcome, by: 'CODE', confidence: null, project: null, candidates: ordered };
}

/** A project without the code whose name the title is, far more than it is that of any with the code. */
function rivalOf(hits: readonly TenderCandidate[], byTitle: readonly TenderCandidate[]): TenderCandidate | undefined {
  const best = Math.max(0, ...hits.filter(({ differing }) => differing === null).map(({ likeness }) => likeness ?? 0));
  const urns = new Set(hits.map(({ project }) => project.urn));
  return byTitle.find(
    ({ project, likeness, differing, sameAgency }) =>
      !urns.has(project.urn) &&
      differing === null &&
      sameAgency !== false &&
      (likeness ?? 0) >= CONTRADICTS &&
      (likeness ?? 0) - best >= MARGIN,
  );
}

function foundByTitle(byTitle: readonly TenderCandidate[]): Found {
  if (byTitle.length === 0) return nothing('NOTHING_FOUND');
  const decided = bestOf(
    byTitle.filter(({ sameAgency }) => sameAgency !== false),
    DECIDES,
  );
  if (decided === undefined) return nothing('UNDECIDED', byTitle);
  const { isSameName, likeness, sameAgency } = decided;
  const isHigh = sameAgency === true && (isSameName || (likeness ?? 0) >= NEARLY_SAME);
  const candidates = byTitle.filter((each) => each !== decided);
  return { outcome: 'FOUND', by: 'TITLE', confidence: isHigh ? 'HIGH' : 'MEDIUM', project: decided, candidates };
}

/** The one whose name is the title, or is far more like it than any other; undefined where there is no such one. */
function bestOf(candidates: readonly TenderCandidate[], least: number): TenderCandidate | undefined {
  const open = candidates.filter(({ differing }) => differing === null);
  const [same, ...others] = open.filter(({ isSameName }) => isSameName);
  if (same !== undefined) return others.length > 0 ? undefined : same;
  const [first, second] = open.toSorted((left, right) => (right.likeness ?? 0) - (left.likeness ?? 0));
  const likeness = first?.likeness ?? 0;
  return likeness >= least && likeness - (second?.likeness ?? 0) >= MARGIN ? first : undefined;
}
