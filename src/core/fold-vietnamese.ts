/** Marks that letters carry, once they are taken apart. */
const MARKS = /\p{M}+/gu;

/** A text without case and Vietnamese marks, for comparing what was typed with marks and without. `Đ` becomes `d`. */
export function foldVietnamese(text: string): string {
  return text.normalize('NFD').replace(MARKS, '').toLowerCase().replaceAll('đ', 'd');
}
