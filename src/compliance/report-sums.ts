import type { Sums } from '../core/policy/scoring.js';
import type { ComplianceSumsType } from './compliance.types.js';

/** The same without its class, to be put together with more. */
type SumsFields = { [Field in keyof ComplianceSumsType]: ComplianceSumsType[Field] };

/** Sums of findings as the schema says them. */
export function sumsFields({ counts, waived, coverage, score, scoreLow, scoreHigh }: Sums): SumsFields {
  const { PASS: pass, FAIL: fail, NEEDS_EVIDENCE: needsEvidence, NOT_APPLICABLE: notApplicable, ERROR: error } = counts;
  return { pass, fail, waived, needsEvidence, notApplicable, error, coverage, score, scoreLow, scoreHigh };
}
