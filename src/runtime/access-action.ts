import { Extensions } from '@nestjs/graphql';
import type { Action } from '../core/access/policy.js';

/** The key of an action among the extensions of a field of the schema. */
export const ACTION = 'action';

/**
 * Names what a query, a mutation or a field asks to do, by the policy. A field without one belongs to what it was reached
 * by, and is read by its action.
 */
export function Asks(action: Action): MethodDecorator & PropertyDecorator {
  return Extensions({ [ACTION]: action });
}
