import {
  GraphQLError,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  getArgumentValues,
  visit,
} from 'graphql';
import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLAbstractType,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { CompiledWayEnds, isPromise } from './compiled-run.js';
import type { CompiledRun, FieldCall, FieldDefinition, VariableValues, Write } from './compiled-run.js';
import { writerOf } from './compiled-values.js';
import type { Composites } from './compiled-values.js';

/** The nodes that ask for one field: more than one where a document asks for it in several places. */
type FieldNodes = readonly [FieldNode, ...FieldNode[]];
/** What the resolver of a field is called with in a run. */
type CallOf = (run: CompiledRun) => FieldCall;

/** How the value of a field is had from its parent. */
type Read = (source: unknown, run: CompiledRun) => unknown;

interface FieldPlan {
  readonly key: string;
  readonly read: Read;
  readonly write: Write;
}

/** Works out how a document is answered, for one way of answering its @skip and @include. */
export class DocumentCompiler {
  private readonly objects = new Map<string, Write>();
  private readonly nodeNumbers = new Map<FieldNode, number>();
  private fieldCount = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>,
    private readonly operation: OperationDefinitionNode,
    /** Only those are looked at here that @skip and @include name. */
    private readonly variables: VariableValues,
  ) {}

  root(): Write {
    const type = this.schema.getQueryType();
    if (type === undefined || type === null) throw new GraphQLError('The schema has no queries.');
    const { schema, fragments, variables, operation } = this;
    return this.fields(type, collectFields(schema, fragments, variables, type, operation.selectionSet));
  }

  private composites(nodes: readonly FieldNode[], call: CallOf): Composites {
    return {
      object: (type) => this.object(type, nodes),
      abstract: (type) => this.abstract(type, nodes, call),
    };
  }

  /** What is asked at one place of one type is compiled once, and not before a value of that type is there. */
  private object(type: GraphQLObjectType, nodes: readonly FieldNode[]): Write {
    const key = `${type.name} ${nodes.map((node) => this.numberOf(node)).join(' ')}`;
    let write = this.objects.get(key);
    if (write === undefined) {
      let compiled: Write | undefined;
      write = (value, run, out) => {
        if (value instanceof Error) throw value;
        compiled ??= this.fields(type, this.subfields(type, nodes));
        compiled(value, run, out);
      };
      this.objects.set(key, write);
    }
    return write;
  }

  private abstract(type: GraphQLAbstractType, nodes: readonly FieldNode[], call: CallOf): Write {
    const { resolveType } = type;
    if (resolveType === undefined || resolveType === null)
      throw new CompiledWayEnds(`${type.name} has no resolveType.`);
    const writers = new Map<unknown, Write>(
      this.schema.getPossibleTypes(type).map((each) => [each.name, this.object(each, nodes)]),
    );
    return (value, run, out) => {
      const write = writers.get(resolveType(value, run.context, call(run).info, type));
      if (write === undefined) throw new CompiledWayEnds(`${type.name} is not known by its name.`);
      write(value, run, out);
    };
  }

  private subfields(type: GraphQLObjectType, nodes: readonly FieldNode[]): Map<string, readonly FieldNode[]> {
    return collectSubfields(this.schema, this.fragments, this.variables, type, nodes);
  }

  private fields(type: GraphQLObjectType, selected: ReadonlyMap<string, readonly FieldNode[]>): Write {
    const plans: FieldPlan[] = [];
    for (const [key, [first, ...others]] of selected) {
      const plan = first && this.field(type, key, [first, ...others]);
      if (plan !== undefined) plans.push(plan);
    }
    return objectWriter(plans);
  }

  private field(type: GraphQLObjectType, key: string, nodes: FieldNodes): FieldPlan | undefined {
    const definition = this.definition(type, nodes[0].name.value);
    // graphql-js leaves out what the schema does not have; validation refused it before.
    if (definition === undefined) return undefined;
    if (definition === TypeNameMetaFieldDef) {
      return {
        key,
        read: () => type.name,
        write: (name, _run, out) => {
          out.text += JSON.stringify(name);
        },
      };
    }
    const call = this.call(type, definition, nodes);
    const write = writerOf(definition.type, this.composites(nodes, call));
    return { key, read: readerOf(definition, call), write };
  }

  private definition(type: GraphQLObjectType, name: string): FieldDefinition | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (type === this.schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return type.getFields()[name];
  }

  private call(type: GraphQLObjectType, definition: FieldDefinition, nodes: FieldNodes): CallOf {
    const [node] = nodes;
    const number = this.fieldCount;
    this.fieldCount += 1;
    const { schema, fragments, operation } = this;
    const parts = {
      fieldName: definition.name,
      fieldNodes: nodes,
      returnType: definition.type,
      parentType: type,
      schema,
      fragments,
      operation,
      rootValue: undefined,
    };
    const fixed = dependsOnVariables(node) ? undefined : getArgumentValues(definition, node, {});
    return (run) =>
      (run.calls[number] ??= {
        args: fixed ?? getArgumentValues(definition, node, run.variables),
        info: {
          ...parts,
          variableValues: run.variables,
          get path(): never {
            throw new CompiledWayEnds('The compiled way does not know the path of a field.');
          },
        },
      });
  }

  private numberOf(node: FieldNode): number {
    const number = this.nodeNumbers.get(node) ?? this.nodeNumbers.size;
    this.nodeNumbers.set(node, number);
    return number;
  }
}

function readerOf({ resolve, name }: FieldDefinition, call: CallOf): Read {
  if (resolve !== undefined && resolve !== null) {
    return (source, run) => {
      const { args, info } = call(run);
      return resolve(source, args, run.context, info);
    };
  }
  return (source, run) => {
    // Without a resolver a field is a property of its parent, as in graphql-js.
    // An index is read from a cache by the engine; Reflect.get is a call of its runtime.
    const value: unknown =
      typeof source === 'object' && source !== null ? (source as Readonly<Record<string, unknown>>)[name] : undefined;
    if (typeof value !== 'function') return value;
    const { args, info } = call(run);
    return Reflect.apply(value, source, [args, run.context, info]);
  };
}

function objectWriter(plans: readonly FieldPlan[]): Write {
  if (plans.length === 0)
    return (_source, _run, out) => {
      out.text += '{}';
    };
  const fields = plans.map(({ key, ...plan }, index) => ({ ...plan, before: `${index === 0 ? '{' : ','}"${key}":` }));
  return (source, run, out) => {
    for (const { before, read, write } of fields) {
      out.text += before;
      const value = read(source, run);
      if (isPromise(value)) run.later(value, write, out);
      else write(value, run, out);
    }
    out.text += '}';
  };
}

function dependsOnVariables(node: FieldNode): boolean {
  let found = false;
  for (const argument of node.arguments ?? []) {
    visit(argument, {
      Variable: () => {
        found = true;
      },
    });
  }
  return found;
}
