import { Inject, Injectable, Optional } from '@nestjs/common';
import { In, MoreThanOrEqual } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { orderedBy } from '../core/ordering.js';
import type { Ordering } from '../core/ordering.js';
import type { Rule } from '../core/policy/rule.js';
import type { AttributeDefinitions } from '../core/landscape/attribute.js';
import { checkRulePack, packOfTier } from '../core/policy/rule-pack.js';
import type { CheckedRulePack, PackProblem } from '../core/policy/rule-pack.js';
import type { PolicyReference } from '../core/policy/world.js';
import { packAfter } from '../core/policy/rule-version.js';
import type { RuleEvent, RuleVersion } from '../core/policy/rule-version.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import type { HeadFollower } from '../registry/head-follower.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { readReferenceRulePack } from '../runtime/reference-file.js';
import { RegimeReader } from './regime.reader.js';
import { withNewest } from '../runtime/kept-event.js';
import { RuleEventRow } from './rule-event.entity.js';
import { ruleEvent } from './rule-event-rows.js';

const FILE = 'hcmc/rule-pack.json';

/** The document of the rules that a service begins with, for those who inject it. Where no module gives one it is what is shipped. */
export const RULE_PACK = Symbol('RULE_PACK');

/** The rules at one time. */
export interface RulesInUse {
  readonly checked: CheckedRulePack;
  /** What is known of the version in use of each rule, by code. */
  readonly versions: ReadonlyMap<string, RuleVersion>;
  /** What is told rule by rule is in the order of the pack. */
  readonly ordering: Ordering<{ readonly rule: Rule }>;
}

/** One version of a rule, with the row by which it was published. */
export interface KeptRuleVersion {
  readonly version: RuleVersion;
  /** null where it came with the pack. */
  readonly row: RuleEventRow | null;
}

/** What was read of the database, and what follows from it. */
interface Known {
  /** What counts for the rules, in the order of its numbers. */
  readonly rows: readonly RuleEventRow[];
  readonly inUse: RulesInUse;
}

/**
 * The city's rules: what is shipped, checked once at start, and what was published here since. A pack with a problem stops
 * the start: half of the law is not the law.
 */
@Injectable()
export class RulePackReader implements HeadFollower {
  /** As it is shipped. */
  readonly shipped: CheckedRulePack;
  private known: Known;
  private byTier = new Map<number, CheckedRulePack>();
  /** Of every rule that was told, also of earlier packs. */
  private readonly versions = new WeakMap<Rule, RuleVersion>();
  private wrong: Error | undefined;

  constructor(
    private readonly definitions: AttributeDefinitionReader,
    private readonly regimes: RegimeReader,
    landscapes: LandscapeReader,
    @Optional() @Inject(RULE_PACK) document: unknown = readReferenceRulePack(FILE),
  ) {
    this.shipped = checkedPack(document, definitions.all, regimes.reference);
    this.known = { rows: [], inUse: this.after([]) };
    landscapes.follow('rules', this);
  }

  /**
   * The newest rules that are known; each look at the landscape's head catches up with them.
   * @throws Error where something was published that this release can not use: by a newer one beside it.
   */
  get inUse(): RulesInUse {
    if (this.wrong !== undefined) throw this.wrong;
    return this.known.inUse;
  }

  /** The pack in use. */
  get checked(): CheckedRulePack {
    return this.inUse.checked;
  }

  /** What is told rule by rule is in the order of the pack. */
  get ordering(): RulesInUse['ordering'] {
    return this.inUse.ordering;
  }

  /** The rules that are asked at a tier: its own and those of all lower ones. */
  ofTier(tier: number): CheckedRulePack {
    const { checked } = this;
    const highest = Math.max(0, ...checked.pack.rules.map((rule) => rule.tier));
    const asked = Math.min(tier, highest);
    const known = this.byTier.get(asked) ?? packOfTier(checked, asked);
    this.byTier.set(asked, known);
    return known;
  }

  /** What happened so far that counts. */
  get events(): readonly RuleEvent[] {
    return this.known.rows.map(ruleEvent);
  }

  /** What is known of the version of a rule that this reader told. */
  versionOf(rule: Rule): RuleVersion {
    const version = this.versions.get(rule);
    if (version === undefined) throw new Error(`Rule ${rule.code} is of no pack.`);
    return version;
  }

  /** All versions of a rule, the first one first, each as it stood when the next one took its place. */
  versionsOf(code: string): KeptRuleVersion[] {
    return this.versionsAfter(this.known.rows, code);
  }

  /** The version of a rule that would be in use after one more event. */
  would(row: RuleEventRow): KeptRuleVersion {
    const version = this.versionsAfter([...this.known.rows, row], row.code).at(-1);
    if (version === undefined) throw new Error(`There is no rule ${row.code}.`);
    return version;
  }

  /**
   * What would be wrong with the rules after one more event, by the check that every reader of it makes. What is recorded is
   * never taken back, so an event that leaves something wrong would leave all processes without rules, for good.
   */
  problemsAfter(row: RuleEventRow): readonly PackProblem[] {
    const { pack } = packAfter(this.shipped.pack, [...this.known.rows, row].map(ruleEvent));
    const result = checkRulePack(pack, this.definitions.all, this.regimes.reference);
    return 'problems' in result ? result.problems : [];
  }

  /** The rules in an earlier version of the pack that this release is shipped with; undefined where there is none. */
  ofVersion(version: string): RulesInUse | undefined {
    const { rows } = this.known;
    if (version === this.shipped.pack.version) return this.after([]);
    const place = rows.findIndex(({ number }) => `${this.shipped.pack.version}+${number}` === version);
    return place < 0 ? undefined : this.after(rows.slice(0, place + 1));
  }

  async followTo(_number: number, manager: EntityManager): Promise<void> {
    const before = this.known;
    const from = (number: number): Promise<RuleEventRow[]> => countingRows(manager, number);
    const rows = await withNewest(before.rows, from, ({ requestHash }) => requestHash);
    // Another look may have been faster, and have seen as much.
    if (this.known !== before && numberOf(this.known.rows) >= numberOf(rows)) return;
    try {
      this.known = { rows, inUse: this.after(rows) };
      this.byTier = new Map();
      this.wrong = undefined;
    } catch (error) {
      this.wrong = error instanceof Error ? error : new Error(String(error));
    }
  }

  private versionsAfter(rows: readonly RuleEventRow[], code: string): KeptRuleVersion[] {
    const events = rows.map(ruleEvent);
    const publications = rows.flatMap((row, at) =>
      row.kind === 'PUBLISHED' && row.code === code ? [{ row, at }] : [],
    );
    const ends = [...publications.map(({ at }) => at), rows.length];
    return ends.flatMap((end, index) => {
      const version = packAfter(this.shipped.pack, events.slice(0, end)).versions.get(code);
      if (version === undefined) return [];
      this.versions.set(version.rule, version);
      return [{ version, row: publications[index - 1]?.row ?? null }];
    });
  }

  private after(rows: readonly RuleEventRow[]): RulesInUse {
    const { pack, versions } = packAfter(this.shipped.pack, rows.map(ruleEvent));
    const checked = rows.length === 0 ? this.shipped : checkedPack(pack, this.definitions.all, this.regimes.reference);
    for (const rule of checked.pack.rules) {
      const version = versions.get(rule.code);
      if (version !== undefined) this.versions.set(rule, { ...version, rule });
    }
    const places = new Map(checked.rules.map(({ rule: { code } }, place) => [code, place]));
    return { checked, versions, ordering: orderedBy(({ rule: { code } }) => places.get(code) ?? null) };
  }
}

function numberOf(rows: readonly RuleEventRow[]): number {
  return rows.at(-1)?.number ?? 0;
}

function countingRows(manager: EntityManager, from: number): Promise<RuleEventRow[]> {
  const kind = In(['PUBLISHED', 'WITHDRAWN', 'CITATION_VERIFIED', 'CITATION_DISPUTED']);
  return manager.find(RuleEventRow, { where: { kind, number: MoreThanOrEqual(from) }, order: { number: 'ASC' } });
}

/** @throws Error that names every problem of the pack, one a line. */
export function checkedPack(
  document: unknown,
  definitions: AttributeDefinitions,
  reference: PolicyReference,
): CheckedRulePack {
  const result = checkRulePack(document, definitions, reference);
  if ('checked' in result) return result.checked;
  throw new Error([`${FILE} can not be used:`, ...result.problems.map(lineOf)].join('\n'));
}

function lineOf({ where, reason, params }: PackProblem): string {
  const named = Object.entries(params).map(([name, value]) => `${name}: ${value}`);
  return `  ${where}: ${reason}${named.length === 0 ? '' : ` (${named.join(', ')})`}`;
}
