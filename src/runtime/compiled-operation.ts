import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  OperationTypeNode,
  getVariableValues,
  visit,
} from 'graphql';
import type { DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { CompiledRun, CompiledWayEnds, Output } from './compiled-run.js';
import type { VariableValues, Write } from './compiled-run.js';
import { DocumentCompiler } from './document-compiler.js';

/** Most ways of answering @skip and @include that one operation is compiled for. */
const VARIANTS_MAXIMUM = 16;
const CONDITIONAL: ReadonlySet<string> = new Set([GraphQLSkipDirective.name, GraphQLIncludeDirective.name]);
/** As many errors in variables as Apollo would list. */
const COERCION = { maxErrors: 50 } as const;

/**
 * A query made ready to be executed many times: which fields each type answers with, how they are called and completed
 * is worked out once, for each type when it is first met.
 *
 * It gives answers without errors, and those exactly as graphql-js would; in all other cases it throws.
 */
export class CompiledOperation {
  private readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  private readonly conditions: readonly string[];
  private readonly variants = new Map<string, Write>();

  /** @throws CompiledWayEnds for what is no query, and for names that are no plain keys of an object. */
  constructor(
    readonly schema: GraphQLSchema,
    readonly operation: OperationDefinitionNode,
    document: DocumentNode,
  ) {
    if (operation.operation !== OperationTypeNode.QUERY) throw new CompiledWayEnds('Only queries are compiled.');
    this.fragments = Object.fromEntries(
      document.definitions.flatMap((each) =>
        each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
      ),
    );
    this.conditions = conditionsOf(document);
  }

  /**
   * Answers the operation: the JSON text of its data.
   * @throws whatever went wrong; the answer then is graphql-js's to give.
   */
  write(context: unknown, inputs: VariableValues): string | Promise<string> {
    const { schema, operation } = this;
    const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], inputs, COERCION);
    if (errors !== undefined) throw new CompiledWayEnds('A variable is wrong.');
    return this.writeCoerced(context, coerced);
  }

  /** The same for variables that graphql-js has coerced. */
  writeCoerced(context: unknown, variables: VariableValues): string | Promise<string> {
    const run = new CompiledRun(context, variables);
    const out = new Output();
    this.variantFor(variables)(undefined, run, out);
    const settled = run.settled();
    return settled === undefined ? out.whole() : settled.then(() => out.whole());
  }

  private variantFor(variables: VariableValues): Write {
    const conditions = this.conditions.filter((name) => Object.hasOwn(variables, name));
    const key = conditions.map((name) => `${name} ${String(variables[name])}`).join(' ');
    let variant = this.variants.get(key);
    if (variant === undefined) {
      if (this.variants.size >= VARIANTS_MAXIMUM) throw new CompiledWayEnds('Too many ways of @skip and @include.');
      const fixed = Object.fromEntries(conditions.map((name) => [name, variables[name]]));
      variant = new DocumentCompiler(this.schema, this.fragments, this.operation, fixed).root();
      this.variants.set(key, variant);
    }
    return variant;
  }
}

/** Names of the variables that @skip and @include look at; refuses the one name that is no plain key of an object. */
function conditionsOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Name: ({ value }) => {
      if (value === '__proto__') throw new CompiledWayEnds('__proto__ is no plain key.');
    },
    Directive: ({ name, arguments: given }) => {
      if (!CONDITIONAL.has(name.value)) return;
      for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
