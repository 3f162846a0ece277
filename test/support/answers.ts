import { setTimeout } from 'node:timers/promises';
import { execute, parse, validate } from 'graphql';
import type { DocumentNode } from 'graphql';
import type { Actor } from '../../src/core/access/actor.js';
import type { RequestContext } from '../../src/runtime/request-context.js';
import { workDrawn } from '../../src/runtime/request-work.js';
import type { TestApplication } from './application.js';
import { CURSOR } from './query-values.js';

/** Two services do not commit at the same moment. */
const MOMENT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
/** What is not worked out yet: it is asked for again. */
const UNSETTLED = '"RUNNING"';

/** Answers in a service, byte for byte but for the moments, with the work that was drawn for it: that may tell of nothing hidden either. */
export async function answerOf({ schema }: TestApplication, text: string, actor: Actor): Promise<string> {
  const document = parse(text);
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  for (let left = 500; left > 0; left -= 1) {
    const answer = await answerTo(schema, document, actor);
    if (!answer.includes(UNSETTLED)) return answer;
    await setTimeout(10);
  }
  throw new Error(`Nothing comes of ${text}`);
}

async function answerTo(schema: TestApplication['schema'], document: DocumentNode, actor: Actor): Promise<string> {
  const contextValue: RequestContext = { actor, language: 'VI' };
  const answer = await execute({ schema, document, contextValue });
  return JSON.stringify({ ...answer, work: workDrawn(contextValue).work }).replaceAll(MOMENT, 'MOMENT');
}

/** What is answered, without the work that it took. */
export function withoutWork(answer: string): string {
  return answer.replace(/,"work":\d+\}$/, '}');
}

type Told = Readonly<Record<string, unknown>>;

/** The name of a field without the number by which an alias tells it from others. */
function fieldNamed(alias: string): string {
  return alias.replace(/_\d+$/, '');
}

/** Whether a value says anything: that there is something, and not that there is nothing. */
export function tells(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(tells);
  if (typeof value !== 'object' || value === null) return value !== null && value !== 0 && value !== false;
  return Object.entries(value).some(([key, each]) => key !== '__typename' && tells(each));
}

/** Goes through all objects of an answer. */
export function* objectsOf(value: unknown): Generator<Told> {
  if (Array.isArray(value)) {
    for (const each of value) yield* objectsOf(each);
  } else if (typeof value === 'object' && value !== null) {
    yield value as Told;
    for (const each of Object.values(value)) yield* objectsOf(each);
  }
}

/** The fields of an answer that said something, as `Type.field`. */
export function* toldFields(data: unknown): Generator<string> {
  for (const object of objectsOf(data)) {
    const type = object['__typename'];
    if (typeof type !== 'string') continue;
    for (const [alias, value] of Object.entries(object)) {
      if (alias !== '__typename' && tells(value)) yield `${type}.${fieldNamed(alias)}`;
    }
  }
}

/** A cursor of one of the lists that stand in an answer under a key: of the last item of the first that has any. */
function cursorIn(data: unknown, key: string): string | undefined {
  for (const object of objectsOf(data)) {
    const list = object[key] as { readonly page?: { readonly endCursor: string | null } } | null | undefined;
    const cursor = list?.page?.endCursor;
    if (typeof cursor === 'string') return cursor;
  }
  return undefined;
}

const PLACED = new RegExp(`, (?:after|before): "${CURSOR}\\w+"|(?:after|before): "${CURSOR}\\w+", `, 'g');

/** Puts cursors into a question that are those of its own lists, as it is answered without them. */
export async function withCursors(text: string, ask: (text: string) => Promise<string>): Promise<string> {
  if (!text.includes(CURSOR)) return text;
  const { data } = JSON.parse(await ask(text.replaceAll(PLACED, ''))) as { readonly data: unknown };
  return text.replaceAll(new RegExp(`${CURSOR}(\\w+)`, 'g'), (_, key: string) => cursorIn(data, key) ?? 'x');
}
