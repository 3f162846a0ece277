import { Injectable } from '@nestjs/common';
import { OwnedCache } from '../core/access/owned-cache.js';
import type { LandscapeView } from '../core/access/view.js';
import { allElements } from '../core/landscape/filter-select.js';
import { ownerOf, targetsOf } from '../core/landscape/landscape.js';
import type { Element, Urn } from '../core/landscape/model.js';
import type { EvidenceCover } from '../core/policy/evidence-cover.js';
import { proposeTreatment } from '../core/policy/propose-treatment.js';
import type { TreatmentEvidence, TreatmentProposal, TreatmentSubject, UntoldFact } from '../core/policy/treatment.js';
import { decisionOf } from '../core/similarity/duplicate-case.js';
import type { WorkBudget } from '../core/work-budget.js';
import { FindingsReader } from '../compliance/findings.reader.js';
import { DuplicateCaseReader, seenCase } from '../duplicates/duplicate-case.reader.js';
import type { KeptCase, SeenCase } from '../duplicates/duplicate-case.reader.js';
import { DuplicatesReader, JUDGEMENT_LOOKS } from '../duplicates/duplicates.reader.js';
import type { Coverage, MissingFact } from '../registry/coverage.types.js';
import { SeenElement } from '../registry/seen.types.js';
import type { Language } from '../runtime/messages.js';
import type { RequestContext } from '../runtime/request-context.js';
import { SharedSlices } from '../runtime/slices.js';
import { todayInVietnam } from '../runtime/today.js';
import { readTreatmentPolicy } from './treatment-policy.reader.js';
import { evidenceSentence, factQuestion } from './treatment-text.js';

/** Memory that the proposals of all views may hold together, and what one holds, an upper estimate: bytes. */
const PROPOSALS_BYTES = 64 * 2 ** 20;
const BYTES_A_PROPOSAL = 2048;

/** What it takes to propose one, in looks at a record, and more for each object that its like may be among. */
const LOOKS_A_PROPOSAL = 7_000;
const LOOKS_AN_OBJECT = 3;

/** Who asks for proposals, and what that may cost. */
export interface TreatmentRequest {
  /** What is drawn on, the same whether somebody has asked before; once it is closed, no more is worked out. */
  readonly work: WorkBudget;
  readonly context: RequestContext;
}

/** What was worked out for a view, by what evidence and with what people decided of duplicates. */
interface KnownProposals {
  readonly evidence: EvidenceCover;
  readonly cases: readonly KeptCase[];
  /** By urn of an element, the dismissed pairs that it is one of and that are seen in the view. */
  readonly dismissed: ReadonlyMap<Urn, readonly SeenCase[]>;
  readonly bySeq: Map<number, TreatmentProposal>;
}

/** Elements that one request asks for in one turn. */
interface Batch {
  readonly landscape: LandscapeView;
  readonly context: RequestContext;
  readonly elements: Element[];
  readonly proposals: Promise<readonly TreatmentProposal[]>;
}

/** What has to be worked out, and where it is kept. */
interface Wanted {
  readonly landscape: LandscapeView;
  readonly elements: readonly Element[];
  readonly known: KnownProposals;
  readonly work: WorkBudget;
}

/** What could become of what is run, worked out from a view and nothing else. */
@Injectable()
export class TreatmentReader {
  readonly policy = readTreatmentPolicy();
  /** A view is one revision on one day as some see it; what was worked out from it goes with it. */
  private readonly proposals = new OwnedCache<KnownProposals>(PROPOSALS_BYTES);
  private readonly slices = new SharedSlices();
  /** By the work that they draw on, which is that of one request. */
  private readonly batches = new WeakMap<WorkBudget, Batch[]>();

  constructor(
    private readonly duplicates: DuplicatesReader,
    private readonly findings: FindingsReader,
    private readonly cases: DuplicateCaseReader,
  ) {}

  /**
   * What is proposed for each of some elements, in their order, with what evidence shows today.
   * @throws RegistryError WORK_EXHAUSTED.
   */
  async ofAll(
    landscape: LandscapeView,
    elements: readonly Element[],
    { work, context }: TreatmentRequest,
  ): Promise<readonly TreatmentProposal[]> {
    const cases = await this.cases.ledger.forRequest(context);
    const evidence = await this.findings.evidence(landscape, todayInVietnam(), context);
    const known = this.knownOf(landscape, evidence, cases);
    const { bySeq, dismissed } = known;
    const judged = elements.reduce((sum, { urn }) => sum + (dismissed.get(urn)?.length ?? 0), 0);
    const proposed = elements.length * (LOOKS_A_PROPOSAL + LOOKS_AN_OBJECT * allElements(landscape).length);
    // At once: all of a large landscape takes more than a request has, and only what comes after it is refused.
    work.spend(proposed + judged * JUDGEMENT_LOOKS);
    const unknown = elements.filter(({ seq }) => !bySeq.has(seq));
    if (unknown.length > 0) {
      await this.duplicates.prepare(landscape);
      await this.slices.run(this.workOut({ landscape, elements: unknown, known, work }));
    }
    return elements.flatMap(({ seq }) => bySeq.get(seq) ?? []);
  }

  /** What is proposed for an element, as `ofAll` says. Those that one list asks for are worked out together. */
  async of(landscape: LandscapeView, element: Element, request: TreatmentRequest): Promise<TreatmentProposal> {
    const { work, context } = request;
    const begun = this.batches.get(work) ?? [];
    this.batches.set(work, begun);
    let batch = begun.find((each) => each.landscape === landscape && each.context === context);
    if (batch === undefined) {
      const elements: Element[] = [];
      const proposals = Promise.resolve().then(() => {
        begun.splice(0);
        return this.ofAll(landscape, elements, request);
      });
      batch = { landscape, context, elements, proposals };
      begun.push(batch);
    }
    const at = batch.elements.push(element) - 1;
    const proposal = (await batch.proposals)[at];
    if (proposal === undefined) throw new Error(`Nothing was worked out for ${element.urn}.`);
    return proposal;
  }

  /** A piece of evidence in words. */
  sentence(evidence: TreatmentEvidence, language: Language): string {
    if (evidence.finding !== null) return this.findings.sentence(evidence.finding, language);
    return evidenceSentence(evidence, this.policy, language);
  }

  /** How far proposals can be trusted: a lower bound at best, for nobody knows every system there is. */
  coverage(
    landscape: LandscapeView,
    proposals: readonly TreatmentProposal[],
    language: Language,
  ): Pick<Coverage, 'verdict' | 'objectsKnown' | 'missing'> {
    const isSaid = proposals.every(({ proposed }) => proposed !== 'UNDECIDED');
    const missing = new Map<string, MissingFact>();
    const facts = proposals.flatMap((each) => this.missingFacts(landscape, each, language));
    // What is asked of an element is asked once, whether a rule wants to know it or the proposal itself.
    for (const fact of facts) {
      const key = `${fact.question ?? fact.field} ${fact.element?.urn}`;
      if (!missing.has(key)) missing.set(key, fact);
    }
    return {
      verdict: isSaid && proposals.length > 0 ? 'LOWER_BOUND' : 'UNKNOWN',
      objectsKnown: Math.max(0, ...proposals.map(({ objectsKnown }) => objectsKnown)),
      missing: [...missing.values()],
    };
  }

  private missingFacts(
    landscape: LandscapeView,
    { missing, evidence }: TreatmentProposal,
    language: Language,
  ): MissingFact[] {
    const findings = evidence.flatMap(({ finding }) => finding ?? []);
    return [
      ...missing.map((fact) => this.missingFact(landscape, fact, language)),
      ...findings.flatMap((each) => this.findings.missingFacts(landscape, each, language)),
    ];
  }

  private missingFact(landscape: LandscapeView, { element, field }: UntoldFact, language: Language): MissingFact {
    const definitions = landscape.definitions.byKey;
    const operator =
      definitions.get(field)?.askedFrom === 'OPERATOR' || field === 'technologies'
        ? targetsOf(landscape, element.seq, 'OPERATED_BY')[0]
        : undefined;
    const asked = operator ?? ownerOf(landscape, element.seq);
    return {
      field,
      question: factQuestion(field, this.policy, { definitions, language }),
      element: new SeenElement(landscape, element),
      relation: null,
      askedFrom: asked === undefined ? null : new SeenElement(landscape, asked),
    };
  }

  private knownOf(landscape: LandscapeView, evidence: EvidenceCover, cases: readonly KeptCase[]): KnownProposals {
    const key = `PROPOSALS ${this.findings.rulesVersion}`;
    let known = this.proposals.get(landscape, key);
    if (known?.evidence !== evidence || known.cases !== cases) {
      known = { evidence, cases, dismissed: dismissedOf(cases, landscape), bySeq: new Map() };
      this.proposals.set(landscape, key, known, landscape.elementBound * BYTES_A_PROPOSAL);
    }
    return known;
  }

  private *workOut({ landscape, elements, known, work }: Wanted): Generator<void, void> {
    for (const element of elements) {
      // Nobody waits for the rest: it is refused.
      if (work.isClosed) work.spend(0);
      const { bySeq } = known;
      if (!bySeq.has(element.seq)) bySeq.set(element.seq, this.propose(landscape, element, known));
      yield;
    }
  }

  private propose(
    landscape: LandscapeView,
    element: Element,
    { evidence, dismissed }: KnownProposals,
  ): TreatmentProposal {
    const alike = this.alikeTo(landscape, element, dismissed.get(element.urn) ?? []);
    const findings = this.findings.ofElement(landscape, element, evidence);
    return proposeTreatment({ landscape, element, day: landscape.day ?? evidence.day, alike, findings }, this.policy);
  }

  /** What serves the same need, without what people said is no duplicate, as long as the pair is what it was then. */
  private alikeTo(
    landscape: LandscapeView,
    element: Element,
    dismissed: readonly SeenCase[],
  ): TreatmentSubject['alike'] {
    const found = this.duplicates.alike(landscape, element);
    if (found === undefined) return undefined;
    const { silentOthers } = this.duplicates.casesOf(landscape, element.urn, dismissed);
    const elements = found.alike.map((each) => each.element).filter((each) => !silentOthers.has(each.urn));
    return { elements, objectsKnown: found.objectsKnown };
  }
}

function dismissedOf(cases: readonly KeptCase[], landscape: LandscapeView): Map<Urn, SeenCase[]> {
  const byUrn = new Map<Urn, SeenCase[]>();
  for (const kept of cases) {
    const seen = decisionOf(kept)?.state === 'DISMISSED' ? seenCase(kept, landscape) : undefined;
    if (seen === undefined) continue;
    for (const urn of [kept.subject, kept.match]) byUrn.set(urn, [...(byUrn.get(urn) ?? []), seen]);
  }
  return byUrn;
}
