import type { WorkType } from '../landscape/proposal.js';
import { Lexicon } from './lexicon.js';
import type { Capability, CapabilityTag } from './lexicon.js';
import { compileAbbreviations, normalise } from './normalise.js';
import type { Abbreviation, Abbreviations } from './normalise.js';
import { PhraseTrie } from './phrase-trie.js';
import type { PhraseHit, Token } from './phrase-trie.js';

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
  /** Phrases that name a thing: what work is told of behind them is what the thing does, not what is done to it. */
  readonly thingWords: readonly string[];
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

/** Words of a text that say little of the need, tokens [from, to), and why. */
export interface PassedOver {
  readonly why: 'BOILERPLATE' | 'NUMBER' | 'PLACE' | 'AGENCY';
  readonly from: number;
  readonly to: number;
}

/** Boilerplate is weakened, not deleted: deleting loses what little it says. */
const BOILERPLATE = 0.3;
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
  readonly thingPhrases: PhraseTrie<'thing'>;
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
    for (const [text, meaning] of texts) trie.add(normalise(text, abbreviations), meaning);
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
    thingPhrases: phrases(data.thingWords.map((text) => [text, 'thing'])),
    tailPhrases: phrases(data.tailWords.map((text) => [text, 'tail'])),
    places: phrases(data.places.map((text) => [text, 'place'])),
  };
  COMPILED.set(data, compiled);
  return compiled;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

/** Reads Vietnamese project texts: syllables, weights, capabilities, kind of work. Made once from data. */
export class TextReader {
  private readonly language: CompiledLanguage;
  private readonly agencies = new PhraseTrie<'place'>();
  /** Names of agencies that it knows in a text. */
  readonly agencyNames: ReadonlySet<string>;

  /** @param agencyNames - names of the registry's own agencies, in any order. */
  constructor(
    readonly data: LanguageData,
    agencyNames: Iterable<string>,
  ) {
    this.language = compiledLanguage(data);
    this.agencyNames = new Set(agencyNames);
    for (const name of this.agencyNames) {
      for (const phrase of agencyPhrases(name, this.abbreviations)) this.agencies.add(phrase, 'place');
    }
  }

  /** The abbreviations that are read as what they stand for. */
  get abbreviations(): Abbreviations {
    return this.language.abbreviations;
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
      .filter((tag) => !places.some((place) => place.from <= tag.from && tag.to <= place.to));
    const weaken = (spans: readonly { from: number; to: number }[], weight: number): void => {
      for (const { from, to } of spans) importance.fill(weight, from, to);
    };
    weaken(this.language.weakPhrases.find(tokens), BOILERPLATE);
    weaken(places, PLACE);
    weaken(tags, 1);
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
    return this.workWordsIn(tokens)?.values[0] ?? 'UNKNOWN';
  }

  /** The words that tell the kind of work; undefined where there are none. */
  workWordsIn(tokens: readonly Token[]): PhraseHit<WorkType> | undefined {
    const thing = this.firstThing(tokens);
    return this.language.workPhrases
      .find(tokens)
      .find(({ from, values }) => !values.includes('CONSULT') || from < thing);
  }

  /** What of a text says little of the need: runs of words in order of place, none within another. */
  passedOver({ tokens, importance }: ReadText): PassedOver[] {
    const ofAgencies = new Set(this.agencies.find(tokens).flatMap(({ from, to }) => range(from, to)));
    const runs: PassedOver[] = [];
    for (const [at, token] of tokens.entries()) {
      const weight = importance[at];
      if (weight !== PLACE && weight !== BOILERPLATE) continue;
      const little = /^\d+$/.test(token.text) ? 'NUMBER' : 'BOILERPLATE';
      const who = ofAgencies.has(at) ? 'AGENCY' : 'PLACE';
      const why = weight === PLACE ? who : little;
      const last = runs.at(-1);
      if (last?.why === why && last.to === at) runs[runs.length - 1] = { ...last, to: at + 1 };
      else runs.push({ why, from: at, to: at + 1 });
    }
    return runs;
  }

  /** Whether a title says that records are made digital, put in order or entered. */
  saysRecords({ tokens, headEnd }: ReadText): boolean {
    const end = Math.min(headEnd, this.firstThing(tokens));
    return this.language.recordsPhrases.find(tokens).some(({ from }) => from < end);
  }

  /** Where a text first names a thing: a software for surveys is no survey. */
  private firstThing(tokens: readonly Token[]): number {
    return this.language.thingPhrases.find(tokens)[0]?.from ?? tokens.length;
  }

  /** Whether a name says that the thing is there for everybody. */
  saysShared(name: ReadText): boolean {
    return this.language.sharedPhrases.find(name.tokens).length > 0;
  }
}

/** The words of a phrase. */
export type PhraseTokens = readonly Token[];

/** The phrases by which an agency is known in a text: its name, and the place that an office is of. */
export function agencyPhrases(name: string, abbreviations: Abbreviations): PhraseTokens[] {
  const full = normalise(name.replaceAll(/\([^)]*\)/g, ' '), abbreviations);
  const phrases: PhraseTokens[] = full.length > 1 ? [full] : [];
  if (!OFFICE_PREFIX.every((syllable, at) => full[at]?.text === syllable)) return phrases;
  const place = full.slice(OFFICE_PREFIX.length);
  if (place.length > 1) phrases.push(place);
  const kindWords = place[0]?.text === 'thanh' || place[0]?.text === 'dac' ? 2 : 1;
  if (place.length > 2) phrases.push(place.slice(kindWords));
  return phrases;
}
