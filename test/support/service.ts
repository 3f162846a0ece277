import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CityRole } from '../../src/core/access/policy.js';
import { serveOn } from '../../src/main.js';
import type { Service } from '../../src/main.js';
import { readConfig } from '../../src/runtime/config.js';
import type { Environment } from '../../src/runtime/config.js';
import { freshDatabase } from './database.js';

/** Token of the administrator of every service in tests. */
export const TEST_TOKEN = 'only-for-tests';

export interface Asked<T> {
  readonly data: T | null | undefined;
  readonly errors: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[] | undefined;
}

export interface AskOptions {
  readonly variables?: unknown;
  /** As the administrator; otherwise as the public. */
  readonly asAdministrator?: boolean;
  readonly language?: 'vi' | 'en';
}

/** Somebody who may ask with a token of his own. */
export interface TestActor {
  readonly token: string;
  readonly kind: 'OFFICER' | CityRole;
  /** urn of the agency of an officer. */
  readonly agency?: string;
}

export interface TestService extends Service {
  /**
   * Asks in somebody's name, in Vietnamese; null = the public. T is the shape that the query asks for.
   * @throws where the answer has errors.
   */
  askAs<T>(token: string | null, query: string, variables?: object): Promise<T>;
  /** Asks over real HTTP. T is the shape that the query asks for. */
  ask<T>(query: string, options?: AskOptions): Promise<Asked<T>>;
}

/**
 * The whole service with the city's reference pack, on a fresh database and a free port.
 * @param actors - who may ask, beside the administrator.
 */
export async function startTestService(
  environment: Environment = {},
  actors: readonly TestActor[] = [],
): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), 'khung-test-'));
  const tokens = join(folder, 'tokens.json');
  writeFileSync(tokens, JSON.stringify(actors.map(tokenEntry)));
  const places = {
    KHUNG_DATA: folder,
    KHUNG_TOKENS: tokens,
    PORT: '0',
    KHUNG_ADMIN_TOKEN: TEST_TOKEN,
    KHUNG_SUPERVISION_SECONDS: '0',
    KHUNG_LOG_LEVEL: 'error',
  };
  const config = readConfig({ ...places, ...environment });
  const service = await serveOn(await freshDatabase(), { ...config, host: '127.0.0.1' });
  return {
    ...service,
    close: async () => {
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    },
    ask: async <T>(query: string, { variables, asAdministrator, language }: AskOptions = {}): Promise<Asked<T>> => {
      const response = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'accept-language': language ?? 'vi',
          ...(asAdministrator === true && { authorization: `Bearer ${TEST_TOKEN}` }),
        },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Asked<T>;
    },
    askAs: async <T>(token: string | null, query: string, variables: object = {}): Promise<T> => {
      const response = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token !== null && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as Asked<T>;
      if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
      return data;
    },
  };
}

/** The service keeps the hash of a token alone. */
function tokenEntry({ token, ...actor }: TestActor): object {
  return { sha256: createHash('sha256').update(token).digest('hex'), ...actor };
}
