import { bind } from 'jest-each';

/*
 * The runner knows no time limits: a test or hook that hangs would hold up the suite for good. Each is given one here,
 * the `testTimeout` of the configuration or, as everywhere in Jest, its own last argument (milliseconds).
 */
const LIMIT = Number(process.env.KHUNG_TEST_TIMEOUT);

function within(run, limit) {
  return async () => {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`Not done after ${limit} ms.`)), limit);
    });
    await Promise.race([run(), late]).finally(() => clearTimeout(timer));
  };
}

function limitedTest(register) {
  const limited = (name, run, limit = LIMIT) => register(name, within(run, limit));
  limited.each = bind(limited, false);
  return limited;
}

const { it } = globalThis;
globalThis.it = Object.assign(limitedTest(it), { only: limitedTest(it.only), skip: limitedTest(it.skip) });
for (const hook of ['beforeAll', 'beforeEach', 'afterEach', 'afterAll']) {
  const register = globalThis[hook];
  globalThis[hook] = (run, limit = LIMIT) => register(within(run, limit));
}
