import type { ProcurementState } from '../core/landscape/procurement.js';
import type { TenderMatch, TenderOutcome } from '../core/similarity/tender-match.js';
import type { TenderLine } from '../exchange/tender-list.types.js';
import type { UserErrorShape } from '../runtime/messages.js';
import type { PlanQuestion } from './plan-answer.types.js';

interface Named {
  readonly urn: string;
  readonly name: string;
}

/** A registered project that a tender is of, or may be of. */
export interface TenderProject extends Named {
  /** Who owns it; null where nobody is known. */
  readonly agency: Named | null;
  /** Codes of the tender under which it is registered. */
  readonly codes: readonly string[];
  /** Codes under which it is registered instead of those of the tender. */
  readonly otherCodes: readonly string[];
  /** How like its name is to the title, 0 to 1; null where there is no title that could be compared. */
  readonly likeness: number | null;
  /** Words of the title that its name has too. */
  readonly words: readonly string[];
  /** Numbers and places of the title, and of its name, that tell them apart; null where there are none. */
  readonly differing: { readonly title: readonly string[]; readonly name: readonly string[] } | null;
  /** Numbers that only the title, or only its name, has; null where there are none. */
  readonly unshared: { readonly title: readonly string[]; readonly name: readonly string[] } | null;
  /** Whether the one who buys owns it; null where that can not be said. */
  readonly sameAgency: boolean | null;
  /** Whether it was checked against the architecture before its tender, with both days as far as they are known. */
  readonly state: ProcurementState;
  readonly checkedOn: string | null;
  readonly tenderedOn: string | null;
}

/** A tender and what the registry says of it. */
export interface TenderLineAnswer
  extends
    Pick<TenderLine, 'sheet' | 'line' | 'number' | 'title' | 'agencyText'>,
    Pick<TenderMatch, 'outcome' | 'by' | 'confidence' | 'unknownCodes'> {
  readonly codes: readonly string[];
  readonly agency: Named | null;
  /** Null where it is not decided. */
  readonly project: TenderProject | null;
  /** The others it might be, best first, three at most. */
  readonly candidates: readonly TenderProject[];
  readonly candidateCount: number;
  /** What would have to be known of the project that was found. */
  readonly missing: readonly PlanQuestion[];
  /** What of the line was not taken, with the cell and the cure. */
  readonly problems: readonly UserErrorShape[];
}

/** The answer to a list of tenders. Nothing of it is stored. */
export interface TenderListAnswer {
  /** Revision of the landscape it was answered from. */
  readonly revision: number;
  /** Among how many registered projects was looked: nothing found means no more than that. */
  readonly projectsKnown: number;
  /** How far the words that columns are known by can be trusted. */
  readonly form: string;
  /** Lines by outcome. */
  readonly counts: Readonly<Record<TenderOutcome, number>>;
  /** Projects that were found, each once, by whether they were checked. */
  readonly projects: Readonly<Record<ProcurementState, number>>;
  readonly lines: readonly TenderLineAnswer[];
  /** Sheets and columns that were not read. */
  readonly notes: readonly UserErrorShape[];
}

/** What the lines of a list come to. */
export interface TenderSums extends Pick<TenderListAnswer, 'counts' | 'projects' | 'form'> {
  readonly lines: number;
  /** Lines of which something was not taken. */
  readonly linesToMend: number;
}
