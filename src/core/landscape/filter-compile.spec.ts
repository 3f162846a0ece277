import { draw } from '../../../test/support/drawn-landscape.js';
import { urnOf } from '../../../test/support/landscapes.js';
import { ADMINISTRATOR } from '../access/actor.js';
import { LandscapeView } from '../access/view.js';
import { compileElementFilter, compileRelationFilter, momentsOf } from './filter-compile.js';
import { selectElements, selectRelations, selectRelationsOf } from './filter-select.js';
import type { ElementFilter, RelationFilter } from './filter.js';

const drawing = draw(
  ['kho OWNED_BY so', 'kho OWNED_BY ubnd', 'trang OWNED_BY ubnd', 'ubnd', 'kho DEPENDS_ON nen HARD IN_USE', 'nen'],
  {
    kho: {
      name: 'Kho dữ liệu',
      kind: 'DATABASE',
      layer: 2,
      phases: [
        { phase: 'PLAN', from: '2023' },
        { phase: 'ACTIVE', from: '2025' },
      ],
      externalIds: [
        { scheme: 'NAS', value: 'HCM-01', recordType: null },
        { scheme: 'IB', value: 'IB2500', recordType: null },
      ],
      responsibilities: [
        { role: 'ACCOUNTABLE', person: 'P1', agency: urnOf('so'), from: '2024', until: '2025-06' },
        { role: 'DATA_STEWARD', person: null, agency: urnOf('ubnd'), from: null, until: null },
      ],
      attributes: { hosting: 'CLOUD' },
      revision: 7,
    },
    trang: { name: 'Cổng thông tin', visibility: 'GOVERNMENT', revision: 3 },
    so: { name: 'Sở Khoa học và Công nghệ', kind: 'AGENCY', level: 'DEPARTMENT' },
    ubnd: { name: 'UBND thành phố', kind: 'AGENCY', level: 'PROVINCE' },
    nen: { kind: 'PLATFORM' },
  },
);

describe('a filter of elements', () => {
  it.each<[ElementFilter, string]>([
    [{}, 'kho so ubnd trang nen'],
    [{ kind: ['AGENCY', 'PLATFORM'] }, 'so ubnd nen'],
    [{ kind: [] }, ''],
    [{ urn: ['urn:khung:kho', 'urn:khung:none'] }, 'kho'],
    [{ urn: ['urn:khung:nen', 'urn:khung:kho', 'urn:khung:nen'] }, 'kho nen'],
    [{ urn: [] }, ''],
    [{ name: { contains: 'khoa hoc' } }, 'so'],
    [{ externalId: { eq: 'IB2500' } }, 'kho'],
    [{ externalId: { eq: 'HCM-01' } }, 'kho'],
    [{ externalId: { eq: 'NAS' } }, ''],
    [{ externalId: { isNull: true } }, 'so ubnd trang nen'],
    [{ layer: { gte: 1 } }, 'kho'],
    [{ layer: { isNull: true } }, 'so ubnd trang nen'],
    [{ phase: ['ACTIVE'] }, 'kho'],
    [{ phase: ['PLAN'] }, ''],
    [{ phase: ['UNKNOWN'] }, 'so ubnd trang nen'],
    [{ visibility: ['GOVERNMENT'] }, 'trang'],
    [{ level: ['DEPARTMENT', 'PROVINCE'] }, 'so ubnd'],
    [{ level: ['COMMUNE'] }, ''],
    [{ owner: { level: ['DEPARTMENT'] } }, 'kho'],
    [{ owner: { level: ['PROVINCE'] } }, 'trang'],
    [{ owner: { urn: ['urn:khung:ubnd'] } }, 'trang'],
    [{ owner: { and: [{ name: {} }, { urn: ['urn:khung:so', 'urn:khung:ubnd'] }] } }, 'kho trang'],
    [{ and: [{ owner: { level: ['PROVINCE'] } }, { urn: ['urn:khung:kho'] }] }, ''],
    [{ owner: {} }, 'kho trang'],
    [{ not: { owner: {} } }, 'so ubnd nen'],
    [{ attribute: { key: 'hosting', string: { eq: 'CLOUD' } } }, 'kho'],
    [{ attribute: { key: 'hosting', isKnown: false } }, 'so ubnd trang nen'],
    [{ attribute: null, kind: null }, 'kho so ubnd trang nen'],
    [{ responsibility: {} }, 'kho'],
    [{ responsibility: { role: ['ACCOUNTABLE'], agency: ['urn:khung:so'] } }, 'kho'],
    [{ responsibility: { role: ['ACCOUNTABLE'], agency: ['urn:khung:ubnd'] } }, ''],
    [{ responsibility: { person: ['P1', 'P2'] } }, 'kho'],
    [{ responsibility: { person: ['P2'] } }, ''],
    [{ responsibility: { role: ['ACCOUNTABLE'], validOn: '2025-06-30' } }, 'kho'],
    [{ responsibility: { role: ['ACCOUNTABLE'], validOn: '2025-07-01' } }, ''],
    [{ responsibility: { role: ['ACCOUNTABLE'], validOn: '2023-12-31' } }, ''],
    [{ responsibility: { role: ['DATA_STEWARD'], validOn: '2030' } }, 'kho'],
    [{ changedAfterRevision: 3 }, 'kho'],
    [{ changedAfterRevision: 2 }, 'kho trang'],
    [{ and: [{ kind: ['AGENCY'] }, { level: ['PROVINCE'] }] }, 'ubnd'],
    [{ and: [] }, 'kho so ubnd trang nen'],
    [{ or: [{ kind: ['PLATFORM'] }, { level: ['PROVINCE'] }] }, 'ubnd nen'],
    [{ or: [] }, ''],
    [{ not: { kind: ['AGENCY'] } }, 'kho trang nen'],
    [{ kind: ['AGENCY'], not: { or: [{ level: ['PROVINCE'] }] } }, 'so'],
    [{ relation: { some: {} } }, 'kho so ubnd trang nen'],
    [{ relation: { none: { kind: ['OWNED_BY'] } } }, 'nen'],
    [{ relation: { every: { kind: ['DEPENDS_ON'] } } }, 'nen'],
    [{ relation: { some: { direction: 'INCOMING' } } }, 'so ubnd nen'],
    [{ relation: { some: { direction: 'OUTGOING', other: { kind: ['PLATFORM'] } } } }, 'kho'],
    [{ relation: { none: { direction: 'INCOMING' }, some: { strength: ['HARD'] } } }, 'kho'],
    [{ relation: { some: { other: { relation: { some: { other: { name: { eq: 'nen' } } } } } } } }, 'so ubnd nen'],
  ])('%j finds "%s"', (filter, expected) => {
    const { landscape, name } = drawing;
    expect(
      selectElements(landscape, filter)
        .map(({ seq }) => name(seq))
        .join(' '),
    ).toBe(expected);
  });

  it('has every relation of any kind where it has none', () => {
    const { landscape, name } = draw(['a DEPENDS_ON a', 'b']);
    const named = (filter: ElementFilter): string[] => selectElements(landscape, filter).map(({ seq }) => name(seq));
    expect(named({ relation: { every: { kind: ['USES'] } } })).toEqual(['b']);
    expect(named({ relation: { every: { direction: 'OUTGOING' } } })).toEqual(['a', 'b']);
    expect(named({ relation: { some: { other: { urn: ['urn:khung:a'] } } } })).toEqual(['a']);
  });

  it('knows the phase of the day on which the landscape is looked at', () => {
    const view = LandscapeView.of(drawing.landscape, ADMINISTRATOR, { day: '2024-05-01', onlyValid: false });
    expect(selectElements(view, { phase: ['PLAN'] }).map(({ seq }) => drawing.name(seq))).toEqual(['kho']);
  });

  it('asks which revision there was at a moment', () => {
    const revisionAt = (moment: string): number => (moment < '2026' ? 2 : 5);
    const changed = (changedAfter: string): string[] =>
      selectElements(drawing.landscape, { changedAfter }, revisionAt).map(({ seq }) => drawing.name(seq));
    expect(changed('2025-01-01T00:00:00Z')).toEqual(['kho', 'trang']);
    expect(changed('2026-01-01T00:00:00Z')).toEqual(['kho']);
    expect(() => compileElementFilter(drawing.landscape, { changedAfter: '2026' })).toThrow(RangeError);
  });
});

describe('the moments of a filter', () => {
  it.each<[ElementFilter | RelationFilter, string[]]>([
    [{}, []],
    [{ changedAfter: null, name: { eq: '2026' } }, []],
    [{ changedAfter: '2026', or: [{ changedAfter: '2025' }, { not: { changedAfter: '2026' } }] }, ['2025', '2026']],
    [{ relation: { some: { other: { owner: { changedAfter: '2024' } } } } }, ['2024']],
    [{ source: { changedAfter: '2023' }, kind: ['USES'] }, ['2023']],
  ])('%j: %j', (filter, expected) => {
    expect(momentsOf(filter)).toEqual(expected);
  });
});

describe('a filter of relations', () => {
  it.each<[RelationFilter, string]>([
    [{}, 'r1 r2 r3 r4'],
    [{ kind: ['DEPENDS_ON'] }, 'r4'],
    [{ strength: ['HARD', 'SOFT'] }, 'r4'],
    [{ strength: ['UNKNOWN'] }, 'r1 r2 r3'],
    [{ status: ['IN_USE'] }, 'r4'],
    [{ status: ['ENDED'] }, ''],
    [{ source: { kind: ['SYSTEM'] } }, 'r3'],
    [{ target: { level: ['PROVINCE'] } }, 'r2 r3'],
    [{ source: { kind: ['DATABASE'] }, target: { kind: ['AGENCY'] } }, 'r1 r2'],
    [{ source: { owner: { level: ['PROVINCE'] } } }, 'r3'],
    [{ channel: ['LGSP'] }, ''],
    [{ channel: ['UNKNOWN'] }, 'r1 r2 r3 r4'],
    [{ channelNot: ['LGSP'] }, ''],
    [{ crossAgency: true }, ''],
    [{ validOn: '2025' }, 'r1 r2 r3 r4'],
    [{ and: [{ kind: ['OWNED_BY'] }, { source: { kind: ['DATABASE'] } }] }, 'r1 r2'],
    [{ and: [] }, 'r1 r2 r3 r4'],
    [{ or: [{ kind: ['DEPENDS_ON'] }, { source: { kind: ['SYSTEM'] } }] }, 'r3 r4'],
    [{ not: { kind: ['OWNED_BY'] } }, 'r4'],
  ])('%j finds "%s"', (filter, expected) => {
    const found = selectRelations(drawing.landscape, filter);
    expect(found.map(({ seq }) => `r${seq}`).join(' ')).toBe(expected);
  });

  it.each<[RelationFilter, boolean]>([
    [{ channel: ['LGSP'] }, true],
    [{ channel: ['NDXP', 'FILE'] }, true],
    [{ channel: ['NDXP'] }, false],
    [{ channel: [] }, false],
    [{ channelNot: ['NDXP'] }, true],
    [{ channelNot: ['NDXP', 'FILE'] }, false],
    [{ validOn: '2025-07-01' }, true],
    [{ validOn: '2024-12-31' }, false],
  ])('%j on one over LGSP and FILE since 2025: %j', (filter, expected) => {
    const { landscape } = drawing;
    const [first] = landscape.relations();
    if (first === undefined) throw new Error('the drawing has relations');
    const relation = { ...first, channels: ['LGSP', 'FILE'] as const, validFrom: '2025' };
    expect(compileRelationFilter(landscape, filter)(relation)).toBe(expected);
  });

  it('finds none by an end that is not there', () => {
    const { landscape } = drawing;
    const [first] = landscape.relations();
    if (first === undefined) throw new Error('the drawing has relations');
    expect(compileRelationFilter(landscape, { source: {} })({ ...first, source: 999 })).toBe(false);
    expect(compileRelationFilter(landscape, {})({ ...first, source: 999 })).toBe(true);
  });

  it('is one of different agencies where both owners are known', () => {
    const { landscape } = draw(['a OWNED_BY x', 'b OWNED_BY y', 'c OWNED_BY y', 'a READS b', 'b READS c', 'a READS d']);
    const found = (crossAgency: boolean): number[] => selectRelations(landscape, { crossAgency }).map(({ seq }) => seq);
    expect(found(true)).toEqual([4]);
    expect(found(false)).toEqual([5]);
  });

  it('is seen from an element, a loop once', () => {
    const { landscape, at } = draw(['a READS b', 'b READS a', 'a READS a', 'b READS b']);
    const found = (filter: RelationFilter): number[] =>
      selectRelationsOf(landscape, at('a').seq, filter).map(({ seq }) => seq);
    expect(found({}).toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
    expect(found({ direction: 'OUTGOING' }).toSorted((a, b) => a - b)).toEqual([1, 3]);
    expect(found({ direction: 'INCOMING' }).toSorted((a, b) => a - b)).toEqual([2, 3]);
    expect(found({ other: { name: { eq: 'b' } } })).toEqual([1, 2]);
    expect(found({ not: { direction: 'BOTH' } })).toEqual([]);
  });
});
