import { WorkBudget } from '../core/work-budget.js';
import type { RequestContext } from './request-context.js';

/** Work that one request may take, in the units of `WorkBudget`: about a second of a processor at most. */
const WORK_MAXIMUM = 10_000_000;

/** What the fields of one request share of the thread that answers everybody. */
interface RequestWork {
  readonly budget: WorkBudget;
  /** Ends when the field that came last has its turn; undefined before the first. */
  last: Promise<unknown> | undefined;
}

const works = new WeakMap<RequestContext, RequestWork>();

function requestWork(context: RequestContext): RequestWork {
  let work = works.get(context);
  if (work === undefined) {
    work = { budget: budgetFor(context), last: undefined };
    works.set(context, work);
  }
  return work;
}

/** Ends with the connection: who asked may have gone away long before his answer is there. */
function budgetFor({ connection }: RequestContext): WorkBudget {
  const budget = new WorkBudget(WORK_MAXIMUM);
  if (connection?.destroyed === true) budget.close();
  else connection?.once('close', () => budget.close());
  return budget;
}

/** The work that all fields of a request draw on together. */
export function workOf(context: RequestContext): WorkBudget {
  return requestWork(context).budget;
}

/** How much of its work a request has drawn, and how much there was. */
export function workDrawn(context: RequestContext): { readonly work: number; readonly workLimit: number } {
  return { work: Math.ceil(works.get(context)?.budget.spent ?? 0), workLimit: WORK_MAXIMUM };
}

/**
 * Begins again with all of the work, for a request that is worked out a second time; what still goes on of the first time
 * has nothing left.
 */
export function renewWork(context: RequestContext): void {
  works.get(context)?.budget.close();
  works.delete(context);
}

/**
 * Waits for a value and for the turn of a field: the first of a request goes on at once, each other after the one before
 * it has begun and the loop has gone round, so that other requests are answered in between.
 */
export function inTurn<T>(context: RequestContext, ready: Promise<T>): Promise<T> {
  const work = requestWork(context);
  const turn = work.last === undefined ? ready : together(aRoundAfter(work.last), ready);
  work.last = turn;
  return turn;
}

/** Both are waited for from the beginning: whatever the value fails with is heard. */
async function together<T>(pause: Promise<void>, ready: Promise<T>): Promise<T> {
  const [, value] = await Promise.all([pause, ready]);
  return value;
}

async function aRoundAfter(last: Promise<unknown>): Promise<void> {
  // What went wrong there is told by the field that waited for it.
  await Promise.allSettled([last]);
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
