import type { Context } from './context.js';
import { INT, TEXT, enumOf } from './fact-type.js';
import { worldOverload } from './function.js';
import type { LanguageFunction, Overload } from './function.js';
import { isWithin } from './partial-date.js';
import { UNTRACED, Unknown } from './value.js';
import type { Value } from './value.js';

/** Units of work: a look at a short list, and at each day of the years that the calendar covers. */
const REGIME_COST = 10;
const CALENDAR_COST = 200;

/** What the reference data do not say. */
function unrecorded(context: Context, field: string, path: string): Unknown {
  return context.isTracing ? new Unknown([{ path, field, item: null, incomplete: false }]) : UNTRACED;
}

/** The law in force on a date; a date that leaves more than one possible is known too roughly. */
function regimeOn(context: Context, [date]: readonly [string]): Value | undefined {
  const possible = context.world.regimes.filter((regime) => isWithin(date, regime) !== false);
  const [regime, another] = possible;
  if (regime === undefined) return unrecorded(context, 'regimes', 'regimes');
  return another === undefined && isWithin(date, regime) === true ? regime.code : undefined;
}

function workdaysBetween(context: Context, [from, to]: readonly [string, string]): Value | undefined {
  if (from.length < 10 || to.length < 10) return undefined;
  const counted = context.world.calendar?.between(from, to);
  if (counted === undefined) return unrecorded(context, 'calendar', 'calendar');
  if ('uncovered' in counted) return unrecorded(context, 'calendar', `calendar.${counted.uncovered}`);
  context.restsOn(counted.unverified);
  return counted.days;
}

/** The words of a closed list, where there is one. */
const regimeCode: Overload['result'] = (_types, { regimes }) => (regimes.length === 0 ? TEXT : enumOf(regimes));

/** Functions that ask the calendar and the regimes of law, by name. */
export const TIME_FUNCTIONS: readonly (readonly [string, LanguageFunction])[] = [
  ['regime', { style: 'FUNCTION', overloads: [worldOverload(['DATE'], regimeCode, regimeOn, { cost: REGIME_COST })] }],
  [
    'workdays',
    { style: 'FUNCTION', overloads: [worldOverload(['DATE', 'DATE'], INT, workdaysBetween, { cost: CALENDAR_COST })] },
  ],
];
