import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError, issue } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import { ELEMENT_KINDS } from '../core/landscape/model.js';
import { previewCost, previewRule } from '../core/policy/preview.js';
import { checkRule } from '../core/policy/rule-check.js';
import type { RuleCheck, RuleProblem } from '../core/policy/rule-check.js';
import type { CheckedRule, PackProblem } from '../core/policy/rule-pack.js';
import type { Rule } from '../core/policy/rule.js';
import { asWithdrawn } from '../core/policy/rule-version.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import { hashOf } from '../runtime/canonical-json.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { inSlices } from '../runtime/slices.js';
import { todayInVietnam } from '../runtime/today.js';
import { RegimeReader } from './regime.reader.js';
import { RulePackReader } from './rule-pack.reader.js';
import type { SeenRulePreview } from './rule-preview.types.js';
import { RulingsReader } from './rulings.reader.js';

/** What checking a rule costs at most, in looks at a record. */
export const CHECK_LOOKS = 2_000_000;

/**
 * What a preview costs at most, in looks at a record: lists are rarely as long as their types allow, so that a costly rule
 * takes most of what a request may take, and leaves something to read its preview with.
 */
const PREVIEW_LOOKS_MAXIMUM = 5_000_000;

/** What is wrong with a rule, and what it would do. */
@Injectable()
export class RuleCheckReader {
  constructor(
    private readonly packs: RulePackReader,
    private readonly definitions: AttributeDefinitionReader,
    private readonly regimes: RegimeReader,
    private readonly rulings: RulingsReader,
  ) {}

  /** Checks a rule against the pack in use, and the instruments that a view shows. */
  check(document: unknown, landscape: LandscapeView): RuleCheck {
    return checkRule(document, {
      pack: this.packs.checked.pack,
      events: this.packs.events,
      definitions: this.definitions.all,
      reference: this.regimes.reference,
      today: todayInVietnam(),
      isInstrument: (urn) => landscape.elementByUrn(urn)?.kind === 'LEGISLATION',
    });
  }

  /**
   * The same for a rule that has to be right.
   * @param path - the way to the rule in the caller's input.
   * @returns it as its author wrote it, and as it would be asked.
   * @throws RegistryError with everything that is wrong.
   */
  right(
    document: unknown,
    landscape: LandscapeView,
    path: readonly string[],
  ): { readonly rule: Rule; readonly checked: CheckedRule } {
    const { rule, checked, problems } = this.check(document, landscape);
    if (rule !== undefined && checked !== undefined) return { rule, checked };
    const [first, ...rest] = problems.map((problem) => issueOf(problem, path));
    if (first === undefined) throw new Error('A rule is refused, and nothing is wrong with it.');
    throw new RegistryError([first, ...rest]);
  }

  /** Takes from the work of a request what a preview costs. @throws RegistryError WORK_EXHAUSTED. */
  charge(after: CheckedRule, landscape: LandscapeView, context: RequestContext): void {
    const before = this.inUse(after);
    workOf(context).spend(Math.min(previewCost({ landscape, before, after }), PREVIEW_LOOKS_MAXIMUM));
  }

  /** What a rule would say in place of what it says, as a view shows it; others have their turn while it is worked out. */
  preview(after: CheckedRule, landscape: LandscapeView, context: RequestContext): Promise<SeenRulePreview> {
    return this.tried(after, landscape, { context, named: { rule: after.rule } });
  }

  /**
   * A rule in use as it would be were it withdrawn today: what was decided before is asked it still. Undefined where the
   * pack has none of its code.
   */
  withdrawn(code: string): CheckedRule | undefined {
    const inUse = this.packs.checked.rules.find(({ rule }) => rule.code === code);
    const version = this.packs.inUse.versions.get(code);
    return inUse && version && { ...inUse, rule: asWithdrawn(version, todayInVietnam()).rule };
  }

  /** What there would be of a rule in use were it withdrawn, of `withdrawn`, as a view shows it. */
  previewWithdrawal(
    withdrawn: CheckedRule,
    landscape: LandscapeView,
    context: RequestContext,
  ): Promise<SeenRulePreview> {
    const { code } = withdrawn.rule;
    const version = this.packs.inUse.versions.get(code)?.version;
    return this.tried(withdrawn, landscape, { context, named: { withdrawn: code, version } });
  }

  /** @param named - what is tried, as its hash says it. */
  private async tried(
    after: CheckedRule,
    landscape: LandscapeView,
    { context, named }: { readonly context: RequestContext; readonly named: object },
  ): Promise<SeenRulePreview> {
    const waivers = await this.rulings.waivers.forRequest(context);
    const { inUse: rules } = this.packs;
    const { checked: pack } = rules;
    const before = this.inUse(after);
    const today = todayInVietnam();
    const definitions = this.definitions.all;
    const evidence = await this.rulings.evidence.cover(landscape, today, context);
    const input = { landscape, definitions, today, pack, before, after, waivers, evidence };
    const rulings = eventsOf(waivers) + eventsOf(await this.rulings.evidence.forRequest(context));
    const preview = await inSlices(previewRule(input));
    const { changes, orphaned } = preview;
    // What stays as it is, is no part of it: who looked at all that changes need not look again at each new record.
    const hash = hashOf({
      ...named,
      changes: changes.map(({ element: { urn }, ...change }) => [urn, change.before, change.after]),
      orphaned: orphaned.map(({ waiver: { id }, failing }) => [id, failing]),
    });
    const kept = orphaned.flatMap(({ waiver: { id }, failing }) => {
      const waiver = waivers.find((each) => each.id === id);
      return waiver === undefined ? [] : [{ waiver, failing }];
    });
    return { preview, orphaned: kept, hash, landscape, today, rules, rulings };
  }

  private inUse({ rule: { code } }: CheckedRule): CheckedRule | undefined {
    return this.packs.checked.rules.find(({ rule }) => rule.code === code);
  }
}

function eventsOf(records: readonly { readonly events: readonly unknown[] }[]): number {
  return records.reduce((sum, { events }) => sum + events.length, 0);
}

/** What is wrong with the rules in use, were something done, as refusals of it. Their places are told in words. */
export function packIssues(problems: readonly PackProblem[], path: readonly string[]): Issue[] {
  return problems.map(({ where, reason, params }) =>
    issue('RULE_WRONG', [...path], { ...params, where, problem: reason, line: 0, column: 0 }),
  );
}

/** A place names the kind of subject too, which is no step on the way through the document. */
const KINDS: ReadonlySet<string> = new Set(ELEMENT_KINDS);

function issueOf({ where, at, reason, params }: RuleProblem, path: readonly string[]): Issue {
  const parts = where.split(' ').filter((part) => !KINDS.has(part));
  const way = parts.flatMap((part) => part.split(/[.[\]]+/)).filter((step) => step !== '');
  const told = { where, problem: reason, line: at?.line ?? 0, column: at?.column ?? 0 };
  return issue('RULE_WRONG', [...path, ...way], { ...params, ...told });
}
