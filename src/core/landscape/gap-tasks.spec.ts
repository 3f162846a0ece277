import { element, landscapeOf, relation } from '../../../test/support/landscapes.js';
import { gapsOf, isOpen, isOverdue, rollUp, stageOf, tasksOf } from './gap-tasks.js';
import type { TaskStage } from './gap-tasks.js';
import type { Element, Json } from './model.js';

const task = (seq: number, attributes: Record<string, Json> = {}): Element =>
  element(seq, { kind: 'TASK', attributes });
const gap = (seq: number): Element => element(seq, { kind: 'GAP' });
const TODAY = '2026-11-25';

describe('a task', () => {
  it.each<[Record<string, Json>, TaskStage]>([
    [{}, 'UNKNOWN'],
    [{ verification: null }, 'UNKNOWN'],
    [{ verification: 'NOT_STARTED' }, 'NOT_STARTED'],
    [{ verification: 'IN_PROGRESS' }, 'IN_PROGRESS'],
    [{ verification: 'DONE_UNVERIFIED' }, 'DONE_UNVERIFIED'],
    [{ verification: 'ELSEWHERE' }, 'UNKNOWN'],
    [{ verification: 'IN_PROGRESS', verifiedOn: '2026-10' }, 'VERIFIED'],
  ])('with %j is %s', (attributes, stage) => {
    expect(stageOf(task(0, attributes))).toBe(stage);
  });

  it.each<[Record<string, Json>, boolean]>([
    [{}, false],
    [{ dueOn: null }, false],
    [{ dueOn: '2026-11-24' }, true],
    [{ dueOn: '2026-11-25' }, false],
    [{ dueOn: '2026-10' }, true],
    [{ dueOn: '2026-11' }, false],
    [{ dueOn: '2026' }, false],
    [{ dueOn: '2026-10', verification: 'IN_PROGRESS' }, true],
    [{ dueOn: '2026-10', verification: 'DONE_UNVERIFIED' }, false],
    [{ dueOn: '2026-10', verifiedOn: '2026-11' }, false],
  ])('with %j is overdue: %p', (attributes, expected) => {
    expect(isOverdue(task(0, attributes), TODAY)).toBe(expected);
  });
});

describe('a gap', () => {
  const closes = (seq: number, ends: readonly [number, number]) => relation(seq, ends, { kind: 'CLOSES' });
  const landscape = landscapeOf(
    [gap(0), gap(1), gap(2), task(3, { verification: 'DONE_UNVERIFIED' }), task(4), element(5, { kind: 'PROJECT' })],
    [
      closes(0, [3, 0]),
      closes(1, [4, 0]),
      closes(2, [3, 1]),
      closes(3, [5, 1]),
      closes(4, [5, 2]),
      relation(5, [4, 2], { kind: 'ASSOCIATED_WITH' }),
      relation(6, [4, 1], { kind: 'CLOSES', status: 'ENDED' }),
    ],
  );
  const all = Array.from(landscape.elements());
  const seqs = (elements: readonly Element[]): number[] => elements.map(({ seq }) => seq);

  it('has the tasks that close it, and is open until all are done', () => {
    const gaps = all.filter(({ kind }) => kind === 'GAP');
    expect(gaps.map((each) => seqs(tasksOf(landscape, each)))).toEqual([[3, 4], [3], []]);
    expect(gaps.map((each) => isOpen(landscape, each))).toEqual([true, false, true]);
  });

  it('is known by its tasks', () => {
    expect(all.map((each) => seqs(gapsOf(landscape, each)))).toEqual([[], [], [], [0, 1], [0], [1, 2]]);
  });
});

describe('what tasks come to', () => {
  it('counts each at one stage, and leaves what nobody told out of the mean', () => {
    const tasks = [
      task(0, { verification: 'IN_PROGRESS', progressPercent: 20, dueOn: '2026-10' }),
      task(1, { progressPercent: 0 }),
      task(2, { verifiedOn: '2026', progressPercent: 100, dueOn: '2025' }),
      task(3, { progressPercent: null, dueOn: '2027' }),
    ];
    expect(rollUp(tasks, TODAY)).toEqual({
      tasks: 4,
      byStage: [
        { stage: 'UNKNOWN', count: 2 },
        { stage: 'NOT_STARTED', count: 0 },
        { stage: 'IN_PROGRESS', count: 1 },
        { stage: 'DONE_UNVERIFIED', count: 0 },
        { stage: 'VERIFIED', count: 1 },
      ],
      overdue: 1,
      withoutDueDate: 1,
      progressPercent: 40,
      progressKnown: 3,
    });
  });

  it('has no mean of nothing', () => {
    expect(rollUp([], TODAY)).toMatchObject({ tasks: 0, progressPercent: null, progressKnown: 0 });
  });
});
