/**
 * How long the landscape takes. Figures are printed and never asserted: they depend on the machine.
 *   npm run bench -- core [systems ...]        functions in one process, beside graphology and PGlite
 *   npm run bench -- compliance [systems]      rules over everything, changes, previews, beside two evaluators of CEL
 *   npm run bench -- duplicates [folder] [titles ...]   labelled pairs and made-up titles, beside what one would pick
 *   npm run bench -- exchange [rows]           files of lists sent to the service on the embedded database
 *   npm run bench -- landscape [systems] [W1 W4a ...]   the service over HTTP, beside hand-tuned SQL behind bare HTTP
 *   npm run bench -- plan [systems]            a yearly plan of 300 lines, answered over HTTP
 */
import 'reflect-metadata';
import { benchCompliance } from './compliance.js';
import { benchCore } from './core.js';
import { benchDuplicates } from './duplicates.js';
import { benchExchange } from './exchange.js';
import { benchLandscape } from './landscape/run.js';
import { benchPlan } from './plan.js';

const [what = 'core', ...given] = process.argv.slice(2);
const sizes = given.map(Number).filter((each) => !Number.isNaN(each));
if (what === 'core') await benchCore(sizes);
else if (what === 'compliance') await benchCompliance(sizes[0] ?? 10_000);
else if (what === 'duplicates') {
  const folder = given.find((each) => Number.isNaN(Number(each)));
  await benchDuplicates(folder ?? '../shared/data/duplicates-vi', sizes.length === 0 ? [10_000] : sizes);
} else if (what === 'exchange') await benchExchange(sizes[0] ?? 100_000);
else if (what === 'landscape') {
  const only = given.filter((each) => each.startsWith('W'));
  await benchLandscape({ systems: sizes[0] ?? 10_000, only });
} else if (what === 'plan') await benchPlan(sizes[0] ?? 10_000);
else throw new Error(`"${what}" is none of core, compliance, duplicates, exchange, landscape and plan.`);
