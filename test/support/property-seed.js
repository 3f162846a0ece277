import { configureGlobal, readConfigureGlobal } from 'fast-check';

/*
 * The suite draws the same random cases every time, so that a red run is a change of the code and not of the dice.
 * The long counts draw others: `PROPERTY_SEED=random`, or a number to run one draw again (a failure prints its seed).
 */
const asked = process.env.PROPERTY_SEED ?? '20250701';
if (asked !== 'random') configureGlobal({ ...readConfigureGlobal(), seed: Number(asked) });

// What a test starts is built already, and needs nothing to read TypeScript with.
delete process.env.NODE_OPTIONS;
