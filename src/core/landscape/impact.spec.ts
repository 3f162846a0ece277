import * as fc from 'fast-check';
import { DirectedGraph } from 'graphology';
import { draw } from '../../../test/support/drawn-landscape.js';
import type { Drawing } from '../../../test/support/drawn-landscape.js';
import { carriesData, lives, needOf, randomLandscapes } from '../../../test/support/landscapes.js';
import type { RandomLandscape } from '../../../test/support/landscapes.js';
import { impactAnalysis } from './impact.js';
import type { Impact, ImpactOptions } from './impact.js';
import type { Landscape } from './landscape.js';
import type { DependencyStrength } from './model.js';
import { FOLLOWED_KINDS, NEED_KINDS } from './need-kinds.js';
import { LandscapeSnapshot } from './snapshot.js';

const DECLARED = { attributes: { flowsDeclaredCompleteOn: '2026-06' } };
const DEPENDENTS = { direction: 'DEPENDENTS' } as const;
const ENDED = { phases: [{ phase: 'END_OF_LIFE', from: null } as const] };

function ask({ landscape, at }: Drawing, id: string, options: Partial<ImpactOptions> = {}): Impact {
  return impactAnalysis(landscape, at(id), { direction: 'DEPENDENTS', ...options });
}

/** `name:depth:severity` of everything that is hurt, in the order of the answer. */
function hurt(drawing: Drawing, id: string, options: Partial<ImpactOptions> = {}): string[] {
  return ask(drawing, id, options).impacted.map(
    ({ element, depth, severity }) => `${drawing.name(element)}:${depth}:${severity}`,
  );
}

/** The explanation of one element in words: `a <r1- b -r2> c`, an arrow from source to target. */
function why(drawing: Drawing, impact: Impact, id: string): string {
  const found = impact.impacted.find(({ element }) => element === drawing.at(id).seq);
  const steps = found?.explanation ?? [];
  const words = steps.map(({ relation, traversedForward, to }) =>
    traversedForward ? `-r${relation}> ${drawing.name(to)}` : `<r${relation}- ${drawing.name(to)}`,
  );
  return [drawing.name(steps[0]?.from ?? 0), ...words].join(' ');
}

describe('what is hurt when something stops', () => {
  it.each([
    ['what depends on it', ['b DEPENDS_ON a HARD'], ['b:1:LOST']],
    ['what uses it as a platform', ['b USES_PLATFORM a HARD'], ['b:1:LOST']],
    ['what runs on it', ['b RUNS_ON a HARD'], ['b:1:LOST']],
    ['what logs in with it', ['b AUTHENTICATES_WITH a HARD'], ['b:1:LOST']],
    ['what consumes its data', ['a EXCHANGES_DATA_WITH b HARD'], ['b:1:LOST']],
    ['what it offers', ['a PROVIDES b HARD'], ['b:1:LOST']],
    ['what it brings about', ['a REALIZES b HARD'], ['b:1:LOST']],
    ['the data it holds', ['a MASTERS b HARD'], ['b:1:LOST']],
    ['what reads it', ['b READS a HARD'], ['b:1:LOST']],
    ['the agency that uses it', ['b USES a HARD'], ['b:1:LOST']],
    ['what needs the interface it offers', ['a PROVIDES b HARD', 'c DEPENDS_ON b HARD'], ['b:1:LOST', 'c:2:LOST']],
    ['what reads the data it holds', ['a MASTERS b HARD', 'c READS b'], ['b:1:LOST', 'c:2:DEGRADED']],
    ['what is hurt by what is hurt', ['b DEPENDS_ON a HARD', 'c RUNS_ON b HARD'], ['b:1:LOST', 'c:2:LOST']],
  ])('is %s', (_what, lines, expected) => {
    expect(hurt(draw(lines), 'a')).toEqual(expected);
  });

  it.each([
    ['what it depends on', ['a DEPENDS_ON b HARD']],
    ['what feeds it', ['b EXCHANGES_DATA_WITH a HARD']],
    ['its parts, nor what it is a part of', ['b PART_OF a HARD', 'a PART_OF c HARD']],
    ['the data it writes, nor what writes it', ['a WRITES b HARD', 'c WRITES a HARD']],
    ['what offers it, brings it about or holds it', ['b PROVIDES a HARD', 'c REALIZES a HARD', 'd MASTERS a HARD']],
    ['what it reads or uses', ['a READS b HARD', 'a USES c HARD']],
    [
      'what it was delivered by, replaces, or conforms to',
      ['b DELIVERS a', 'a REPLACES c', 'c REPLACES a', 'a CONFORMS_TO d'],
    ],
    ['what is linked to it in an unknown way', ['b ASSOCIATED_WITH a HARD', 'a ASSOCIATED_WITH c HARD']],
    ['what it owns', ['b OWNED_BY a HARD']],
    ['what needed it in the past', ['b DEPENDS_ON a HARD ENDED']],
    ['itself', ['a DEPENDS_ON a HARD']],
  ])('is not %s', (_what, lines) => {
    expect(hurt(draw(lines), 'a')).toEqual([]);
  });

  it.each(['PLANNED', 'READY', 'IN_USE', 'UNKNOWN'])('is what needs it in status %s', (status) => {
    expect(hurt(draw([`b DEPENDS_ON a HARD ${status}`]), 'a')).toEqual(['b:1:LOST']);
  });

  it('is nothing that has come to its end, nor anything through it', () => {
    const drawing = draw(['b DEPENDS_ON a HARD', 'c DEPENDS_ON b HARD', 'd DEPENDS_ON a HARD'], { b: ENDED });
    expect(hurt(drawing, 'a')).toEqual(['d:1:LOST']);
  });

  it.each(['DEPENDENTS', 'DEPENDENCIES'] as const)('is nothing where it has come to its end: %s', (direction) => {
    const lines = ['b DEPENDS_ON a HARD', 'a DEPENDS_ON c HARD', 'a ASSOCIATED_WITH d', 'b PART_OF a'];
    const impact = ask(draw(lines, { a: { ...ENDED, ...DECLARED } }), 'a', { direction });
    expect(impact).toMatchObject({ totalCount: 0, untyped: 0, truncated: false });
    expect(impact.coverage).toEqual({ verdict: 'UNKNOWN', missing: [], unfollowed: [] });
  });

  it('is told nearest first, then by number', () => {
    const drawing = draw(['d', 'c', 'b', 'b DEPENDS_ON a', 'c DEPENDS_ON b', 'd DEPENDS_ON a', 'e DEPENDS_ON d']);
    expect(hurt(drawing, 'a').map((each) => each.slice(0, 3))).toEqual(['d:1', 'b:1', 'c:2', 'e:2']);
  });

  it('ends in a circle', () => {
    const drawing = draw(['b DEPENDS_ON a HARD', 'c DEPENDS_ON b HARD', 'a DEPENDS_ON c HARD', 'b DEPENDS_ON c HARD']);
    expect(hurt(drawing, 'a')).toEqual(['b:1:LOST', 'c:2:LOST']);
  });
});

describe('what something stands on', () => {
  it.each([
    ['what it depends on, and what that depends on', ['a DEPENDS_ON b HARD', 'b RUNS_ON c SOFT']],
    ['what feeds it', ['b EXCHANGES_DATA_WITH a HARD', 'b USES_PLATFORM c SOFT']],
    ['what offers it, and what that realises it with', ['b PROVIDES a HARD', 'c REALIZES b SOFT']],
    ['the data it reads, and who holds them', ['a READS b HARD', 'c MASTERS b SOFT']],
  ])('is %s', (_what, lines) => {
    expect(hurt(draw(lines), 'a', { direction: 'DEPENDENCIES' })).toEqual(['b:1:LOST', 'c:2:DEGRADED']);
  });

  it('is not what stands on it', () => {
    const drawing = draw(['b DEPENDS_ON a HARD', 'a EXCHANGES_DATA_WITH c HARD']);
    expect(hurt(drawing, 'a', { direction: 'DEPENDENCIES' })).toEqual([]);
  });
});

describe('how badly', () => {
  it.each([
    ['LOST where all is hard', 'HARD HARD', 'LOST'],
    ['DEGRADED after a soft step', 'SOFT HARD', 'DEGRADED'],
    ['DEGRADED at a soft step', 'HARD SOFT', 'DEGRADED'],
    ['DEGRADED after two soft steps', 'SOFT SOFT', 'DEGRADED'],
    ['NONE after an informational step', 'INFORMATIONAL HARD', 'NONE'],
    ['NONE at an informational step', 'HARD INFORMATIONAL', 'NONE'],
    ['NONE after an informational step, however soft the next', 'INFORMATIONAL SOFT', 'NONE'],
    ['NONE after an informational step, whatever is unknown', 'INFORMATIONAL UNKNOWN', 'NONE'],
    ['NONE at an informational step, whatever is unknown', 'UNKNOWN INFORMATIONAL', 'NONE'],
    ['UNKNOWN after an unknown step', 'UNKNOWN HARD', 'UNKNOWN'],
    ['UNKNOWN at an unknown step', 'HARD UNKNOWN', 'UNKNOWN'],
    ['UNKNOWN after two unknown steps', 'UNKNOWN UNKNOWN', 'UNKNOWN'],
    ['UNKNOWN where an unknown step meets a soft one', 'UNKNOWN SOFT', 'UNKNOWN'],
    ['UNKNOWN where a soft step meets an unknown one', 'SOFT UNKNOWN', 'UNKNOWN'],
  ])('is %s', (_what, strengths, severity) => {
    const [first, second] = strengths.split(' ');
    expect(hurt(draw([`b DEPENDS_ON a ${first}`, `c DEPENDS_ON b ${second}`]), 'a').at(1)).toBe(`c:2:${severity}`);
  });

  it.each([
    ['a hard way beats a soft one', ['c DEPENDS_ON a SOFT'], 'HARD HARD', 'c:1:LOST'],
    ['a way that may be hard beats a soft one', ['c DEPENDS_ON a SOFT'], 'HARD UNKNOWN', 'c:1:UNKNOWN'],
    ['a hard way beats an unknown one', ['c DEPENDS_ON a UNKNOWN'], 'HARD HARD', 'c:1:LOST'],
    ['a soft way beats one that is soft at worst', ['c DEPENDS_ON a SOFT'], 'SOFT UNKNOWN', 'c:1:DEGRADED'],
    [
      'a soft way beats one that is soft at worst, in the other order',
      ['c DEPENDS_ON a SOFT'],
      'UNKNOWN SOFT',
      'c:1:DEGRADED',
    ],
    [
      'a longer soft way beats one that is soft at worst',
      ['c DEPENDS_ON a INFORMATIONAL'],
      'SOFT HARD',
      'c:1:DEGRADED',
    ],
    ['parallel relations count as ways', ['c DEPENDS_ON a SOFT', 'c RUNS_ON a HARD'], 'SOFT SOFT', 'c:1:LOST'],
  ])('is the worst over all ways: %s', (_what, direct, strengths, expected) => {
    const [first, second] = strengths.split(' ');
    const drawing = draw([...direct, `b DEPENDS_ON a ${first}`, `c DEPENDS_ON b ${second}`]);
    expect(hurt(drawing, 'a')).toContain(expected);
  });

  it.each([
    ['DEGRADED where nobody told how strongly it needs them', 'UNKNOWN', 'DEGRADED'],
    ['LOST where it can not do without', 'HARD', 'LOST'],
    ['DEGRADED where it can', 'SOFT', 'DEGRADED'],
    ['NONE where it only looks at them', 'INFORMATIONAL', 'NONE'],
  ])('is, of a consumer whose data cease, %s', (_what, strength, severity) => {
    expect(hurt(draw([`a EXCHANGES_DATA_WITH b ${strength}`]), 'a')).toEqual([`b:1:${severity}`]);
  });

  it('is, of a consumer that can not do without data, what became of their source', () => {
    const drawing = draw(['b DEPENDS_ON a UNKNOWN', 'b EXCHANGES_DATA_WITH c HARD', 'b EXCHANGES_DATA_WITH d']);
    expect(hurt(drawing, 'a')).toEqual(['b:1:UNKNOWN', 'c:2:UNKNOWN', 'd:2:UNKNOWN']);
  });

  it('is open between worse and lost where the one is sure and the other is to be feared', () => {
    const drawing = draw(['b DEPENDS_ON a SOFT', 'b RUNS_ON a UNKNOWN', 'c DEPENDS_ON b SOFT']);
    expect(hurt(drawing, 'a')).toEqual(['b:1:UNKNOWN', 'c:2:DEGRADED']);
    expect(why(drawing, ask(drawing, 'a'), 'b')).toBe('a <r2- b');
  });

  it('is not made worse by a circle', () => {
    const drawing = draw(['b DEPENDS_ON a SOFT', 'c DEPENDS_ON b UNKNOWN', 'b DEPENDS_ON c HARD']);
    expect(hurt(drawing, 'a')).toEqual(['b:1:DEGRADED', 'c:2:UNKNOWN']);
    expect(why(drawing, ask(drawing, 'a'), 'b')).toBe('a <r1- b');
  });
});

describe('the explanation of an impact', () => {
  it('is a shortest way, with each relation in the sense in which it was taken', () => {
    const drawing = draw(['b DEPENDS_ON a HARD', 'b EXCHANGES_DATA_WITH c HARD', 'd DEPENDS_ON c', 'd DEPENDS_ON b']);
    const impact = ask(drawing, 'a');
    expect(why(drawing, impact, 'b')).toBe('a <r1- b');
    expect(why(drawing, impact, 'c')).toBe('a <r1- b -r2> c');
    expect(why(drawing, impact, 'd')).toBe('a <r1- b <r4- d');
  });

  it('is the way that makes it as bad as it is, longer or not', () => {
    const drawing = draw(['c DEPENDS_ON a SOFT', 'b DEPENDS_ON a HARD', 'c DEPENDS_ON b HARD']);
    expect(hurt(drawing, 'a')).toEqual(['c:1:LOST', 'b:1:LOST']);
    expect(why(drawing, ask(drawing, 'a'), 'c')).toBe('a <r2- b <r3- c');
  });

  it('takes the first of equal ways: by kind, then by number', () => {
    const drawing = draw(['b RUNS_ON a HARD', 'b DEPENDS_ON a HARD', 'b DEPENDS_ON a HARD']);
    expect(why(drawing, ask(drawing, 'a'), 'b')).toBe('a <r2- b');
  });
});

describe('the limits of an answer', () => {
  const chain = ['b DEPENDS_ON a HARD', 'c DEPENDS_ON b HARD', 'd DEPENDS_ON c HARD'];

  it.each([
    [0, [], true],
    [1, ['b:1:LOST'], true],
    [2, ['b:1:LOST', 'c:2:LOST'], true],
    [3, ['b:1:LOST', 'c:2:LOST', 'd:3:LOST'], false],
  ])('a walk of at most %i steps says whether it was cut', (maxDepth, expected, isCut) => {
    const drawing = draw(chain);
    const impact = ask(drawing, 'a', { maxDepth });
    expect(hurt(drawing, 'a', { maxDepth })).toEqual(expected);
    expect([impact.truncated, impact.truncationReason]).toEqual([isCut, isCut ? 'MAX_DEPTH' : null]);
  });

  it('what was cut off keeps an answer from being complete', () => {
    const all = { a: DECLARED, b: DECLARED, c: DECLARED, d: DECLARED };
    expect(ask(draw(chain, all), 'a').coverage).toMatchObject({ verdict: 'COMPLETE', missing: [], unfollowed: [] });
    expect(ask(draw(chain, all), 'a', { maxDepth: 2 }).coverage).toMatchObject({ verdict: 'LOWER_BOUND', missing: [] });
    expect(ask(draw(chain, all), 'a', { maxDepth: 0 }).coverage).toMatchObject({ verdict: 'UNKNOWN', missing: [] });
  });

  it('kinds choose what is listed, not what is walked through', () => {
    const drawing = draw(chain, { c: { kind: 'DATABASE' } });
    expect(hurt(drawing, 'a', { kinds: ['DATABASE'] })).toEqual(['c:2:LOST']);
    expect(ask(drawing, 'a', { kinds: ['DATABASE'] }).totalCount).toBe(1);
    expect(hurt(drawing, 'a', { kinds: ['SYSTEM'] })).toEqual(['b:1:LOST', 'd:3:LOST']);
    expect(hurt(drawing, 'a', { kinds: [] })).toEqual([]);
  });

  it.each([
    [['RUNS_ON'], ['c:1:LOST']],
    [['PART_OF'], ['d:1:LOST']],
    [['EXCHANGES_DATA_WITH'], ['e:1:LOST']],
    [['WRITES'], ['f:1:LOST']],
    [
      ['RUNS_ON', 'DEPENDS_ON'],
      ['b:1:LOST', 'c:1:LOST'],
    ],
    [[], []],
  ] as const)('only %j is followed when asked so', (relationKinds, expected) => {
    const needing = ['b DEPENDS_ON', 'c RUNS_ON'].map((each) => `${each} a HARD`);
    const needed = ['PART_OF d', 'EXCHANGES_DATA_WITH e', 'WRITES f'].map((each) => `a ${each} HARD`);
    const drawing = draw(['a', 'b', 'c', 'd', 'e', ...needing, ...needed]);
    expect(hurt(drawing, 'a', { relationKinds })).toEqual(expected);
  });
});

describe('links of unknown kind', () => {
  it.each([
    ['are counted both ways', ['b ASSOCIATED_WITH a', 'a ASSOCIATED_WITH c'], 2],
    ['are counted with all that they lead to', ['a ASSOCIATED_WITH b', 'c DEPENDS_ON b', 'c ASSOCIATED_WITH d'], 3],
    ['add nothing where a known way leads', ['b DEPENDS_ON a', 'b ASSOCIATED_WITH a'], 0],
    ['that have ended add nothing', ['a ASSOCIATED_WITH b ENDED'], 0],
    ['to what has come to its end add nothing', ['a ASSOCIATED_WITH ended'], 0],
    ['to what can not fail add nothing', ['a ASSOCIATED_WITH law', 'agency ASSOCIATED_WITH a'], 0],
  ])('%s', (_what, lines, untyped) => {
    const drawing = draw(lines, { ended: ENDED, law: { kind: 'LEGISLATION' }, agency: { kind: 'AGENCY' } });
    expect(ask(drawing, 'a').untyped).toBe(untyped);
  });

  it('are counted no further than the walk goes', () => {
    const drawing = draw(['a ASSOCIATED_WITH b', 'b ASSOCIATED_WITH c', 'c ASSOCIATED_WITH d']);
    expect([1, 2, 3].map((maxDepth) => ask(drawing, 'a', { maxDepth }).untyped)).toEqual([1, 2, 3]);
  });
});

describe('what is not known', () => {
  function missing(lines: readonly string[], fields: Parameters<typeof draw>[1] = {}, id = 'a'): unknown[] {
    const drawing = draw(lines, fields);
    return ask(drawing, id).coverage.missing.map((fact) => {
      const what = fact.kind === 'FLOWS' ? drawing.name(fact.element) : `r${fact.relation}`;
      return `${fact.kind} ${what} ${fact.askedFrom === null ? '-' : drawing.name(fact.askedFrom)}`;
    });
  }
  const all = { a: DECLARED, b: DECLARED, c: DECLARED };

  it('is a strength on the way, asked from the owner of what it was followed from', () => {
    const owned = ['a OWNED_BY office', 'b DEPENDS_ON a UNKNOWN', 'c DEPENDS_ON b HARD'];
    expect(missing(owned, { ...all, office: { kind: 'AGENCY' } })).toEqual(['STRENGTH r2 office']);
  });

  it.each([
    ['of what stops anyway', ['b DEPENDS_ON a HARD', 'b RUNS_ON a'], []],
    ['of what works worse anyway, at most', ['b DEPENDS_ON a SOFT', 'c RUNS_ON b SOFT', 'c DEPENDS_ON b'], []],
    ['of what nothing comes to', ['b DEPENDS_ON a INFORMATIONAL', 'c DEPENDS_ON b'], []],
    ['of what needs itself', ['b DEPENDS_ON a HARD', 'b DEPENDS_ON b'], []],
    ['of a flow from what works worse', ['b DEPENDS_ON a SOFT', 'b EXCHANGES_DATA_WITH c'], []],
  ])('is no strength that changes nothing: %s', (_what, lines, expected) => {
    expect(missing(lines, all)).toEqual(expected);
  });

  it.each([
    ['where what works worse may stop', ['b DEPENDS_ON a SOFT', 'b RUNS_ON a'], ['STRENGTH r2 -']],
    ['of a flow from what stops or may stop', ['a EXCHANGES_DATA_WITH b', 'b DEPENDS_ON c'], ['STRENGTH r1 -']],
  ])('is a strength that can change a severity: %s', (_what, lines, expected) => {
    expect(missing(lines, all)).toEqual(expected);
  });

  it('is no strength beyond the last step', () => {
    const drawing = draw(['b DEPENDS_ON a HARD', 'c DEPENDS_ON b', 'b EXCHANGES_DATA_WITH d'], all);
    expect(ask(drawing, 'a', { maxDepth: 1 }).coverage).toMatchObject({ verdict: 'LOWER_BOUND', missing: [] });
  });

  it('is no strength that changes nothing: not on the way, or of what has ended', () => {
    expect(missing(['a DEPENDS_ON b', 'c DEPENDS_ON a ENDED'], all)).toEqual([]);
    expect(missing(['b DEPENDS_ON a'], { ...all, b: { ...ENDED, ...DECLARED } })).toEqual([]);
  });

  it('is the kind of a link at what is hurt, told once', () => {
    expect(missing(['b DEPENDS_ON a HARD', 'b ASSOCIATED_WITH a', 'c ASSOCIATED_WITH b'], all)).toEqual([
      'TYPE r2 -',
      'TYPE r3 -',
    ]);
  });

  it('is no link to what can not fail', () => {
    expect(missing(['a ASSOCIATED_WITH law'], { ...all, law: { kind: 'LEGISLATION' } })).toEqual([]);
  });

  it('is whether the flows of what runs are all told', () => {
    const silent = { a: DECLARED, b: { attributes: { flowsDeclaredCompleteOn: null } } };
    expect(missing(['b DEPENDS_ON a HARD', 'c DEPENDS_ON b HARD'], silent)).toEqual(['FLOWS b -', 'FLOWS c -']);
    expect(missing(['a'], { a: { kind: 'CAPABILITY' } })).toEqual([]);
  });

  it.each([
    ['COMPLETE where nothing is missing', ['b DEPENDS_ON a HARD'], all, 'COMPLETE'],
    ['COMPLETE where nothing needs it and that is all', ['a'], all, 'COMPLETE'],
    ['LOWER_BOUND where something is known and something missing', ['b DEPENDS_ON a'], all, 'LOWER_BOUND'],
    ['UNKNOWN where nothing is known', ['a'], {}, 'UNKNOWN'],
    ['UNKNOWN of what does not run', ['a'], { a: { kind: 'AGENCY' as const } }, 'UNKNOWN'],
  ])('makes the verdict: %s', (_what, lines, fields, verdict) => {
    expect(ask(draw(lines, fields), 'a').coverage.verdict).toBe(verdict);
  });
});

describe('kinds of need that are not followed', () => {
  const all = Object.fromEntries(['a', 'b', 'c', 'office'].map((id) => [id, DECLARED]));
  const covered = (lines: readonly string[], options: Partial<ImpactOptions> = {}, fields = {}): unknown => {
    const { verdict, unfollowed } = ask(draw(lines, { ...all, ...fields }), 'a', options).coverage;
    return [verdict, ...unfollowed];
  };
  const needs = { relationKinds: ['DEPENDS_ON'] } as const;

  it.each([
    ['what was asked for leaves out what is hurt', ['a PROVIDES b HARD'], needs, ['UNKNOWN', 'PROVIDES']],
    ['they lead on from what was reached', ['b DEPENDS_ON a HARD', 'c READS b'], needs, ['LOWER_BOUND', 'READS']],
    ['nobody asked for them', ['a PART_OF b', 'a WRITES c'], {}, ['UNKNOWN', 'PART_OF', 'WRITES']],
    ['they may hurt worse', ['b DEPENDS_ON a SOFT', 'b RUNS_ON a HARD'], needs, ['LOWER_BOUND', 'RUNS_ON']],
    ['they may be as strong', ['b RUNS_ON a'], { ...needs, minStrength: 'HARD' }, ['UNKNOWN', 'RUNS_ON']],
    ['that is what it stands on', ['b REALIZES a'], { ...needs, direction: 'DEPENDENCIES' }, ['UNKNOWN', 'REALIZES']],
  ] as const)('keep an answer from being complete where %s', (_what, lines, options, expected) => {
    expect(covered(lines, options)).toEqual(expected);
  });

  it.each([
    ['they lead the other way', ['a RUNS_ON b HARD', 'c PROVIDES a'], needs],
    ['they are over', ['b RUNS_ON a HARD ENDED'], needs],
    ['they lead to what has ended', ['gone RUNS_ON a HARD'], needs],
    ['they lead to itself', ['a RUNS_ON a HARD'], needs],
    ['nothing can be worse', ['b DEPENDS_ON a HARD', 'b RUNS_ON a', 'a RUNS_ON b'], needs],
    ['they are weaker than asked for', ['b RUNS_ON a SOFT'], { ...needs, minStrength: 'HARD' }],
    ['one agency is put under another', ['office PART_OF city', 'office USES a HARD'], {}],
    ['they carry no need', ['a OWNED_BY office', 'b REPLACES a', 'a GOVERNED_BY c'], {}],
  ] as const)('do not where %s', (_what, lines, options) => {
    const agency = { kind: 'AGENCY' };
    const fields = { gone: ENDED, office: agency, city: agency };
    expect(covered(lines, options, fields)).toEqual(['COMPLETE']);
  });
});

/** Who is hurt directly by whom, as a graph of another making. */
function hurtGraph({ elements, relations }: RandomLandscape): DirectedGraph {
  const graph = new DirectedGraph({ allowSelfLoops: true });
  const living = new Set(elements.filter(lives).map(({ seq }) => seq));
  for (const { seq } of elements) graph.addNode(`${seq}`);
  for (const each of relations) {
    const need = needOf(each);
    if (each.status === 'ENDED' || need === undefined || !living.has(need.needing) || !living.has(need.needed))
      continue;
    graph.mergeEdge(`${need.needed}`, `${need.needing}`);
  }
  return graph;
}

/** Steps to everything that is reached from a node, itself left out. */
function distances(graph: DirectedGraph, from: number): Map<number, number> {
  const found = new Map([[`${from}`, 0]]);
  for (const [node, distance] of found) {
    for (const next of graph.outNeighbors(node)) if (!found.has(next)) found.set(next, distance + 1);
  }
  found.delete(`${from}`);
  return new Map(Array.from(found, ([node, distance]) => [Number(node), distance]));
}

/** What the strengths on a way alone say: the rule in words, without the order in which ways are compared. */
function severityOf(landscape: Landscape, way: readonly { readonly relation: number }[]): string {
  const strengths = way.map(({ relation }) => strengthOn(landscape, relation));
  if (strengths.includes('INFORMATIONAL')) return 'NONE';
  if (strengths.includes('UNKNOWN')) return 'UNKNOWN';
  return strengths.includes('SOFT') ? 'DEGRADED' : 'LOST';
}

/** What brings data and nobody called HARD leaves who gets none worse off, and no more. */
function strengthOn(landscape: Landscape, relation: number): DependencyStrength | undefined {
  const taken = landscape.relationAt(relation);
  return taken !== undefined && carriesData(taken.kind) && taken.strength === 'UNKNOWN' ? 'SOFT' : taken?.strength;
}

/** The same with its rank in front; what is soft on the way can be no worse than degraded. */
function rankedSeverityOf(landscape: Landscape, way: readonly { readonly relation: number }[]): string {
  const severity = severityOf(landscape, way);
  const isSoft = way.some(({ relation }) => strengthOn(landscape, relation) === 'SOFT');
  const rank = { NONE: 0, DEGRADED: 2, UNKNOWN: isSoft ? 1 : 3, LOST: 4 }[severity] ?? 5;
  return `${rank} ${severity}`;
}

interface Step {
  readonly relation: number;
  readonly to: number;
}

/** Every way without loops on which harm can spread from an element, by trying them all. */
function everyWay({ elements, relations }: RandomLandscape, from: number): Step[][] {
  const living = new Set(elements.filter(lives).map(({ seq }) => seq));
  const steps = relations
    .filter(({ status }) => status !== 'ENDED')
    .flatMap((each) => {
      const need = needOf(each);
      return need === undefined ? [] : [{ relation: each.seq, from: need.needed, to: need.needing }];
    })
    .filter(({ from, to }) => living.has(from) && living.has(to));
  const extend = (at: number, visited: readonly number[], way: readonly Step[]): Step[][] =>
    steps
      .filter((step) => step.from === at && !visited.includes(step.to))
      .flatMap((step) => [[...way, step], ...extend(step.to, [...visited, step.to], [...way, step])]);
  return extend(from, [from], []);
}

describe('on random landscapes', () => {
  const random = randomLandscapes({
    elements: 10,
    relations: 24,
    kinds: [...FOLLOWED_KINDS, 'ASSOCIATED_WITH', 'PART_OF', 'WRITES', 'OWNED_BY'],
  });

  it('another graph library reaches the same elements in as many steps', () => {
    fc.assert(
      fc.property(random, (records) => {
        const landscape = LandscapeSnapshot.of(records.elements, records.relations);
        const graph = hurtGraph(records);
        for (const origin of records.elements) {
          const impact = impactAnalysis(landscape, origin, DEPENDENTS);
          const found = new Map(impact.impacted.map(({ element, depth }) => [element, depth]));
          expect(found).toEqual(distances(graph, origin.seq));
          expect(impact.totalCount).toBe(found.size);
        }
      }),
    );
  });

  it('every explanation is an unbroken way without loops that makes it as bad as said', () => {
    fc.assert(
      fc.property(random, ({ elements, relations }) => {
        const landscape = LandscapeSnapshot.of(elements, relations);
        for (const origin of elements) {
          for (const { element, depth, severity, explanation } of impactAnalysis(landscape, origin, DEPENDENTS)
            .impacted) {
            const visited = [origin.seq, ...explanation.map(({ to }) => to)];
            expect(explanation.map(({ from }) => from)).toEqual(visited.slice(0, -1));
            expect(visited.at(-1)).toBe(element);
            expect(new Set(visited).size).toBe(visited.length);
            expect(explanation.length).toBeGreaterThanOrEqual(depth);
            expect(severityOf(landscape, explanation)).toBe(severity);
          }
        }
      }),
    );
  });

  it('the severity is the worst over every way there is, explained by a shortest of those', () => {
    fc.assert(
      fc.property(
        randomLandscapes({ elements: 5, relations: 10, kinds: FOLLOWED_KINDS }),
        ({ elements, relations }) => {
          const landscape = LandscapeSnapshot.of(elements, relations);
          for (const origin of elements) {
            const worst = new Map<number, { readonly severity: string; readonly length: number }>();
            for (const way of everyWay({ elements, relations }, origin.seq)) {
              const [element, severity, { length }] = [way.at(-1)?.to ?? 0, rankedSeverityOf(landscape, way), way];
              const known = worst.get(element);
              const isWorse = known === undefined || severity > known.severity;
              if (isWorse || (severity === known.severity && length < known.length))
                worst.set(element, { severity, length });
            }
            const { impacted } = impactAnalysis(landscape, origin, DEPENDENTS);
            expect(
              new Map(impacted.map((each) => [each.element, `${each.severity} ${each.explanation.length}`])),
            ).toEqual(
              new Map(
                Array.from(worst, ([element, { severity, length }]) => [element, `${severity.slice(2)} ${length}`]),
              ),
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('one hurts another just where the other stands on the one', () => {
    fc.assert(
      fc.property(random, ({ elements, relations }) => {
        const living = elements.map((each) => ({ ...each, phases: [] }));
        const landscape = LandscapeSnapshot.of(living, relations);
        const pairs = (direction: ImpactOptions['direction']): string[] =>
          living.flatMap((origin) =>
            impactAnalysis(landscape, origin, { direction }).impacted.map(({ element, depth }) =>
              direction === 'DEPENDENTS' ? `${origin.seq} ${element} ${depth}` : `${element} ${origin.seq} ${depth}`,
            ),
          );
        expect(pairs('DEPENDENCIES').toSorted()).toEqual(pairs('DEPENDENTS').toSorted());
      }),
    );
  });

  it('an answer to some kinds is complete only where all kinds of need give the same', () => {
    const kinds = fc.subarray([...NEED_KINDS], { minLength: 1 });
    const records = randomLandscapes({ elements: 6, relations: 8, kinds: NEED_KINDS });
    fc.assert(
      fc.property(records, kinds, ({ elements, relations }, relationKinds) => {
        const landscape = LandscapeSnapshot.of(elements, relations);
        const isGroup = (seq: number): boolean =>
          ['AGENCY', 'CAPABILITY', 'CONCEPT'].includes(elements.find((each) => each.seq === seq)?.kind ?? '');
        const ungrouped = LandscapeSnapshot.of(
          elements,
          relations.filter(({ kind, source, target }) => kind !== 'PART_OF' || !(isGroup(source) || isGroup(target))),
        );
        for (const origin of elements) {
          for (const direction of ['DEPENDENTS', 'DEPENDENCIES'] as const) {
            const asked = impactAnalysis(landscape, origin, { direction, relationKinds });
            if (asked.coverage.unfollowed.length > 0) {
              expect(asked.coverage.verdict).not.toBe('COMPLETE');
              expect(asked.coverage.unfollowed.filter((kind) => relationKinds.includes(kind))).toEqual([]);
              continue;
            }
            // Where one agency is a part of another nothing is asked.
            const among = relationKinds.includes('PART_OF') ? landscape : ungrouped;
            const whole = impactAnalysis(among, origin, { direction, relationKinds: NEED_KINDS });
            const told = ({ impacted }: Impact): unknown =>
              impacted.map(({ element, severity }) => [element, severity]);
            expect(told(asked)).toEqual(told(whole));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
