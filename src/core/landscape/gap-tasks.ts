import { sourcesOf, targetsOf } from './landscape.js';
import type { Landscape } from './landscape.js';
import { isSurelyAfter } from './model.js';
import type { Element, PartialDate } from './model.js';

/** How far a task is: what its form says, `VERIFIED` once a day of verification is known, `UNKNOWN` where nobody told. */
export const TASK_STAGES = ['UNKNOWN', 'NOT_STARTED', 'IN_PROGRESS', 'DONE_UNVERIFIED', 'VERIFIED'] as const;
export type TaskStage = (typeof TASK_STAGES)[number];

/** What a number of tasks come to together. */
export interface TaskRollUp {
  readonly tasks: number;
  /** Number of tasks at each stage, in the order of TASK_STAGES, those without tasks too. */
  readonly byStage: readonly { readonly stage: TaskStage; readonly count: number }[];
  /** Number of those that are neither done nor verified and were surely due before the day. */
  readonly overdue: number;
  /** Number of those that are neither done nor verified, of which nobody told a day. */
  readonly withoutDueDate: number;
  /** Mean of the progress that is known, in per cent; null where none is. */
  readonly progressPercent: number | null;
  /** Number of tasks whose progress is known. */
  readonly progressKnown: number;
}

const STAGES: ReadonlySet<string> = new Set(TASK_STAGES);

export function stageOf({ attributes }: Element): TaskStage {
  if (typeof attributes['verifiedOn'] === 'string') return 'VERIFIED';
  const told = attributes['verification'];
  // What is in the set is a stage.
  return typeof told === 'string' && STAGES.has(told) ? (told as TaskStage) : 'UNKNOWN';
}

function isDone(task: Element): boolean {
  const stage = stageOf(task);
  return stage === 'DONE_UNVERIFIED' || stage === 'VERIFIED';
}

/** Whether a task should have been done before a day and is not. A task of which nobody told a due date is not. */
export function isOverdue(task: Element, day: PartialDate): boolean {
  const { dueOn } = task.attributes;
  return typeof dueOn === 'string' && !isDone(task) && isSurelyAfter(day, dueOn);
}

/** The tasks that close a gap, in order of seq. Projects that do are not tasks. */
export function tasksOf(landscape: Landscape, gap: Element): Element[] {
  return sourcesOf(landscape, gap.seq, 'CLOSES').filter(({ kind }) => kind === 'TASK');
}

/** The gaps that a task closes, in order of seq. */
export function gapsOf(landscape: Landscape, task: Element): Element[] {
  return targetsOf(landscape, task.seq, 'CLOSES').filter(({ kind }) => kind === 'GAP');
}

/** Whether something of a gap is still to be done: it has no task, or one that is not done. */
export function isOpen(landscape: Landscape, gap: Element): boolean {
  const tasks = tasksOf(landscape, gap);
  return tasks.length === 0 || !tasks.every(isDone);
}

export function rollUp(tasks: readonly Element[], day: PartialDate): TaskRollUp {
  const counts = new Map<TaskStage, number>(TASK_STAGES.map((stage) => [stage, 0]));
  for (const task of tasks) counts.set(stageOf(task), (counts.get(stageOf(task)) ?? 0) + 1);
  const known = tasks.flatMap(({ attributes }) => {
    const told = attributes['progressPercent'];
    return typeof told === 'number' ? [told] : [];
  });
  return {
    tasks: tasks.length,
    byStage: [...counts].map(([stage, count]) => ({ stage, count })),
    overdue: tasks.filter((task) => isOverdue(task, day)).length,
    withoutDueDate: tasks.filter((task) => !isDone(task) && typeof task.attributes['dueOn'] !== 'string').length,
    progressPercent: known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0) / known.length,
    progressKnown: known.length,
  };
}
