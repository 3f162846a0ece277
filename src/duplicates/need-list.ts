import { parse } from 'csv-parse/sync';
import { ConceptSpace } from '../core/similarity/concept-space.js';
import { readNeed } from '../core/similarity/need.js';
import type { Need } from '../core/similarity/need.js';
import { countRarity } from '../core/similarity/rarity.js';
import { TextReader } from '../core/similarity/text-reading.js';
import { NeedMeasure } from '../core/similarity/weighed-need.js';
import { readReferenceJson, readReferenceText } from '../runtime/reference-file.js';
import { readLanguageData } from './language-data.reader.js';

/** Characters of a text that are read: what it is stands at the beginning, and no text may take the time of thousands. */
const TEXT_MAXIMUM = 5_000;

/** One thing that is wanted, as a list has it. */
export interface ListedNeed {
  readonly title: string;
  readonly description: string | null;
}

interface SystemRow {
  readonly name_vi: string;
  readonly description_vi: string;
}

interface NamedRow {
  readonly name_vi: string;
}

interface ProjectRow {
  readonly title: string;
}

/**
 * Reads and weighs needs of a list. How rare a word is is counted over the list and what the City is known to have, so that
 * two lines alone can be compared.
 */
export class NeedReader {
  readonly catalogue: string;
  private readonly reader: TextReader;
  private readonly space: ConceptSpace;
  private readonly known: readonly Need[];

  constructor() {
    const language = readLanguageData();
    const agencies = rowsOf<NamedRow>('hcmc/agencies.csv').map((row) => row.name_vi);
    this.reader = new TextReader(language, agencies);
    this.space = new ConceptSpace(language);
    this.catalogue = (readReferenceJson('hcmc/capabilities.json') as { readonly version: string }).version;
    this.known = [
      ...rowsOf<SystemRow>('hcmc/systems.csv').map((row) => ({ title: row.name_vi, description: row.description_vi })),
      ...rowsOf<ProjectRow>('hcmc/projects.csv').map(({ title }) => ({ title, description: null })),
    ].map((row) => this.read(row));
  }

  read({ title, description }: ListedNeed): Need {
    const [name, more] = [title.slice(0, TEXT_MAXIMUM), description?.slice(0, TEXT_MAXIMUM) ?? null];
    return readNeed(this.reader, { names: [name], description: more, workType: 'UNKNOWN' });
  }

  /**
   * What the needs of a list, and no others, are weighed with.
   * @param needs - each is counted and not kept, so that those of a very long list can be read on the way.
   */
  measureFor(needs: Iterable<Need>): NeedMeasure {
    return new NeedMeasure(countRarity(oneAfterTheOther(this.known, needs)), this.space);
  }
}

function* oneAfterTheOther(known: readonly Need[], needs: Iterable<Need>): Generator<Need> {
  yield* known;
  yield* needs;
}

function rowsOf<T>(file: string): T[] {
  // The columns of our own files are checked by the tests that read them.
  return parse(readReferenceText(file), { columns: true });
}
