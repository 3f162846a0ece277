/** Where the desk is served. */
export const BASE = '/desk';

/** Parts of the page of an element, by the names that stand in its address. */
export const SECTIONS = {
  facts: 'thong-tin',
  relations: 'quan-he',
  usages: 'su-dung',
  projects: 'du-an',
  judgement: 'danh-gia',
  missing: 'con-thieu',
  history: 'lich-su',
} as const;
export type Section = keyof typeof SECTIONS;

/** Address of the page of an element, below the desk. */
export function elementAddress(urn: string, section?: Section): string {
  return `/doi-tuong/${encodeURIComponent(urn).replaceAll('%3A', ':')}${section === undefined ? '' : `#${SECTIONS[section]}`}`;
}

/** Address of a search, below the desk. */
export function searchAddress(text: string, kind?: string): string {
  const asked = new URLSearchParams();
  if (text !== '') asked.set('q', text);
  if (kind !== undefined) asked.set('loai', kind);
  return asked.size === 0 ? '/tim' : `/tim?${asked.toString()}`;
}
