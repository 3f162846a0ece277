import { describe, expect, it } from '@jest/globals';
import { VISIBILITIES } from '../landscape/model.js';
import { ADMINISTRATOR, PUBLIC } from './actor.js';
import { mayCommit, mayRead, mayReadFindings } from './decide.js';

describe('who may do what', () => {
  it('only the administrator changes the landscape', () => {
    expect([mayCommit(PUBLIC), mayCommit(ADMINISTRATOR)]).toEqual([false, true]);
  });

  it.each(VISIBILITIES)(
    'the public reads what is PUBLIC and nothing else; the administrator reads all: %s',
    (visibility) => {
      expect([mayRead(PUBLIC, visibility), mayRead(ADMINISTRATOR, visibility)]).toEqual([
        visibility === 'PUBLIC',
        true,
      ]);
    },
  );

  it.each(VISIBILITIES)('sums over findings are read by whoever may read their class: %s', (visibility) => {
    const allowed = [PUBLIC, ADMINISTRATOR].map((actor) => mayReadFindings(actor, visibility));
    expect(allowed).toEqual([visibility === 'PUBLIC', true]);
  });
});
