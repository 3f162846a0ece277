import { ADMINISTRATOR } from '../../src/core/access/actor.js';
import type { Actor } from '../../src/core/access/actor.js';
import { isUrn } from '../../src/core/landscape/model.js';
import { lexicographicSortSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { analyse } from './answered-city.js';
import { answerOf, tells, toldFields, withCursors, withoutWork } from './answers.js';
import type { TestApplication } from './application.js';
import { city } from './hidden-city.js';
import { JOBS } from './query-values.js';
import { QueryWriter } from './query-writer.js';
import { SchemaShape } from './schema-shape.js';
import { seededRandom } from './seeded-random.js';

/** Generated questions, and what of the schema they do not use. */
export interface Questions {
  readonly texts: readonly string[];
  /** Coordinates. */
  readonly unused: readonly string[];
}

/**
 * What is not asked: where the audit log ends is published like the revision. It says that something happened, and a hash
 * that hides what.
 */
export const NOT_ASKED = ['Query.auditHead', 'AuditHead.at', 'AuditHead.hash', 'AuditHead.number'];

/** So many questions, each another, out of all that the schema allows. */
export function writeQuestions(
  schema: GraphQLSchema,
  { count, seed }: { readonly count: number; readonly seed: number },
): Questions {
  // The order in which features declare their fields is no matter of chance, and none of the questions either.
  const writer = new QueryWriter(lexicographicSortSchema(schema), seededRandom(seed), new Set(NOT_ASKED));
  const texts = new Set<string>();
  while (texts.size < count) texts.add(writer.write());
  const { all } = writer.uses;
  return { texts: [...texts], unused: [...new SchemaShape(schema).coordinates].filter((each) => !all.has(each)) };
}

/** What came of asking somebody's questions in both cities. */
export interface Comparison {
  /** The questions that were answered otherwise, with both answers. */
  readonly differing: readonly (readonly [text: string, whole: string, seen: string])[];
  /** Number of questions whose answer says anything. */
  readonly telling: number;
  /** Number of questions that would be answered otherwise were nothing hidden. */
  readonly mattering: number;
  /** Answers that tell of a bug. */
  readonly bugs: readonly string[];
  /** The fields that told something, as `Type.field`. */
  readonly told: ReadonlySet<string>;
}

/** Both cities, and who asks. */
export interface Asked {
  readonly whole: TestApplication;
  /** In which only that exists which the actor sees. */
  readonly seen: TestApplication;
  readonly actor: Actor;
}

/** The same actor were all elements opened to him by name; nobody can open anything to the public. */
function opened(actor: Actor): Actor {
  if (actor.kind === 'PUBLIC' || actor.kind === 'ADMINISTRATOR') return ADMINISTRATOR;
  return { ...actor, grants: [...city.classes.keys()].filter(isUrn) };
}

/** Asks in one city; jobs have other ids there. */
type Ask = (text: string, actor: Actor) => Promise<string>;

async function askIn(application: TestApplication, actor: Actor): Promise<Ask> {
  const jobs = actor.kind === 'PUBLIC' ? [] : await analyse(application, actor);
  const names = JOBS.map((name, at) => [name, jobs[at] ?? name] as const);
  return async (text, as) => {
    const asked = names.reduce((found, [name, id]) => found.replaceAll(name, id), text);
    const answer = await answerOf(application, asked, as);
    return names.reduce((found, [name, id]) => found.replaceAll(id, name), answer);
  };
}

/** Asks all questions in both cities. */
export async function compare({ whole, seen, actor }: Asked, texts: readonly string[]): Promise<Comparison> {
  const differing: [string, string, string][] = [];
  const bugs: string[] = [];
  const told = new Set<string>();
  let [telling, mattering] = [0, 0];
  const [inWhole, inSeen] = [await askIn(whole, actor), await askIn(seen, actor)];
  const unhindered = opened(actor);
  for (const [at, text] of texts.entries()) {
    // A cursor out of an earlier answer of his own, or of somebody else who sees more.
    const asked = await withCursors(text, (plain) =>
      at % 2 === 0 ? inSeen(plain, actor) : inWhole(plain, ADMINISTRATOR),
    );
    const [expected, answer] = [await inSeen(asked, actor), await inWhole(asked, actor)];
    if (answer !== expected) differing.push([asked, answer, expected]);
    if (answer.includes('INTERNAL_SERVER_ERROR')) bugs.push(`${asked} ${answer}`);
    const { data, errors } = JSON.parse(answer) as { readonly data: unknown; readonly errors?: unknown };
    telling += Number(tells(data));
    for (const field of toldFields(data)) told.add(field);
    // What he is refused in his role says nothing of what is hidden.
    if (errors !== undefined) continue;
    const more = await inWhole(asked, unhindered);
    mattering += Number(withoutWork(more) !== withoutWork(answer));
  }
  return { differing, telling, mattering, bugs, told };
}
