import type { Json } from '../landscape/model.js';
import type { Facts } from './value.js';

/** Makes one fact of what it is known from; undefined where it is unknown. */
export type FactReader<Source> = (source: Source) => Json | undefined;

/** Where facts keep what they are made from, and how; no fact can have these names. */
const SOURCE = Symbol('source');
const FORM = Symbol('form');

interface Made<Source> {
  readonly [SOURCE]: Source;
  readonly [FORM]: FactForm<Source>;
}

/**
 * Facts of one form, each made only when an expression asks for it: a subject has a hundred of them, and a rule reads two.
 * Whoever wants all of them as a record takes `plainFacts`.
 */
export class FactForm<Source> {
  private readonly prototype: object;
  private readonly readers: ReadonlyMap<string, FactReader<Source>>;

  constructor(readers: ReadonlyMap<string, FactReader<Source>>) {
    this.readers = readers;
    this.prototype = Object.create(null, { [FORM]: { value: this } }) as object;
    for (const [name, read] of readers) {
      const get = function (this: Made<Source>): Json | undefined {
        return read(this[SOURCE]);
      };
      Object.defineProperty(this.prototype, name, { get, enumerable: true });
    }
  }

  of(source: Source): Facts {
    const facts = Object.create(this.prototype) as Facts & { [SOURCE]: Source };
    facts[SOURCE] = source;
    return facts;
  }

  /** How a fact is made; one that it does not have is unknown. */
  readerOf(name: string): FactReader<Source> {
    return this.readers.get(name) ?? unknown;
  }
}

function unknown(): undefined {
  return undefined;
}

/** What facts are made from, and how; undefined of a record. */
export function making(facts: Facts): { readonly source: unknown; readonly form: FactForm<unknown> } | undefined {
  const made = facts as Partial<Made<unknown>>;
  return made[FORM] === undefined ? undefined : { source: made[SOURCE], form: made[FORM] };
}

/** All facts that are known, as a record of their own. */
export function plainFacts(facts: Facts): Facts {
  const plain: Record<string, Json> = {};
  // What is made on demand is no property of its own.
  for (const name in facts) {
    const value = facts[name];
    if (value !== undefined) plain[name] = value;
  }
  return plain;
}
