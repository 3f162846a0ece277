/** Longest that work holds the thread before others have their turn: milliseconds. */
const SLICE = 10;

/**
 * Does work that comes in short steps, and lets everything else that waits go on after every slice of it.
 * @param signal - ends the work, after the slice that is on, with the reason for which it was aborted.
 */
export async function inSlices<T>(work: Generator<void, T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const ended = slice(work);
    if (ended !== undefined) return ended.value;
    await aRound();
    signal?.throwIfAborted();
  }
}

/**
 * Works that share one slice between two rounds of the loop: each has one after the other, so that a short one is not
 * kept waiting until a long one has ended, and many hold up others no more than one does.
 */
export class SharedSlices {
  private readonly waiting: (() => boolean)[] = [];
  private isWorking = false;

  /** Ends as the work does. */
  run<T>(work: Generator<void, T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.push(() => {
        try {
          const ended = slice(work);
          if (ended !== undefined) resolve(ended.value);
          return ended !== undefined;
        } catch (error) {
          reject(error);
          return true;
        }
      });
      if (!this.isWorking) void this.workOff();
    });
  }

  private async workOff(): Promise<void> {
    this.isWorking = true;
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      if (!next()) this.waiting.push(next);
      if (this.waiting.length > 0) await aRound();
    }
    this.isWorking = false;
  }
}

/** One slice of work; what it came to, where it has ended. */
function slice<T>(work: Generator<void, T>): IteratorReturnResult<T> | undefined {
  const end = performance.now() + SLICE;
  do {
    const step = work.next();
    if (step.done === true) return step;
  } while (performance.now() < end);
  return undefined;
}

function aRound(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
