import type { Urn } from '../landscape/model.js';
import { foldVietnamese } from '../fold-vietnamese.js';
import type { Abbreviations } from './normalise.js';
import { normalise } from './normalise.js';
import { PhraseTrie } from './phrase-trie.js';
import type { Token } from './phrase-trie.js';

/** Whether the City provides a capability once for all agencies, or each sector for itself. */
export type Provision = 'COMMON' | 'SECTOR';

/** Something that a digital government can do, and the words by which people name it. */
export interface Capability {
  readonly code: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly provision: Provision;
  /** Vietnamese or English, with marks; read with and without marks and with abbreviations expanded. */
  readonly aliases: readonly string[];
  /** Longer phrases that contain an alias and mean something else. */
  readonly negativeContexts: readonly string[];
  /** Codes of those that one project often delivers beside it in part; each of them names this one in return. */
  readonly near: readonly string[];
}

/** A capability named in a text, at tokens [from, to). */
export interface CapabilityTag {
  readonly code: string;
  readonly from: number;
  readonly to: number;
}

/** The urn by which a capability is declared. */
export function urnOfCapability(code: string): Urn {
  // Codes are letters, digits and `_`: language-data.reader.spec.ts reads each back.
  return `urn:khung:capability-${code.replaceAll('_', '-').toLowerCase()}` as Urn;
}

/** The catalogue of capabilities, ready to tag texts. */
export class Lexicon {
  private constructor(
    private readonly phrases: PhraseTrie<string | null>,
    private readonly byCode: ReadonlyMap<string, Capability>,
  ) {}

  /**
   * Compiles a catalogue. The Vietnamese and the English name of a capability are aliases too. A single syllable with
   * marks is no alias: without its marks it is any of several words ("thuế" a tax, "thuê" to lease).
   */
  static of(capabilities: readonly Capability[], abbreviations: Abbreviations): Lexicon {
    const phrases = new PhraseTrie<string | null>();
    for (const { code, nameVi, nameEn, aliases, negativeContexts } of capabilities) {
      for (const alias of [nameVi, nameEn, ...aliases]) {
        const read = normalise(alias, abbreviations);
        if (read.length > 1 || foldVietnamese(alias) === alias.toLowerCase()) phrases.add(read, code);
      }
      for (const context of negativeContexts) phrases.add(normalise(context, abbreviations), null);
    }
    return new Lexicon(phrases, new Map(capabilities.map((capability) => [capability.code, capability])));
  }

  /** Every capability named in a text, in order of place. A phrase that two capabilities share gives two tags. */
  tag(tokens: readonly Token[]): CapabilityTag[] {
    return this.phrases
      .find(tokens)
      .flatMap(({ from, to, values }) => values.flatMap((code) => (code === null ? [] : [{ code, from, to }])));
  }

  /**
   * The code of a declared capability: its urn ends in the code in small letters, with `-` for `_`
   * (`urn:khung:capability-data-warehouse`). Undefined where the catalogue has no such capability.
   */
  codeOfUrn(urn: string): string | undefined {
    const code = urn
      .replace(/^urn:khung:(?:capability-)?/, '')
      .replaceAll('-', '_')
      .toUpperCase();
    return this.byCode.has(code) ? code : undefined;
  }

  /** The capability of a code, undefined where the catalogue has none. */
  capability(code: string): Capability | undefined {
    return this.byCode.get(code);
  }
}
