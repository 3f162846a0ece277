import type { Urn } from '../landscape/model.js';
import type { Finding } from './finding.js';
import type { Rule } from './rule.js';
import { EVIDENCE } from './subject.js';

/** A kind of evidence that rules need of one subject. */
export interface EvidenceNeed<F extends Finding = Finding> {
  /** Id of the kind. */
  readonly kind: string;
  /** The first finding that needs it. */
  readonly finding: F;
  /** urn of the agency that can give it; null where nobody is known. */
  readonly askedFrom: Urn | null;
  /** The rules that need it, in the order of the findings. */
  readonly rules: readonly Rule[];
}

const PREFIX = `${EVIDENCE}.`;

/** The evidence that findings lack, each kind once for each subject, in the order of the findings. */
export function evidenceNeeded<F extends Finding>(findings: readonly F[]): EvidenceNeed<F>[] {
  const needs = new Map<string, EvidenceNeed<F>>();
  for (const finding of findings) {
    for (const { field, askedFrom, element } of finding.missingFacts) {
      if (!field.startsWith(PREFIX) || element !== null) continue;
      const kind = field.slice(PREFIX.length);
      const key = JSON.stringify([finding.subject, kind]);
      const known = needs.get(key) ?? { kind, finding, askedFrom, rules: [] };
      const rules = known.rules.includes(finding.rule) ? known.rules : [...known.rules, finding.rule];
      needs.set(key, { ...known, rules });
    }
  }
  return [...needs.values()];
}
