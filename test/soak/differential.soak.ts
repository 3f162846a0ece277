import { answeredCity } from '../support/answered-city.js';
import { compare, writeQuestions } from '../support/every-question.js';
import { ACTORS } from '../support/hidden-city.js';

const QUESTIONS = process.env['SOAK'] === 'short' ? 3_000 : 20_000;
const SEED = 11;

it(`${QUESTIONS} questions of each of ${ACTORS.length} actors are answered as if what he may not see did not exist`, async () => {
  const whole = await answeredCity(undefined);
  try {
    const { texts } = writeQuestions(whole.schema, { count: QUESTIONS, seed: SEED });
    for (const actor of ACTORS) {
      const seen = await answeredCity(actor);
      const { differing, bugs } = await compare({ whole, seen, actor }, texts);
      await seen.close();
      expect([actor.kind, differing, bugs]).toEqual([actor.kind, [], []]);
    }
  } finally {
    await whole.close();
  }
});
