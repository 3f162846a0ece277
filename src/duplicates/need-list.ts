import { parse } from 'csv-parse/sync';
import type { ElementKind } from '../core/landscape/model.js';
import { ConceptSpace } from '../core/similarity/concept-space.js';
import { readNeed } from '../core/similarity/need.js';
import type { Need } from '../core/similarity/need.js';
import { entriesOf, sparseVector } from '../core/similarity/sparse-vector.js';
import type { SparseVector } from '../core/similarity/sparse-vector.js';
import { TextReader } from '../core/similarity/text-reading.js';
import { NeedMeasure } from '../core/similarity/weighed-need.js';
import type { WeighedNeed } from '../core/similarity/weighed-need.js';
import { readReferenceJson, readReferenceText } from '../runtime/reference-file.js';
import { readLanguageData } from './language-data.reader.js';

/** Characters of a text that are read: what it is stands at the beginning, and no text may take the time of thousands. */
export const TEXT_MAXIMUM = 5_000;

/** One thing that is wanted, as a list has it. */
export interface ListedNeed {
  readonly title: string;
  readonly description: string | null;
}

/** One thing that the registry has, as it tells of it. */
export interface RegisteredNeed {
  readonly urn: string;
  readonly kind: ElementKind;
  readonly name: string;
  readonly nameEn: string | null;
  readonly aliases: readonly string[];
  readonly description: string | null;
}

interface NamedRow {
  readonly name_vi: string;
}

/** Reads and weighs needs of a list. What two lines weigh depends on them and on the catalogue, not on the rest of the list. */
export class NeedReader {
  readonly catalogue: string;
  private readonly reader: TextReader;
  private readonly space: ConceptSpace;
  private readonly measure: NeedMeasure;

  constructor() {
    const language = readLanguageData();
    this.reader = new TextReader(language, agencyNames());
    this.space = new ConceptSpace(language);
    this.measure = new NeedMeasure(this.space);
    this.catalogue = (readReferenceJson('hcmc/capabilities.json') as { readonly version: string }).version;
  }

  read(need: ListedNeed): Need {
    return readListed(this.reader, need);
  }

  /** A project does what its title says; all else was built. */
  readRegistered({ kind, name, nameEn, aliases, description }: RegisteredNeed): Need {
    const names = [name, ...aliases, ...(nameEn === null ? [] : [nameEn])].map(beginningOf);
    const workType = kind === 'PROJECT' ? 'UNKNOWN' : 'BUILD';
    return readNeed(this.reader, {
      names,
      description: description === null ? null : beginningOf(description),
      workType,
    });
  }

  /** The need in numbers; all of one reader can be compared. */
  weigh(need: Need): WeighedNeed {
    return this.measure.weigh(need);
  }

  /** Weighs as somebody does whose catalogue lacks some capabilities; comparable with what the reader itself weighs. */
  without(codes: ReadonlySet<string>): MaskedReader {
    return new MaskedReader(codes, this.space, this.measure);
  }
}

/** Reads needs as if the catalogue had never heard of some capabilities. */
export class MaskedReader {
  private readonly reader: TextReader;
  private readonly hidden: ReadonlySet<number>;

  constructor(
    codes: ReadonlySet<string>,
    space: ConceptSpace,
    private readonly measure: NeedMeasure,
  ) {
    const language = readLanguageData();
    const capabilities = language.capabilities.filter(({ code }) => !codes.has(code));
    this.reader = new TextReader({ ...language, capabilities }, agencyNames());
    this.hidden = new Set(Array.from(codes, (code) => space.numberOf(code)));
  }

  /** The need without what the hidden part of the catalogue tells of it. */
  weigh(row: ListedNeed): WeighedNeed {
    const need = this.measure.weigh(readListed(this.reader, row));
    return {
      ...need,
      nextCapabilities: this.withoutHidden(need.nextCapabilities),
      concepts: this.withoutHidden(need.concepts),
    };
  }

  private withoutHidden(vector: SparseVector): SparseVector {
    return sparseVector(new Map(entriesOf(vector).filter(([number]) => !this.hidden.has(number))));
  }
}

function readListed(reader: TextReader, { title, description }: ListedNeed): Need {
  const more = description === null ? null : beginningOf(description);
  return readNeed(reader, { names: [beginningOf(title)], description: more, workType: 'UNKNOWN' });
}

function beginningOf(text: string): string {
  return text.slice(0, TEXT_MAXIMUM);
}

function agencyNames(): string[] {
  // The columns of our own file are checked by the tests that read it.
  return parse<NamedRow>(readReferenceText('hcmc/agencies.csv'), { columns: true }).map((row) => row.name_vi);
}
