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
export interface TenderCandidate extends Pick<
  NamedProject,
  'project' | 'isSameName' | 'words' | 'differing' | 'unshared'
> {
  /** The codes of the tender under which it is registered. */
  readonly codes: readonly string[];
  /** The codes under which it is registered instead of those of the tender, of the kinds of which it has none of those. */
  readonly otherCodes: readonly string[];
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
  /**
   * How sure it is; null where nothing was found. HIGH takes a code, or a name and an owner, that nothing else is against:
   * neither title nor buyer, no number that only one of them has, no notice that is not registered, no other code.
   */
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
/** What is alike but for the words of its numbers. */
const NEARLY_AS_LIKE = 0.05;
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
    const byTitle = this.named.like(title, LISTED).map((each) => this.candidate(each, tender));
    const cited = this.cited(tender).map((project) => {
      const seen = this.named.compare(title, project);
      const isCompared = title.isComparable || seen?.isSameName === true;
      return this.candidate(seen ?? withoutTitle(project), tender, isCompared ? seen?.likeness : null);
    });
    const looked = { tender, byTitle, isNoticeUnknown: unknownCodes.some((value) => value.startsWith('IB')) };
    if (cited.length > 0) return { ...foundByCode(looked, cited), unknownCodes };
    // Without a title that is compared, nothing was looked for.
    if (byTitle.length === 0 && !title.isComparable) return { ...nothing('NOTHING_TO_GO_BY'), unknownCodes };
    return { ...foundByTitle(looked), unknownCodes };
  }

  private cited({ codes }: Tender): Element[] {
    return [...new Set(codes.flatMap(({ value }) => this.byCode.get(value) ?? []))];
  }

  private candidate(
    named: NamedProject,
    { codes, agency }: Tender,
    likeness: number | null = named.likeness,
  ): TenderCandidate {
    const own = tenderCodesOf(named.project);
    const values = new Set(own.map(({ value }) => value));
    const shared = codes.filter(({ value }) => values.has(value));
    const isOther = (kind: TenderCode['kind']): boolean =>
      codes.some((each) => each.kind === kind) && shared.every((each) => each.kind !== kind);
    return {
      ...named,
      likeness,
      codes: shared.map(({ value }) => value),
      otherCodes: own.filter(({ kind }) => isOther(kind)).map(({ value }) => value),
      sameAgency: this.isOf(agency, ownerOf(this.landscape, named.project.seq)),
    };
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
  return { project, likeness: 0, isSameName: false, words: [], differing: null, unshared: null };
}

function nothing(outcome: TenderOutcome, candidates: readonly TenderCandidate[] = []): Found {
  return { outcome, by: candidates.length === 0 ? 'NONE' : 'TITLE', confidence: null, project: null, candidates };
}

/** A tender and what its title found. */
interface Looked {
  readonly tender: Tender;
  readonly byTitle: readonly TenderCandidate[];
  /** It cites a notice that no project is registered with. */
  readonly isNoticeUnknown: boolean;
}

/** A code is believed before a title, unless the title is surely that of another project. */
function foundByCode(looked: Looked, cited: readonly TenderCandidate[]): Found {
  const { hits, hasNotice, isSplit } = hitsOf(looked.tender, cited);
  if (hits.length === 0) return undecided('CONTRADICTION', cited);
  const rival = rivalOf(hits, looked.byTitle);
  if (rival !== undefined) return undecided('CONTRADICTION', [...hits, rival]);
  const [only] = hasNotice && hits.length === 1 ? hits : [];
  const decided = only ?? bestOf(hits, DECIDES_IN_PLAN, ({ differing }) => differing === null);
  if (decided === undefined) return undecided('UNDECIDED', hits);
  const candidates = (isSplit ? cited : hits).filter((each) => each !== decided);
  const isHigh = !isSplit && !looked.isNoticeUnknown && isSureByCode(decided, hasNotice);
  return { outcome: 'FOUND', by: 'CODE', confidence: isHigh ? 'HIGH' : 'MEDIUM', project: decided, candidates };
}

/** What the codes of a tender leave; none where its notice is of a project with another plan than the tender's. */
function hitsOf(
  tender: Tender,
  cited: readonly TenderCandidate[],
): { readonly hits: readonly TenderCandidate[]; readonly hasNotice: boolean; readonly isSplit: boolean } {
  const [ofNotice, ofPlan] = [having(tender, 'IB', cited), having(tender, 'PL', cited)];
  if (ofNotice.length === 0) return { hits: ofPlan, hasNotice: false, isSplit: false };
  const both = ofNotice.filter((each) => ofPlan.includes(each));
  if (ofPlan.length === 0 || both.length > 0) {
    return { hits: both.length > 0 ? both : ofNotice, hasNotice: true, isSplit: false };
  }
  // Of a project without a plan nobody knows that it is not of this one.
  return { hits: ofNotice.filter(({ otherCodes }) => otherCodes.length === 0), hasNotice: true, isSplit: true };
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
function isSureByCode(
  { likeness, differing, unshared, otherCodes, sameAgency }: TenderCandidate,
  hasNotice: boolean,
): boolean {
  if (sameAgency === false || otherCodes.length > 0 || differing !== null) return false;
  // A name that says more than a title is that of the project all the same.
  if (unshared !== null && unshared.title.length > 0) return false;
  if (likeness === null) return hasNotice;
  return likeness >= (hasNotice ? LISTED : CONTRADICTS);
}

function undecided(outcome: TenderOutcome, candidates: readonly TenderCandidate[]): Found {
  const ordered = candidates.toSorted((left, right) => (right.likeness ?? 0) - (left.likeness ?? 0));
  return { outcome, by: 'CODE', confidence: null, project: null, candidates: ordered };
}

/** A project without the code whose name the title is, far more than it is that of any with the code. */
function rivalOf(hits: readonly TenderCandidate[], byTitle: readonly TenderCandidate[]): TenderCandidate | undefined {
  const best = Math.max(0, ...hits.map(strengthOf));
  const urns = new Set(hits.map(({ project }) => project.urn));
  return byTitle.find(
    (each) =>
      !urns.has(each.project.urn) &&
      each.differing === null &&
      each.sameAgency !== false &&
      strengthOf(each) >= CONTRADICTS &&
      strengthOf(each) - best >= MARGIN,
  );
}

function foundByTitle({ byTitle, isNoticeUnknown }: Looked): Found {
  if (byTitle.length === 0) return nothing('NOTHING_FOUND');
  const decided = bestOf(byTitle, DECIDES, ({ differing, sameAgency }) => differing === null && sameAgency !== false);
  if (decided === undefined) return nothing('UNDECIDED', byTitle);
  const { isSameName, likeness, unshared, otherCodes, sameAgency } = decided;
  const isNearlySame = isSameName || (unshared === null && (likeness ?? 0) >= NEARLY_SAME);
  const isHigh = sameAgency === true && isNearlySame && otherCodes.length === 0 && !isNoticeUnknown;
  const candidates = byTitle.filter((each) => each !== decided);
  return { outcome: 'FOUND', by: 'TITLE', confidence: isHigh ? 'HIGH' : 'MEDIUM', project: decided, candidates };
}

/** How much the title is the name of a project: the name itself is more than any likeness. */
function strengthOf({ isSameName, likeness }: TenderCandidate): number {
  return isSameName ? 1 + MARGIN : (likeness ?? 0);
}

/**
 * The one whose name is the title, or is far more like it than any other that may be it; undefined where there is no such
 * one, or one that may not be it is as like.
 */
function bestOf(
  candidates: readonly TenderCandidate[],
  least: number,
  mayBe: (candidate: TenderCandidate) => boolean,
): TenderCandidate | undefined {
  const ordered = candidates.toSorted((left, right) => strengthOf(right) - strengthOf(left));
  const [first, second] = ordered.filter(mayBe);
  if (first === undefined || strengthOf(first) < least) return undefined;
  if (second !== undefined && strengthOf(first) - strengthOf(second) < MARGIN) return undefined;
  return ordered.some((each) => !mayBe(each) && isInTheWay(each, first)) ? undefined : first;
}

/** One that may not be it leaves it open all the same, unless what speaks against it speaks for the other. */
function isInTheWay(other: TenderCandidate, first: TenderCandidate): boolean {
  const hasNumbers = other.differing === null || first.unshared === null;
  const hasOwner = other.sameAgency !== false || first.sameAgency === true;
  const lead = hasNumbers && hasOwner ? NEARLY_AS_LIKE : 0;
  return strengthOf(other) - strengthOf(first) >= lead;
}
