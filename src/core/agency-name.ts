/**
 * An agency's name without what the sources write in many ways: upper case, marks of punctuation, the city's own name at
 * the end, `Ủy ban nhân dân` or `UBND`, `TT&TT` or `Thông tin và Truyền thông`, an abbreviation in brackets such as (DXC).
 * Any other text in brackets stays, for it says that the source is not sure. Empty where nothing but the city is named.
 */
export function normalisedAgencyName(name: string): string {
  return name
    .normalize('NFC')
    .replace(/\(\p{Lu}+\)/gu, ' ')
    .toLowerCase()
    .replaceAll('tt&tt', 'thông tin và truyền thông')
    .replaceAll('ủy ban nhân dân', 'ubnd')
    .replace(/(?:thành phố|tp\.?) ?hồ chí minh|tp\.? ?hcm/g, 'thành phố')
    .replace(/[^\p{L}\p{N}()]+/gu, ' ')
    .replace(/ ?thành phố ?$/, '')
    .trim();
}
