import canonicalizeModule from 'canonicalize';
import * as fc from 'fast-check';
import { canonicalJson, canonicalObject, hashOf } from './canonical-json.js';

// The package's typings are wrong, see canonical-json.ts.
const untyped: unknown = canonicalizeModule;
const canonicalize = untyped as (value: unknown) => string | undefined;

/** Keys that try the order: numbers, the prototype, marks, characters beyond the basic plane. */
const KEY = fc.oneof(
  fc.constantFrom('0', '2', '10', '01', '__proto__', 'constructor', 'toString', 'é', 'Đ', '😀', '\uFB33', '', 'a"b'),
  fc.string({ unit: 'binary' }),
);
const VALUE = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, -0, 1e21, 1e-7, undefined),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value')),
    fc.dictionary(KEY, tie('value')),
  ),
})).value;

describe('the canonical text', () => {
  it('is what the reference implementation writes', () => {
    fc.assert(
      fc.property(VALUE, (value) => {
        fc.pre(value !== undefined);
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
      { numRuns: 2_000 },
    );
  });

  it('orders keys by their UTF-16 units, as in the example of RFC 8785, section 3.2.3', () => {
    const given = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(given)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}');
  });

  it('takes what says itself how it is written', () => {
    expect(canonicalJson({ at: [new Date(0)] })).toBe('{"at":["1970-01-01T00:00:00.000Z"]}');
  });

  it.each([[undefined], [Number.NaN], [{ a: [Number.POSITIVE_INFINITY] }], [() => 1]])('is refused for %p', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('of an object is made with texts that are there', () => {
    const value = { revision: 3, at: 'x', operations: [{ op: 'ADD', b: 1, a: 2 }] };
    const { operations, ...values } = value;
    expect(canonicalObject(values, { operations: canonicalJson(operations) })).toBe(canonicalJson(value));
    expect(hashOf(value)).toMatch(/^[0-9a-f]{64}$/);
  });
});
