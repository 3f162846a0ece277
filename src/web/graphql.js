import { language } from './language.js';

/** @typedef {{ readonly message: string, readonly path?: readonly (string | number)[], readonly extensions?: Record<string, unknown> }} GraphqlProblem */

/** The service answered that it will not, or can not, answer; or it did not answer at all. */
export class AnswerFailed extends Error {
  /**
   * @param {readonly GraphqlProblem[]} problems - empty where there was no answer.
   * @param {unknown} [cause]
   */
  constructor(problems, cause) {
    super(problems[0]?.message ?? 'no answer', { cause });
    this.problems = problems;
  }
}

/**
 * Asks the service one query.
 * @template T
 * @param {string} query
 * @param {Record<string, unknown>} variables
 * @returns {Promise<T>}
 * @throws {AnswerFailed}
 */
export async function ask(query, variables = {}) {
  const body = await post(query, variables);
  if (body?.errors?.length) throw new AnswerFailed(body.errors);
  if (!body?.data) throw new AnswerFailed([]);
  // The caller names the shape of its own query; the service validates the query against the schema.
  return /** @type {T} */ (body.data);
}

/**
 * @param {string} query
 * @param {Record<string, unknown>} variables
 * @returns {Promise<{ data?: unknown, errors?: GraphqlProblem[] }>}
 */
async function post(query, variables) {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        'Accept-Language': language().toLowerCase(),
      },
      body: JSON.stringify({ query, variables }),
    });
    return await response.json();
  } catch (error) {
    throw new AnswerFailed([], error);
  }
}
