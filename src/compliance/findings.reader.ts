import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import type { Element, ElementKind, PartialDate } from '../core/landscape/model.js';
import type { Proposal } from '../core/landscape/proposal.js';
import type { EvidenceCover } from '../core/policy/evidence-cover.js';
import { contextOf, findingsOf } from '../core/policy/finding.js';
import type { Finding } from '../core/policy/finding.js';
import { factsOfProposal } from '../core/policy/proposal-facts.js';
import type { ProposalMatches } from '../core/policy/proposal-facts.js';
import { Judge } from '../core/policy/judge.js';
import type { Judged } from '../core/policy/judge.js';
import { FIRST_TIER } from '../core/policy/rule-pack.js';
import type { CheckedRulePack } from '../core/policy/rule-pack.js';
import { complianceReport } from '../core/policy/report.js';
import type { ComplianceRow, ReportBy } from '../core/policy/report.js';
import { ruleGraphOf } from '../core/policy/rule-graph.js';
import type { World } from '../core/policy/world.js';
import type { FindingOutcome, Rule, RulePack } from '../core/policy/rule.js';
import { mostFindings, rulesAsked } from '../core/policy/rules-asked.js';
import { Tally } from '../core/policy/scoring.js';
import type { Scoring, Sums } from '../core/policy/scoring.js';
import { WaiverCover } from '../core/policy/waiver-cover.js';
import { effectiveOutcome } from '../core/policy/waiver.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import type { MissingFact } from '../registry/coverage.types.js';
import { seenByUrn } from '../registry/seen.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import type { Language } from '../runtime/messages.js';
import type { RequestContext } from '../runtime/request-context.js';
import { inSlices } from '../runtime/slices.js';
import type { LegalRegimeType } from './compliance.types.js';
import { inLanguage, sentenceOf } from './finding-text.js';
import { RegimeReader } from './regime.reader.js';
import { RulePackReader } from './rule-pack.reader.js';
import { loadScoring } from './scoring.reader.js';
import { RulingsReader } from './rulings.reader.js';
import type { KeptWaiver } from './waiver.types.js';

/** What was computed for one view by what evidence shows on a day, by one state of the rules. */
interface Computed {
  readonly pack: CheckedRulePack;
  readonly evidence: EvidenceCover;
  /** By tier, then by element. */
  readonly byTier: Map<number, Map<number, readonly Finding[]>>;
  readonly reports: Map<string, KnownReport>;
}

/** What is waived in one view. */
interface Waived {
  readonly waivers: readonly KeptWaiver[];
  readonly cover: WaiverCover;
}

/** A report, and what was waived in it. */
interface KnownReport {
  readonly cover: WaiverCover;
  readonly rows: Promise<readonly ComplianceRow[]>;
}

/** What is summed up. */
interface SumsRequest {
  /** The highest tier of rules that are asked. */
  readonly tier: number;
  /** What evidence shows, and the day on which. */
  readonly evidence: EvidenceCover;
}

/** Which report is asked for. */
interface ReportRequest extends SumsRequest {
  readonly by: ReportBy;
}

/** Findings of the city's rules on what a view of the landscape holds, and on proposals. */
@Injectable()
export class FindingsReader {
  /** A view is one revision as one kind of actor sees it; what is computed for it goes with it. */
  private readonly computed = new WeakMap<LandscapeView, Computed>();
  /** How much findings weigh in a score. */
  readonly scoring: Scoring = loadScoring();
  private readonly waived = new WeakMap<LandscapeView, Waived>();

  constructor(
    private readonly packs: RulePackReader,
    private readonly definitions: AttributeDefinitionReader,
    private readonly regimes: RegimeReader,
    private readonly rulings: RulingsReader,
  ) {}

  /**
   * All findings on one element, in the order of the pack; a kind that no rule asks about has none.
   * @param evidence - what evidence shows, and the day on which.
   * @param tier - the highest tier of rules that are asked.
   */
  ofElement(
    landscape: LandscapeView,
    element: Element,
    evidence: EvidenceCover,
    tier: number = FIRST_TIER,
  ): readonly Finding[] {
    const { byTier } = this.computedFor(landscape, evidence);
    const byElement = byTier.get(tier) ?? new Map<number, readonly Finding[]>();
    byTier.set(tier, byElement);
    let findings = byElement.get(element.seq);
    if (findings === undefined) {
      findings = this.judge(landscape, { tier, evidence }).findings(element);
      byElement.set(element.seq, findings);
    }
    return findings;
  }

  /**
   * All findings on a proposal, by the law of its decision day or, for a draft, of today.
   * @param matches - what the search for duplicates found; undefined = not searched, which leaves its rules open.
   * @param tier - the highest tier of rules that are asked.
   */
  ofProposal(
    landscape: LandscapeView,
    proposal: Proposal,
    matches: ProposalMatches | undefined,
    { today, tier }: { readonly today: PartialDate; readonly tier: number },
  ): Finding[] {
    const facts = factsOfProposal({ landscape, proposal, matches, definitions: this.definitions.all });
    const world: World = { ...this.packs.checked.reference, today, graph: ruleGraphOf(landscape) };
    return findingsOf(this.packs.ofTier(tier), facts, contextOf(proposal.decidedOn, world));
  }

  /** The law by which a decision of that day is judged; null is a draft, judged by today. */
  regime(
    decidedOn: PartialDate | null,
    { today, language }: { readonly today: PartialDate; readonly language: Language },
  ): LegalRegimeType {
    return this.regimes.describe(this.regimes.of(decidedOn, today), language);
  }

  /** The version of the rules in use: what rests on findings and is kept goes with it. */
  get rulesVersion(): string {
    return this.packs.checked.pack.version;
  }

  /** The finding as a sentence. */
  sentence(finding: Finding, language: Language): string {
    return sentenceOf(finding, this.packs.checked.pack.words, language);
  }

  /** The facts that a finding lacks, with whom to ask. */
  missingFacts(landscape: LandscapeView, finding: Finding, language: Language): MissingFact[] {
    return finding.missingFacts.map(({ field, item, question, askedFrom, element }) => {
      const asked = question === null ? null : inLanguage(question, language);
      return {
        field,
        question: asked === null || item === null ? asked : `${asked} (${item})`,
        element: seenByUrn(landscape, element ?? finding.subject),
        relation: null,
        askedFrom: seenByUrn(landscape, askedFrom),
      };
    });
  }

  /** What evidence shows today, as a view shows it: all fields of a request are answered from the same. For whoever may not read findings nothing. */
  evidence(landscape: LandscapeView, today: PartialDate, context: RequestContext): Promise<EvidenceCover> {
    return this.rulings.evidence.cover(landscape, today, context);
  }

  /**
   * What is waived today, as a view shows it: all fields of a request are answered from the same waivers. For whoever may
   * not read findings nothing is.
   */
  async cover(landscape: LandscapeView, today: PartialDate, context: RequestContext): Promise<WaiverCover> {
    const waivers = await this.rulings.waivers.forRequest(context);
    let waived = this.waived.get(landscape);
    if (waived?.waivers !== waivers || waived.cover.day !== today) {
      waived = { waivers, cover: new WaiverCover(landscape, waivers, today) };
      this.waived.set(landscape, waived);
    }
    return waived.cover;
  }

  /** The most findings that there can be on all that a view holds, at a tier of rules. */
  most(landscape: LandscapeView, tier: number): number {
    return mostFindings(landscape, this.packs.ofTier(tier));
  }

  /** How many rules of a tier ask about a kind. */
  rulesAsked(kind: ElementKind, tier: number): number {
    return rulesAsked(this.packs.ofTier(tier), kind);
  }

  /** Sums over all findings of a view, with what is waived on the day. Others have their turn meanwhile. */
  async report(
    landscape: LandscapeView,
    { by, tier, evidence }: ReportRequest,
    context: RequestContext,
  ): Promise<readonly ComplianceRow[]> {
    const { day: today } = evidence;
    const cover = await this.cover(landscape, today, context);
    const { reports } = this.computedFor(landscape, evidence);
    const key = `${by} ${tier}`;
    const known = reports.get(key);
    if (known?.cover === cover) return known.rows;
    const { weights } = this.scoring;
    const input = { ...this.judgedBy(landscape, this.packs.ofTier(tier), evidence), weights, cover };
    // Whoever asks for the same meanwhile waits for the same work.
    const rows = inSlices(complianceReport(input, by));
    reports.set(key, { cover, rows });
    void rows.catch(() => reports.delete(key));
    return rows;
  }

  /** The findings on each element of a view of which there are any; none of them is kept. */
  *all(
    landscape: LandscapeView,
    request: SumsRequest,
  ): Generator<{ readonly element: Element; readonly findings: readonly Finding[] }> {
    const judge = this.judge(landscape, request);
    for (const element of landscape.elements()) {
      const findings = judge.findings(element);
      if (findings.length > 0) yield { element, findings };
    }
  }

  /** What one rule of whatever tier says of an element; undefined where it says nothing of it. */
  outcome(
    landscape: LandscapeView,
    element: Element,
    { code, evidence }: { readonly code: string; readonly evidence: EvidenceCover },
  ): FindingOutcome | undefined {
    const { checked } = this.packs;
    const rules = checked.rules.filter(({ rule }) => rule.code === code);
    return new Judge(this.judgedBy(landscape, { ...checked, rules }, evidence)).outcomes(element)[0]?.outcome;
  }

  private judge(landscape: LandscapeView, { tier, evidence }: SumsRequest): Judge {
    return new Judge(this.judgedBy(landscape, this.packs.ofTier(tier), evidence));
  }

  private judgedBy(landscape: LandscapeView, pack: CheckedRulePack, evidence: EvidenceCover): Judged {
    return { landscape, pack, definitions: this.definitions.all, today: evidence.day, evidence };
  }

  /** What a report of a tier rests on: the pack, the rules that are asked, and how much they weigh. */
  asked(tier: number): { readonly pack: RulePack; readonly rules: readonly Rule[]; readonly scoring: Scoring } {
    const { pack, rules } = this.packs.ofTier(tier);
    return { pack, rules: rules.map(({ rule }) => rule), scoring: this.scoring };
  }

  /** The findings on one element, summed up with what is waived on the day. */
  async sumsOf(element: SeenElement, { tier, evidence }: SumsRequest, context: RequestContext): Promise<Sums> {
    const { landscape } = element;
    const cover = await this.cover(landscape, evidence.day, context);
    const tally = new Tally(this.scoring.weights);
    for (const { rule, outcome } of this.ofElement(landscape, element, evidence, tier)) {
      const isWaived = outcome === 'FAIL' && cover.ofElement(rule.code, element) !== undefined;
      tally.add(rule, effectiveOutcome(outcome, isWaived));
    }
    return tally.sums();
  }

  private computedFor(landscape: LandscapeView, evidence: EvidenceCover): Computed {
    let computed = this.computed.get(landscape);
    const { checked: pack } = this.packs;
    if (computed?.evidence !== evidence || computed.pack !== pack) {
      computed = { pack, evidence, byTier: new Map(), reports: new Map() };
      this.computed.set(landscape, computed);
    }
    return computed;
  }
}
