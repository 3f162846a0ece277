/** Longest that work holds the thread before others have their turn: milliseconds. */
const SLICE = 10;

/**
 * Does work that comes in short steps, and lets everything else that waits go on after every slice of it.
 * @param signal - ends the work, after the slice that is on, with the reason for which it was aborted.
 */
export async function inSlices<T>(work: Generator<void, T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const end = performance.now() + SLICE;
    do {
      const step = work.next();
      if (step.done === true) return step.value;
    } while (performance.now() < end);
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    signal?.throwIfAborted();
  }
}
