import type { Element } from './model.js';

/** What the codes of the national e-procurement system stand for: a tender notice (IB), a contractor selection plan (PL). */
export const TENDER_CODE_KINDS = ['IB', 'PL'] as const;
export type TenderCodeKind = (typeof TENDER_CODE_KINDS)[number];

/** A code of the national e-procurement system as it is compared, `IB2500627668`: no spaces, no version. */
export interface TenderCode {
  readonly kind: TenderCodeKind;
  readonly value: string;
}

/** The schemes of `externalIds` under which such codes stand. */
const SCHEMES: ReadonlyMap<string, TenderCodeKind> = new Map([
  ['MUASAMCONG-IB', 'IB'],
  ['MUASAMCONG-PL', 'PL'],
]);

/**
 * Two letters and ten digits, in any case, with a sign or space between any two of them, and the version that the system
 * adds (`-00`). Longer numbers are something else.
 */
const CODE =
  /(?<![\p{L}\p{N}])(IB|PL)[\s._–-]{0,3}((?:\d[\s.]?){9}\d)(?:\s?[-–_]\s?\d{2}(?!\p{N}))?(?!\p{N})(?![-–_]\p{N})/giu;
/** What was meant to be one. */
const ATTEMPT = /(?<![\p{L}\p{N}])(?:IB|PL)[\s._–-]{0,3}\d[\d\s._–-]*/giu;

/** The codes that a text cites, each once, in its order. */
export function tenderCodesIn(text: string): TenderCode[] {
  const found = new Map<string, TenderCode>();
  for (const [, letters = '', digits = ''] of text.normalize('NFKC').matchAll(CODE)) {
    const kind = letters.toUpperCase() === 'IB' ? 'IB' : 'PL';
    const value = `${kind}${digits.replaceAll(/\D/g, '')}`;
    found.set(value, { kind, value });
  }
  return [...found.values()];
}

/** A text without the codes that it cites: their digits say nothing of what is bought. */
export function withoutTenderCodes(text: string): string {
  return text.normalize('NFKC').replaceAll(CODE, ' ');
}

/** What of a text begins like a code and is none: a digit too few or too many. */
export function brokenTenderCodesIn(text: string): string[] {
  return Array.from(withoutTenderCodes(text).matchAll(ATTEMPT), ([attempt]) => attempt.trim());
}

/**
 * The codes under which an element is registered, in the order of its record. What stands under such a scheme and is no
 * code is given as it is written, so that it is seen.
 */
export function tenderCodesOf({ externalIds }: Pick<Element, 'externalIds'>): TenderCode[] {
  return externalIds.flatMap(({ scheme, value }) => {
    const kind = SCHEMES.get(scheme);
    if (kind === undefined) return [];
    const codes = tenderCodesIn(value);
    return codes.length === 0 ? [{ kind, value }] : codes;
  });
}
