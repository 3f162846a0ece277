import type { Context } from './context.js';
import { BOOLEAN, setOf } from './fact-type.js';
import { worldOverload } from './function.js';
import type { LanguageFunction } from './function.js';
import { AROUND_MAXIMUM } from './rule-graph.js';
import type { ElementSet, OpenList, RuleGraph, WayQuestion, WayStep } from './rule-graph.js';
import { ELEMENT_REFERENCE } from './subject.js';
import { Collection, UNTRACED, Unknown } from './value.js';
import type { MissingPath, Value } from './value.js';
import { NO_URNS } from './named.js';
import type { RelationKinds } from './named.js';

/** Units of work of a question that an index answers, of one that is a walk, and of one that is a list. */
const INDEX_COST = 2;
const WALK_COST = 1000;
const LIST_COST = 10;

const ELEMENTS = setOf(ELEMENT_REFERENCE, AROUND_MAXIMUM);

/** Nothing is known of an element of that urn, or of which elements there are at all. */
function notOnRecord(context: Context, urn: string): Unknown {
  const path = urn === '' ? 'urn' : urn;
  return context.isTracing ? new Unknown([{ path, field: 'urn', item: null, incomplete: false }]) : UNTRACED;
}

/** Lists that nobody declared complete, as missing facts. The subject's own are named as its facts are. */
function openAt(context: Context, lists: () => readonly OpenList[]): Unknown {
  if (!context.isTracing) return UNTRACED;
  return new Unknown(lists().map((list) => missingOf(list, context.facts['urn'])));
}

function missingOf({ element, field }: OpenList, subject: unknown): MissingPath {
  if (element === null || element.urn === subject) return { path: field, field, item: null, incomplete: true };
  return { path: `${element.urn}.${field}`, field, item: element.name, incomplete: true, element: element.urn };
}

/** What a landscape answers once every element that is named is on record there; unknown where one is not. */
function asked<T extends Value>(
  context: Context,
  urns: readonly string[],
  answer: (graph: RuleGraph) => T,
): T | Unknown {
  const { graph } = context.world;
  for (const urn of urns) if (graph === null || !graph.knows(urn)) return notOnRecord(context, urn);
  return graph === null ? notOnRecord(context, '') : answer(graph);
}

/** That there is a way is known by the way; that there is none only where every list is complete. */
function wayExists(context: Context, question: WayQuestion): boolean | Unknown {
  return asked(context, [question.from, question.to, ...question.avoiding.urns], (graph) => {
    if (graph.hasWay(question)) return true;
    return graph.isClosed(question) ? false : openAt(context, () => graph.openLists(question));
  });
}

/** Every way passes what it begins or ends with. */
function everyWayPasses(context: Context, question: WayQuestion): boolean | Unknown {
  const { from, to, avoiding } = question;
  if (avoiding.urns.includes(from) || avoiding.urns.includes(to)) {
    return asked(context, [from, to, ...avoiding.urns], () => true);
  }
  const another = wayExists(context, question);
  return another instanceof Unknown ? another : !another;
}

function wayOf({ world: { graph } }: Context, question: WayQuestion): readonly WayStep[] | undefined {
  const isKnown = graph?.knows(question.from) === true && graph.knows(question.to);
  return isKnown ? graph.way(question) : undefined;
}

/** Elements as a set; what an owner did not declare complete leaves it open. */
function elements(context: Context, { items, open }: ElementSet): Value {
  const values = items.map(({ facts }) => facts);
  const places = items.map(({ element: { urn, name } }) => ({ path: urn, label: name, element: urn }));
  return new Collection(values, places, open.length === 0 ? undefined : openAt(context, () => open));
}

function around(side: 'DOWNSTREAM' | 'UPSTREAM'): LanguageFunction {
  const walk = (context: Context, [urn, kinds, steps]: readonly [string, RelationKinds, number]): Value =>
    asked(context, [urn], (graph) => elements(context, graph.around(urn, side, kinds, steps)));
  return {
    style: 'FUNCTION',
    overloads: [worldOverload(['ELEMENT', 'KINDS', 'STEPS'], ELEMENTS, walk, { cost: WALK_COST })],
    asks: listsOf(1),
    gives: 'ELEMENTS',
  };
}

function isFlow(kind: unknown): boolean {
  return kind === 'EXCHANGES_DATA_WITH';
}

/** The lists that a walk over kinds of relation looks at; the operand is written out. */
function listsOf(operand: number): NonNullable<LanguageFunction['asks']> {
  return (operands) => {
    const written = operands[operand];
    const kinds = written?.type === 'LIST' ? written.items.map((item) => item.type === 'LITERAL' && item.value) : [];
    return [...(kinds.some(isFlow) ? ['flows'] : []), ...(kinds.every(isFlow) ? [] : ['relations'])];
  };
}

const inCycle = worldOverload(
  ['ELEMENT', 'KINDS'],
  BOOLEAN,
  (context, [urn, kinds]) => wayExists(context, { from: urn, to: urn, kinds, avoiding: NO_URNS }),
  {
    cost: INDEX_COST,
    way: (context, [urn, kinds]) => wayOf(context, { from: urn, to: urn, kinds, avoiding: NO_URNS }),
  },
);

const reaches = worldOverload(
  ['ELEMENT', 'ELEMENT', 'KINDS'],
  BOOLEAN,
  (context, [from, to, kinds]) => wayExists(context, { from, to, kinds, avoiding: NO_URNS }),
  { cost: INDEX_COST, way: (context, [from, to, kinds]) => wayOf(context, { from, to, kinds, avoiding: NO_URNS }) },
);

const everyPathVia = worldOverload(
  ['ELEMENT', 'ELEMENT', 'KINDS', 'URNS'],
  BOOLEAN,
  (context, [from, to, kinds, avoiding]) => everyWayPasses(context, { from, to, kinds, avoiding }),
  { cost: INDEX_COST, way: (context, [from, to, kinds, avoiding]) => wayOf(context, { from, to, kinds, avoiding }) },
);

const mastersOf = worldOverload(
  ['ELEMENT'],
  ELEMENTS,
  (context, [urn]) => asked(context, [urn], (graph) => elements(context, graph.mastersOf(urn))),
  { cost: LIST_COST },
);

const platformsFor = worldOverload(
  ['TEXT'],
  ELEMENTS,
  (context, [code]) =>
    asked(context, [], (graph) => {
      const found = graph.platformsFor(code);
      return found === undefined ? notOnRecord(context, code) : elements(context, found);
    }),
  { cost: LIST_COST },
);

const nationalDatabases = worldOverload(
  [],
  ELEMENTS,
  (context) => asked(context, [], (graph) => elements(context, graph.nationalDatabases())),
  { cost: LIST_COST },
);

/** Functions that ask the landscape, by name. Their work does not grow with it, once it was looked through. */
export const GRAPH_FUNCTIONS: readonly (readonly [string, LanguageFunction])[] = [
  ['inCycle', { style: 'FUNCTION', overloads: [inCycle], asks: listsOf(1) }],
  ['reaches', { style: 'FUNCTION', overloads: [reaches], asks: listsOf(2) }],
  ['everyPathVia', { style: 'FUNCTION', overloads: [everyPathVia], asks: listsOf(2) }],
  ['downstream', around('DOWNSTREAM')],
  ['upstream', around('UPSTREAM')],
  ['mastersOf', { style: 'FUNCTION', overloads: [mastersOf], asks: () => ['masters'], gives: 'ELEMENTS' }],
  ['platformsFor', { style: 'FUNCTION', overloads: [platformsFor], asks: () => ['platforms'], gives: 'ELEMENTS' }],
  [
    'nationalDatabases',
    { style: 'FUNCTION', overloads: [nationalDatabases], asks: () => ['nationalDatabases'], gives: 'ELEMENTS' },
  ],
];
