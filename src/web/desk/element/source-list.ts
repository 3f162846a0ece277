import type { Confidence } from '../generated/documents';
import type { ElementSeen } from './element-seen';

/** Where a value is known from, with the number that the source has on the page. */
export interface Sourced {
  readonly confidence: Confidence;
  /** Null where no source is recorded. */
  readonly number: number | null;
}

/** The sources of an element, each once, numbered as they come, so that values can refer to them. */
export interface SourceList {
  readonly sources: readonly string[];
  /** Undefined where nothing was said of the field. */
  of(field: string): Sourced | undefined;
}

/** Numbers the sources of an element. */
export function sourceListOf(element: ElementSeen): SourceList {
  const sources = [...new Set(element.sources.flatMap(({ source }) => (source === null ? [] : [source])))];
  const byField = new Map(element.sources.map((known) => [known.field, known]));
  return {
    sources,
    of(field) {
      const known = byField.get(field);
      if (known === undefined) return undefined;
      return {
        confidence: known.confidence,
        number: known.source === null ? null : sources.indexOf(known.source) + 1,
      };
    },
  };
}
