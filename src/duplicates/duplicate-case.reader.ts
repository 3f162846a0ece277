import { Injectable } from '@nestjs/common';
import { may } from '../core/access/decide.js';
import type { Actor } from '../core/access/actor.js';
import type { LandscapeView } from '../core/access/view.js';
import { ownerOf } from '../core/landscape/landscape.js';
import { orderedBy } from '../core/ordering.js';
import type { DuplicateCase, DuplicateCaseEvent } from '../core/similarity/duplicate-case.js';
import { EventLedger } from '../registry/event-ledger.reader.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { SeenElement } from '../registry/seen.types.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import type { RequestContext } from '../runtime/request-context.js';
import { DuplicateCaseEventRow } from './duplicate-case.entity.js';

/** What happened to a case, as it is kept. */
export interface KeptCaseEvent extends DuplicateCaseEvent {
  /** When it was recorded, by the database's clock. */
  readonly at: Date;
}

/** A case as it is kept. */
export type KeptCase = DuplicateCase<KeptCaseEvent>;

/** A case in the landscape in which it is told. */
export interface SeenCase {
  readonly kept: KeptCase;
  readonly subject: SeenElement;
  readonly match: SeenElement;
}

/** By age: what was opened first first. */
export const CASE_ORDERING = orderedBy<SeenCase>(
  ({ kept }) => kept.events[0].at.toISOString(),
  ({ kept }) => kept.id,
);

/** Reads cases of duplicates. */
@Injectable()
export class DuplicateCaseReader {
  readonly ledger: EventLedger<DuplicateCaseEventRow, KeptCase>;

  constructor(landscapes: LandscapeReader, access: FindingsAccess) {
    this.ledger = new EventLedger(landscapes, access, {
      ledger: 'cases',
      entity: DuplicateCaseEventRow,
      record: 'duplicateCase',
      recordOf: keptCase,
    });
  }

  /**
   * The cases of which somebody sees both elements, in the order in which they were opened; none for whoever may not read
   * findings.
   * @param urn - of one of the two, where only its cases are wanted.
   */
  async seen(landscape: LandscapeView, context: RequestContext, urn?: string): Promise<SeenCase[]> {
    const all = await this.ledger.forRequest(context);
    const own = urn === undefined ? all : all.filter(({ subject, match }) => subject === urn || match === urn);
    return own.flatMap((kept) => seenCase(kept, landscape) ?? []);
  }
}

/** The case that its rows make, of which the first opened it. */
export function keptCase(first: DuplicateCaseEventRow, rest: readonly DuplicateCaseEventRow[] = []): KeptCase {
  const { duplicateCase: id, subject, match } = first;
  return { id, subject, match, events: [eventOf(first), ...rest.map(eventOf)] };
}

/** A case with what was just recorded of it. */
export function withRow(known: KeptCase, row: DuplicateCaseEventRow): KeptCase {
  return { ...known, events: [...known.events, eventOf(row)] };
}

function eventOf(row: DuplicateCaseEventRow): KeptCaseEvent {
  const { state, on, author, reason, revision, avoidedCost, at } = row;
  const { band, score, signals, modelVersion } = row;
  return {
    state,
    on,
    by: author,
    reason,
    revision,
    avoidedCost,
    at,
    standing: { band, score, signals, modelVersion },
  };
}

/** A case as somebody sees it; undefined where he does not see both elements. */
export function seenCase(kept: KeptCase, landscape: LandscapeView): SeenCase | undefined {
  const [subject, match] = [kept.subject, kept.match].map((urn) => landscape.elementByUrn(urn));
  if (subject === undefined || match === undefined) return undefined;
  return { kept, subject: new SeenElement(landscape, subject), match: new SeenElement(landscape, match) };
}

/** The urns of the agencies that own either of the two, as far as they are seen. */
export function ownersOf({ subject, match }: SeenCase): string[] {
  return [subject, match].flatMap(({ landscape, seq }) => ownerOf(landscape, seq)?.urn ?? []);
}

/** Whether somebody may read why a case that he sees was decided so. */
export function mayReadGroundsOf(seen: SeenCase, actor: Actor): boolean {
  return may(actor, 'case.grounds', { owners: ownersOf(seen) });
}
