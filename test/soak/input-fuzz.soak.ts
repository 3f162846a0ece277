import { fuzzInputs } from '../support/input-fuzz.js';
import { startTestService } from '../support/service.js';

const INPUTS = process.env['SOAK'] === 'short' ? 3_000 : 10_000;
const SEED = 7;

it(`${INPUTS} random inputs of all questions and changes are answered, or refused with a code`, async () => {
  const service = await startTestService();
  try {
    expect(await fuzzInputs(service.url, INPUTS, SEED)).toEqual([]);
  } finally {
    await service.close();
  }
});
