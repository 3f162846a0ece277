import * as fc from 'fast-check';
import { committed, told } from '../../../test/support/change-sets.js';
import { draw } from '../../../test/support/drawn-landscape.js';
import type { Drawing } from '../../../test/support/drawn-landscape.js';
import { element, landscapeOf, relation, urnOf } from '../../../test/support/landscapes.js';
import {
  LAST_DAY,
  NEW_DAY,
  agencyTrees,
  anyIntents,
  committedAtHead,
  found,
  merge,
  on,
  planAtHead,
  rename,
  reorganised,
  split,
  transfer,
} from '../../../test/support/reorganisations.js';
import { contentLines } from './content.js';
import { ownerOf, targetsOf } from './landscape.js';
import type { Landscape } from './landscape.js';
import { isSurelyAfter } from './model.js';
import type { Element, Relation } from './model.js';
import { OPERATIONS_OF } from './reorganisation.js';
import type { Consequence, ReorganisationPlan } from './reorganisation.js';
import { INTENTS_MAXIMUM } from './reorganise.js';
import { revertOf } from './revert.js';
import type { LandscapeSnapshot } from './snapshot.js';

const AGENCY: Partial<Element> = { kind: 'AGENCY' };
const idOf = (urn: string | null): string => (urn ?? '').replace('urn:khung:', '');

/** `TYPE element from>to`, as short as a consequence can be told. */
function short({ type, element, kind, path, from, to, question }: Consequence): string {
  const what = question ?? kind ?? path ?? '';
  return [type, what, idOf(element), `${idOf(from)}>${idOf(to)}`].join(' ');
}

function shorts({ consequences }: ReorganisationPlan, ...types: readonly string[]): string[] {
  return consequences.filter(({ type }) => types.length === 0 || types.includes(type)).map(short);
}

function after(landscape: LandscapeSnapshot, plan: ReorganisationPlan): LandscapeSnapshot {
  expect(plan.conflicts).toEqual([]);
  return committedAtHead(landscape, plan.operations);
}

function owners(landscape: Landscape): Record<string, string> {
  return Object.fromEntries(
    Array.from(landscape.elements(), ({ urn, seq }) => [idOf(urn), idOf(ownerOf(landscape, seq)?.urn ?? null)]),
  );
}

/** Two provinces, a district of one, and what they have. */
function provinces(): Drawing {
  return draw(
    [
      'tphcm',
      'quan PART_OF binh-duong',
      'kho OWNED_BY binh-duong',
      'kho OPERATED_BY binh-duong',
      'cong OWNED_BY tphcm',
      'cong OWNED_BY binh-duong',
      'binh-duong USES lgsp',
      'binh-duong PART_OF trung-uong',
      'binh-duong GOVERNED_BY luat-cu',
      'binh-duong ASSOCIATED_WITH tphcm',
      'cu OWNED_BY binh-duong ENDED',
    ],
    {
      tphcm: AGENCY,
      quan: AGENCY,
      'binh-duong': { ...AGENCY, level: 'PROVINCE', phases: [{ phase: 'ACTIVE', from: null }] },
      'trung-uong': AGENCY,
      lgsp: { kind: 'PLATFORM' },
      'luat-cu': { kind: 'LEGISLATION' },
      luat: { kind: 'LEGISLATION', name: 'Nghị quyết' },
      'cong-vien': { responsibilities: [] },
    },
  );
}

describe('merging agencies', () => {
  const { landscape, at } = provinces();
  const plan = reorganised(landscape, [merge('tphcm', ['binh-duong'], 'FORMER_PROVINCE')]);
  const merged = after(landscape, plan);

  it('moves what the predecessor had, joins what both had, ends what was its own', () => {
    expect(shorts(plan)).toEqual(
      [
        'SETS level binh-duong >',
        'SETS phases binh-duong >',
        'MOVES USES lgsp binh-duong>tphcm',
        'MOVES PART_OF quan binh-duong>tphcm',
        'MOVES OWNED_BY kho binh-duong>tphcm',
        'MOVES OPERATED_BY kho binh-duong>tphcm',
        'JOINS OWNED_BY cong binh-duong>tphcm',
        'ENDS PART_OF trung-uong binh-duong>',
        'ENDS GOVERNED_BY luat-cu binh-duong>',
        'ENDS ASSOCIATED_WITH tphcm binh-duong>',
        'BEGINS REPLACES binh-duong >tphcm',
      ].toSorted((a, b) => shorts(plan).indexOf(a) - shorts(plan).indexOf(b)),
    );
  });

  it('keeps the predecessor, ended and with its former level', () => {
    const former = merged.elementByUrn(at('binh-duong').urn);
    expect(former).toMatchObject({
      name: 'binh-duong',
      level: 'FORMER_PROVINCE',
      phases: [
        { phase: 'ACTIVE', from: null },
        { phase: 'END_OF_LIFE', from: NEW_DAY },
      ],
    });
  });

  it('gives the old owner on the day before, the new one on the day and ever after', () => {
    expect(owners(on(merged, LAST_DAY))).toMatchObject({ kho: 'binh-duong', cu: '' });
    expect(owners(on(merged, NEW_DAY))).toMatchObject({ kho: 'tphcm', cong: 'tphcm', cu: '' });
    expect(owners(merged)).toMatchObject({ kho: 'tphcm', cong: 'tphcm' });
  });

  it('leaves the landscape it was asked of as it is', () => {
    expect(owners(landscape)).toMatchObject({ kho: 'binh-duong' });
  });

  it('names the legal basis as the source of each value, and as what the successor rests on', () => {
    const { operations } = reorganised(landscape, [merge('tphcm', ['binh-duong'])], {
      legalBasis: urnOf('luat-cu'),
      confidence: 'HIGH',
    });
    expect(operations.every(({ source, confidence }) => source === 'luat-cu' && confidence === 'HIGH')).toBe(true);
    expect(operations.map(({ urn }) => urn)).toContain('urn:khung:tphcm.governed-by.luat-cu');
  });

  it('does not say twice that one replaces the other', () => {
    const again = draw(['moi REPLACES cu', 'kho OWNED_BY cu'], { moi: AGENCY, cu: AGENCY });
    expect(shorts(reorganised(again.landscape, [merge('moi', ['cu'])]))).toEqual([
      'SETS phases cu >',
      'MOVES OWNED_BY kho cu>moi',
    ]);
  });

  it('does not let what goes on end with what says the same for a time', () => {
    const { landscape } = draw(['kho OWNED_BY a', 'kho OWNED_BY b', 'c'], { a: AGENCY, b: AGENCY, c: AGENCY });
    const ending = (relation: string): LandscapeSnapshot =>
      committed(landscape, { op: 'UPDATE', urn: `urn:khung:${relation}`, path: 'validTo', value: '2026-01' });
    expect(shorts(reorganised(ending('r1'), [merge('c', ['a', 'b'])]), 'MOVES', 'JOINS')).toEqual([
      'MOVES OWNED_BY kho a>c',
      'MOVES OWNED_BY kho b>c',
    ]);
    expect(shorts(reorganised(ending('r2'), [merge('c', ['a', 'b'])]), 'MOVES', 'JOINS')).toEqual([
      'MOVES OWNED_BY kho a>c',
      'JOINS OWNED_BY kho b>c',
    ]);
  });

  it('takes away what had not begun, and lets it begin with the successor when it was to', () => {
    const drawn = draw(['kho OWNED_BY cu', 'moi'], { moi: AGENCY, cu: AGENCY });
    const later = committed(drawn.landscape, {
      op: 'UPDATE',
      urn: 'urn:khung:r1',
      path: 'validFrom',
      value: '2025-09-01',
    });
    const { operations } = reorganised(later, [merge('moi', ['cu'])]);
    expect(operations).toContainEqual({ op: 'REMOVE', urn: 'urn:khung:r1' });
    expect(operations.find(({ urn }) => urn === 'urn:khung:kho.owned-by.moi')?.value).toMatchObject({
      validFrom: '2025-09-01',
      validTo: null,
    });
  });
});

describe('what somebody has to decide after a merger', () => {
  it('are systems that do the same or hold the same originals, contracts, uses that differ and scopes of originals', () => {
    const { landscape } = draw(
      [
        'mot-cua-a OWNED_BY a',
        'mot-cua-b OWNED_BY b',
        'mot-cua-c OWNED_BY c',
        'mot-cua-a REALIZES giai-quyet',
        'mot-cua-b REALIZES giai-quyet',
        'mot-cua-c REALIZES tra-cuu',
        'mot-cua-a REALIZES tra-cuu',
        'mot-cua-b MASTERS ho-so',
        'mot-cua-c MASTERS ho-so ENDED',
        'hop-dong OWNED_BY a',
        'a USES lgsp',
        'c USES lgsp',
      ],
      {
        a: AGENCY,
        b: AGENCY,
        c: AGENCY,
        'giai-quyet': { kind: 'CAPABILITY' },
        'tra-cuu': { kind: 'CAPABILITY' },
        'ho-so': { kind: 'DATA_OBJECT' },
        'hop-dong': { kind: 'CONTRACT' },
        lgsp: { kind: 'PLATFORM' },
      },
    );
    const relations = Array.from(landscape.relations(), (each): Relation => {
      if (each.kind === 'USES') return { ...each, attributes: { userCount: each.seq } };
      return each.kind === 'MASTERS' ? { ...each, attributes: { masterScope: 'Huyện B' } } : each;
    });
    const known = landscape.with({
      revision: 2,
      at: '',
      elements: [],
      relations: relations.map((each) => ({ seq: each.seq, urn: each.urn, after: each })),
    });
    const plan = reorganised(known, [merge('c', ['a', 'b'])]);
    expect(shorts(plan, 'TO_DECIDE')).toEqual([
      'TO_DECIDE CONTRACT_PARTY hop-dong a>c',
      'TO_DECIDE MASTER_SCOPE mot-cua-b b>c',
      'TO_DECIDE USAGE_DIFFERS lgsp >c',
      'TO_DECIDE SAME_CAPABILITY giai-quyet >c',
      'TO_DECIDE SAME_CAPABILITY tra-cuu >c',
    ]);
    const same = plan.consequences.find(({ question }) => question === 'SAME_CAPABILITY');
    expect(same).toMatchObject({ askedFrom: urnOf('c'), concerned: ['mot-cua-a', 'mot-cua-b'].map(urnOf) });
  });

  it('a use of several predecessors becomes one that claims no number', () => {
    const drawn = draw(['a USES lgsp', 'b USES lgsp', 'c'], { a: AGENCY, b: AGENCY, c: AGENCY });
    const numbered = [1, 2].map((seq) => {
      const relation = drawn.landscape.relationAt(seq);
      if (relation === undefined) throw new RangeError(`${seq}`);
      return { seq, urn: relation.urn, after: { ...relation, attributes: { userCount: seq, note: 'chung' } } };
    });
    const landscape = drawn.landscape.with({ revision: 2, at: '', elements: [], relations: numbered });
    const plan = reorganised(landscape, [merge('c', ['a', 'b'])]);
    expect(shorts(plan, 'MOVES', 'JOINS')).toEqual(['MOVES USES lgsp a>c', 'JOINS USES lgsp b>c']);
    const begun = plan.operations.find(({ urn }) => urn === 'urn:khung:c.uses.lgsp');
    expect(begun?.value).toMatchObject({ attributes: { note: 'chung' } });
    expect(begun?.value).not.toMatchObject({ attributes: { userCount: 1 } });
  });
});

describe('fields that name an agency', () => {
  const { landscape } = draw(['a', 'b', 'c', 'kho', 'cong', 'xa'], {
    a: {
      ...AGENCY,
      responsibilities: [{ role: 'INFORMED', person: null, agency: urnOf('a'), from: null, until: null }],
    },
    b: AGENCY,
    c: AGENCY,
    kho: {
      attributes: { successor: urnOf('a'), note: urnOf('a'), userCount: 3 },
      responsibilities: [
        { role: 'ACCOUNTABLE', person: null, agency: urnOf('a'), from: '2020', until: null },
        { role: 'ACCOUNTABLE', person: null, agency: urnOf('b'), from: null, until: null },
        { role: 'CONSULTED', person: 'p1', agency: null, from: null, until: null },
        { role: 'INFORMED', person: null, agency: urnOf('a'), from: null, until: '2024' },
        { role: 'RESPONSIBLE', person: 'p2', agency: urnOf('a'), from: '2026', until: null },
        { role: 'RESPONSIBLE', person: null, agency: urnOf('c'), from: null, until: null },
      ],
    },
    cong: { attributes: { successor: urnOf('b'), partners: ['a', 'xa', 'b'].map(urnOf) } },
  });

  it('name the successor from the day on, once', () => {
    const plan = reorganised(landscape, [merge('c', ['a', 'b'])]);
    const merged = after(landscape, plan).elementByUrn(urnOf('kho'));
    expect(merged?.attributes).toEqual({ successor: urnOf('c'), note: urnOf('a'), userCount: 3 });
    const [partners] = Object.values(after(landscape, plan).elementByUrn(urnOf('cong'))?.attributes ?? {}).slice(1);
    expect(partners).toEqual(['c', 'xa'].map(urnOf));
    expect(merged?.responsibilities).toEqual([
      { role: 'ACCOUNTABLE', person: null, agency: urnOf('a'), from: '2020', until: LAST_DAY },
      { role: 'ACCOUNTABLE', person: null, agency: urnOf('c'), from: NEW_DAY, until: null },
      { role: 'ACCOUNTABLE', person: null, agency: urnOf('b'), from: null, until: LAST_DAY },
      { role: 'CONSULTED', person: 'p1', agency: null, from: null, until: null },
      { role: 'INFORMED', person: null, agency: urnOf('a'), from: null, until: '2024' },
      { role: 'RESPONSIBLE', person: 'p2', agency: urnOf('c'), from: '2026', until: null },
      { role: 'RESPONSIBLE', person: null, agency: urnOf('c'), from: null, until: null },
    ]);
  });

  it('stay where they tell what was, and are no orphans', () => {
    const { landscape: approved } = draw(['a', 'b', 'kho'], {
      a: AGENCY,
      b: AGENCY,
      kho: { attributes: { approvedBy: urnOf('a'), successor: urnOf('a') } },
    });
    const plan = reorganised(approved, [merge('b', ['a'])]);
    expect(after(approved, plan).elementByUrn(urnOf('kho'))?.attributes).toEqual({
      approvedBy: urnOf('a'),
      successor: urnOf('b'),
    });
    const abolished = reorganised(approved, [split('a', [])]);
    expect(shorts(abolished, 'ORPHANED')).toEqual(['ORPHANED WHO_ANSWERS kho a>']);
  });

  it('follow a chain of successors, and the assignment of their holder; without an heir they are orphans', () => {
    const plan = reorganised(landscape, [merge('b', ['a']), split('b', ['c'], { assigned: ['cong c'] })]);
    expect(shorts(plan, 'ORPHANED')).toEqual([
      'ORPHANED WHO_ANSWERS kho a>',
      'ORPHANED WHO_ANSWERS kho b>',
      'ORPHANED WHO_ANSWERS kho a>',
      'ORPHANED WHO_ANSWERS kho a>',
    ]);
    expect(after(landscape, plan).elementByUrn(urnOf('cong'))?.attributes).toEqual({
      successor: urnOf('c'),
      partners: ['c', 'xa'].map(urnOf),
    });
  });
});

describe('dividing an agency', () => {
  const { landscape } = draw(
    [
      'quan-1 PART_OF tphcm',
      'phuong-a PART_OF tphcm',
      'phuong-b PART_OF tphcm',
      'camera OWNED_BY quan-1',
      'cong OWNED_BY quan-1',
      'quan-1 USES lgsp',
      'to-dan-pho PART_OF quan-1',
    ],
    {
      tphcm: AGENCY,
      'quan-1': AGENCY,
      'phuong-a': AGENCY,
      'phuong-b': AGENCY,
      'to-dan-pho': AGENCY,
      lgsp: { kind: 'PLATFORM' },
    },
  );

  it('moves what was assigned, by thing or by relation; the rest is an orphan, and its parent is asked', () => {
    const plan = reorganised(landscape, [
      split('quan-1', ['phuong-a', 'phuong-b'], { assigned: ['camera phuong-a', 'r6 phuong-b'] }),
    ]);
    expect(shorts(plan, 'MOVES', 'ORPHANED', 'BEGINS')).toEqual([
      'MOVES USES lgsp quan-1>phuong-b',
      'MOVES OWNED_BY camera quan-1>phuong-a',
      'BEGINS REPLACES quan-1 >phuong-a',
      'BEGINS REPLACES quan-1 >phuong-b',
      'ORPHANED WHO_TAKES_OVER to-dan-pho quan-1>',
      'ORPHANED WHO_TAKES_OVER cong quan-1>',
    ]);
    expect(plan.consequences.find(({ type }) => type === 'ORPHANED')?.askedFrom).toBe(urnOf('tphcm'));
    const divided = after(landscape, plan);
    expect(owners(on(divided, NEW_DAY))).toMatchObject({ camera: 'phuong-a', cong: 'quan-1' });
  });

  it('asks whom it was a part of last, or nobody', () => {
    const old = draw(['q PART_OF tphcm ENDED', 'kho OWNED_BY q', 'cong OWNED_BY le'], {
      q: AGENCY,
      tphcm: AGENCY,
      le: AGENCY,
    });
    const { consequences } = reorganised(old.landscape, [split('q', []), split('le', [])]);
    expect(consequences.flatMap(({ type, askedFrom }) => (type === 'ORPHANED' ? [askedFrom] : []))).toEqual([
      urnOf('tphcm'),
      null,
    ]);
  });

  it('gives what was not assigned to the one who takes the rest', () => {
    const plan = reorganised(landscape, [
      split('quan-1', ['phuong-a', 'phuong-b'], { assigned: ['camera phuong-a'], otherwise: 'phuong-b' }),
    ]);
    expect(shorts(plan, 'ORPHANED')).toEqual([]);
    expect(owners(on(after(landscape, plan), NEW_DAY))).toMatchObject({ camera: 'phuong-a', cong: 'phuong-b' });
  });

  it('abolishes it where nobody takes its place, and a later transfer takes in what was left', () => {
    const plan = reorganised(landscape, [split('quan-1', []), transfer(['cong', 'to-dan-pho', 'r6'], 'tphcm')]);
    expect(shorts(plan, 'ORPHANED')).toEqual(['ORPHANED WHO_TAKES_OVER camera quan-1>']);
    expect(shorts(plan, 'MOVES')).toEqual([
      'MOVES OWNED_BY cong quan-1>tphcm',
      'MOVES PART_OF to-dan-pho quan-1>tphcm',
      'MOVES USES lgsp quan-1>tphcm',
    ]);
  });

  it('leaves it open what a successor that was a part of it becomes a part of', () => {
    const plan = reorganised(landscape, [merge('to-dan-pho', ['quan-1'])]);
    expect(shorts(plan, 'ORPHANED')).toEqual(['ORPHANED WHO_TAKES_OVER to-dan-pho quan-1>']);
  });
});

describe('renaming, founding, transferring', () => {
  const { landscape, at } = draw(['so PART_OF tphcm', 'kho OWNED_BY so', 'trong', 'phong PART_OF so'], {
    so: { ...AGENCY, name: 'Sở Cũ', nameEn: 'Old', aliases: ['SC', 'Sở Mới'] },
    tphcm: AGENCY,
    phong: AGENCY,
  });

  it('keeps old names as aliases, so that they are found', () => {
    const plan = reorganised(landscape, [rename('so', 'Sở Mới', 'New'), rename('so', 'Sở Mới hơn')]);
    expect(after(landscape, plan).elementByUrn(at('so').urn)).toMatchObject({
      name: 'Sở Mới hơn',
      nameEn: 'New',
      aliases: ['SC', 'Sở Cũ', 'Old', 'Sở Mới'],
    });
  });

  it('sets nothing where names come to what they were', () => {
    expect(
      reorganised(landscape, [rename('so', 'X'), rename('so', 'Sở Cũ')]).operations.map(({ path }) => path),
    ).toEqual(['aliases']);
  });

  it('founds agencies that later intents may name, divide and end', () => {
    const plan = reorganised(landscape, [
      found('p1', 'Phường Một', 'tphcm'),
      found('p2', 'Phường Hai'),
      rename('p1', 'Phường Nhất', 'First'),
      merge('p1', ['so']),
      merge('p1', ['p2'], 'OTHER'),
    ]);
    const made = after(landscape, plan);
    expect(made.elementByUrn(urnOf('p1'))).toMatchObject({
      name: 'Phường Nhất',
      nameEn: 'First',
      level: 'COMMUNE',
      phases: [{ phase: 'ACTIVE', from: NEW_DAY }],
    });
    expect(made.elementByUrn(urnOf('p2'))?.phases.at(-1)?.phase).toBe('END_OF_LIFE');
    expect(owners(on(made, NEW_DAY))['kho']).toBe('p1');
    expect(shorts(plan, 'FOUNDS')).toEqual(['FOUNDS  p1 >', 'FOUNDS  p2 >']);
  });

  it('gives an owner to what had none, and another whole to an agency', () => {
    const plan = reorganised(landscape, [transfer(['trong', 'kho', 'phong'], 'tphcm')]);
    expect(shorts(plan)).toEqual([
      'MOVES OWNED_BY kho so>tphcm',
      'MOVES PART_OF phong so>tphcm',
      'BEGINS OWNED_BY trong >tphcm',
    ]);
  });

  it('comes to nothing where something goes there and back', () => {
    const plan = reorganised(landscape, [transfer(['kho'], 'tphcm'), transfer(['kho'], 'so')]);
    expect([plan.operations, plan.consequences]).toEqual([[], []]);
  });

  it('never gives a urn again', () => {
    const there = after(landscape, reorganised(landscape, [transfer(['kho'], 'tphcm')]));
    const back = reorganised(there, [transfer(['kho'], 'so')], { effectiveOn: '2026-01-01' });
    const again = reorganised(after(there, back), [transfer(['kho'], 'tphcm')], { effectiveOn: '2027-01-01' });
    expect(again.operations.map(({ urn }) => urn)).toContain('urn:khung:kho.owned-by.tphcm.2');
  });
});

describe('a reorganisation that can not be', () => {
  const { landscape } = draw(
    ['b PART_OF a', 'c PART_OF b', 'kho OWNED_BY b', 'cu', 'sau', 'dang', 'luat', 'kho REPLACES cong'],
    {
      a: AGENCY,
      b: AGENCY,
      c: AGENCY,
      cu: { ...AGENCY, phases: [{ phase: 'END_OF_LIFE', from: '2021-01' }] },
      sau: { ...AGENCY, phases: [{ phase: 'ACTIVE', from: '2026' }] },
      dang: { ...AGENCY, phases: [{ phase: 'END_OF_LIFE', from: '2025' }] },
      luat: { kind: 'LEGISLATION' },
    },
  );
  const at = 'intents.0';

  it.each([
    ['a predecessor that is no more', merge('a', ['cu']), [`AGENCY_ENDED ${at}.merge.from.0`]],
    ['a successor that is not there', merge('khong', ['b']), [`URN_UNKNOWN ${at}.merge.into`]],
    ['a successor that begins later', merge('sau', ['b']), [`AGENCY_NOT_BEGUN ${at}.merge.into`]],
    ['a system as an agency', merge('a', ['kho']), [`NOT_AN_AGENCY ${at}.merge.from.0`]],
    ['an agency into itself', merge('a', ['a']), [`SUCCEEDS_ITSELF ${at}.merge.from.0`]],
    ['nobody', merge('a', []), [`VALUE_MISSING ${at}.merge.from`]],
    ['one twice', merge('a', ['b', 'b']), [`OPERATION_REPEATED ${at}.merge.from.1`]],
    ['one into itself and another', split('b', ['b', 'c']), [`SUCCEEDS_ITSELF ${at}.split.into.0`]],
    [
      'things to one who is no successor',
      split('b', ['c'], { assigned: ['kho a'], otherwise: 'a' }),
      [`VALUE_NOT_ALLOWED ${at}.split.otherwise`, `VALUE_NOT_ALLOWED ${at}.split.assignment.0.to`],
    ],
    [
      'things it does not have',
      split('b', ['c'], { assigned: ['cong c'] }),
      [`NOTHING_TO_MOVE ${at}.split.assignment.0.what`],
    ],
    [
      'the name it has',
      rename('a', landscape.elementByUrn(urnOf('a'))?.name ?? ''),
      [`NOTHING_TO_DO ${at}.rename.name`],
    ],
    ['a name of blanks', rename('a', ' '), [`VALUE_MISSING ${at}.rename.name`]],
    ['an agency that has a urn already', found('a', 'A'), [`URN_TAKEN ${at}.found.agency`]],
    [
      'an agency without a name in nothing',
      { ...found('moi', '', 'khong'), agency: 'moi' },
      [`URN_MALFORMED ${at}.found.agency`, `VALUE_MISSING ${at}.found.name`, `URN_UNKNOWN ${at}.found.partOf`],
    ],
    ['nothing', transfer([], 'a'), [`VALUE_MISSING ${at}.transfer.what`]],
    ['something to itself', transfer(['a'], 'a'), [`SUCCEEDS_ITSELF ${at}.transfer.what.0`]],
    ['a law', transfer(['luat'], 'a'), [`NOTHING_TO_MOVE ${at}.transfer.what.0`]],
    ['something unknown', transfer(['khong'], 'a'), [`URN_UNKNOWN ${at}.transfer.what.0`]],
    ['a relation without an agency', transfer(['r4'], 'a'), [`NOTHING_TO_MOVE ${at}.transfer.what.0`]],
    [
      'what is there already',
      transfer(['kho', 'r3'], 'b'),
      [0, 1].map((each) => `NOTHING_TO_MOVE ${at}.transfer.what.${each}`),
    ],
    ['an agency into its own part', transfer(['a'], 'c'), ['PART_OF_CYCLE intents.0']],
  ])('%s', (_what, intent, expected) => {
    expect(told(reorganised(landscape, [intent]).conflicts)).toEqual(expected);
  });

  it.each([
    ['a day that is not', { effectiveOn: '2025-02-30' }, ['VALUE_OF_WRONG_TYPE effectiveOn']],
    ['a year', { effectiveOn: '2025' }, ['VALUE_OF_WRONG_TYPE effectiveOn']],
    ['a law that is not there', { legalBasis: urnOf('khong') }, ['URN_UNKNOWN legalBasis']],
    ['a law that is none', { legalBasis: urnOf('a') }, ['VALUE_NOT_ALLOWED legalBasis']],
  ])('on %s', (_what, more, expected) => {
    expect(told(reorganised(landscape, [merge('a', ['b'])], more).conflicts)).toEqual(expected);
  });

  it('without intents, or with more than there may be', () => {
    expect(told(reorganised(landscape, []).conflicts)).toEqual(['VALUE_MISSING intents']);
    const many = Array.from({ length: INTENTS_MAXIMUM + 1 }, () => rename('a', 'A'));
    expect(told(reorganised(landscape, many).conflicts)).toEqual(['LIMIT_EXCEEDED intents']);
  });

  it('tells each conflict of each intent, and still what the others come to', () => {
    const plan = reorganised(landscape, [merge('a', ['c']), merge('a', ['c']), merge('b', ['cu'])]);
    expect(told(plan.conflicts)).toEqual([
      'AGENCY_ENDED intents.1.merge.from.0',
      'AGENCY_ENDED intents.2.merge.from.0',
    ]);
    expect(shorts(plan, 'ENDS')).toEqual(['ENDS PART_OF b c>']);
  });

  it('an agency of which only the year of its end is known may end on a day of it', () => {
    const plan = reorganised(landscape, [merge('a', ['dang'])]);
    expect(after(landscape, plan).elementByUrn(urnOf('dang'))?.phases).toEqual([
      { phase: 'END_OF_LIFE', from: NEW_DAY },
    ]);
  });
});

/** Whether a relation is not over on NEW_DAY, read off its own fields. */
function isLiving({ status, validTo }: Relation): boolean {
  return status !== 'ENDED' && (validTo === null || !isSurelyAfter(NEW_DAY, validTo));
}

describe('any reorganisation of any agencies', () => {
  it('loses nothing, tells as many operations as there are, and can be undone', () => {
    let [carriedOut, orphaned, joined] = [0, 0, 0];
    fc.assert(
      fc.property(agencyTrees, anyIntents, ({ elements, relations }, intents) => {
        const landscape = landscapeOf(elements, relations);
        const plan = reorganised(landscape, intents);
        if (plan.conflicts.length > 0) return;
        const { operations, consequences, intentOf } = plan;
        const counted = consequences.reduce((sum, { type }) => sum + OPERATIONS_OF[type], 0);
        expect([counted, intentOf.length]).toEqual([operations.length, operations.length]);
        if (operations.length === 0) return;
        const { delta, log } = planAtHead(landscape, operations);
        const changed = landscape.with(delta).settled();

        const ended = new Set(
          consequences.flatMap(({ path, element }) =>
            path === 'phases' ? [changed.elementByUrn(element)?.seq ?? -1] : [],
          ),
        );
        // What came to an agency that ended in its turn is moved first and an orphan then.
        const fates = consequences.flatMap(({ type, relation, begun }) =>
          relation !== null && type !== 'TO_DECIDE' && (type !== 'ORPHANED' || begun === null) ? [relation] : [],
        );
        expect(new Set(fates).size).toBe(fates.length);
        const orphans = new Set(
          consequences.flatMap(({ type, relation, begun }) => (type === 'ORPHANED' ? [begun ?? relation] : [])),
        );
        for (const relation of landscape.relations()) {
          const isConcerned = ended.has(relation.source) || ended.has(relation.target);
          if (isConcerned && relation.kind !== 'REPLACES' && isLiving(relation)) expect(fates).toContain(relation.urn);
        }
        for (const relation of on(changed, NEW_DAY).relations()) {
          if (relation.kind === 'REPLACES' || !isLiving(relation) || orphans.has(relation.urn)) continue;
          expect([ended.has(relation.source), ended.has(relation.target)]).toEqual([false, false]);
        }
        expect(owners(on(changed, LAST_DAY))).toMatchObject(owners(on(landscape, LAST_DAY)));
        const [old, now] = [owners(on(landscape, NEW_DAY)), owners(on(changed, NEW_DAY))];
        for (const [thing, owner] of Object.entries(old)) if (owner !== '') expect(now[thing]).not.toBe('');

        const revert = revertOf(changed, log);
        expect(revert.conflicts).toEqual([]);
        expect([...contentLines(committedAtHead(changed, revert.operations))]).toEqual([...contentLines(landscape)]);
        carriedOut += 1;
        orphaned += Number(orphans.size > 0);
        joined += Number(consequences.some(({ type }) => type === 'JOINS'));
      }),
      { numRuns: 700 },
    );
    expect(carriedOut).toBeGreaterThan(200);
    expect(orphaned).toBeGreaterThan(20);
    expect(joined).toBeGreaterThan(2);
  });

  it('a merger divided again gives everybody the owner he had', () => {
    let moved = 0;
    fc.assert(
      fc.property(agencyTrees, ({ elements, relations }) => {
        const landscape = landscapeOf(elements, relations);
        const before = on(landscape, NEW_DAY);
        const merger = reorganised(landscape, [found('m0', 'Chung'), merge('m0', ['a0', 'a1'])]);
        const merged = after(landscape, merger);
        const things = Array.from(before.elements()).filter(({ kind }) => kind === 'SYSTEM');
        const held = on(merged, '2026-07-01');
        const assigned = things.flatMap(({ seq, urn }) => {
          const owner = idOf(ownerOf(before, seq)?.urn ?? null);
          if (!targetsOf(held, seq, 'OWNED_BY').some((each) => each.urn === urnOf('m0'))) return [];
          return owner === 'a0' || owner === 'a1' ? [`${idOf(urn)} ${owner}n`] : [];
        });
        const division = reorganised(
          merged,
          [found('a0n', 'Không'), found('a1n', 'Một'), split('m0', ['a0n', 'a1n'], { assigned, otherwise: 'a0n' })],
          { effectiveOn: '2026-07-01' },
        );
        const outcome = after(merged, division);
        const [old, now] = [on(landscape, '2026-07-01'), on(outcome, '2026-07-01')];
        for (const { seq, urn } of things) {
          const owner = idOf(ownerOf(before, seq)?.urn ?? null);
          if (idOf(ownerOf(old, seq)?.urn ?? null) !== owner || targetsOf(old, seq, 'OWNED_BY').length !== 1) continue;
          const expected = owner === 'a0' || owner === 'a1' ? `${owner}n` : owner;
          expect([urn, idOf(ownerOf(now, seq)?.urn ?? null)]).toEqual([urn, expected]);
          moved += Number(owner !== expected);
        }
      }),
      { numRuns: 400 },
    );
    expect(moved).toBeGreaterThan(5);
  });
});

describe('the size of a city', () => {
  it('is worked out in one go, in time that grows as the relations do', () => {
    const counts = [1, 4].map((scale) => {
      const [communes, systems] = [100 * scale, 2500 * scale];
      const elements = [
        ...Array.from({ length: communes + 2 }, (_, seq) => element(seq, { urn: urnOf(`a${seq}`), kind: 'AGENCY' })),
        ...Array.from({ length: systems }, (_, index) => element(communes + 2 + index, { urn: urnOf(`s${index}`) })),
      ];
      const lines = Array.from(
        { length: systems },
        (_, index) => [communes + 2 + index, 1 + (index % communes)] as const,
      );
      let visited = 0;
      const landscape = landscapeOf(elements, [
        ...lines.map((ends, seq) => relation(seq, ends, { kind: 'OWNED_BY' })),
        ...Array.from({ length: communes }, (_, each) => relation(systems + each, [1 + each, 0], { kind: 'PART_OF' })),
      ]);
      const counting = new Proxy(landscape, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name, target);
          if (name === 'relationAt' && typeof value === 'function') visited += 1;
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
      const intents = Array.from({ length: communes / 2 }, (_, index) =>
        merge(`a${1 + index}`, [`a${1 + index + communes / 2}`]),
      );
      const plan = reorganised(counting, [...intents, merge('a0', [`a${communes + 1}`])]);
      expect(plan.conflicts).toEqual([]);
      expect(shorts(plan, 'MOVES')).toHaveLength(systems / 2);
      return { visited, relations: systems + communes };
    });
    for (const { visited, relations } of counts) expect(visited / relations).toBeLessThan(8);
  });
});
