import type { ChangeBase } from '../core/landscape/landscape.js';
import { ELEMENT_KINDS, isUrn } from '../core/landscape/model.js';
import type { ElementKind, Urn } from '../core/landscape/model.js';
import { foldHeader } from './spreadsheet-words.reader.js';

/** Which element a text names: one, none that is known, or several. */
export type Named = { readonly urn: Urn } | { readonly none: true } | { readonly several: readonly Urn[] };

/** What of an element tells who it is. */
interface Identity {
  readonly urn: Urn;
  readonly kind: ElementKind;
  readonly names: readonly string[];
}

/**
 * Finds elements by what lists call them: urn, code, or name, with marks or without. Elements that the same file brings
 * are found too, once they are told.
 */
export class ElementLookup {
  private readonly byName = new Map<string, Set<Urn>>();
  private readonly brought = new Set<string>();
  private readonly byNas = new Map<string, Urn>();

  constructor(private readonly landscape: ChangeBase) {
    for (const { urn, kind, name, nameEn, aliases, externalIds } of landscape.elements()) {
      for (const { scheme, value, recordType } of externalIds) {
        if (scheme === 'NAS' && recordType !== 'REFERENCE') this.byNas.set(value, urn);
      }
      this.note({ urn, kind, names: [name, ...(nameEn === null ? [] : [nameEn]), ...aliases] });
    }
  }

  /** Tells of an element that the file brings. */
  bring(identity: Identity): void {
    this.brought.add(identity.urn);
    this.note(identity);
  }

  /** The element that has a code of the national architecture system as its own. */
  byNationalCode(code: string): Urn | undefined {
    return this.byNas.get(code);
  }

  /** Whether something of this urn is there, or is brought. */
  has(urn: string): boolean {
    return this.brought.has(urn) || this.landscape.elementByUrn(urn) !== undefined;
  }

  /** The element of some kind that a text names. */
  find(text: string, kinds: readonly ElementKind[] = ELEMENT_KINDS): Named {
    const trimmed = text.trim();
    for (const urn of [trimmed, urnOfCode(trimmed)]) {
      if (urn !== undefined && isUrn(urn) && this.has(urn)) return { urn };
    }
    const folded = foldHeader(trimmed);
    const found = new Set(kinds.flatMap((kind) => [...(this.byName.get(`${kind} ${folded}`) ?? NONE)]));
    const [urn] = found;
    if (urn === undefined) return { none: true };
    return found.size === 1 ? { urn } : { several: [...found].toSorted() };
  }

  /** The elements of a kind that bear a name. */
  named(kind: ElementKind, name: string): ReadonlySet<Urn> {
    return this.byName.get(nameKey(kind, name)) ?? NONE;
  }

  private note({ urn, kind, names }: Identity): void {
    for (const name of names) {
      const key = nameKey(kind, name);
      const known = this.byName.get(key);
      if (known === undefined) this.byName.set(key, new Set([urn]));
      else known.add(urn);
    }
  }
}

const NONE: ReadonlySet<Urn> = new Set();

function nameKey(kind: ElementKind, name: string): string {
  return `${kind} ${foldHeader(name)}`;
}

/** The urn that a code of somebody's list has here; undefined for a code without letters and digits. */
export function urnOfCode(code: string): Urn | undefined {
  const id = code
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[._-]+|[._-]+$/g, '');
  const urn = `urn:khung:${id}`;
  return isUrn(urn) ? urn : undefined;
}

/** What stands in the urn of something that has a name and no code. */
export function idOfName(name: string): string {
  const id = foldHeader(name)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80);
  return id === '' ? 'khong-ten' : id;
}
