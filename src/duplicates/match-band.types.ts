import type { MatchBand } from '../core/similarity/match-band.js';
import type { Language } from '../runtime/messages.js';

/** What each band is called, in lists and commands. */
export const MATCH_BAND_WORDS: Readonly<Record<MatchBand, Readonly<Record<Language, string>>>> = {
  DUPLICATE: { VI: 'Trùng lặp', EN: 'Duplicate' },
  OVERLAP: { VI: 'Trùng một phần', EN: 'Overlap' },
  RELATED: { VI: 'Có liên quan', EN: 'Related' },
  DISTINCT: { VI: 'Chưa thấy trùng lặp', EN: 'No duplicate seen' },
  TOO_LITTLE_TO_JUDGE: { VI: 'Quá ít thông tin để đánh giá', EN: 'Too little to judge' },
};
