import * as fc from 'fast-check';
import { element, landscapeOf, relation } from '../../test/support/landscapes.js';
import { COMMIT_MOMENT } from '../../test/support/change-sets.js';
import type { Issue } from '../core/errors.js';
import { finished } from '../core/finished.js';
import type { Operation } from '../core/landscape/operation.js';
import { planChangeSet, planningChangeSet } from '../core/landscape/plan-change-set.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { judgeRows } from './import-judgement.js';
import type { JudgedRows } from './import-judgement.js';
import { planImport } from './import-plan.js';
import { importReport } from './import-report.js';
import type { ImportReport } from './import-report.js';
import type { Cell, Sheet } from './sheet.js';
import { SpreadsheetWords } from './spreadsheet-words.reader.js';

const WORDS = new SpreadsheetWords();
const COUNTERS = { element: 1_000_000, relation: 2_000_000 };
const SYSTEM = 'Hệ thống';

function sheet(name: string, header: readonly string[], rows: readonly (readonly Cell[])[]): Sheet {
  const all = [header, ...rows].map((cells, at) => ({ line: at + 1, cells }));
  return { name, rows: all, merged: [], issues: [] };
}

/** An agency e0, a system e1. A commit enters its urns into the lineage, so each judgement begins one of its own. */
function base(): LandscapeSnapshot {
  return landscapeOf([element(0, { kind: 'AGENCY' }), element(1, { kind: 'SYSTEM' })], []);
}

function* issuesOf(landscape: LandscapeSnapshot, operations: readonly Operation[]): Generator<void, readonly Issue[]> {
  const context = { definitions: landscape.definitions.pack, at: COMMIT_MOMENT, counters: COUNTERS };
  const outcome = yield* planningChangeSet(
    landscape,
    { operations },
    { ...context, issuesMaximum: Number.POSITIVE_INFINITY },
  );
  return 'issues' in outcome ? outcome.issues : [];
}

interface Outcome {
  readonly judged: JudgedRows;
  readonly report: ImportReport;
  /** urns of the elements, and `kind source target` of the relations, that the right rows would leave. */
  readonly left: readonly string[];
}

function judged(landscape: LandscapeSnapshot, ...sheets: readonly Sheet[]): Outcome {
  const plan = finished(planImport(landscape, { fileName: 'x', sheets, kind: undefined }, WORDS));
  const found = finished(judgeRows(plan.rows, (operations) => issuesOf(landscape, operations)));
  const parts = { plan: { ...plan, rows: found.rows }, problems: found.problems, encoding: undefined };
  const report = importReport({ ...parts, isApplied: false, revision: 0, scenario: null });
  return { judged: found, report, left: leftBy(landscape, found.operations) };
}

function leftBy(landscape: LandscapeSnapshot, operations: readonly Operation[]): string[] {
  if (operations.length === 0) return recordsOf(landscape);
  const context = { definitions: landscape.definitions.pack, at: COMMIT_MOMENT, counters: COUNTERS };
  const outcome = planChangeSet(landscape, { operations }, context);
  if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
  return recordsOf(landscape.with(outcome.plan.delta));
}

function recordsOf(landscape: LandscapeSnapshot): string[] {
  const urn = (seq: number): string => landscape.elementAt(seq)?.urn ?? '';
  return [
    ...Array.from(landscape.elements(), (each) => each.urn),
    ...Array.from(landscape.relations(), (each) => `${each.kind} ${urn(each.source)} ${urn(each.target)}`),
  ].toSorted();
}

const codeUrn = (code: string): string => `urn:khung:${code}`;
const reasonsOf = ({ report }: Outcome): string[] =>
  report.problems.map(({ line, column, reason }) => `${column ?? ''}${line ?? ''} ${reason}`);

interface SomeSystem {
  readonly code: string;
  readonly phase: string;
  readonly operator: string | undefined;
  readonly parent: string | undefined;
}
interface SomeRelation {
  readonly kind: string;
  readonly source: string;
  readonly target: string;
}

const CODES = 12;
const someCode = fc.nat(CODES - 1).map((at) => `x${at}`);
const someSystem: fc.Arbitrary<SomeSystem> = fc.record({
  code: someCode,
  phase: fc.constantFrom('Dự kiến', 'Dự kiến', 'Dự kiến', 'Dự kiến', 'Màu xanh'),
  // A system operates nothing: that is for the planner to find.
  operator: fc.constantFrom(undefined, undefined, undefined, 'e0', 'e0', 'Sở không có', 'e1'),
  parent: fc.oneof(fc.constantFrom(undefined, 'e1'), someCode),
});
const someRelation: fc.Arbitrary<SomeRelation> = fc.record({
  // An agency alone is operating anything.
  kind: fc.constantFrom('DEPENDS_ON', 'DEPENDS_ON', 'OPERATED_BY'),
  source: someCode,
  target: fc.oneof(someCode, fc.constant('e1')),
});

/** What becomes of each row, worked out one by one: a row is right by itself, and all that it names, and what they name. */
function oracle(systems: readonly SomeSystem[], relations: readonly SomeRelation[]): boolean[] {
  const rowOf = new Map<string, SomeSystem>();
  for (const each of systems) if (!rowOf.has(each.code)) rowOf.set(each.code, each);
  const isRightItself = (each: SomeSystem): boolean =>
    each.phase === 'Dự kiến' &&
    (each.operator === undefined || each.operator === 'e0') &&
    (each.parent === undefined || each.parent === 'e1' || rowOf.has(each.parent));
  const isRight = (first: SomeSystem): boolean => {
    let row: SomeSystem | undefined = first;
    // Longer than there are codes, the way up goes round.
    for (let step = 0; row !== undefined && step <= CODES; step += 1) {
      if (!isRightItself(row)) return false;
      row = row.parent === undefined || row.parent === 'e1' ? undefined : rowOf.get(row.parent);
    }
    return row === undefined;
  };
  const isThere = (code: string): boolean => {
    const row = rowOf.get(code);
    return code === 'e1' || (row !== undefined && isRight(row));
  };
  const seen = new Set<string>();
  return [
    ...systems.map((each) => rowOf.get(each.code) === each && isRight(each)),
    ...relations.map(({ kind, source, target }) => {
      const key = `${kind} ${source} ${target}`;
      const isFirst = !seen.has(key);
      if (rowOf.has(source) && (target === 'e1' || rowOf.has(target))) seen.add(key);
      return isFirst && kind === 'DEPENDS_ON' && isThere(source) && isThere(target);
    }),
  ];
}

function sheetsOf(systems: readonly SomeSystem[], relations: readonly SomeRelation[]): Sheet[] {
  return [
    sheet(
      'A',
      ['Mã', 'Tên', 'Loại', 'Giai đoạn', 'Đơn vị vận hành', 'Thuộc'],
      systems.map(({ code, phase, operator, parent }) => [code, `Tên ${code}`, SYSTEM, phase, operator, parent]),
    ),
    sheet(
      'B',
      ['Từ', 'Loại quan hệ', 'Đến'],
      relations.map(({ kind, source, target }) => [source, kind, target]),
    ),
  ];
}

describe('the rows of a file', () => {
  it('are each told what would become of them, and just the right ones are taken', () => {
    const files = fc.record({
      systems: fc.array(someSystem, { minLength: 1, maxLength: 15 }),
      relations: fc.array(someRelation, { maxLength: 8 }),
    });
    fc.assert(
      fc.property(files, ({ systems, relations }) => {
        const right = oracle(systems, relations);
        const outcome = judged(base(), ...sheetsOf(systems, relations));
        expect(outcome.judged.rows.map(({ problems }) => problems.length === 0)).toEqual(right);
        const made = [...systems, ...relations].flatMap((each, at) => {
          if (!(right[at] ?? false)) return [];
          if ('kind' in each) return `${each.kind} ${codeUrn(each.source)} ${codeUrn(each.target)}`;
          const { code, operator, parent } = each;
          const of = (kind: string, target: string | undefined): string[] =>
            target === undefined ? [] : [`${kind} ${codeUrn(code)} ${codeUrn(target)}`];
          return [codeUrn(code), ...of('OPERATED_BY', operator), ...of('PART_OF', parent)];
        });
        expect(outcome.left).toEqual([...recordsOf(base()), ...made].toSorted());
        const elementsRight = right.slice(0, systems.length).filter(Boolean).length;
        expect(outcome.report.elements).toMatchObject({
          created: elementsRight,
          refused: systems.length - elementsRight,
          unjudged: 0,
        });
      }),
      { numRuns: 500 },
    );
  });

  it('go with the row that brings what they name, which they are told', () => {
    const outcome = judged(
      base(),
      ...sheetsOf(
        [
          { code: 'x0', phase: 'Màu xanh', operator: undefined, parent: undefined },
          { code: 'x1', phase: 'Dự kiến', operator: undefined, parent: 'x0' },
          { code: 'x2', phase: 'Dự kiến', operator: undefined, parent: 'x1' },
          { code: 'x3', phase: 'Dự kiến', operator: undefined, parent: undefined },
        ],
        [{ kind: 'DEPENDS_ON', source: 'x3', target: 'x2' }],
      ),
    );
    expect(outcome.report.problems.map(({ message, ...each }) => ({ ...each, en: message.en }))).toMatchObject([
      { sheet: 'A', line: 2, column: 'D', reason: 'VALUE_NOT_ALLOWED' },
      {
        sheet: 'A',
        line: 3,
        column: 'F',
        reason: 'ROW_NAMES_REFUSED',
        en: 'The row at A!B2 that brings "x0" (named in cell A!F3) is refused. Mend that row first.',
      },
      { sheet: 'A', line: 4, column: 'F', reason: 'ROW_NAMES_REFUSED' },
      { sheet: 'B', line: 2, column: 'C', reason: 'ROW_NAMES_REFUSED' },
    ]);
  });

  it('are told the cell that makes something a part of itself, or a relation that may not be', () => {
    const outcome = judged(
      base(),
      ...sheetsOf(
        [
          { code: 'x0', phase: 'Dự kiến', operator: undefined, parent: 'x0' },
          { code: 'x1', phase: 'Dự kiến', operator: 'e1', parent: undefined },
        ],
        [{ kind: 'OPERATED_BY', source: 'e1', target: 'e1' }],
      ),
    );
    expect(reasonsOf(outcome)).toEqual(['F2 PART_OF_CYCLE', 'E3 RELATION_ILLEGAL', 'B2 RELATION_ILLEGAL']);
  });

  it('are all judged at once, however many are wrong and however they hang together', () => {
    const count = 10_000;
    const rows = (parent: (at: number) => string | undefined, phase: (at: number) => string): SomeSystem[] =>
      Array.from({ length: count }, (_, at) => {
        return { code: `x${at}`, phase: phase(at), operator: undefined, parent: parent(at) };
      });
    const right = (): string => 'Dự kiến';
    const itself = judged(
      base(),
      ...sheetsOf(
        rows((at) => `x${at}`, right),
        [],
      ),
    );
    expect(itself.report.elements).toMatchObject({ created: 0, refused: count, unjudged: 0 });
    const chain = judged(
      base(),
      ...sheetsOf(
        rows(
          (at) => (at === 0 ? undefined : `x${at - 1}`),
          (at) => (at === 0 ? 'Màu xanh' : right()),
        ),
        [],
      ),
    );
    expect(chain.report.elements).toMatchObject({ created: 0, refused: count, unjudged: 0 });
  }, 60_000);

  it('that nobody can judge yet are told so, and are not taken', () => {
    const count = 30;
    const parts = landscapeOf(
      Array.from({ length: count + 1 }, (_, seq) => element(seq)),
      [
        ...Array.from({ length: count - 1 }, (_, seq) => relation(seq, [seq, seq + 1], { kind: 'PART_OF' })),
        relation(count, [count, 0], { kind: 'DEPENDS_ON' }),
      ],
    );
    // The first can not go, for something depends on it; so what it is a part of can not, and so on, one after the other.
    const gone = Array.from({ length: count }, (_, at) => [`e${at}`, SYSTEM, 'x']);
    const added = ['moi', SYSTEM, undefined, 'Hệ thống mới'];
    const { judged: found, report } = judged(parts, sheet('A', ['Mã', 'Loại', 'Xóa', 'Tên'], [...gone, added]));
    expect(report.elements).toMatchObject({ created: 0, deleted: 0, refused: 10, unjudged: count - 9 });
    expect(report.problems[0]).toMatchObject({ sheet: null, reason: 'ROWS_UNJUDGED' });
    expect(report.problems[0]?.message.en).toContain(`${count - 9} rows`);
    expect(found.operations).toEqual([]);
  });
});

describe('a column of kinds', () => {
  const HEADER = ['Mã', 'Tên', 'Loại'];
  const rowsOf = (kinds: readonly string[]): string[][] => kinds.map((kind, at) => [`x${at}`, `Tên ${at}`, kind]);

  it('that says something else is told once, and none of its rows is taken for what it happens to say', () => {
    const kinds = [...Array.from({ length: 10 }, () => 'thuê dịch vụ'), 'mua sắm', 'hệ thống', 'hệ thống'];
    const outcome = judged(base(), sheet('', HEADER, rowsOf(kinds)));
    expect(reasonsOf(outcome)).toEqual(['C1 KIND_COLUMN_OTHER']);
    expect(outcome.report.problems[0]?.message.en).toContain(
      '11 of 13 rows say something else (thuê dịch vụ, mua sắm)',
    );
    expect(outcome.report.elements).toMatchObject({ created: 0, refused: 0, unjudged: kinds.length });
    expect(outcome.left).toEqual(recordsOf(base()));
  });

  it('with some words that are none is told of each of them', () => {
    const kinds = [...Array.from({ length: 12 }, () => SYSTEM), ...Array.from({ length: 11 }, () => 'hệ thốg')];
    const outcome = judged(base(), sheet('', HEADER, rowsOf(kinds)));
    expect(outcome.report.elements).toMatchObject({ created: 12, refused: 11, unjudged: 0 });
    expect(new Set(outcome.report.problems.map(({ reason }) => reason))).toEqual(new Set(['VALUE_NOT_ALLOWED']));
  });
});

describe('a relation that a file speaks of twice', () => {
  const HEADER = ['Từ', 'Loại quan hệ', 'Đến', 'Mức phụ thuộc'];

  it('in two rows is told with the first of them', () => {
    const row = ['e1', 'OWNED_BY', 'e0'];
    const outcome = judged(base(), sheet('B', HEADER, [row, row]));
    expect(reasonsOf(outcome)).toEqual(['A3 ROW_REPEATED']);
    expect(outcome.report.problems[0]?.message.en).toContain('B!A2');
  });

  it('in the row of its element and one of its own is made once', () => {
    const systems = sheet('A', ['Mã', 'Tên', 'Loại', 'Đơn vị vận hành'], [['x0', 'Tên', SYSTEM, 'e0']]);
    const outcome = judged(base(), systems, sheet('B', HEADER, [['x0', 'OPERATED_BY', 'e0', 'Ngừng hẳn']]));
    expect(reasonsOf(outcome)).toEqual([]);
    expect(outcome.left).toContain('OPERATED_BY urn:khung:x0 urn:khung:e0');
    expect(outcome.report.relations).toMatchObject({ created: 1, changed: 1 });
    expect(outcome.left).toHaveLength(recordsOf(base()).length + 2);
  });

  it('to be removed with its element and in a row of its own goes once', () => {
    const landscape = landscapeOf(
      [element(0, { kind: 'AGENCY' }), element(1, { kind: 'SYSTEM' })],
      [relation(0, [1, 0], { kind: 'OPERATED_BY' })],
    );
    const systems = sheet('A', ['Mã', 'Loại', 'Xóa'], [['e1', SYSTEM, 'x']]);
    const outcome = judged(
      landscape,
      systems,
      sheet('B', ['Từ', 'Loại quan hệ', 'Đến', 'Xóa'], [['e1', 'OPERATED_BY', 'e0', 'x']]),
    );
    expect(reasonsOf(outcome)).toEqual([]);
    expect(outcome.left).toEqual(['urn:khung:e0']);
  });
});
