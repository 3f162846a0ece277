import { goneSince } from '../landscape/attestation.js';
import { ownerOf, phaseOf, sourcesOf, targetsOf } from '../landscape/landscape.js';
import type { Landscape } from '../landscape/landscape.js';
import type { AgencyLevel, Element, LifecyclePhase, Urn } from '../landscape/model.js';
import type { WorkType } from '../landscape/proposal.js';
import type { IndexedElement } from './indexed-element.js';
import type { SimilarityIndex } from './similarity-index.js';
import type { Subject } from './subject.js';

/** Whom a running counterpart serves: the nation, the whole City, or one agency. */
export type Reach = 'NATIONAL' | 'CITY' | 'AGENCY';

/** What decides how a counterpart can be used, apart from how alike it is. */
export interface Counterpart {
  readonly element: Element;
  readonly owner: Element | undefined;
  readonly phase: LifecyclePhase;
  /** In use, on trial included. An unknown phase is not in use: nothing is promised on silence. */
  readonly running: boolean;
  readonly reach: Reach;
  readonly workType: WorkType;
  /** It makes records digital or puts them in order. */
  readonly isRecords: boolean;
  /** The proposing agency owns it, or took over from the agency that does. */
  readonly ownedByProposer: boolean;
  /** Its owner is no more, and no agency that is there took over: nobody runs it whom one could ask. */
  readonly abandoned: boolean;
}

const RUNNING: ReadonlySet<LifecyclePhase> = new Set(['PILOT', 'ACTIVE']);
const NATIONAL_LEVELS: ReadonlySet<AgencyLevel> = new Set(['CENTRAL', 'MINISTRY']);
const LOCAL_LEVELS: ReadonlySet<AgencyLevel> = new Set(['COMMUNE', 'FORMER_DISTRICT', 'FORMER_PROVINCE']);

/** Who proposes, and how it is found out whose a counterpart is. */
export interface Proposer {
  readonly agency: Urn | null;
  /** `ownerOf`, unless told. */
  readonly owners?: typeof ownerOf | undefined;
}

/** Gathers what the landscape knows of a counterpart. */
export function counterpartOf(
  index: SimilarityIndex,
  subject: Subject,
  entry: IndexedElement,
  { agency, owners = ownerOf }: Proposer,
): Counterpart {
  const { element, workType, isRecords } = entry;
  const owner = owners(index.landscape, element.seq);
  const phase = phaseOf(index.landscape, element);
  const ownedByProposer = agency !== null && owner !== undefined && tookOver(index.landscape, agency, owner);
  return {
    element,
    owner,
    phase,
    running: element.kind !== 'PROJECT' && RUNNING.has(phase),
    reach: reachOf(index, subject, entry, owner),
    workType,
    isRecords,
    ownedByProposer,
    abandoned: !ownedByProposer && owner !== undefined && !isCarriedOn(index.landscape, owner, new Set()),
  };
}

/**
 * National by its scope or by the level of its owner. The scope CITY says whose it is, not that others may use it, so
 * it takes more to be the City's for all: a platform, a name that says it is shared, or a capability that the City
 * provides once for every agency. Otherwise one agency's.
 */
function reachOf(index: SimilarityIndex, subject: Subject, entry: IndexedElement, owner: Element | undefined): Reach {
  const { element } = entry;
  const declared = element.attributes['scope'];
  if (declared === 'NATIONAL') return declared;
  const level = owner?.level ?? 'OTHER';
  if (NATIONAL_LEVELS.has(level)) return 'NATIONAL';
  if (declared === 'AGENCY' || declared === 'FORMER_PROVINCE' || LOCAL_LEVELS.has(level)) return 'AGENCY';
  return element.kind === 'PLATFORM' || isForAll(index, subject, entry) ? 'CITY' : 'AGENCY';
}

function isForAll({ reader }: SimilarityIndex, subject: Subject, { saysShared, nameCodes }: IndexedElement): boolean {
  if (saysShared) return true;
  return nameCodes.some(
    (code) => subject.capabilities.has(code) && reader.lexicon.capability(code)?.provision === 'COMMON',
  );
}

function tookOver(landscape: Landscape, agency: Urn, owner: Element): boolean {
  if (owner.urn === agency) return true;
  const proposer = landscape.elementByUrn(agency);
  return proposer !== undefined && targetsOf(landscape, proposer.seq, 'REPLACES').some(({ urn }) => urn === owner.urn);
}

/** Whether an agency is still there, or one that took over from it, over however many steps. */
function isCarriedOn(landscape: Landscape, agency: Element, seen: Set<number>): boolean {
  if (goneSince(landscape, agency) === undefined) return true;
  seen.add(agency.seq);
  return sourcesOf(landscape, agency.seq, 'REPLACES').some(
    (successor) => !seen.has(successor.seq) && isCarriedOn(landscape, successor, seen),
  );
}
