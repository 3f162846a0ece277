import { draw } from '../../../test/support/drawn-landscape.js';
import { ownersConcerned } from './filter-owners.js';
import type { ElementFilter } from './filter.js';

const { landscape, name } = draw(['a OWNED_BY so', 'b OWNED_BY uy', 'c OWNED_BY xa', 'd'], {
  so: { kind: 'AGENCY', level: 'DEPARTMENT' },
  uy: { kind: 'AGENCY', level: 'PROVINCE' },
  xa: { kind: 'AGENCY', level: 'COMMUNE' },
});
const so: ElementFilter = { owner: { level: ['DEPARTMENT'] } };
const uy: ElementFilter = { owner: { urn: ['urn:khung:uy'] } };
const officials: ElementFilter = { owner: { level: ['DEPARTMENT', 'PROVINCE'] } };

describe('the owners that a filter leaves', () => {
  it.each<[ElementFilter, string | undefined]>([
    [{}, undefined],
    [{ kind: ['SYSTEM'], urn: ['urn:khung:a'] }, undefined],
    [so, 'so'],
    [officials, 'so uy'],
    [{ owner: { kind: ['CONCEPT'] } }, ''],
    [{ and: [so, { kind: ['SYSTEM'] }] }, 'so'],
    [{ and: [officials, uy] }, 'uy'],
    [{ and: [so, uy] }, ''],
    [{ ...officials, and: [uy] }, 'uy'],
    [{ or: [so, uy] }, 'so uy'],
    [{ or: [so, { kind: ['SYSTEM'] }] }, undefined],
    [{ or: [] }, ''],
    [{ or: [so, uy], and: [officials, { not: so }] }, 'so uy'],
    [{ not: so }, undefined],
  ])('%j: %s', (filter, expected) => {
    const found = ownersConcerned(landscape, filter);
    const names = found && [...found].map(name).toSorted().join(' ');
    expect(names).toBe(expected);
  });

  it('are asked of the revision at a moment', () => {
    const filter: ElementFilter = { owner: { changedAfter: '2026-01-01T00:00:00Z' } };
    expect(ownersConcerned(landscape, filter, () => 0)?.size).toBeGreaterThan(0);
    expect(ownersConcerned(landscape, filter, () => 5)?.size).toBe(0);
  });
});
