import type { ElementKind } from '../landscape/model.js';
import { fieldsRead } from './reads.js';
import type { CheckedCase } from './checked-case.js';
import type { CheckedRulePack } from './rule-pack.js';
import type { EvidenceKind, Rule } from './rule.js';
import { EVIDENCE } from './subject.js';

/** A kind of evidence, with what asks for it. */
export interface AskedEvidence extends EvidenceKind {
  readonly id: string;
  /** Kinds of subject of which a rule asks for it. */
  readonly appliesTo: readonly ElementKind[];
  /** The rules that ask for it, in the order of the pack. */
  readonly rules: readonly Rule[];
}

const askedIn = new WeakMap<CheckedRulePack, ReadonlyMap<string, AskedEvidence>>();

/** The kinds of evidence of a pack by id, in its order. Made once for a pack. */
export function askedEvidence(checked: CheckedRulePack): ReadonlyMap<string, AskedEvidence> {
  let asked = askedIn.get(checked);
  if (asked === undefined) {
    const kinds = Object.entries(checked.pack.evidence);
    asked = new Map(kinds.map(([id, kind]) => [id, { ...kind, id, ...askersOf(checked, id) }]));
    askedIn.set(checked, asked);
  }
  return asked;
}

function askersOf({ rules }: CheckedRulePack, id: string): Pick<AskedEvidence, 'appliesTo' | 'rules'> {
  const appliesTo = new Set<ElementKind>();
  const asking: Rule[] = [];
  for (const { rule, cases } of rules) {
    const asked = [...cases.values()].filter((each) => evidenceReadBy(each).includes(id));
    if (asked.length > 0) asking.push(rule);
    for (const { kind } of asked) appliesTo.add(kind);
  }
  return { appliesTo: [...appliesTo], rules: asking };
}

/** Ids of the kinds of evidence that a case reads, in order of first appearance. */
export function evidenceReadBy({ appliesWhen, expression }: CheckedCase): string[] {
  const read = [appliesWhen, expression].flatMap((each) => (each === null ? [] : fieldsRead(each.expression)));
  const prefix = `${EVIDENCE}.`;
  return [...new Set(read.flatMap((field) => (field.startsWith(prefix) ? [field.slice(prefix.length)] : [])))];
}
