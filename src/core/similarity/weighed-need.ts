import type { ConceptSpace } from './concept-space.js';
import type { Need, WorkKind } from './need.js';
import type { Rarity } from './rarity.js';
import { sparseVector, totalOf } from './sparse-vector.js';
import type { SparseVector } from './sparse-vector.js';
import { termsOf } from './terms.js';
import type { CapabilityWeights, TermImportance } from './terms.js';

/** A text over the words of a measure. */
export interface WeighedText {
  /** Importance times rarity of every word and pair of words. */
  readonly words: SparseVector;
  /** The same of those alone that carry meaning. */
  readonly content: SparseVector;
}

/** A need in numbers. Two of one measure can be compared. */
export interface WeighedNeed {
  readonly names: readonly WeighedText[];
  /** Undefined where nothing was described. */
  readonly description: WeighedText | undefined;
  /** By number of the capability, how much it is about it times its rarity. */
  readonly capabilities: SparseVector;
  readonly capabilityTotal: number;
  /** Those that its title says, each 1; empty where the catalogue has none for it. */
  readonly titleCapabilities: SparseVector;
  /** What the catalogue has next to its capabilities, weighed as they are. */
  readonly nextCapabilities: SparseVector;
  /** What in the catalogue its title resembles, named or not. */
  readonly concepts: SparseVector;
  readonly workKind: WorkKind;
  /** The same without what was declared, as its texts alone tell it; undefined where declarations add nothing to them. */
  readonly byTexts: WeighedNeed | undefined;
}

/** What a need says of capabilities. */
export type WeighedCapabilities = Pick<
  WeighedNeed,
  'capabilities' | 'capabilityTotal' | 'titleCapabilities' | 'nextCapabilities'
>;

/** Whether the catalogue has a capability for what the title says. */
export function isCovered({ titleCapabilities }: WeighedNeed): boolean {
  return titleCapabilities.from < titleCapabilities.to;
}

/** A word or pair of words carries meaning from this importance on: a pair of content words has 0.7. */
const CONTENT = 0.69;

/** Numbers from here on are of words that only what stands beside has, and from there on that only the one who asks has. */
const FIRST_BESIDE = 2 ** 29;
const FIRST_ASKED = 2 ** 30;

/** Turns needs into numbers. What it measured can be compared with what it measures later. */
export class NeedMeasure {
  private readonly numbers = new Map<string, number>();

  constructor(
    private readonly space: ConceptSpace,
    private readonly base?: NeedMeasure,
  ) {}

  /** How rare the words are that it weighs. */
  get rarity(): Rarity {
    return this.space.rarity;
  }

  /** A measure for needs that are compared with those of this one, and are forgotten with it. */
  beside(): NeedMeasure {
    return new NeedMeasure(this.space, this);
  }

  /**
   * Weighs a need that is there to stay: its words get numbers.
   * @param declared - codes of capabilities that it is declared to be about, whatever its texts say.
   */
  weigh(need: Need, declared: readonly string[] = []): WeighedNeed {
    return this.withDeclared(
      need,
      declared,
      this.weighWith(need, (term) => this.numberOf(term)),
    );
  }

  /** Weighs a need that is only asked about: a word that nobody else has matches nothing, and is not kept. */
  weighAsked(need: Need, declared: readonly string[] = []): WeighedNeed {
    const own = new Map<string, number>();
    const weighed = this.weighWith(need, (term) => {
      const known = this.knownNumber(term) ?? own.get(term);
      if (known !== undefined) return known;
      own.set(term, FIRST_ASKED + own.size);
      return FIRST_ASKED + own.size - 1;
    });
    return this.withDeclared(need, declared, weighed);
  }

  private withDeclared({ capabilities }: Need, declared: readonly string[], byTexts: WeighedNeed): WeighedNeed {
    if (declared.every((code) => capabilities.get(code) === 1)) return byTexts;
    const all = new Map([...capabilities, ...declared.map((code) => [code, 1] as const)]);
    return { ...byTexts, ...this.weighCapabilities(all), byTexts };
  }

  private weighWith(need: Need, numberOf: (term: string) => number): WeighedNeed {
    const terms = need.names.map((name) => termsOf([name]));
    const [first] = terms;
    // Of one name, as most have, the terms are those of all names.
    const allTerms = terms.length === 1 && first !== undefined ? first : termsOf(need.names);
    return {
      names: terms.map((each) => this.weighText(each, numberOf)),
      description:
        need.description.tokens.length === 0 ? undefined : this.weighText(termsOf([need.description]), numberOf),
      ...this.weighCapabilities(need.capabilities),
      concepts: this.space.likeness(allTerms),
      workKind: need.workKind,
      byTexts: undefined,
    };
  }

  private weighCapabilities(weights: CapabilityWeights): WeighedCapabilities {
    const { space } = this;
    const byNumber = new Map(
      Array.from(weights, ([code, weight]) => [space.numberOf(code), weight * space.rarity.capability]),
    );
    const titles = Array.from(weights).flatMap(([code, weight]): [number, number][] =>
      weight === 1 ? [[space.numberOf(code), 1]] : [],
    );
    const capabilities = sparseVector(byNumber);
    return {
      capabilities,
      capabilityTotal: totalOf(capabilities),
      titleCapabilities: sparseVector(new Map(titles)),
      nextCapabilities: space.nextTo(byNumber),
    };
  }

  private weighText(terms: TermImportance, numberOf: (term: string) => number): WeighedText {
    const words = new Map<number, number>();
    const content = new Map<number, number>();
    for (const [term, importance] of terms) {
      const number = numberOf(term);
      const weight = importance * this.space.rarity.term(term);
      words.set(number, weight);
      if (importance >= CONTENT) content.set(number, weight);
    }
    return { words: sparseVector(words), content: sparseVector(content) };
  }

  private knownNumber(term: string): number | undefined {
    return this.numbers.get(term) ?? this.base?.knownNumber(term);
  }

  private numberOf(term: string): number {
    const known = this.knownNumber(term);
    if (known !== undefined) return known;
    const number = (this.base === undefined ? 0 : FIRST_BESIDE) + this.numbers.size;
    this.numbers.set(term, number);
    return number;
  }
}
