import type { WorkType } from '../landscape/proposal.js';
import { Lexicon } from './lexicon.js';
import type { Capability, CapabilityTag } from './lexicon.js';
import { compileAbbreviations, normalise } from './normalise.js';
import type { Abbreviation, Abbreviations } from './normalise.js';
import { PhraseTrie } from './phrase-trie.js';
import type { Token } from './phrase-trie.js';

/** What is known of the language of projects, as data. */
export interface LanguageData {
  readonly abbreviations: readonly Abbreviation[];
  readonly capabilities: readonly Capability[];
  /** Phrases that nearly every title has and that say little of the need. */
  readonly boilerplate: readonly string[];
  /** Phrases by which a name says that a thing is there for everybody. */
  readonly sharedWords: readonly string[];
  /** Phrases that tell the kind of work, where nobody declared it. */
  readonly workWords: readonly { readonly workType: WorkType; readonly phrases: readonly string[] }[];
  /** Phrases that tell that records are made digital, put in order or entered, which is no system. */
  readonly recordsWords: readonly string[];
  /** Words behind which a title says for whom and where, no longer what. */
  readonly tailWords: readonly string[];
  /** Names of places that are no agencies of the registry. */
  readonly places: readonly string[];
}

/** A text as the matcher sees it. */
export interface ReadText {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** By token, how much it says: 1 for content, less for boilerplate, numbers, places and agencies. */
  readonly importance: readonly number[];
  readonly tags: readonly CapabilityTag[];
  /** Number of tokens before the text stops saying what and begins to say for whom and where. */
  readonly headEnd: number;
}

/** Boilerplate is weakened, not deleted: deleting loses what little it says. */
const BOILERPLATE = 0.2;
/** Who and where must not make two needs alike, but may break a tie. */
export const PLACE = 0.05;
/** Words with content that a head has at least: "Hệ thống cho ..." has said nothing yet. */
const FEWEST_HEAD_WORDS = 2;
const OFFICE_PREFIX = ['uy', 'ban', 'nhan', 'dan'];

/** Language data, compiled. */
interface CompiledLanguage {
  readonly abbreviations: Abbreviations;
  readonly lexicon: Lexicon;
  readonly weakPhrases: PhraseTrie<'weak'>;
  readonly workPhrases: PhraseTrie<WorkType>;
  readonly sharedPhrases: PhraseTrie<'shared'>;
  readonly recordsPhrases: PhraseTrie<'records'>;
  readonly tailPhrases: PhraseTrie<'tail'>;
  readonly places: PhraseTrie<'place'>;
}

/** Readers of one language differ by their agencies alone; thousands of aliases are compiled once. */
const COMPILED = new WeakMap<LanguageData, CompiledLanguage>();

function compiledLanguage(data: LanguageData): CompiledLanguage {
  const known = COMPILED.get(data);
  if (known !== undefined) return known;
  const abbreviations = compileAbbreviations(data.abbreviations);
  const phrases = <T>(texts: Iterable<readonly [text: string, meaning: T]>): PhraseTrie<T> => {
    const trie = new PhraseTrie<T>();
    for (const [text, meaning] of texts) trie.add(syllablesIn(text, abbreviations), meaning);
    return trie;
  };
  const work = data.workWords.flatMap(({ workType, phrases: texts }) => texts.map((text) => [text, workType] as const));
  const compiled: CompiledLanguage = {
    abbreviations,
    lexicon: Lexicon.of(data.capabilities, abbreviations),
    weakPhrases: phrases([...data.boilerplate, ...work.map(([text]) => text)].map((text) => [text, 'weak'])),
    workPhrases: phrases(work),
    sharedPhrases: phrases(data.sharedWords.map((text) => [text, 'shared'])),
    recordsPhrases: phrases(data.recordsWords.map((text) => [text, 'records'])),
    tailPhrases: phrases(data.tailWords.map((text) => [text, 'tail'])),
    places: phrases(data.places.map((text) => [text, 'place'])),
  };
  COMPILED.set(data, compiled);
  return compiled;
}

function syllablesIn(text: string, abbreviations: Abbreviations): string[] {
  return normalise(text, abbreviations).map((token) => token.text);
}

/** Reads Vietnamese project texts: syllables, weights, capabilities, kind of work. Made once from data. */
export class TextReader {
  private readonly language: CompiledLanguage;
  private readonly agencies = new PhraseTrie<'place'>();

  /** @param agencyNames - names of the registry's own agencies, in any order. */
  constructor(data: LanguageData, agencyNames: Iterable<string>) {
    this.language = compiledLanguage(data);
    for (const name of agencyNames) this.addAgency(name);
  }

  /** The capabilities that texts are tagged with. */
  get lexicon(): Lexicon {
    return this.language.lexicon;
  }

  /** Reads one text; null and blank give a text without tokens. */
  read(text: string | null): ReadText {
    const original = text ?? '';
    const tokens = normalise(original, this.language.abbreviations);
    const importance = tokens.map((token): number => (/^\d+$/.test(token.text) ? BOILERPLATE : 1));
    const places = [...this.language.places.find(tokens), ...this.agencies.find(tokens)];
    const tags = this.language.lexicon
      .tag(tokens)
      .filter((tag) => !places.some((place) => tag.from < place.to && place.from < tag.to));
    const weaken = (spans: readonly { from: number; to: number }[], weight: number): void => {
      for (const { from, to } of spans) importance.fill(weight, from, to);
    };
    weaken(this.language.weakPhrases.find(tokens), BOILERPLATE);
    weaken(tags, 1);
    weaken(places, PLACE);
    return { text: original, tokens, importance, tags, headEnd: this.headEndOf(tokens, importance, tags) };
  }

  private headEndOf(tokens: readonly Token[], importance: readonly number[], tags: readonly CapabilityTag[]): number {
    let words = 0;
    let counted = 0;
    for (const { from } of this.language.tailPhrases.find(tokens)) {
      for (; counted < from; counted++) if (importance[counted] === 1) words++;
      if (words >= FEWEST_HEAD_WORDS && !tags.some((tag) => tag.from <= from && from < tag.to)) return from;
    }
    return tokens.length;
  }

  /** The kind of work that the words of a text tell; UNKNOWN where they tell none. The first such phrase counts. */
  workType(text: string): WorkType {
    return this.workTypeIn(normalise(text, this.language.abbreviations));
  }

  /** The same of a text that was read. */
  workTypeIn(tokens: readonly Token[]): WorkType {
    return this.language.workPhrases.find(tokens)[0]?.values[0] ?? 'UNKNOWN';
  }

  /** Whether a title says that records are made digital, put in order or entered. */
  saysRecords({ tokens, headEnd }: ReadText): boolean {
    return this.language.recordsPhrases.find(tokens).some(({ from }) => from < headEnd);
  }

  /** Whether a name says that the thing is there for everybody. */
  saysShared(name: ReadText): boolean {
    return this.language.sharedPhrases.find(name.tokens).length > 0;
  }

  private addAgency(name: string): void {
    const full = syllablesIn(name.replaceAll(/\([^)]*\)/g, ' '), this.language.abbreviations);
    if (full.length > 1) this.agencies.add(full, 'place');
    if (!OFFICE_PREFIX.every((syllable, at) => full[at] === syllable)) return;
    const place = full.slice(OFFICE_PREFIX.length);
    if (place.length > 1) this.agencies.add(place, 'place');
    if (place.length > 2) this.agencies.add(place.slice(place[0] === 'thanh' || place[0] === 'dac' ? 2 : 1), 'place');
  }
}
