import { readReferenceJson } from '../runtime/reference-file.js';
import { LayeringReader, checkedPolicies } from './layering.reader.js';
import type { LandscapeView } from '../core/access/view.js';
import type { LayeringPolicy } from '../core/landscape/structure-layering.js';

const [city] = checkedPolicies(readReferenceJson('hcmc/layering.json'));

function changed(change: (policy: LayeringPolicy) => object): unknown {
  if (city === undefined) throw new Error('There is no policy.');
  return [{ ...city, ...change(city) }];
}

describe('the layering of the city', () => {
  it('is a reading that nobody has confirmed, and says so', () => {
    expect(city).toMatchObject({
      confidence: 'UNSOURCED',
      layers: [{ layer: 1 }, { layer: 2 }, { layer: 3 }, { layer: 4 }],
    });
  });

  it('lets every layer need itself and, of most kinds, nothing above', () => {
    for (const { relationKinds, mayNeed } of city?.rules ?? []) {
      expect(mayNeed.map(({ layer }) => layer)).toEqual([1, 2, 3, 4]);
      for (const { layer, layers } of mayNeed) {
        expect(layers).toContain(layer);
        if (!relationKinds.includes('AUTHENTICATES_WITH')) expect(Math.max(...layers)).toBe(layer);
      }
    }
  });

  it.each([
    ['2025-11-30', undefined],
    ['2026-11-24', 'QD3616-4-LOP'],
  ])('on %s is %s', (day, code) => {
    const landscape = { day } as LandscapeView;
    expect(new LayeringReader().of(landscape)?.code).toBe(code);
  });
});

describe('layerings that can not be', () => {
  it.each([
    ['no list', {}, 'must be a list'],
    ['an unknown grade', changed(() => ({ confidence: 'SURE' })), 'SURE is no confidence'],
    [
      'a rule over a kind that is no need',
      changed(({ rules }) => ({ rules: [{ ...rules[0], relationKinds: ['OWNED_BY'] }] })),
      'OWNED_BY is no kind of need',
    ],
    [
      'two rules over one kind',
      changed(({ rules }) => ({ rules: [rules[0], rules[0]] })),
      'two rules speak of DEPENDS_ON',
    ],
    [
      'a layer that is not there',
      changed(({ rules }) => ({ rules: [{ ...rules[0], mayNeed: [{ layer: 1, layers: [5] }] }] })),
      'there is no layer 5',
    ],
  ])('%s is refused when it is read', (_what, value, message) => {
    expect(() => checkedPolicies(value)).toThrow(message);
  });
});
