import type { ArchimateConcept } from '../../src/core/landscape/archimate.js';

/**
 * Digests of the relationship tables of the ArchiMate 3.2 Specification, Appendix B.5, as the modelling tool Archi carries
 * them (its file `relationships.xml`, version 3.2: 62 concepts, 3,844 pairs, 11,569 triples), from which they were made.
 *
 * Per source concept: the number of its triples, and the SHA-256 in hex of their lines in order of UTF-16 code units, each
 * line being `<source> <relationship> <target>` and a line feed, for example `Goal INFLUENCE Outcome`. The letters of that
 * file stand for: a ACCESS, c COMPOSITION, f FLOW, g AGGREGATION, i ASSIGNMENT, n INFLUENCE, o ASSOCIATION, r REALIZATION,
 * s SPECIALIZATION, t TRIGGERING, v SERVING. A table with the same digests has the same triples, and no others.
 */
export const ARCHIMATE_DIGESTS: Readonly<Record<ArchimateConcept, readonly [triples: number, sha256: string]>> = {
  ApplicationCollaboration: [233, 'c1f77d0ad0b416d4fc7088407ddfef90048a6af5d80e8fb8c5a5a211f5d9a33d'],
  ApplicationComponent: [232, 'bd66d19de62f13c7b59527aba9ce2125738052e05e4eb979e057c2edc110bfc4'],
  ApplicationEvent: [208, 'd54dd08f6708b2620d0b40cb85c1e037131553582c752b767a4a80b2f8484dc7'],
  ApplicationFunction: [219, '0ba6ce12df91044f71b3629d6acfbf4eecd0b000b98442105ff6992cdf771ea5'],
  ApplicationInteraction: [219, '04cd773dc47dc1b2e4bc6ecd54141f60eb82f58d0c2090ae1044fe5fe52f329c'],
};
