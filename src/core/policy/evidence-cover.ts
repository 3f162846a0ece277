import type { Landscape } from '../landscape/landscape.js';
import type { PartialDate } from '../landscape/model.js';
import { evidenceOn } from './evidence.js';
import type { Evidence, EvidenceEvent } from './evidence.js';
import type { Facts } from './value.js';

/** A piece of evidence in force, and its acceptance. */
interface Accepted {
  readonly evidence: Evidence;
  readonly decision: EvidenceEvent;
}

const NOTHING: Facts = {};

/**
 * What accepted evidence shows on a day, in a landscape or a view of one: that of an agency that is not there is not there
 * either. Of several pieces of one kind for one subject the one that was accepted last
 * counts, also where they say the opposite; when that one ends, what the one before says counts again. It is told of the
 * subject and not of its owner: whoever owns the subject since, it stays true of it.
 */
export class EvidenceCover {
  private readonly bySubject = new Map<string, Map<string, Accepted>>();

  constructor(
    landscape: Landscape,
    pieces: readonly Evidence[],
    readonly day: PartialDate,
  ) {
    for (const evidence of pieces) {
      const status = evidenceOn(evidence, day);
      if (status?.state !== 'IN_FORCE' || status.decision === null) continue;
      if (landscape.elementByUrn(evidence.terms.agency) !== undefined) this.keepLater(evidence, status.decision);
    }
  }

  /**
   * The fact `evidence` of a subject: by kind whether it is shown to be met. A kind that is not there is unknown.
   * @param urn - null for what has no record, of which nothing is shown.
   */
  factsOf(urn: string | null): Facts {
    const kinds = urn === null ? undefined : this.bySubject.get(urn);
    if (kinds === undefined) return NOTHING;
    return Object.fromEntries(
      Array.from(kinds, ([kind, { decision }]) => [kind, decision.judgement?.verdict === 'MET']),
    );
  }

  /** urns of the subjects of which evidence shows something. */
  subjects(): Iterable<string> {
    return this.bySubject.keys();
  }

  /** The piece that counts for a subject and a kind; undefined where none does. */
  ofSubject(urn: string, kind: string): Evidence | undefined {
    return this.bySubject.get(urn)?.get(kind)?.evidence;
  }

  private keepLater(evidence: Evidence, decision: EvidenceEvent): void {
    const { subject, kind } = evidence.terms;
    const kinds = this.bySubject.get(subject) ?? new Map<string, Accepted>();
    this.bySubject.set(subject, kinds);
    const known = kinds.get(kind);
    if (known === undefined || known.decision.number < decision.number) kinds.set(kind, { evidence, decision });
  }
}
