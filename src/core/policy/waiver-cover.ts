import type { Landscape } from '../landscape/landscape.js';
import type { Element, PartialDate } from '../landscape/model.js';
import { ownerTable } from '../landscape/owner-table.js';
import { respondentOf } from '../landscape/respondent.js';
import { waiverOn } from './waiver.js';
import type { Waiver, WaiverTerms } from './waiver.js';

/** A waiver in force, with its last day. */
interface InForce {
  readonly waiver: Waiver;
  readonly validTo: PartialDate;
}

/**
 * What is waived on a day, in a landscape or a view of one: a waiver whose agency is not there is not there either. It is
 * that agency's answer for what it owns: what it owns no more on the landscape's day is not waived by it, named or not.
 */
export class WaiverCover {
  /** By rule, agency and subject. */
  private readonly bySubject = new Map<string, InForce>();
  private readonly byAgency = new Map<string, InForce>();

  constructor(
    private readonly landscape: Landscape,
    waivers: readonly Waiver[],
    readonly day: PartialDate,
  ) {
    for (const waiver of waivers) {
      const { rule, agency, subjects } = waiver.terms;
      const status = waiverOn(waiver, day);
      if (status?.state !== 'IN_FORCE' || landscape.elementByUrn(agency) === undefined) continue;
      const inForce = { waiver, validTo: status.validTo };
      if (subjects === null) keepLonger(this.byAgency, keyOf(rule, agency), inForce);
      else for (const subject of subjects) keepLonger(this.bySubject, keyOf(rule, agency, subject), inForce);
    }
  }

  /** The waiver of a rule for an element, of several the one that lasts longest; undefined where it is not waived. */
  ofElement(rule: string, element: Element): Waiver | undefined {
    if (this.bySubject.size + this.byAgency.size === 0) return undefined;
    const agency = respondentOf(this.landscape, element, 'SELF');
    if (agency === undefined) return undefined;
    const own = this.bySubject.get(keyOf(rule, agency.urn, element.urn));
    return longer(own, this.byAgency.get(keyOf(rule, agency.urn)))?.waiver;
  }

  /** The same for what an agency is going to have, and has no record yet: only what is waived for all of the agency. */
  ofAgency(rule: string, agency: string | null): Waiver | undefined {
    return agency === null ? undefined : this.byAgency.get(keyOf(rule, agency))?.waiver;
  }
}

function keyOf(...parts: readonly string[]): string {
  return parts.join(' ');
}

function keepLonger(kept: Map<string, InForce>, key: string, other: InForce): void {
  const longest = longer(kept.get(key), other);
  if (longest !== undefined) kept.set(key, longest);
}

/** Of two that last equally long the first. */
function longer(one: InForce | undefined, other: InForce | undefined): InForce | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.validTo > one.validTo ? other : one;
}

/** What a waiver is for, as far as it is there: the agency and all that it owns, or what of it the waiver names. */
export function scopeOf(
  landscape: Landscape,
  { agency: urn, subjects }: Pick<WaiverTerms, 'agency' | 'subjects'>,
): Element[] {
  const agency = landscape.elementByUrn(urn);
  if (agency === undefined) return [];
  if (subjects !== null) {
    const named = subjects.flatMap((subject) => landscape.elementByUrn(subject) ?? []);
    return named.filter((element) => respondentOf(landscape, element, 'SELF')?.urn === urn);
  }
  const owned: Element[] = [];
  for (const [seq, owner] of ownerTable(landscape).entries()) {
    const element = owner === agency.seq ? landscape.elementAt(seq) : undefined;
    if (element !== undefined && element.kind !== 'AGENCY') owned.push(element);
  }
  return [agency, ...owned];
}
