import {
  BOOLEAN,
  DATE,
  DOUBLE,
  DURATION,
  INT,
  TEXT,
  TIMESTAMP,
  isCollection,
  sizeOfType,
  textOf,
} from './fact-type.js';
import type { FactType } from './fact-type.js';
import { DIVISION_BY_ZERO, MALFORMED, OUT_OF_RANGE, OVERFLOW, characters, overload } from './function.js';
import type { LanguageFunction, Overload, Refusal } from './function.js';
import { GRAPH_FUNCTIONS } from './graph-functions.js';
import {
  SECOND,
  dateOfDays,
  daysOf,
  daysOfDuration,
  durationOfDays,
  durationText,
  durationWithin,
  instantText,
  instantWithin,
  readDuration,
  readInstant,
} from './instant.js';
import { TIME_FUNCTIONS } from './time-functions.js';

/** A whole number; beyond ±(2^53 − 1) it would be rounded, so it is none. */
function whole(result: number): number | Refusal {
  // Adding 0 makes -0, which no whole number is, 0.
  return Number.isSafeInteger(result) ? result + 0 : OVERFLOW;
}

const text = (maximum: number): FactType => textOf(maximum);
const joined: Overload['result'] = (types) => text(types.reduce((sum, type) => sum + sizeOfType(type), 0));
const itemOf: Overload['result'] = ([list]) => (list !== undefined && isCollection(list) ? list.of : { kind: 'ANY' });

/** Dates are counted in days where both are full; else the result is open. */
function between(later: string, earlier: string): bigint | Refusal | undefined {
  if (later.length < 10 || earlier.length < 10) return undefined;
  const [to, from] = [daysOf(later), daysOf(earlier)];
  return to === undefined || from === undefined ? MALFORMED : (durationWithin(durationOfDays(to - from)) ?? OVERFLOW);
}

function moved(date: string, duration: bigint): string | Refusal | undefined {
  if (date.length < 10) return undefined;
  const [from, days] = [daysOf(date), daysOfDuration(duration)];
  if (from === undefined || days === undefined) return MALFORMED;
  return dateOfDays(from + days) ?? OVERFLOW;
}

const ADDITION = [
  overload(['INT', 'INT'], INT, (a, b) => whole(a + b)),
  overload(['DOUBLE', 'DOUBLE'], DOUBLE, (a, b) => a + b),
  overload(['TEXT', 'TEXT'], joined, (a, b) => a + b, { cost: (a, b) => characters(a + b) }),
  overload(['TIMESTAMP', 'DURATION'], TIMESTAMP, (a, b) => instantWithin(a + b) ?? OVERFLOW),
  overload(['DURATION', 'TIMESTAMP'], TIMESTAMP, (a, b) => instantWithin(a + b) ?? OVERFLOW),
  overload(['DURATION', 'DURATION'], DURATION, (a, b) => durationWithin(a + b) ?? OVERFLOW),
  overload(['DATE', 'DURATION'], DATE, moved),
];

const SUBTRACTION = [
  overload(['INT', 'INT'], INT, (a, b) => whole(a - b)),
  overload(['DOUBLE', 'DOUBLE'], DOUBLE, (a, b) => a - b),
  overload(['TIMESTAMP', 'TIMESTAMP'], DURATION, (a, b) => durationWithin(a - b) ?? OVERFLOW),
  overload(['TIMESTAMP', 'DURATION'], TIMESTAMP, (a, b) => instantWithin(a - b) ?? OVERFLOW),
  overload(['DURATION', 'DURATION'], DURATION, (a, b) => durationWithin(a - b) ?? OVERFLOW),
  overload(['DATE', 'DATE'], DURATION, between),
  overload(['DATE', 'DURATION'], DATE, (date, duration) => moved(date, -duration)),
];

const WHOLE_NUMBER = /^[+-]?\d{1,20}$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** The longest that a number or a time is as text. */
const PRINTED = text(40);
const textCost = { cost: characters };

const CONVERSIONS = {
  int: [
    overload(['INT'], INT, (value) => value),
    overload(['DOUBLE'], INT, (value) => whole(Math.trunc(value))),
    overload(['TEXT'], INT, (value) => (WHOLE_NUMBER.test(value) ? whole(Number(value)) : MALFORMED), textCost),
    overload(['TIMESTAMP'], INT, (value) => Number((value - (((value % SECOND) + SECOND) % SECOND)) / SECOND)),
  ],
  double: [
    overload(['DOUBLE'], DOUBLE, (value) => value),
    overload(['INT'], DOUBLE, (value) => value),
    overload(['TEXT'], DOUBLE, (value) => (NUMBER.test(value) ? Number(value) : MALFORMED), textCost),
  ],
  string: [
    overload(
      ['TEXT'],
      ([type]) => type ?? TEXT,
      (value) => value,
    ),
    overload(['INT'], PRINTED, (value) => `${value}`),
    overload(['DOUBLE'], PRINTED, (value) => `${value}`),
    overload(['BOOLEAN'], PRINTED, (value) => `${value}`),
    overload(['TIMESTAMP'], PRINTED, instantText),
    overload(['DURATION'], PRINTED, durationText),
  ],
  timestamp: [
    overload(['TEXT'], TIMESTAMP, (value) => readInstant(value) ?? MALFORMED, {
      ...textCost,
      literal: 'YYYY-MM-DDThh:mm:ssZ',
    }),
  ],
  duration: [
    overload(['TEXT'], DURATION, (value) => readDuration(value) ?? MALFORMED, { ...textCost, literal: '1h30m' }),
  ],
};

const partCost = { cost: (length: number, part: number): number => characters(length + part) };

/** Characters as people count them: what lies beyond the first plane of Unicode takes two places, and counts once. */
function lengthOf(value: string): number {
  let length = 0;
  for (const _ of value) length += 1;
  return length;
}

/** Every operator and function of the language but the logical ones, by CEL's name for it. */
export const FUNCTIONS: ReadonlyMap<string, LanguageFunction> = new Map<string, LanguageFunction>([
  ['_+_', { style: 'OPERATOR', overloads: ADDITION }],
  ['_-_', { style: 'OPERATOR', overloads: SUBTRACTION }],
  [
    '_*_',
    {
      style: 'OPERATOR',
      overloads: [
        overload(['INT', 'INT'], INT, (a, b) => whole(a * b)),
        overload(['DOUBLE', 'DOUBLE'], DOUBLE, (a, b) => a * b),
      ],
    },
  ],
  [
    '_/_',
    {
      style: 'OPERATOR',
      overloads: [
        overload(['INT', 'INT'], INT, (a, b) => (b === 0 ? DIVISION_BY_ZERO : whole((a - (a % b)) / b))),
        overload(['DOUBLE', 'DOUBLE'], DOUBLE, (a, b) => a / b),
      ],
    },
  ],
  [
    '_%_',
    {
      style: 'OPERATOR',
      overloads: [overload(['INT', 'INT'], INT, (a, b) => (b === 0 ? DIVISION_BY_ZERO : whole(a % b)))],
    },
  ],
  [
    '-_',
    {
      style: 'SIGN',
      overloads: [overload(['INT'], INT, (value) => whole(-value)), overload(['DOUBLE'], DOUBLE, (value) => -value)],
    },
  ],
  ['_[_]', { style: 'INDEX', overloads: [overload(['LIST', 'INT'], itemOf, (list, at) => list[at] ?? OUT_OF_RANGE)] }],
  [
    'size',
    {
      style: 'BOTH',
      overloads: [overload(['TEXT'], INT, lengthOf, textCost), overload(['COLLECTION'], INT, (items) => items.length)],
    },
  ],
  [
    'contains',
    { style: 'METHOD', overloads: [overload(['TEXT', 'TEXT'], BOOLEAN, (a, b) => a.includes(b), partCost)] },
  ],
  [
    'startsWith',
    { style: 'METHOD', overloads: [overload(['TEXT', 'TEXT'], BOOLEAN, (a, b) => a.startsWith(b), partCost)] },
  ],
  [
    'endsWith',
    { style: 'METHOD', overloads: [overload(['TEXT', 'TEXT'], BOOLEAN, (a, b) => a.endsWith(b), partCost)] },
  ],
  [
    'matches',
    {
      style: 'METHOD',
      overloads: [
        overload(['TEXT', 'PATTERN'], BOOLEAN, (value, pattern) => pattern.occursIn(value), {
          cost: (length, instructions) => Math.ceil((length * instructions) / 4),
        }),
      ],
    },
  ],
  ...Object.entries(CONVERSIONS).map(([name, overloads]): [string, LanguageFunction] => [
    name,
    { style: 'FUNCTION', overloads },
  ]),
  ...GRAPH_FUNCTIONS,
  ...TIME_FUNCTIONS,
]);
