import { element } from '../../test/support/landscapes.js';
import { finished } from '../core/finished.js';
import type { Element } from '../core/landscape/model.js';
import { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { movedSteps, startSteps } from '../core/similarity/similarity-index.js';
import type { SimilarityIndex } from '../core/similarity/similarity-index.js';
import { readLanguageData } from './language-data.reader.js';
import { RecentIndexes } from './recent-indexes.js';

const LANGUAGE = readLanguageData();
const ALL = Array.from({ length: 200 }, (_, at) => element(at, { name: `Trạm quan trắc ${at}` }));

describe('the indexes that were made last', () => {
  it('are one for each kind of view, the newest first', () => {
    const recent = new RecentIndexes();
    const made = (elements: readonly Element[]): SimilarityIndex => {
      const landscape = LandscapeSnapshot.of(elements, []);
      const start = finished(startSteps(landscape, LANGUAGE, recent.all()));
      const index = finished(movedSteps(start));
      recent.add(index, start);
      return index;
    };
    const renamed = ALL.map((each) => (each.seq === 7 ? element(7, { name: 'Camera' }) : each));
    const whole = made(ALL);
    const part = made(ALL.slice(0, 180));
    expect(recent.all()).toEqual([part, whole]);
    const next = made(renamed);
    expect(recent.all()).toEqual([next, part]);
    expect(recent.all()[0]).toBe(next);
    expect([part.family, next.family]).toEqual([whole.family, whole.family]);
    const nextPart = made(renamed.slice(0, 180));
    expect(recent.all()).toHaveLength(2);
    expect(recent.all()[0]).toBe(nextPart);
    expect(recent.all()[1]).toBe(next);
  });
});
