import { normalisedAgencyName } from '../core/agency-name.js';
import type { Landscape } from '../core/landscape/landscape.js';
import { isUrn } from '../core/landscape/model.js';
import type { Urn } from '../core/landscape/model.js';
import { foldHeader } from './spreadsheet-words.reader.js';

/** Which agencies a text may name; several share a name, or none has it. */
export class AgencyNames {
  private readonly byName = new Map<string, Set<Urn>>();

  constructor(private readonly landscape: Landscape) {
    for (const { kind, urn, name, aliases } of landscape.elements()) {
      if (kind === 'AGENCY') for (const each of [name, ...aliases]) this.note(each, urn);
    }
  }

  /** The agencies of a urn or name, in the order of their urns: names are compared without what lists write in many ways. */
  find(text: string): readonly Urn[] {
    const trimmed = text.trim();
    if (isUrn(trimmed) && this.landscape.elementByUrn(trimmed)?.kind === 'AGENCY') return [trimmed];
    const exact = this.byName.get(foldHeader(trimmed)) ?? this.byName.get(nameKey(trimmed)) ?? [];
    return [...exact].toSorted();
  }

  private note(name: string, urn: Urn): void {
    for (const key of new Set([foldHeader(name), nameKey(name)])) {
      if (key === '') continue;
      const known = this.byName.get(key);
      if (known === undefined) this.byName.set(key, new Set([urn]));
      else known.add(urn);
    }
  }
}

function nameKey(name: string): string {
  return foldHeader(normalisedAgencyName(name));
}
