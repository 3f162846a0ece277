import { RegimeReader } from '../../src/compliance/regime.reader.js';
import { checkedPack } from '../../src/compliance/rule-pack.reader.js';
import { impactAnalysis } from '../../src/core/landscape/impact.js';
import type { Element } from '../../src/core/landscape/model.js';
import { shortestPaths } from '../../src/core/landscape/paths.js';
import { planChangeSet } from '../../src/core/landscape/plan-change-set.js';
import type { Proposal } from '../../src/core/landscape/proposal.js';
import { LandscapeSnapshot } from '../../src/core/landscape/snapshot.js';
import { cycles } from '../../src/core/landscape/structure.js';
import type { Operation } from '../../src/core/landscape/operation.js';
import { complianceReport } from '../../src/core/policy/report.js';
import { findDuplicates } from '../../src/core/similarity/duplicate-answer.js';
import { finished } from '../../src/core/finished.js';
import { buildSimilarityIndex, movedSteps, startSteps } from '../../src/core/similarity/similarity-index.js';
import { readPairModel } from '../../src/duplicates/pair-model.reader.js';
import { readLanguageData } from '../../src/duplicates/language-data.reader.js';
import { AttributeDefinitionReader } from '../../src/registry/attribute-definition.reader.js';
import { readReferenceRulePack } from '../../src/runtime/reference-file.js';
import 'reflect-metadata';
import { generateLandscape } from '../support/generated-landscape.js';
import type { GeneratedLandscape } from '../support/generated-landscape.js';
import { seededRandom } from '../support/seeded-random.js';
import { heapInUse, measure, printFigures } from './measure.js';
import type { Figure } from './measure.js';
import { searchFigures } from './search-bench.js';
import { GraphologyPeer, PostgresPeer, needOf } from './peers.js';

const SEED = 20261123;
const ORIGINS = 200;
/** A recursive query is hundreds of times slower than a walk in memory; a larger size would only cost time. */
const POSTGRES_ELEMENTS = 2000;

const STAMP = '2026-01-01T00:00:00.000Z';

/** Systems whose stop is asked for, the same for everybody who is asked. */
function originsOf({ elements }: GeneratedLandscape): number[] {
  const random = seededRandom(SEED);
  const systems = elements.filter((each) => each.kind !== 'AGENCY');
  return Array.from({ length: ORIGINS }, () => systems[random.below(systems.length)]?.seq ?? 0);
}

/** The least a walk over the snapshot can cost: every dependent visited once, nothing explained. */
function countDependents(snapshot: LandscapeSnapshot, origin: number): number {
  const seen = new Uint8Array(snapshot.elementBound);
  seen[origin] = 1;
  const queue = [origin];
  let count = 0;
  const visit = (other: number): void => {
    if (seen[other] === 1) return;
    seen[other] = 1;
    count++;
    queue.push(other);
  };
  for (let element = queue.pop(); element !== undefined; element = queue.pop()) {
    snapshot.forEachIncoming(element, (kind, other) => {
      if (needOf({ kind, source: other, target: 0 })?.needs === other) visit(other);
    });
    snapshot.forEachOutgoing(element, (kind, other) => {
      if (needOf({ kind, source: 0, target: other })?.needs === other) visit(other);
    });
  }
  return count;
}

/** Commits one operation after another, each on the snapshot that the one before it made. */
function committer(landscape: GeneratedLandscape, operationAt: (call: number) => Operation): (call: number) => void {
  let snapshot = LandscapeSnapshot.of(landscape.elements, landscape.relations);
  let counters = { element: landscape.elements.length + 1, relation: landscape.relations.length + 1 };
  return (call) => {
    const planned = planChangeSet(
      snapshot,
      { operations: [operationAt(call)] },
      { definitions: new Map(), at: STAMP, counters },
    );
    if ('issues' in planned) throw new Error(JSON.stringify(planned.issues));
    snapshot = snapshot.with(planned.plan.delta).settled();
    counters = planned.plan.counters;
  };
}

async function commitFigures(landscape: GeneratedLandscape): Promise<Figure[]> {
  const random = seededRandom(SEED);
  const urns = landscape.elements.flatMap((each) => (each.kind === 'AGENCY' ? [] : [each.urn]));
  const anyUrn = (): string => urns[random.below(urns.length)] ?? '';
  const rename = (call: number): Operation => ({
    op: 'UPDATE',
    urn: anyUrn(),
    path: 'name',
    value: `Hệ thống ${call}`,
  });
  const connect = (call: number): Operation => ({
    op: 'ADD',
    urn: `urn:khung:bench-${call}`,
    value: { kind: 'DEPENDS_ON', source: anyUrn(), target: anyUrn() },
  });
  return [
    await measure('commit of one field (plan and next snapshot)', committer(landscape, rename)),
    await measure('commit of one relation (plan and next snapshot)', committer(landscape, connect)),
  ];
}

/** Asks everybody the same origins in turn; the note says how many dependents were found in the mean. */
function dependentsFigure(
  what: string,
  origins: readonly number[],
  count: (origin: number) => number | Promise<number>,
): Promise<Figure> {
  const found = new Map<number, number>();
  const mean = (): number => [...found.values()].reduce((sum, each) => sum + each, 0) / found.size;
  return measure(
    what,
    async (call) => {
      const origin = origins[call % origins.length] ?? 0;
      found.set(origin, await count(origin));
    },
    () => `${mean().toFixed(0)} dependents in the mean of ${found.size} origins`,
  );
}

/** What the service answers, without HTTP and GraphQL around it. */
async function questionFigures(
  { elements }: GeneratedLandscape,
  snapshot: LandscapeSnapshot,
  origins: readonly number[],
): Promise<Figure[]> {
  const at = (call: number): Element => snapshot.elementAt(origins[call % origins.length] ?? 0) ?? anyElement(elements);
  const language = readLanguageData();
  const similarity = buildSimilarityIndex(snapshot, language);
  const model = readPairModel();
  const definitions = new AttributeDefinitionReader().all;
  const pack = checkedPack(readReferenceRulePack('hcmc/rule-pack.json'), definitions, new RegimeReader().reference);
  const weights = { INFO: 0, MINOR: 2, MAJOR: 4, CRITICAL: 8 };
  const report = { landscape: snapshot, pack, definitions, today: STAMP.slice(0, 10), weights };
  return [
    await measure('impact with severities', (call) => {
      impactAnalysis(snapshot, at(call), { direction: 'DEPENDENTS' });
    }),
    await measure('impact with what is missing and what untyped links would add', (call) => {
      const { coverage, untyped } = impactAnalysis(snapshot, at(call), { direction: 'DEPENDENTS' });
      return coverage.missing.length + untyped;
    }),
    await measure('three shortest paths between two systems', (call) => {
      shortestPaths(snapshot, at(call), at(call + 1), { k: 3 });
    }),
    await measure('all circles of need', () => cycles(snapshot)),
    await measure('duplicates: index of all texts', () => buildSimilarityIndex(snapshot, language)),
    await measure('duplicates: the same moved on by one edit', (call) => {
      // Each time as the first of its family: otherwise it would be made afresh after thousands.
      const before = { ...similarity, family: { ...similarity.family } };
      const after = renamed(snapshot, at(call), `${at(call).name} ${call}`);
      finished(movedSteps(finished(startSteps(after, language, [before]))));
    }),
    await measure('duplicates: one component', (call) => {
      findDuplicates(similarity, proposalNamed(at(call).name), { model, candidateLimit: 20 });
    }),
    await measure('compliance report by agency, ten rules', () => complianceReport(report, 'AGENCY')),
  ];
}

function renamed(snapshot: LandscapeSnapshot, element: Element, name: string): LandscapeSnapshot {
  const { seq, urn } = element;
  const revision = snapshot.revision + 1;
  return snapshot.with({ revision, at: STAMP, elements: [{ seq, urn, after: { ...element, name } }], relations: [] });
}

function anyElement(elements: readonly Element[]): Element {
  const [element] = elements;
  if (element === undefined) throw new Error('The landscape is empty.');
  return element;
}

function proposalNamed(title: string): Proposal {
  return {
    title,
    objective: null,
    agency: null,
    investmentForm: 'UNKNOWN',
    workType: 'BUILD',
    components: [{ id: 'c1', name: title, description: null, capability: null, layer: null }],
    budget: [],
    decidedOn: null,
    operations: [],
    answers: {},
  };
}

async function figuresOf(landscape: GeneratedLandscape): Promise<Figure[]> {
  const origins = originsOf(landscape);
  const before = heapInUse();
  const snapshot = LandscapeSnapshot.of(landscape.elements, landscape.relations);
  const snapshotHeap = heapInUse() - before;
  const figures = [
    await measure(
      'snapshot of all records',
      () => LandscapeSnapshot.of(landscape.elements, landscape.relations),
      () => `${snapshotHeap.toFixed(1)} MiB beside the records`,
    ),
    ...(await commitFigures(landscape)),
    await dependentsFigure('dependents, bare walk over the snapshot', origins, (each) =>
      countDependents(snapshot, each),
    ),
  ];
  figures.push(...(await questionFigures(landscape, snapshot, origins)), ...(await searchFigures(landscape)));
  const graphology = new GraphologyPeer(landscape.relations);
  figures.push(
    await measure('peer: graphology, graph from all relations', () => new GraphologyPeer(landscape.relations)),
    await dependentsFigure('peer: graphology, dependents', origins, (each) => graphology.countDependents(each)),
  );
  if (snapshot.elementCount <= POSTGRES_ELEMENTS) {
    const postgres = await PostgresPeer.of(landscape.relations);
    figures.push(
      await dependentsFigure('peer: PostgreSQL (PGlite), dependents', origins, (each) =>
        postgres.countDependents(each),
      ),
    );
    await postgres.close();
  }
  return figures;
}

/** Prints the figures of the landscape in the process itself, without HTTP and GraphQL, at each size. */
export async function benchCore(sizes: readonly number[]): Promise<void> {
  for (const systems of sizes.length > 0 ? sizes : [1000, 10_000, 100_000]) {
    const before = heapInUse();
    const landscape = generateLandscape({ systems, seed: SEED });
    const heap = heapInUse() - before;
    const { elements, relations } = landscape;
    const title = `${systems} systems: ${elements.length} elements, ${relations.length} relations, ${heap.toFixed(0)} MiB`;
    printFigures(title, await figuresOf(landscape));
  }
}
