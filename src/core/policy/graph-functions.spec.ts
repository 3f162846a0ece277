import * as fc from 'fast-check';
import { definition } from '../../../test/support/change-sets.js';
import { element, landscapeOf, lives, randomLandscapes, relation, urnOf } from '../../../test/support/landscapes.js';
import type { RandomLandscape } from '../../../test/support/landscapes.js';
import { PUBLIC } from '../access/actor.js';
import { LandscapeView } from '../access/view.js';
import type { Landscape } from '../landscape/landscape.js';
import { ELEMENT_KINDS } from '../landscape/model.js';
import type { Element, Json, Relation, RelationKind } from '../landscape/model.js';
import { LandscapeSnapshot } from '../landscape/snapshot.js';
import { compileExpression, decide, evaluate, valueOfCompiled } from './compile.js';
import type { Compiled } from './compile.js';
import { BUDGET } from './limits.js';
import { fieldsRead } from './reads.js';
import { ruleGraphOf } from './rule-graph.js';
import { factTypesOf } from './subject.js';
import type { Facts } from './value.js';
import { NO_REFERENCE } from './world.js';
import type { World } from './world.js';

const TYPES = factTypesOf('SYSTEM', new Map());
const DECLARED = { attributes: { flowsDeclaredCompleteOn: '2026-10' } };
const DECLARATION = definition('flowsDeclaredCompleteOn', { type: 'DATE', appliesTo: ELEMENT_KINDS });
const FLOWS = '["EXCHANGES_DATA_WITH"]';

const known = new Map<string, Compiled>();
function compiled(source: string): Compiled {
  const before = known.get(source);
  if (before !== undefined) return before;
  const result = compileExpression(source, TYPES);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  known.set(source, result.compiled);
  return result.compiled;
}
function problemsOf(source: string): unknown[] {
  const result = compileExpression(source, TYPES);
  return 'problems' in result ? [...result.problems] : [];
}
function worldOf(landscape: Landscape): World {
  return { today: '2026-11-23', graph: ruleGraphOf(landscape), ...NO_REFERENCE };
}
const self = (seq: number): Facts => ({ urn: urnOf(`e${seq}`) });
const flow = (seq: number, ends: readonly [number, number]): ReturnType<typeof relation> =>
  relation(seq, ends, { kind: 'EXCHANGES_DATA_WITH' });

/** 0 -> 1 -> 2 -> 0, 2 -> 3, 4 -> 3: exchanges; 3 and 4 are not declared complete. */
const circle = worldOf(
  landscapeOf(
    [...[0, 1, 2].map((seq) => element(seq, DECLARED)), element(3), element(4), element(5, DECLARED)],
    [flow(0, [0, 1]), flow(1, [1, 2]), flow(2, [2, 0]), flow(3, [2, 3]), flow(4, [4, 3])],
  ),
);
const ask = (source: string, seq: number, world = circle): string => decide(compiled(source), self(seq), world).outcome;

describe('ways', () => {
  it.each<[string, number, string]>([
    [`inCycle(self, ${FLOWS})`, 0, 'TRUE'],
    [`inCycle(self, ${FLOWS})`, 4, 'UNKNOWN'],
    [`inCycle(self, ${FLOWS})`, 5, 'FALSE'],
    [`inCycle(self, ["DEPENDS_ON"])`, 5, 'UNKNOWN'],
    [`reaches(self, "urn:khung:e3", ${FLOWS})`, 0, 'TRUE'],
    [`reaches("urn:khung:e0", self, ${FLOWS})`, 3, 'TRUE'],
    [`reaches(self, "urn:khung:e0", ${FLOWS})`, 3, 'UNKNOWN'],
    [`reaches(self, "urn:khung:e0", ${FLOWS})`, 5, 'FALSE'],
    [`reaches(self, "urn:khung:none", ${FLOWS})`, 5, 'UNKNOWN'],
    [`everyPathVia(self, "urn:khung:e3", ${FLOWS}, "urn:khung:e2")`, 0, 'TRUE'],
    [`everyPathVia(self, "urn:khung:e3", ${FLOWS}, "urn:khung:e1")`, 2, 'FALSE'],
    [`everyPathVia(self, "urn:khung:e3", ${FLOWS}, ["urn:khung:e1", "urn:khung:e2"])`, 4, 'FALSE'],
    [`everyPathVia(self, "urn:khung:e0", ${FLOWS}, "urn:khung:e2")`, 4, 'UNKNOWN'],
    [`everyPathVia(self, "urn:khung:e3", ${FLOWS}, "urn:khung:e3")`, 4, 'TRUE'],
    [`everyPathVia(self, "urn:khung:e3", ${FLOWS}, "urn:khung:none")`, 4, 'UNKNOWN'],
  ])('%s of %d is %s', (source, seq, expected) => {
    expect(ask(source, seq)).toBe(expected);
  });

  it('name whose list is not complete, the subject itself by its own fact', () => {
    const rule = compiled(`!reaches(self, "urn:khung:e0", ${FLOWS})`);
    expect(decide(rule, self(4), circle).missing).toEqual([
      { path: 'flows', field: 'flows', item: null, incomplete: true },
      {
        path: 'urn:khung:e3.flows',
        field: 'flows',
        item: 'Hệ thống 3',
        incomplete: true,
        element: 'urn:khung:e3',
      },
    ]);
    expect(decide(compiled('inCycle(self, ["USES"])'), self(5), circle).missing).toMatchObject([{ path: 'relations' }]);
  });

  it('are shown where they decide, by names', () => {
    const because = (source: string, seq: number): unknown =>
      evaluate(compiled(source), self(seq), circle).because.map(({ path }) => path?.map(({ name }) => name.slice(-1)));
    expect(because(`!inCycle(self, ${FLOWS})`, 0)).toEqual([['0', '1', '2', '0']]);
    expect(because(`everyPathVia(self, "urn:khung:e3", ${FLOWS}, "urn:khung:e0")`, 1)).toEqual([['1', '2', '3']]);
    expect(because(`reaches(self, "urn:khung:e0", ${FLOWS}) == true`, 1)).toEqual([['1', '2', '0']]);
    expect(because(`reaches(self, "urn:khung:e0", ${FLOWS})`, 5)).toEqual([undefined]);
  });

  it('are unknown of a subject without a record, and where nothing is known of the landscape', () => {
    const rule = compiled(`inCycle(self, ${FLOWS})`);
    expect(decide(rule, {}, circle)).toMatchObject({ outcome: 'UNKNOWN', missing: [{ path: 'urn', field: 'urn' }] });
    expect(decide(rule, self(0), '2026-11-23')).toMatchObject({ outcome: 'UNKNOWN' });
  });
});

describe('sets of elements', () => {
  const landscape = landscapeOf(
    [
      element(0, DECLARED),
      element(1, { ...DECLARED, layer: 2 }),
      element(2, DECLARED),
      element(3, { kind: 'AGENCY', name: 'Sở Y tế' }),
      element(4, { kind: 'DATA_OBJECT', name: 'Dân cư' }),
      element(5, { kind: 'CAPABILITY', externalIds: [{ scheme: 'BRM', value: 'B.1', recordType: null }] }),
      element(6, { kind: 'PLATFORM', name: 'Nền tảng' }),
      element(7, { kind: 'DATABASE', attributes: { scope: 'NATIONAL' } }),
      element(8, {
        kind: 'DATABASE',
        attributes: { scope: 'NATIONAL' },
        phases: [{ phase: 'END_OF_LIFE', from: null }],
      }),
    ],
    [
      flow(0, [0, 1]),
      flow(1, [1, 2]),
      flow(2, [2, 0]),
      relation(3, [1, 3], { kind: 'OWNED_BY' }),
      relation(4, [0, 4], { kind: 'MASTERS' }),
      relation(5, [6, 5], { kind: 'REALIZES' }),
      relation(6, [0, 5], { kind: 'REALIZES' }),
    ],
  );
  const world = worldOf(landscape);
  const names = (source: string, facts = self(0)): Json | undefined =>
    valueOfCompiled(compiled(`${source}.map(e, e.urn)`), facts, world);

  it.each<[string, readonly number[]]>([
    [`downstream(self, ${FLOWS}, 1)`, [1]],
    [`downstream(self, ${FLOWS}, 3)`, [1, 2]],
    [`upstream(self, ${FLOWS}, 1)`, [2]],
    ['mastersOf("urn:khung:e4")', [0]],
    ['platformsFor("B.1")', [6]],
    ['platformsFor("urn:khung:e5")', [6]],
    ['nationalDatabases()', [7]],
  ])('%s are %j', (source, expected) => {
    expect(names(source)).toEqual(expected.map((seq) => urnOf(`e${seq}`)));
  });

  it('hold what is known of each element', () => {
    const rule = compiled(`downstream(self, ${FLOWS}, 1)`);
    expect(valueOfCompiled(rule, self(0), world)).toEqual([
      {
        urn: urnOf('e1'),
        name: 'Hệ thống 1',
        kind: 'SYSTEM',
        layer: 2,
        owner: { urn: urnOf('e3'), name: 'Sở Y tế' },
      },
    ]);
  });

  it.each<[string, string]>([
    [`downstream(self, ${FLOWS}, 2).all(e, e.kind == "SYSTEM")`, 'TRUE'],
    ['downstream(self, ["USES"], 2).all(e, e.kind == "SYSTEM")', 'UNKNOWN'],
    [`downstream(self, ${FLOWS}, 2).all(e, e.urn == "x")`, 'FALSE'],
    ['mastersOf("urn:khung:e4").all(e, e.kind == "SYSTEM")', 'UNKNOWN'],
    ['mastersOf("urn:khung:e4").exists(e, e.kind == "SYSTEM")', 'TRUE'],
    ['platformsFor("B.1").exists(p, p.urn == self.urn)', 'UNKNOWN'],
    ['platformsFor("B.2").exists(p, p.urn == self.urn)', 'UNKNOWN'],
    ['nationalDatabases().exists(d, d.kind == "DATABASE")', 'TRUE'],
    ['size(nationalDatabases()) > 0', 'UNKNOWN'],
  ])('%s is %s', (source, expected) => {
    expect(ask(source, 0, world)).toBe(expected);
  });

  it('ask an element itself for what is not known of it', () => {
    const rule = compiled(`downstream(self, ${FLOWS}, 1).all(e, e.phase == "ACTIVE")`);
    expect(decide(rule, self(0), world).missing).toEqual([
      { path: 'urn:khung:e1.phase', field: 'phase', item: 'Hệ thống 1', incomplete: false, element: 'urn:khung:e1' },
    ]);
    const masters = decide(compiled('mastersOf("urn:khung:e4").all(e, e.name == "")'), self(0), world);
    expect(masters.outcome).toBe('FALSE');
    const open = decide(compiled('mastersOf("urn:khung:e4").all(e, e.name != "")'), self(0), world);
    expect(open.missing).toMatchObject([{ path: 'urn:khung:e4.masters', field: 'masters', item: 'Dân cư' }]);
  });

  it('are not whole where there is too much of them', () => {
    const many = Array.from({ length: 600 }, (_, seq) => element(seq, DECLARED));
    const star = worldOf(
      landscapeOf(
        many,
        many.slice(1).map(({ seq }) => flow(seq, [0, seq])),
      ),
    );
    expect(ask(`downstream(self, ${FLOWS}, 1).all(e, e.kind == "SYSTEM")`, 0, star)).toBe('UNKNOWN');
    expect(ask(`downstream(self, ${FLOWS}, 1).exists(e, e.kind == "SYSTEM")`, 0, star)).toBe('TRUE');
  });
});

describe('a rule that asks the landscape', () => {
  it.each([
    ['inCycle(self, self.flows.map(f, f.name))', 'WRONG_TYPE', {}],
    ['inCycle(self, [self.name])', 'NOT_LITERAL', { name: 'inCycle' }],
    ['inCycle(self, ["DEPEND_ON"])', 'UNKNOWN_VALUE', { value: 'DEPEND_ON', suggestion: 'DEPENDS_ON' }],
    ['inCycle(self, [])', 'INVALID_LITERAL', {}],
    ['inCycle(1, ["USES"])', 'WRONG_TYPE', {}],
    ['reaches(self, "hcm-lgsp", ["USES"])', 'INVALID_LITERAL', { value: 'hcm-lgsp' }],
    ['everyPathVia(self, "urn:khung:a", ["USES"], self.name)', 'NOT_LITERAL', {}],
    ['everyPathVia(self, "urn:khung:a", ["USES"], ["x"])', 'INVALID_LITERAL', { value: 'x' }],
    ['downstream(self, ["USES"], 4).all(e, true)', 'INVALID_LITERAL', { value: '4' }],
    ['downstream(self, ["USES"], self.layer).all(e, true)', 'NOT_LITERAL', {}],
    ['downstream(self, ["USES"], 1).all(e, e.kind == "SYSTEMS")', 'UNKNOWN_VALUE', { suggestion: 'SYSTEM' }],
    ['downstream(self, ["USES"], 1).all(e, e.ownr == null)', 'UNKNOWN_FIELD', { suggestion: 'owner' }],
    ['nationalDatabase().all(e, true)', 'NOT_SUPPORTED', { suggestion: 'nationalDatabases' }],
    ['self.flows.all(f, downstream(f, ["USES"], 3).all(e, e.name.matches("a{9}b")))', 'COST_TOO_HIGH', {}],
  ])('%s is refused: %s', (source, reason, params) => {
    expect(problemsOf(source)).toMatchObject([{ reason, params }]);
  });

  it('says which questions have to be there', () => {
    const read = (source: string): string[] => fieldsRead(compiled(source).expression);
    expect(read(`inCycle(self, ${FLOWS})`)).toEqual(['flows']);
    expect(read('reaches(self, "urn:khung:x", ["USES", "EXCHANGES_DATA_WITH"])')).toEqual(['flows', 'relations']);
    expect(read('downstream(self, ["USES"], 1).all(e, e.owner != null)')).toEqual(['relations', 'owner']);
    expect(read('mastersOf(self.urn).exists(e, e.layer == 1)')).toEqual(['urn', 'masters', 'layer']);
    expect(read('platformsFor("x") == null || nationalDatabases() == null')).toEqual([
      'platforms',
      'nationalDatabases',
    ]);
  });

  it('is paid for by what it may take', () => {
    expect(compiled(`inCycle(self, ${FLOWS})`).cost).toBeLessThan(10);
    const walk = compiled(`self.flows.all(f, size(downstream(f, ${FLOWS}, 1)) > 0)`);
    const flows = { items: Array.from({ length: 999 }, () => ({ urn: urnOf('e0') })), complete: true };
    expect(walk.cost).toBeGreaterThan(BUDGET);
    expect(decide(walk, { ...self(0), flows }, circle)).toMatchObject({ failure: { detail: 'BUDGET' } });
  });
});

const KINDS: readonly RelationKind[] = ['EXCHANGES_DATA_WITH'];

/** All that a number leads to, in rounds until nothing is new; from nothing but the lists. */
function reachedFrom({ elements, relations }: RandomLandscape, start: number, without: number): ReadonlySet<number> {
  const isThere = (seq: number): boolean => seq !== without && elements.some((each) => each.seq === seq && lives(each));
  const pairs = relations
    .filter(({ kind, status }) => KINDS.includes(kind) && status !== 'ENDED')
    .filter(({ source, target }) => isThere(source) && isThere(target));
  const reached = new Set<number>();
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const { source, target } of pairs) if (source === start || reached.has(source)) reached.add(target);
  }
  return reached;
}

const RANDOM = randomLandscapes({
  elements: 7,
  relations: 14,
  kinds: ['EXCHANGES_DATA_WITH', 'DEPENDS_ON'],
  visibilities: ['PUBLIC', 'RESTRICTED'],
});
const DECLARING = fc.uniqueArray(fc.nat(6));

/** Every question about every pair. */
const QUESTIONS = (to: number, via: number): string[] => [
  `inCycle(self, ${FLOWS})`,
  `reaches(self, "urn:khung:e${to}", ${FLOWS})`,
  `everyPathVia(self, "urn:khung:e${to}", ${FLOWS}, "urn:khung:e${via}")`,
  `downstream(self, ${FLOWS}, 2).all(e, e.urn != "urn:khung:e${to}")`,
  `upstream(self, ${FLOWS}, 2).all(e, e.urn != "urn:khung:e${to}")`,
];

function declared(records: RandomLandscape, declaring: readonly number[]): RandomLandscape {
  const elements = records.elements.map((each) => (declaring.includes(each.seq) ? { ...each, ...DECLARED } : each));
  return { ...records, elements };
}

/** A landscape whose attributes may be read: what has no definition nobody may. */
function definedLandscape(elements: readonly Element[], relations: readonly Relation[]): LandscapeSnapshot {
  return LandscapeSnapshot.empty(new Map([[DECLARATION.key, DECLARATION]]))
    .with({
      revision: 1,
      at: '2026-01-01T00:00:00.000Z',
      elements: elements.map((after) => ({ seq: after.seq, urn: after.urn, after })),
      relations: relations.map((after) => ({ seq: after.seq, urn: after.urn, after })),
    })
    .settled();
}

describe('in any landscape', () => {
  it('answers are those of a search through the lists', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(RANDOM, DECLARING, fc.nat(6), fc.nat(6), (drawn, declaring, to, via) => {
        const records = declared(drawn, declaring);
        const count = records.elements.length;
        const world = worldOf(landscapeOf(records.elements, records.relations));
        for (const { seq } of records.elements) {
          const expected = (goal: number, without: number): string => {
            const reached = reachedFrom(records, seq, without);
            if (reached.has(goal)) return 'TRUE';
            return [seq, ...reached].every((each) => declaring.includes(each)) ? 'FALSE' : 'UNKNOWN';
          };
          const [cycle, reaches, every] = QUESTIONS(to % count, via % count).map((source) => ask(source, seq, world));
          expect(cycle).toBe(expected(seq, -1));
          expect(reaches).toBe(expected(to % count, -1));
          const [other, passes] = [expected(to % count, via % count), [seq, to % count].includes(via % count)];
          const negated = { TRUE: 'FALSE', FALSE: 'TRUE', UNKNOWN: 'UNKNOWN' }[other];
          expect(every).toBe(passes ? 'TRUE' : negated);
          for (const each of [cycle, reaches, every]) seen.add(each ?? '');
        }
      }),
    );
    expect([...seen].toSorted()).toEqual(['FALSE', 'TRUE', 'UNKNOWN']);
  });

  it('what somebody may not see does not exist for him', () => {
    let [hidden, known] = [0, 0];
    fc.assert(
      fc.property(RANDOM, DECLARING, fc.nat(6), fc.nat(6), (drawn, declaring, to, via) => {
        const records = declared(drawn, declaring);
        const view = LandscapeView.of(definedLandscape(records.elements, records.relations), PUBLIC);
        const elements = records.elements.filter(({ visibility }) => visibility === 'PUBLIC');
        const isSeen = (seq: number): boolean => elements.some((each) => each.seq === seq);
        const relations = records.relations.filter(({ source, target }) => isSeen(source) && isSeen(target));
        const without = worldOf(definedLandscape(elements, relations));
        hidden += records.elements.length - elements.length;
        for (const { seq } of records.elements) {
          for (const source of QUESTIONS(to, via)) {
            const rule = compiled(source);
            const seen = evaluate(rule, self(seq), worldOf(view));
            expect(seen).toEqual(evaluate(rule, self(seq), without));
            known += Number(seen.outcome === 'FALSE');
          }
        }
      }),
    );
    expect(hidden).toBeGreaterThan(0);
    expect(known).toBeGreaterThan(0);
  });
});
