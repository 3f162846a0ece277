import type { GraphQLField, GraphQLResolveInfo } from 'graphql';

/** Values of the variables of an operation, as graphql-js coerced them. */
export type VariableValues = Readonly<Record<string, unknown>>;

/** What a resolver is called with beside its parent. */
export interface FieldCall {
  readonly args: Readonly<Record<string, unknown>>;
  readonly info: GraphQLResolveInfo;
}

/** A field as the schema declares it. */
export type FieldDefinition = GraphQLField<unknown, unknown>;

/**
 * The compiled way can not give this answer: something is wrong in it, or it asks for what the compiled way does not
 * know. graphql-js then works out the whole answer, so that errors are its own to the letter.
 */
export class CompiledWayEnds extends Error {
  override readonly name = 'CompiledWayEnds';
}

/** The text of an answer as it is written. Texts that are added to one text are joined by the engine, once, at the end. */
export class Output {
  text = '';
  private readonly gaps: { readonly before: string; readonly filling: Output }[] = [];

  /** Leaves a gap for what is written later. */
  gap(): Output {
    const filling = new Output();
    this.gaps.push({ before: this.text, filling });
    this.text = '';
    return filling;
  }

  /** All of it, once its gaps are filled. */
  whole(): string {
    let whole = '';
    for (const { before, filling } of this.gaps) whole += before + filling.whole();
    return whole + this.text;
  }
}

/** Adds the JSON text of what a resolver gave to the answer; never asked about a promise. */
export type Write = (value: unknown, run: CompiledRun, out: Output) => void;

/** One execution of a compiled operation. */
export class CompiledRun {
  /** Arguments of each field that has any, worked out once however many parents there are. */
  readonly calls: (FieldCall | undefined)[] = [];
  private pending = 0;
  private failure: unknown;
  private failed = false;
  private finish: (() => void) | undefined;

  constructor(
    readonly context: unknown,
    readonly variables: VariableValues,
  ) {}

  /** Leaves a gap in the text for a value, and writes it as soon as the value is there. */
  later(value: PromiseLike<unknown>, write: Write, out: Output): void {
    const filling = out.gap();
    this.pending += 1;
    value.then(
      (result) => {
        try {
          if (!this.failed) write(result, this, filling);
        } catch (error) {
          this.fail(error);
        }
        this.pending -= 1;
        if (this.pending === 0) this.finish?.();
      },
      (error: unknown) => this.fail(error),
    );
  }

  /** Undefined where everything is in its place already. @throws what the first failing resolver threw. */
  settled(): Promise<void> | undefined {
    if (this.pending === 0 && !this.failed) return undefined;
    return new Promise((resolve, reject) => {
      this.finish = () => {
        // What was thrown is handed on as it is.
        // eslint-disable-next-line prefer-promise-reject-errors
        if (this.failed) reject(this.failure);
        else resolve();
      };
      if (this.failed) this.finish();
    });
  }

  private fail(error: unknown): void {
    if (this.failed) return;
    this.failed = true;
    this.failure = error;
    this.finish?.();
  }
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  // Reading a property that is not there is remembered by the engine, asking whether it is there is not.
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
