import { fuzzInputs } from './support/input-fuzz.js';
import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const INPUTS = 1_000;
const SEED = 20_261_130;

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

it(`${INPUTS} random inputs of all questions and changes are answered, or refused with a code`, async () => {
  expect(await fuzzInputs(service.url, INPUTS, SEED)).toEqual([]);
  expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
});
