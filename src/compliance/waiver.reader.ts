import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import type { PartialDate } from '../core/landscape/model.js';
import type { WaiverPolicy } from '../core/policy/waiver-policy.js';
import { readWaiverPolicy } from '../core/policy/waiver-policy.js';
import { waiverOn } from '../core/policy/waiver.js';
import type { WaiverTerms } from '../core/policy/waiver.js';
import { readReferenceJson } from '../runtime/reference-file.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import type { RequestContext } from '../runtime/request-context.js';
import { EventLedger } from '../registry/event-ledger.reader.js';
import { WaiverEventRow } from './waiver.entity.js';
import type { KeptWaiver, KeptWaiverEvent, SeenWaiver } from './waiver.types.js';

const FILE = 'national/waivers.json';

/** Reads waivers. */
@Injectable()
export class WaiverReader {
  /** How long and how often a rule may be waived. */
  readonly policy: WaiverPolicy = loadPolicy();
  readonly ledger: EventLedger<WaiverEventRow, KeptWaiver>;

  constructor(landscapes: LandscapeReader, access: FindingsAccess) {
    this.ledger = new EventLedger(landscapes, access, {
      ledger: 'waivers',
      entity: WaiverEventRow,
      record: 'waiver',
      recordOf: keptWaiver,
    });
  }

  /** All waivers, in the order in which they were asked for; as `EventLedger.forRequest` says. */
  forRequest(context: RequestContext): Promise<readonly KeptWaiver[]> {
    return this.ledger.forRequest(context);
  }
}

/** The waiver that its events make, of which the first is its request. */
export function keptWaiver(first: WaiverEventRow, rest: readonly WaiverEventRow[] = []): KeptWaiver {
  return {
    id: first.waiver,
    terms: termsOf(first),
    pack: first.pack ?? '',
    events: [eventOf(first), ...rest.map(eventOf)],
  };
}

/** A waiver with one more event. */
export function withEvent(waiver: KeptWaiver, row: WaiverEventRow): KeptWaiver {
  return { ...waiver, events: [...waiver.events, eventOf(row)] };
}

function termsOf({
  rule,
  agency,
  subjects,
  validFrom,
  validTo,
  compensatingMeasure,
  waiver,
}: WaiverEventRow): WaiverTerms {
  // The table refuses a request without these, and a waiver begins with one.
  if (rule === null || validFrom === null || validTo === null) throw new Error(`Waiver ${waiver} was never asked for.`);
  return { rule, agency, subjects, validFrom, validTo, compensatingMeasure };
}

function eventOf({ kind, on, author, person, reason, document, validTo, at }: WaiverEventRow): KeptWaiverEvent {
  return { kind, on, by: author, person, reason, document, validTo: kind === 'RENEWED' ? validTo : null, at };
}

/**
 * A waiver as it stands on a day, as somebody sees it; undefined where he sees not its agency, or nothing of what it names,
 * and on days before it was asked for.
 */
export function seenWaiver(waiver: KeptWaiver, landscape: LandscapeView, today: PartialDate): SeenWaiver | undefined {
  const status = waiverOn(waiver, today);
  const { agency, subjects } = waiver.terms;
  const isSeen = (urn: string): boolean => landscape.elementByUrn(urn) !== undefined;
  if (status === undefined || !isSeen(agency) || subjects?.some(isSeen) === false) return undefined;
  return { landscape, waiver, status, today };
}

function loadPolicy(): WaiverPolicy {
  const { policy, problems } = readWaiverPolicy(readReferenceJson(FILE));
  if (problems.length === 0) return policy;
  throw new Error(`${FILE}: ${problems.map(({ path, expected }) => `${path} must be ${expected}`).join('; ')}`);
}
