/** Shapes of the answers to the queries of the page. */

export interface Named {
  readonly urn: string;
  readonly name: string;
}

export interface LandscapeAnswer {
  readonly landscape: {
    readonly revision: number;
    readonly at: string | null;
    readonly relationCount: number;
    readonly counts: readonly { readonly key: string; readonly count: number }[];
    readonly coverage: { readonly verdict: string; readonly missingCount: number };
  };
}

export interface AgenciesAnswer {
  readonly elements: {
    readonly nodes: readonly Named[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

export interface MissingFact {
  readonly field: string;
  readonly question: string | null;
  readonly element?: Named | null;
  readonly askedFrom: { readonly name: string } | null;
}

export interface TwoTexts {
  readonly textVi: string;
  readonly textEn: string;
}

export interface Candidate {
  readonly match: Named & {
    readonly kind: string;
    readonly nameEn: string | null;
    readonly owner: { readonly name: string } | null;
    readonly lifecycle: { readonly phase: string };
  };
  readonly score: number;
  readonly band: string;
  readonly isContinuation: boolean;
  readonly reach: string;
  readonly advice: string;
  readonly gaps: readonly string[];
  readonly signals: readonly {
    readonly name: string;
    readonly contribution: number;
    readonly evidence: readonly { readonly text: string }[];
  }[];
}

export interface ComponentMatch {
  readonly component: { readonly id: string; readonly name: string };
  readonly band: string;
  readonly advice: string | null;
  readonly totalCount: number;
  readonly truncated: boolean;
  readonly suggestedCondition: string | null;
  readonly candidates: readonly Candidate[];
}

export interface Citation {
  readonly article: string | null;
  readonly text: string;
  readonly url: string | null;
  readonly confidence: string;
  readonly verification: string;
  readonly instrument: Named | null;
}

/** A sub-expression that decided a finding, with the facts it read. */
export interface Because {
  readonly expression: string;
  readonly truth: string;
  readonly item: string | null;
  readonly facts: readonly { readonly expression: string; readonly known: boolean; readonly value: unknown }[];
}

/** A document that was looked at, on which a finding rests. */
export interface Evidence {
  readonly id: string;
  readonly kindId: string;
  readonly kind: { readonly question: string } | null;
  readonly verdict: string | null;
  readonly validTo: string | null;
}

export interface Finding {
  readonly rule: {
    readonly code: string;
    readonly titleVi: string;
    readonly titleEn: string;
    readonly severity: string;
    readonly enforcement: string;
    readonly fixHint: string;
    readonly citations: readonly Citation[];
  };
  /** What it counts as today: a failure that is waived is neither met nor unmet. */
  readonly effectiveOutcome: string;
  readonly waiver: {
    readonly id: string;
    readonly agency: { readonly name: string } | null;
    readonly validTo: string;
  } | null;
  readonly evidence: readonly Evidence[];
  readonly sentenceVi: string;
  readonly sentenceEn: string;
  readonly explanation: readonly Because[];
  readonly provisional: boolean;
  readonly missingFacts: readonly MissingFact[];
}

/** A finding on what is there that a proposal turns, or meets. */
export interface ChangeFinding {
  readonly standing: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly finding: {
    readonly rule: { readonly code: string; readonly titleVi: string; readonly titleEn: string };
    readonly subject: Named | null;
    readonly sentenceVi: string;
    readonly sentenceEn: string;
  };
}

export interface Impact {
  readonly origin: Named;
  readonly totalCount: number;
  readonly untypedCount: number;
  readonly truncated: boolean;
  readonly coverage: { readonly verdict: string };
  readonly impacted: { readonly nodes: readonly { readonly severity: string; readonly element: Named }[] };
}

export interface SelfCheck {
  readonly criterion: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly light: string;
  readonly reasonVi: string;
  readonly reasonEn: string;
}

export interface Regime {
  readonly code: string;
  readonly name: string;
  readonly because: string;
  readonly provisional: boolean;
}

export interface DuplicateAnswer {
  readonly byComponent: readonly ComponentMatch[];
  readonly coverage: {
    readonly verdict: string;
    readonly objectsKnown: number;
    readonly missingCount: number;
    readonly missing: readonly MissingFact[];
  };
}

export interface ProposalCheck {
  readonly verdict: string;
  readonly isBinding: boolean;
  readonly revision: number;
  readonly selfCheck: readonly SelfCheck[];
  readonly regime: Regime;
  readonly duplicates: DuplicateAnswer;
  readonly findings: readonly Finding[];
  readonly changeFindings: { readonly totalCount: number; readonly nodes: readonly ChangeFinding[] };
  readonly changeCoverage: { readonly judged: number; readonly truncated: boolean; readonly onlyAdded: boolean };
  readonly impact: readonly Impact[];
  readonly conditionsSuggested: readonly TwoTexts[];
}

export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

export interface CheckAnswer {
  readonly checkProposal: { readonly check: ProposalCheck | null; readonly userErrors: readonly UserError[] };
}

/** What the form says, as the service takes it. */
export interface ProposalInput {
  title: string;
  objective: string | null;
  agency: string | null;
  investmentForm: string | null;
  workType: string | null;
  decidedOn: string | null;
  components: { name: string; description: string | null; layer: number | null }[];
  answers: { field: string; value: unknown }[];
  operations: { op: string; urn: string; path: string; value: unknown }[];
}

/** A saved question of the explorer. */
export interface ExampleQuery {
  readonly id: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What `POST /plan-lists` answers, as far as the page shows it. */
export interface PlanListAnswer {
  readonly objectsKnown: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly lines: readonly {
    readonly line: number;
    readonly title: string;
    readonly verdict: {
      readonly band: string;
      readonly advice: string | null;
      readonly matches: readonly { readonly urn: string; readonly name: string; readonly score: number }[];
      readonly inList: readonly { readonly line: number; readonly title: string }[];
    } | null;
  }[];
}
