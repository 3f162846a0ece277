import { ROUNDS, killAndLookAfter } from '../support/kills.js';

it(`${ROUNDS} kills amid commits lose nothing that was acknowledged and leave nothing half done, in the embedded database`, () =>
  killAndLookAfter({}));
