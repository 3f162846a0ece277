import type { Json, PartialDate, Urn } from './model.js';
import type { Operation } from './operation.js';

export const INVESTMENT_FORMS = [
  'SYSTEM_INVESTMENT',
  'PURCHASE',
  'LEASE_READY_MADE',
  'LEASE_CUSTOM',
  'RECURRENT_BUDGET',
  'OTHER',
  'UNKNOWN',
] as const;
export type InvestmentForm = (typeof INVESTMENT_FORMS)[number];

export const WORK_TYPES = [
  'BUILD',
  'UPGRADE',
  'ROLL_OUT',
  'OPERATE',
  'MAINTAIN',
  'CONSULT',
  'RETIRE',
  'UNKNOWN',
] as const;
export type WorkType = (typeof WORK_TYPES)[number];

/** One function a project will deliver: duplicates and advice are judged by component, not by project. */
export interface ProposalComponent {
  /** Stable within the proposal: `c1`, `c2` ... in the order given. */
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly capability: Urn | null;
  /** Further ones that links say of what it is the function of; none unless given. */
  readonly realizes?: readonly Urn[];
  /** 1-4 of the city's framework; 0 = in none of its layers, null = not said. */
  readonly layer: number | null;
}

/** Whole dong; `share` is the part of the total this line pays, 0 to 1. */
export interface BudgetLine {
  readonly year: number | null;
  readonly source: string | null;
  readonly amount: number | null;
  readonly share: number | null;
}

/**
 * What an agency wants to do, before money is spent: what is declared about it, and the change it makes to the landscape.
 * What is not declared is null or missing, never guessed.
 */
export interface Proposal {
  readonly title: string;
  readonly objective: string | null;
  readonly agency: Urn | null;
  readonly investmentForm: InvestmentForm;
  readonly workType: WorkType;
  /** At least one: a proposal without components is one component named after its title. */
  readonly components: readonly [ProposalComponent, ...ProposalComponent[]];
  readonly budget: readonly BudgetLine[];
  /** The day of the investment or lease decision; null for a draft. */
  readonly decidedOn: PartialDate | null;
  /** What the project adds, changes and retires, on the current landscape. */
  readonly operations: readonly Operation[];
  /** Answers by key of an attribute definition of PROJECT; null is declared absent, a missing key is unknown. */
  readonly answers: Readonly<Record<string, Json>>;
}
