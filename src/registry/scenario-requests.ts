import type { Issue } from '../core/errors.js';
import type { Conflict } from '../core/landscape/conflict.js';
import type { Operation } from '../core/landscape/operation.js';
import type { Resolution } from '../core/landscape/rebase-decision.js';
import type { ScenarioRow } from './scenario.entity.js';

export interface NewScenario {
  readonly name: string;
  readonly purpose?: string | null;
  readonly agency?: string | null;
  readonly targetDate?: string | null;
  readonly operations?: readonly Operation[] | null;
  /** Whether it is finished from the beginning, and may be merged. */
  readonly ready?: boolean;
  readonly dryRun: boolean;
}

/** Which scenario is meant, as the caller last saw it. */
export interface ScenarioTarget {
  readonly id: string;
  readonly expectedVersion: number;
}

export interface ScenarioChange extends ScenarioTarget {
  readonly name?: string | null;
  /** null takes it away; undefined leaves it. So do the other fields that may be null. */
  readonly purpose?: string | null;
  readonly targetDate?: string | null;
  /** All operations anew; null and undefined leave those that are. */
  readonly operations?: readonly Operation[] | null;
  /** Operations to come after those that are. */
  readonly append?: readonly Operation[] | null;
  readonly ready?: boolean | null;
  readonly dryRun: boolean;
}

export interface ScenarioRebase extends ScenarioTarget {
  readonly resolutions: readonly Resolution[];
  readonly dryRun: boolean;
}

/** A scenario after something was done with it, and what still stands in the way. */
export interface ScenarioOutcome {
  readonly row: ScenarioRow;
  readonly conflicts: readonly Conflict[];
  readonly issues: readonly Issue[];
}

/** A scenario after it was moved, with what was given up of it. */
export interface RebaseOutcome extends ScenarioOutcome {
  readonly dropped: readonly Operation[];
}
