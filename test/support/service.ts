import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

export interface TestService extends Service {
  /** Asks over real HTTP. T is the shape that the query asks for. */
  ask<T>(query: string, options?: AskOptions): Promise<Asked<T>>;
}

/** The whole service with the city's reference pack, on a fresh database and a free port. */
export async function startTestService(environment: Environment = {}): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), 'khung-test-'));
  const config = readConfig({ KHUNG_DATA: folder, PORT: '0', KHUNG_ADMIN_TOKEN: TEST_TOKEN, ...environment });
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
  };
}
