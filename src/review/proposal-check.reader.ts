import { Injectable } from '@nestjs/common';
import type { SeenChangeFinding, SeenChangeFindings } from '../compliance/change-findings.types.js';
import { FindingsReader } from '../compliance/findings.reader.js';
import type { LandscapeView } from '../core/access/view.js';
import type { Element, PartialDate } from '../core/landscape/model.js';
import type { Proposal } from '../core/landscape/proposal.js';
import { isIntroduced } from '../core/policy/change-standing.js';
import type { Finding } from '../core/policy/finding.js';
import { outsideOf, selfCheck, verdictOf } from '../core/policy/verdict.js';
import { FIRST_TIER } from '../core/policy/rule-pack.js';
import type { FindingOutcome } from '../core/policy/rule.js';
import type { WaiverCover } from '../core/policy/waiver-cover.js';
import type { Light, SelfCheck } from '../core/policy/verdict.js';
import { DuplicatesReader, looksToFind } from '../duplicates/duplicates.reader.js';
import { GraphReader } from '../registry/graph.reader.js';
import type { WorkSetting } from '../registry/graph.reader.js';
import type { ImpactAnswer } from '../registry/impact.types.js';
import type { Language } from '../runtime/messages.js';
import type { RequestContext } from '../runtime/request-context.js';
import type { ProposalCheckType, SelfCheckType, SuggestedConditionType } from './review.types.js';
import { SelfCheckReader } from './self-check.reader.js';

/** How a proposal is checked, and from what the work is taken. */
export interface CheckOptions extends WorkSetting {
  readonly today: PartialDate;
  /** What is waived today: as `prepare` gave it. */
  readonly cover: WaiverCover;
  /** What its operations do to the findings on the landscape; nothing where it is not given. */
  readonly changes?: SeenChangeFindings | undefined;
  /** The highest tier of rules that are asked; the first where it is not given. */
  readonly tier?: number;
  /** Most candidates shown for one component; as many as anybody is shown, unless told. */
  readonly candidates?: number;
}

const NO_CHANGES: SeenChangeFindings = { findings: [], judged: 0, truncated: false, onlyAdded: false };

/** What asking one rule costs, in looks at a record. */
const LOOKS_A_RULE = 200;

/** Most findings that one light names as its reasons. */
const REASONS_MAXIMUM = 10;

/** Everything the registry knows of a proposal, put together. */
@Injectable()
export class ProposalCheckReader {
  constructor(
    private readonly duplicates: DuplicatesReader,
    private readonly findings: FindingsReader,
    private readonly selfChecks: SelfCheckReader,
    private readonly graph: GraphReader,
  ) {}

  /**
   * Does the work that all checks on one view share, while others have their turn.
   * @param context - of the request: all of its fields are answered from the same waivers.
   * @returns what is waived today, which the checks need.
   */
  async prepare(landscape: LandscapeView, today: PartialDate, context: RequestContext): Promise<WaiverCover> {
    await this.duplicates.prepare(landscape);
    return this.findings.cover(landscape, today, context);
  }

  /** The check of a proposal against a view of the landscape, by the law of its day or, for a draft, of today. */
  check(
    landscape: LandscapeView,
    proposal: Proposal,
    { today, cover, language, work, candidates, changes = NO_CHANGES, tier = FIRST_TIER }: CheckOptions,
  ): ProposalCheckType {
    work.spend(LOOKS_A_RULE * this.findings.rulesAsked('PROJECT', tier) + looksToFind(proposal));
    const answer = this.duplicates.find(landscape, proposal, candidates);
    const matches = this.duplicates.matchesOf(answer);
    const findings = this.findings.ofProposal(landscape, proposal, matches, { today, tier });
    const introduced = changes.findings.filter(({ standing }) => isIntroduced(standing));
    const conditionsSuggested = [
      ...this.duplicates.conditionsOf(answer),
      ...conditionsOf(findings),
      ...conditionsOn(introduced),
    ];
    const onLandscape = introduced.map(({ finding }) => finding);
    const checks = selfCheck(this.selfChecks.criteria, findings, proposal.answers, onLandscape);
    const outside = outsideOf(this.selfChecks.outside, proposal.answers);
    const { agency } = proposal;
    const counted = countedOf(findings, introduced, ({ rule }) => cover.ofAgency(rule.code, agency) !== undefined);
    return {
      ...verdictOf(counted.findings, conditionsSuggested.length, counted.isWaived, outside),
      revision: landscape.revision,
      selfCheck: checks.map((each) => this.describe(each)),
      regime: this.findings.regime(proposal.decidedOn, { today, language }),
      duplicates: this.duplicates.describe(answer, landscape, language),
      findings: findings.map((finding) => ({ ...finding, landscape, agency })),
      proposal,
      changes: changes.findings,
      changeCoverage: changes,
      impact: this.impactOf(landscape, proposal, { language, work }),
      conditionsSuggested,
    };
  }

  /** The impact of each existing element that the proposal changes or removes, once each. */
  private impactOf(landscape: LandscapeView, proposal: Proposal, setting: WorkSetting): ImpactAnswer[] {
    const touched = new Map<string, Element>();
    for (const { op, urn } of proposal.operations) {
      const element = op === 'ADD' ? undefined : landscape.elementByUrn(urn);
      if (element !== undefined) touched.set(urn, element);
    }
    return Array.from(touched.values(), (origin) =>
      this.graph.impact(landscape, origin, { direction: 'DEPENDENTS' }, setting),
    );
  }

  private describe({ criterion, light, findings, unanswered }: SelfCheck): SelfCheckType {
    const deciding = findings.filter(({ outcome }) => decides(light, outcome)).slice(0, REASONS_MAXIMUM);
    const reason = (language: Language): string => {
      const sentences = deciding.map((finding) => this.findings.sentence(finding, language));
      const asked = light === 'RED' ? [] : unanswered;
      const questions = asked.map((key) => this.selfChecks.question(key, language));
      return [...new Set([...sentences, ...questions])].join(' ');
    };
    const { code, title } = criterion;
    return {
      criterion: code,
      titleVi: title.vi,
      titleEn: title.en,
      light,
      reasonVi: reason('VI'),
      reasonEn: reason('EN'),
    };
  }
}

/** Whether a finding is a reason for the light: the failures of a red one, what is open in a yellow or unknown one. */
function decides(light: Light, outcome: FindingOutcome): boolean {
  if (light === 'RED') return outcome === 'FAIL';
  return light === 'GREEN' || outcome === 'NEEDS_EVIDENCE' || outcome === 'ERROR';
}

/** What a verdict is the sum of: what is found on the proposal itself, and what its operations introduce. */
function countedOf(
  own: readonly Finding[],
  introduced: readonly SeenChangeFinding[],
  isOwnWaived: (finding: Finding) => boolean,
): { readonly findings: readonly Finding[]; readonly isWaived: (finding: Finding) => boolean } {
  const waived = new Set<Finding>(introduced.flatMap(({ finding, isWaived }) => (isWaived ? finding : [])));
  for (const finding of own) if (isOwnWaived(finding)) waived.add(finding);
  return {
    findings: [...own, ...introduced.map(({ finding }) => finding)],
    isWaived: (finding) => waived.has(finding),
  };
}

/** What to do about each rule that is not met. */
function conditionsOf(findings: readonly Finding[]): SuggestedConditionType[] {
  return findings.filter(isUnmet).map(({ rule }) => ({
    textVi: `${rule.code}: ${rule.fixHint.vi}`,
    textEn: `${rule.code}: ${rule.fixHint.en}`,
  }));
}

/** The same of what the proposal does to the landscape: each rule once, with all that fails by it. */
function conditionsOn(introduced: readonly SeenChangeFinding[]): SuggestedConditionType[] {
  const failing = introduced.map(({ finding }) => finding).filter(isUnmet);
  const rules = new Set(failing.map(({ rule }) => rule));
  return Array.from(rules, ({ code, fixHint }) => {
    const subjects = failing.flatMap(({ rule, subjectName }) => (rule.code === code ? subjectName : []));
    const about = `${code} (${[...new Set(subjects)].join('; ')})`;
    return { textVi: `${about}: ${fixHint.vi}`, textEn: `${about}: ${fixHint.en}` };
  });
}

function isUnmet({ outcome, rule }: Finding): boolean {
  return outcome === 'FAIL' && rule.enforcement !== 'AUDIT';
}
