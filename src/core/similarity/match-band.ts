/** What a proposal, or a part of it, is to what is there. */
export const MATCH_BANDS = ['DUPLICATE', 'OVERLAP', 'RELATED', 'DISTINCT', 'TOO_LITTLE_TO_JUDGE'] as const;
export type MatchBand = (typeof MATCH_BANDS)[number];

/** What two needs are to each other. */
export type PairBand = Exclude<MatchBand, 'TOO_LITTLE_TO_JUDGE'>;
