import { getNamedType, isInterfaceType, isLeafType, isObjectType } from 'graphql';
import type {
  GraphQLArgument,
  GraphQLField,
  GraphQLInterfaceType,
  GraphQLNamedType,
  GraphQLObjectType,
  GraphQLSchema,
} from 'graphql';
import { CURSOR, QueryValues } from './query-values.js';
import { SchemaShape, isNeeded } from './schema-shape.js';
import type { Step } from './schema-shape.js';
import type { SeededRandom } from './seeded-random.js';
import { Uses } from './uses.js';

type Composite = GraphQLObjectType | GraphQLInterfaceType;
type Field = GraphQLField<unknown, unknown>;

/** Of these arguments just one is given. */
const ONE_OF: Readonly<Record<string, readonly string[]>> = {
  'Query.previewRule': ['rule', 'draft', 'withdrawal'],
  'Query.duplicateCandidates': ['subject', 'draft'],
};

/** May be left out, and is refused to all but officers then. */
const ALWAYS: ReadonlySet<string> = new Set(['Query.attestationPage(agency)']);

/** What lists tell of all that is on them, beside the items. */
const SUMMED: ReadonlySet<string> = new Set(['pageInfo', 'facets', 'countsBy']);

/** What is asked of these whatever else is: whether they are worked out yet. */
const SETTLING: ReadonlySet<string> = new Set(['PortfolioDuplicates.state', 'PortfolioSimilarity.state']);

/** The kind of element that a type stands for, where it is not its name in capitals. */
const KINDS: Readonly<Record<string, string>> = { GapTask: 'TASK' };

/** What is asked on the way to what a question is meant to ask. */
interface Way {
  /** Steps that are still to be gone; the last one asks for the target. */
  readonly steps: readonly Step[];
  /** An argument that has to be given. */
  readonly argument: string | undefined;
  /** The kind of element that has to be there at the end. */
  readonly kind: string | undefined;
  /** Levels of objects that may be asked for beside the way. */
  readonly depth: number;
}

/**
 * Writes questions out of all that a schema allows. Each is meant to ask for one thing that was asked least until then, a
 * field or an argument, by some way that leads there; beside the way it asks what chance and use so far say.
 */
export class QueryWriter {
  readonly uses: Uses;
  private readonly shape: SchemaShape;
  private readonly values: QueryValues;
  private readonly targets: readonly string[];
  private aliases = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: SeededRandom,
    private readonly leavesOut: ReadonlySet<string>,
  ) {
    this.uses = new Uses(random);
    this.shape = new SchemaShape(schema, leavesOut);
    this.values = new QueryValues(random, this.uses);
    this.targets = [...this.shape.coordinates].filter((each) => {
      const type = this.schema.getType(each.split('.')[0] ?? '');
      return isObjectType(type) || isInterfaceType(type);
    });
  }

  /** The next question. */
  write(): string {
    this.aliases = 0;
    const target = this.target();
    const [, type = '', field = '', argument] = /^(\w+)\.(\w+)(?:\((\w+)\))?$/.exec(target) ?? [];
    const kind = this.kindOf(type);
    const steps = [...this.wayTo(type, kind), { type, field }];
    const query = this.composite('Query');
    const way: Way = { steps, argument: argument === undefined ? undefined : target, kind, depth: 1 };
    const [step] = steps;
    const asked = step === undefined ? undefined : query.getFields()[step.field];
    if (asked === undefined) throw new Error(`Query does not lead to ${target}.`);
    return `{ ${this.field(query, asked, way)} }`;
  }

  /** A field or an argument that was used least; once all were, an argument that can hold what no input had yet. */
  private target(): string {
    const least = this.uses.least(this.targets, (each) => each);
    if (this.uses.of(least) === 0) return least;
    const unheld = [...this.shape.heldBy].filter(([each]) => this.uses.of(each) === 0);
    const [, argument = least] = unheld.length === 0 ? [] : this.values.one(unheld);
    return argument;
  }

  private composite(name: string): Composite {
    const type = this.schema.getType(name);
    if (!isObjectType(type) && !isInterfaceType(type)) throw new Error(`${name} has no fields.`);
    return type;
  }

  private kindOf(type: string): string | undefined {
    const found = this.schema.getType(type);
    if (!isObjectType(found) || !found.getInterfaces().some(({ name }) => name === 'Element')) return undefined;
    return KINDS[type] ?? type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  }

  private wayTo(type: string, kind: string | undefined): Step[] {
    if (type === 'Query') return [];
    if (kind !== undefined && this.values.chance(0.8)) {
      if (this.values.chance(0.5)) return [{ type: 'Query', field: 'element' }];
      const list = [
        { type: 'Query', field: 'elements' },
        { type: 'ElementConnection', field: 'nodes' },
      ];
      return list;
    }
    const steps = this.shape.nearerStepsTo(type);
    const step = this.values.chance(0.5) ? this.uses.least(steps, coordinate) : this.values.one(steps);
    return [...this.wayTo(step.type, undefined), step];
  }

  private field(parent: Composite, field: Field, way: Way): string {
    const at = `${parent.name}.${field.name}`;
    this.uses.note(at);
    const type = getNamedType(field.type);
    // Types may have fields of the same name that take something else, or give something else.
    const key = parent.name === 'Query' ? field.name : `${field.name}_${(this.aliases += 1)}`;
    const below = { ...way, steps: way.steps.slice(1) };
    const given = this.argumentsOf(at, field, way).replaceAll(CURSOR, `${CURSOR}${key}`);
    const page = given.includes(CURSOR) ? ' page: pageInfo { startCursor endCursor } }' : undefined;
    const selection = this.selection(type, below);
    const asked = page === undefined ? selection : selection.slice(0, -' }'.length) + page;
    return `${key === field.name ? '' : `${key}: `}${field.name}${given} ${asked}`;
  }

  private selection(type: GraphQLNamedType, way: Way): string {
    if (isLeafType(type)) return '';
    const composite = this.composite(type.name);
    const [step] = way.steps;
    const parts = ['__typename', ...this.fieldsOf(composite, way)];
    if (isInterfaceType(composite)) {
      const possible = this.schema.getPossibleTypes(composite);
      const wanted = possible.find(({ name }) => name === step?.type);
      const other = this.values.chance(0.25) ? this.uses.least(possible, ({ name }) => name) : undefined;
      const entered = wanted ?? (step === undefined && way.depth > 0 ? other : undefined);
      if (entered !== undefined) parts.push(`... on ${entered.name} { ${this.fieldsOf(entered, way).join(' ')} }`);
    }
    return `{ ${parts.join(' ')} }`;
  }

  private fieldsOf(type: Composite, way: Way): string[] {
    const fields = Object.values(type.getFields()).filter(({ name }) => !this.leavesOut.has(`${type.name}.${name}`));
    const [step] = way.steps;
    const onWay = step?.type === type.name ? step.field : undefined;
    const chosen = new Set<Field>();
    for (const each of fields) {
      const at = `${type.name}.${each.name}`;
      if (each.name === onWay || SETTLING.has(at)) chosen.add(each);
      else if (isLeafType(getNamedType(each.type)) && this.isTaken(at, way)) chosen.add(each);
      else if (SUMMED.has(each.name) && this.values.chance(0.3)) chosen.add(each);
    }
    const objects = fields.filter((each) => !isLeafType(getNamedType(each.type)) && each.name !== 'pageInfo');
    if (objects.length > 0 && onWay === undefined && (way.depth > 0 || chosen.size === 0)) {
      chosen.add(this.likely(type, objects));
    }
    const off = { ...way, steps: [], argument: undefined, kind: undefined, depth: way.depth - 1 };
    return [...chosen].map((each) => {
      const isOnWay = each.name === onWay;
      return this.field(type, each, isOnWay ? way : off);
    });
  }

  /** Plain values are asked for where they were not yet, and else by chance. */
  private isTaken(at: string, { steps }: Way): boolean {
    const share = this.uses.of(at) === 0 ? 0.9 : steps.length > 0 ? 0.15 : 0.4;
    return this.values.chance(share);
  }

  /** Of the objects below a type one that was asked for least; of a list its items. */
  private likely(type: Composite, objects: readonly Field[]): Field {
    const items = objects.find(({ name }) => name === (this.values.chance(0.7) ? 'nodes' : 'edges'));
    if (items !== undefined && this.values.chance(0.8)) return items;
    return this.uses.least(objects, ({ name }) => `${type.name}.${name}`);
  }

  private argumentsOf(at: string, field: Field, way: Way): string {
    const isRoot = at.startsWith('Query.');
    const given = new Set(field.args.filter((each) => this.isGiven(at, each, way)).map(({ name }) => name));
    const alternatives = ONE_OF[at];
    if (alternatives !== undefined) {
      const chosen = this.uses.least(alternatives, (each) => `${at}(${each})`);
      for (const each of alternatives) if (each !== chosen) given.delete(each);
      given.add(chosen);
    }
    this.keepApart(given, way.argument);
    if (field.args.some(({ name }) => name === 'first') && !given.has('last')) given.add('first');
    const texts = field.args
      .filter(({ name }) => given.has(name))
      .map((each) => this.argument(at, each, { isRoot, way }));
    return texts.length === 0 ? '' : `(${texts.join(', ')})`;
  }

  /** What goes not together is not given together, so that most questions are answered. */
  private keepApart(given: Set<string>, forced: string | undefined): void {
    const isForced = (name: string): boolean => forced?.endsWith(`(${name})`) === true;
    for (const [one, other] of [
      ['last', 'first'],
      ['scenarioId', 'asOf'],
      ['before', 'after'],
    ] as const) {
      if (given.has(one) && given.has(other)) given.delete(isForced(other) ? one : other);
    }
  }

  private isGiven(at: string, argument: GraphQLArgument, { argument: forced, kind, steps }: Way): boolean {
    const place = `${at}(${argument.name})`;
    if (isNeeded(argument) || place === forced || ALWAYS.has(place)) return true;
    if (place === 'Query.elements(filter)' && kind !== undefined && steps.length < 4) return true;
    if (['after', 'before', 'last'].includes(argument.name)) return at.startsWith('Query.') && this.values.chance(0.1);
    if (argument.name === 'asOf' || argument.name === 'scenarioId') return this.values.chance(0.12);
    return this.values.chance(this.uses.of(place) === 0 ? 0.6 : 0.3);
  }

  private argument(
    at: string,
    { name, type }: GraphQLArgument,
    { isRoot, way }: { readonly isRoot: boolean; readonly way: Way },
  ): string {
    const place = `${at}(${name})`;
    this.uses.note(place);
    if (name === 'first' || name === 'last') {
      // A cursor is one of the list of one thing: there is to be no other.
      const isSingle = /\((after|before)\)$/.test(way.argument ?? '') && !way.argument?.startsWith(`${at}(`);
      return `${name}: ${isSingle ? 1 : 1 + this.random.below(isRoot ? 9 : 3)}`;
    }
    if (place === 'Query.element(urn)' && way.kind !== undefined) {
      return `urn: ${JSON.stringify(this.values.urnOf(way.kind))}`;
    }
    const text = this.values.of(type, { at: place, name, depth: 0 });
    if (place !== 'Query.elements(filter)' || way.kind === undefined) return `${name}: ${text}`;
    this.uses.note('ElementFilterInput.kind');
    this.uses.note(`ElementKind.${way.kind}`);
    return `filter: { kind: [${way.kind}]${this.values.chance(0.3) ? `, and: [${text}]` : ''} }`;
  }
}

function coordinate({ type, field }: Step): string {
  return `${type}.${field}`;
}
