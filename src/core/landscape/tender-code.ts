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
 * Two letters and ten digits, in any case, in one or as they are grouped, and the version that the system adds (`-00`). A
 * space anywhere else begins another number, and longer numbers are something else.
 */
const CODE =
  /(?<![\p{L}\p{N}])(IB|PL)[\s._–-]{0,3}(\d{4}(?:\d{6}|[\s.]\d{6}|[\s.]\d{3}[\s.]\d{3}))(?:\s?[-–_]\s?\d{2}(?!\p{N}))?(?!\p{N})(?![-–_]\p{N})/giu;
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
 * The codes under which an element is registered, in the order of its record, each once: a version is no other code. What
 * stands under such a scheme and is no code is given as it is written, so that it is seen.
 */
export function tenderCodesOf({ externalIds }: Pick<Element, 'externalIds'>): TenderCode[] {
  const found = new Map<string, TenderCode>();
  for (const { scheme, value } of externalIds) {
    const kind = SCHEMES.get(scheme);
    if (kind === undefined) continue;
    const codes = tenderCodesIn(value);
    for (const code of codes.length === 0 ? [{ kind, value }] : codes) found.set(code.value, code);
  }
  return [...found.values()];
}
