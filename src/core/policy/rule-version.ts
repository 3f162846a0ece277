import { dayBefore } from '../landscape/calendar-day.js';
import type { PartialDate } from '../landscape/model.js';
import { isBefore, lastDayOf } from './partial-date.js';
import type { Citation, Enforcement, Rule, RulePack } from './rule.js';

export const RULE_EVENT_KINDS = [
  'DRAFTED',
  'PUBLISHED',
  'WITHDRAWN',
  'CITATION_VERIFIED',
  'CITATION_DISPUTED',
] as const;
/** What can happen to a rule. What has happened is never changed. */
export type RuleEventKind = (typeof RULE_EVENT_KINDS)[number];

interface Happened {
  /** From 1 without gaps, over all rules. */
  readonly number: number;
  /** The whole day it happened. */
  readonly on: PartialDate;
  /** Code of the rule. */
  readonly code: string;
}

/** One thing that happened to a rule and counts for what the rules are; what is only drafted does not. */
export type RuleEvent =
  | (Happened & { readonly kind: 'PUBLISHED'; readonly rule: Rule })
  | (Happened & { readonly kind: 'WITHDRAWN'; /** First day on which it is not asked. */ readonly from: PartialDate })
  | (Happened & {
      readonly kind: 'CITATION_VERIFIED';
      /** What was verified, as `citationKey` says it. */
      readonly citation: string;
      /** Who read the signed text, by name. */
      readonly verifiedBy: string;
    })
  | (Happened & {
      readonly kind: 'CITATION_DISPUTED';
      /** What is not taken as verified any more, as `citationKey` says it. */
      readonly citation: string;
    });

/** A rule as it is in use, and what is known of this version of it. */
export interface RuleVersion {
  /**
   * With what was verified, withdrawn and capped since it was published. Where it was withdrawn before it took effect its
   * last day lies before its first one.
   */
  readonly rule: Rule;
  /** The number of its publication; the version of the pack that it came with, where it was never published here. */
  readonly version: string;
  /** null where it came with the pack. */
  readonly publishedOn: PartialDate | null;
  /** What its author asks for; a failure has no more effect than `rule.enforcement` says. */
  readonly asked: Enforcement;
  /** First day on which it is not asked; null where it was not withdrawn. */
  readonly withdrawnFrom: PartialDate | null;
}

/** A pack with what was published here since it was shipped. */
export interface VersionedPack {
  /**
   * Its version names both: `2026.1+7` is the pack 2026.1 with everything up to event 7. What was withdrawn before it took
   * effect is none of its rules.
   */
  readonly pack: RulePack;
  /** By code; also of what is no rule of the pack any more. */
  readonly versions: ReadonlyMap<string, RuleVersion>;
}

/** A rule as it would be in use were it published next. */
export function asPublished(rule: Rule, events: readonly RuleEvent[], on: PartialDate): RuleVersion {
  return publishedVersion({ rule, on, number: (events.at(-1)?.number ?? 0) + 1 }, verifiedBy(events));
}

/** What a citation says, as one text: who changes a word of it cites something that nobody has verified. */
export function citationKey({ instrument, article, text, url }: Citation): string {
  return JSON.stringify([instrument, article, text.vi, text.en, url]);
}

/**
 * The pack as it is after some events.
 *
 * A published rule takes the place of the one of its code, or comes last. What was verified holds for the rule of that
 * code as long as it cites just that and nobody disputes it.
 * @param events - in the order of their numbers.
 */
export function packAfter(shipped: RulePack, events: readonly RuleEvent[]): VersionedPack {
  const verified = verifiedBy(events);
  const versions = new Map(shipped.rules.map((rule) => [rule.code, standing(shippedVersion(rule, shipped), verified)]));
  for (const event of events) {
    const { code } = event;
    const known = versions.get(code);
    if (event.kind === 'PUBLISHED') {
      versions.set(code, publishedVersion(event, verified));
    } else if (event.kind === 'WITHDRAWN' && known !== undefined) {
      versions.set(code, asWithdrawn(known, event.from));
    }
  }
  const last = events.at(-1);
  const version = last === undefined ? shipped.version : `${shipped.version}+${last.number}`;
  const rules = Array.from(versions.values()).flatMap((each) => (isNeverInEffect(each) ? [] : [each.rule]));
  return { pack: { ...shipped, version, rules }, versions };
}

/** Whether a rule was withdrawn before its first day: it was never asked, and will not be. */
function isNeverInEffect({ rule: { effectiveFrom, effectiveTo }, withdrawnFrom }: RuleVersion): boolean {
  if (withdrawnFrom === null || effectiveFrom === null || effectiveTo === null) return false;
  return isBefore(effectiveTo, effectiveFrom) === true;
}

function shippedVersion(rule: Rule, { version }: RulePack): RuleVersion {
  return { rule, version, publishedOn: null, asked: rule.enforcement, withdrawnFrom: null };
}

function publishedVersion(
  { rule, number, on }: Pick<Extract<RuleEvent, { readonly kind: 'PUBLISHED' }>, 'rule' | 'number' | 'on'>,
  verified: Verifications,
): RuleVersion {
  const version = { rule, version: `${number}`, publishedOn: on, asked: rule.enforcement, withdrawnFrom: null };
  return standing(version, verified);
}

/** By code and citation: what was said of it last. */
type Verifications = ReadonlyMap<
  string,
  Extract<RuleEvent, { readonly kind: 'CITATION_VERIFIED' | 'CITATION_DISPUTED' }>
>;

function verifiedBy(events: readonly RuleEvent[]): Verifications {
  return new Map(
    events.flatMap((event) =>
      event.kind === 'CITATION_VERIFIED' || event.kind === 'CITATION_DISPUTED'
        ? [[`${event.code} ${event.citation}`, event] as const]
        : [],
    ),
  );
}

/** A version with what was verified of it. What nobody has verified against the signed text may warn, and not block. */
function standing(version: RuleVersion, verified: Verifications): RuleVersion {
  const { rule, asked } = version;
  const [main, ...others] = rule.citations;
  const read = (citation: Citation): Citation => {
    const event = verified.get(`${rule.code} ${citationKey(citation)}`);
    if (event === undefined) return citation;
    if (event.kind === 'CITATION_DISPUTED') {
      return { ...citation, verification: 'UNVERIFIED', verifiedBy: null, verifiedOn: null };
    }
    const { verifiedBy: by, on } = event;
    return { ...citation, verification: 'VERIFIED_AGAINST_SIGNED_TEXT', verifiedBy: by, verifiedOn: on };
  };
  const carrying = read(main);
  const mayBlock = carrying.verification === 'VERIFIED_AGAINST_SIGNED_TEXT';
  const enforcement = asked === 'ENFORCE' && !mayBlock ? 'WARN' : asked;
  return { ...version, rule: { ...rule, enforcement, citations: [carrying, ...others.map(read)] } };
}

/** A rule as it is once it is withdrawn: in effect until the day before, or until its own last day where that is earlier. */
export function asWithdrawn(version: RuleVersion, from: PartialDate): RuleVersion {
  const { effectiveTo } = version.rule;
  const last = dayBefore(from);
  const isOverBefore = effectiveTo !== null && lastDayOf(effectiveTo) <= last;
  const rule = { ...version.rule, effectiveTo: isOverBefore ? effectiveTo : last };
  return { ...version, rule, withdrawnFrom: from };
}
