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
}

/** A text as the matcher sees it. */
export interface ReadText {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** By token, how much it says: 1 for content, less for boilerplate, numbers, places and agencies. */
  readonly importance: readonly number[];
  readonly tags: readonly CapabilityTag[];
}

/** Boilerplate is weakened, not deleted: deleting loses what little it says. */
const BOILERPLATE = 0.2;
/** Who and where must not make two needs alike, but may break a tie. */
export const PLACE = 0.05;
const OFFICE_PREFIX = ['uy', 'ban', 'nhan', 'dan'];

/** Reads Vietnamese project texts: syllables, weights, capabilities, kind of work. Made once from data. */
export class TextReader {
  readonly lexicon: Lexicon;
  private readonly abbreviations: Abbreviations;
  private readonly weakPhrases = new PhraseTrie<'boilerplate'>();
  private readonly workPhrases = new PhraseTrie<WorkType>();
  private readonly sharedPhrases = new PhraseTrie<'shared'>();
  private readonly places = new PhraseTrie<'place'>();

  /** @param agencyNames - names of the registry's own agencies, in any order. */
  constructor(data: LanguageData, agencyNames: Iterable<string>) {
    this.abbreviations = compileAbbreviations(data.abbreviations);
    this.lexicon = Lexicon.of(data.capabilities, this.abbreviations);
    for (const phrase of data.boilerplate) this.weakPhrases.add(this.syllables(phrase), 'boilerplate');
    for (const phrase of data.sharedWords) this.sharedPhrases.add(this.syllables(phrase), 'shared');
    for (const { workType, phrases } of data.workWords) {
      for (const phrase of phrases) this.workPhrases.add(this.syllables(phrase), workType);
    }
    for (const name of agencyNames) this.addAgency(name);
  }

  /** Reads one text; null and blank give a text without tokens. */
  read(text: string | null): ReadText {
    const original = text ?? '';
    const tokens = normalise(original, this.abbreviations);
    const importance = tokens.map((token): number => (/^\d+$/.test(token.text) ? BOILERPLATE : 1));
    const places = this.places.find(tokens);
    const tags = this.lexicon
      .tag(tokens)
      .filter((tag) => !places.some((place) => tag.from < place.to && place.from < tag.to));
    const weaken = (spans: readonly { from: number; to: number }[], weight: number): void => {
      for (const { from, to } of spans) importance.fill(weight, from, to);
    };
    weaken(this.weakPhrases.find(tokens), BOILERPLATE);
    weaken(tags, 1);
    weaken(places, PLACE);
    return { text: original, tokens, importance, tags };
  }

  /** The kind of work that the words of a text tell; UNKNOWN where they tell none. The first such phrase counts. */
  workType(text: string): WorkType {
    return this.workPhrases.find(normalise(text, this.abbreviations))[0]?.values[0] ?? 'UNKNOWN';
  }

  /** Whether a name says that the thing is there for everybody. */
  saysShared(name: ReadText): boolean {
    return this.sharedPhrases.find(name.tokens).length > 0;
  }

  private syllables(text: string): string[] {
    return normalise(text, this.abbreviations).map((token) => token.text);
  }

  private addAgency(name: string): void {
    const full = this.syllables(name.replaceAll(/\([^)]*\)/g, ' '));
    if (full.length > 1) this.places.add(full, 'place');
    if (!OFFICE_PREFIX.every((syllable, at) => full[at] === syllable)) return;
    const place = full.slice(OFFICE_PREFIX.length);
    if (place.length > 1) this.places.add(place, 'place');
    if (place.length > 2) this.places.add(place.slice(place[0] === 'thanh' || place[0] === 'dac' ? 2 : 1), 'place');
  }
}
