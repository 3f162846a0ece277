import { RE2JS, RE2JSException } from 're2js';

/** A regular expression that takes time in proportion to its text, whatever it says. */
export interface Pattern {
  /** Whether it occurs anywhere in a text. */
  readonly occursIn: (text: string) => boolean;
  /** Instructions of its program: the most work for one character. */
  readonly size: number;
}

/** Makes a pattern (RE2: no look-around, no back references). @returns what is wrong with it where it is none. */
export function patternOf(source: string): Pattern | { readonly problem: string } {
  try {
    const expression = RE2JS.compile(source);
    return { occursIn: (text) => expression.test(text), size: expression.programSize() };
  } catch (error) {
    if (error instanceof RE2JSException) return { problem: error.message };
    throw error;
  }
}
