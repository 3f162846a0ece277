import type { ElementPageQuery } from '../generated/documents';

/** What the page of an element knows before any of its parts is opened. */
export type ElementSeen = NonNullable<ElementPageQuery['element']>;
