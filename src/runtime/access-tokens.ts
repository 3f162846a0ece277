import { readFileSync } from 'node:fs';
import type { Actor } from '../core/access/actor.js';
import { CITY_ROLES } from '../core/access/policy.js';
import { isUrn } from '../core/landscape/model.js';
import type { Urn } from '../core/landscape/model.js';
import { isRecord } from '../core/landscape/record-fields.js';
import { ConfigWrong } from './config.js';

/** Actors by the SHA-256 of their tokens, in hexadecimal. */
export type AccessTokens = ReadonlyMap<string, Actor>;

const KINDS = CITY_ROLES.map((role) => `"${role}"`).join(' | ');
const DIGEST = /^[0-9a-f]{64}$/;

/**
 * Reads who may ask with which token: a JSON list of `{ "sha256", "kind", "agency", "grants" }`, the agency of an OFFICER
 * alone, for the others act for the whole city.
 * The file holds hashes alone, so whoever reads it can not ask in anybody's name.
 * @throws ConfigWrong where an entry is not what it must be: nobody may be let in, or kept out, by a slip.
 */
export function readAccessTokens(file: string | undefined): AccessTokens {
  const tokens = new Map<string, Actor>();
  if (file === undefined) return tokens;
  const entries = parsed(file);
  if (!Array.isArray(entries)) throw wrong(file, '[ { "sha256": ..., "kind": ... } ]');
  for (const [index, entry] of entries.entries()) {
    const actor = actorOf(entry);
    const digest: unknown = isRecord(entry) ? entry['sha256'] : undefined;
    if (actor === undefined || typeof digest !== 'string' || !DIGEST.test(digest) || tokens.has(digest)) {
      throw wrong(
        `${file}[${index}]`,
        `{ "sha256": hex, "kind": "OFFICER", "agency": urn, "grants": [urn] } | { "sha256": hex, "kind": ${KINDS} }`,
      );
    }
    tokens.set(digest, actor);
  }
  return tokens;
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ConfigWrong(`KHUNG_TOKENS: không đọc được / can not be read: ${file}: ${message}`);
  }
}

function wrong(place: string, expected: string): ConfigWrong {
  return new ConfigWrong(`KHUNG_TOKENS: ${place}: phải là / must be: ${expected}`);
}

const FIELDS: ReadonlySet<string> = new Set(['sha256', 'kind', 'agency', 'grants']);

function actorOf(entry: unknown): Actor | undefined {
  if (!isRecord(entry) || !Object.keys(entry).every((key) => FIELDS.has(key))) return undefined;
  const { kind, agency, grants: given = [] } = entry;
  const grants = urnsOf(given);
  if (grants === undefined) return undefined;
  const role = CITY_ROLES.find((each) => each === kind);
  if (role !== undefined && agency === undefined) return { kind: role, grants };
  if (kind === 'OFFICER' && typeof agency === 'string' && isUrn(agency)) return { kind, agency, grants };
  return undefined;
}

function urnsOf(given: unknown): Urn[] | undefined {
  if (!Array.isArray(given)) return undefined;
  const urns = given.filter((each): each is Urn => typeof each === 'string' && isUrn(each));
  return urns.length === given.length ? urns : undefined;
}
