import type { RequestContext } from './request-context.js';

const unsettled = new WeakSet<RequestContext>();

/** Says that an answer tells how far work is, and will be another while nothing is written: it must not be kept. */
export function leaveUnsettled(context: RequestContext): void {
  unsettled.add(context);
}

/** Whether a part of the answer to a request is still being worked out. */
export function isUnsettled(context: RequestContext): boolean {
  return unsettled.has(context);
}
