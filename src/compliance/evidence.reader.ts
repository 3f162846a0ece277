import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import type { PartialDate } from '../core/landscape/model.js';
import { EvidenceCover } from '../core/policy/evidence-cover.js';
import { evidenceOn } from '../core/policy/evidence.js';
import type { EvidenceJudgement, EvidenceTerms } from '../core/policy/evidence.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import type { RequestContext } from '../runtime/request-context.js';
import { EventLedger } from '../registry/event-ledger.reader.js';
import { EvidenceEventRow } from './evidence.entity.js';
import type { KeptEvidence, KeptEvidenceEvent, SeenEvidence } from './evidence.types.js';

/** What evidence shows, and the pieces by which. */
interface Covered {
  readonly pieces: readonly KeptEvidence[];
  readonly cover: EvidenceCover;
}

/** A place in the ledger, for whom it is read. */
interface EvidencePlace {
  readonly context: RequestContext;
  /** Number of the last event that counts. */
  readonly last: number;
}

/** Reads evidence. */
@Injectable()
export class EvidenceReader {
  readonly ledger: EventLedger<EvidenceEventRow, KeptEvidence>;
  /** What evidence shows in a view, and all there was when that was worked out. */
  private readonly covers = new WeakMap<LandscapeView, Covered>();

  constructor(landscapes: LandscapeReader, access: FindingsAccess) {
    this.ledger = new EventLedger(landscapes, access, {
      ledger: 'evidence',
      entity: EvidenceEventRow,
      record: 'evidence',
      recordOf: keptEvidence,
    });
  }

  /** All evidence, in the order in which it was submitted; as `EventLedger.forRequest` says. */
  forRequest(context: RequestContext): Promise<readonly KeptEvidence[]> {
    return this.ledger.forRequest(context);
  }

  /**
   * What evidence shows on a day, as a view shows it: the same object while nothing is added.
   * @throws RegistryError DATABASE_UNAVAILABLE where the database does not answer, and never did.
   */
  async cover(landscape: LandscapeView, day: PartialDate, context: RequestContext): Promise<EvidenceCover> {
    const pieces = await this.forRequest(context);
    let covered = this.covers.get(landscape);
    if (covered?.pieces !== pieces || covered.cover.day !== day) {
      covered = { pieces, cover: new EvidenceCover(landscape, pieces, day) };
      this.covers.set(landscape, covered);
    }
    return covered.cover;
  }

  /** The same after only so many events of the ledger, for what was judged by then. */
  async coverAt(landscape: LandscapeView, day: PartialDate, { context, last }: EvidencePlace): Promise<EvidenceCover> {
    const pieces = (await this.forRequest(context)).flatMap((piece): KeptEvidence[] => {
      const [first, ...rest] = piece.events.filter(({ number }) => number <= last);
      return first === undefined ? [] : [{ ...piece, events: [first, ...rest] }];
    });
    return new EvidenceCover(landscape, pieces, day);
  }

  /** Number of the last event of the ledger; 0 before the first. */
  async lastNumber(context: RequestContext): Promise<number> {
    const pieces = await this.forRequest(context);
    return pieces.reduce((last, { events }) => Math.max(last, events.at(-1)?.number ?? 0), 0);
  }
}

/** The piece of evidence that its events make, of which the first is its submission. */
export function keptEvidence(first: EvidenceEventRow, rest: readonly EvidenceEventRow[] = []): KeptEvidence {
  return {
    id: first.evidence,
    terms: termsOf(first),
    pack: first.pack ?? '',
    events: [eventOf(first), ...rest.map(eventOf)],
  };
}

/** A piece of evidence with one more event. */
export function withEvidenceEvent(evidence: KeptEvidence, row: EvidenceEventRow): KeptEvidence {
  return { ...evidence, events: [...evidence.events, eventOf(row)] };
}

function termsOf(row: EvidenceEventRow): EvidenceTerms {
  const { evidence, subject, evidenceKind: kind, agency, link, file, documentedOn } = row;
  // The table refuses a submission without these, and evidence begins with one.
  if (subject === null || kind === null) throw new Error(`Evidence ${evidence} was never submitted.`);
  return { subject, kind, agency, link, file, documentedOn };
}

function eventOf(row: EvidenceEventRow): KeptEvidenceEvent {
  const { number, kind, on, author, person, reason, at } = row;
  return { number, kind, on, by: author, person, reason, judgement: judgementIn(row), at };
}

function judgementIn({ verdict, validFrom, validTo }: EvidenceEventRow): EvidenceJudgement | null {
  return verdict === null || validFrom === null ? null : { verdict, validFrom, validTo };
}

/**
 * Evidence as it stands on a day, as somebody sees it; undefined where he does not see what it speaks of or who submitted
 * it, and on days before it was submitted.
 */
export function seenEvidence(
  evidence: KeptEvidence,
  landscape: LandscapeView,
  today: PartialDate,
): SeenEvidence | undefined {
  const status = evidenceOn(evidence, today);
  const { agency, subject } = evidence.terms;
  const isSeen = (urn: string): boolean => landscape.elementByUrn(urn) !== undefined;
  return status !== undefined && isSeen(agency) && isSeen(subject) ? { landscape, evidence, status, today } : undefined;
}
