import { RegistryError } from '../core/errors.js';

/** Ten years: further ahead nobody plans the end of a contract or of support. */
const DAYS_MAXIMUM = 3_660;

/** @throws RegistryError VALUE_OUT_OF_BOUNDS for a number of days that is negative or beyond all planning. */
export function checkedDays(days: number, field: string): number {
  if (days >= 0 && days <= DAYS_MAXIMUM) return days;
  throw RegistryError.of('VALUE_OUT_OF_BOUNDS', [field], { field, value: days, minimum: 0, maximum: DAYS_MAXIMUM });
}
