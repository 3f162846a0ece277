import { Extensions } from '@nestjs/graphql';
import { Kind, getNamedType, isCompositeType, isInterfaceType, isObjectType } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
  ValueNode,
} from 'graphql';
import type { VariableValues } from './compiled-run.js';
import { PAGE_DEFAULT, PAGE_MAXIMUM } from './page.js';

/** The key of a cost among the extensions of a field of the schema. */
const COST = 'cost';
/** What a field costs that declares nothing: an object of the answer; what is no object costs nothing beside it. */
const OBJECT_COST = 1;

/**
 * Declares what a field costs, in objects of an answer: some two microseconds each. For what looks at much of the landscape
 * before it answers.
 */
export function Costs(cost: number): MethodDecorator & PropertyDecorator {
  return Extensions({ [COST]: cost });
}

/** The fields of a connection that hold its items, and the arguments that say how many. */
const ITEM_FIELDS: ReadonlySet<string> = new Set(['nodes', 'edges']);
const PAGE_SIZES: ReadonlySet<string> = new Set(['first', 'last']);

/** How large an answer may be, if every list is as long as the page that is asked for; a list without pages counts as one. */
export interface AnswerSize {
  /** Items of its lists. */
  readonly items: number;
  /** What its fields cost, those of an item as often as there are items. */
  readonly cost: number;
}

interface Answered extends AnswerSize {
  /** Of the cost what comes again with each item of the list whose fields these are. */
  readonly costOfItems: number;
  /** Whether it asks for the items of a list. */
  readonly isList: boolean;
}

const NOTHING: Answered = { items: 0, cost: 0, costOfItems: 0, isList: false };

/** Sizes of the operations in which no variable says how long a page is. */
const known = new WeakMap<OperationDefinitionNode, AnswerSize>();

/** @param document - a valid one. */
export function answerSize(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: VariableValues,
): AnswerSize {
  const before = known.get(operation);
  if (before !== undefined) return before;
  const given = new Given(operation, variables);
  const { items, cost } = new AnswerWalk(schema, document, given).of(operation);
  const size = { items, cost };
  if (!given.isOfVariables) known.set(operation, size);
  return size;
}

class AnswerWalk {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly walked = new Map<string, Answered>();

  constructor(
    private readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
    private readonly given: Given,
  ) {
    for (const each of definitions) {
      if (each.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(each.name.value, each);
    }
  }

  of({ operation, selectionSet }: OperationDefinitionNode): Answered {
    return this.selection(selectionSet, this.schema.getRootType(operation) ?? undefined);
  }

  private selection({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): Answered {
    let { items, cost, costOfItems, isList } = NOTHING;
    for (const each of selections) {
      const part =
        each.kind === Kind.FIELD
          ? this.field(each, type)
          : each.kind === Kind.FRAGMENT_SPREAD
            ? this.fragment(each.name.value)
            : this.selection(each.selectionSet, this.named(each.typeCondition?.name.value) ?? type);
      items += part.items;
      cost += part.cost;
      costOfItems += part.costOfItems;
      isList ||= part.isList;
    }
    return { items, cost, costOfItems, isList };
  }

  private fragment(name: string): Answered {
    const fragment = this.fragments.get(name);
    if (fragment === undefined) return NOTHING;
    let answered = this.walked.get(name);
    if (answered === undefined) {
      answered = this.selection(fragment.selectionSet, this.named(fragment.typeCondition.name.value));
      this.walked.set(name, answered);
    }
    return answered;
  }

  private field(field: FieldNode, parent: GraphQLNamedType | undefined): Answered {
    const isList = ITEM_FIELDS.has(field.name.value);
    const { own, type } = declared(field.name.value, parent);
    const below = field.selectionSet === undefined ? NOTHING : this.selection(field.selectionSet, type);
    const size = this.given.pageSize(field) ?? (below.isList ? PAGE_DEFAULT : undefined);
    const items = size === undefined ? below.items : size * (1 + below.items);
    // What is asked of the list itself is there once.
    const cost = own + below.cost - below.costOfItems + (size ?? 1) * below.costOfItems;
    return { items, cost, costOfItems: isList ? cost : 0, isList };
  }

  private named(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.schema.getType(name);
  }
}

/** What a field costs without those below it, and of which type these are; nothing is known of those of introspection. */
function declared(
  name: string,
  parent: GraphQLNamedType | undefined,
): { readonly own: number; readonly type: GraphQLNamedType | undefined } {
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  if (field === undefined) return { own: 0, type: undefined };
  const type = getNamedType(field.type);
  const cost: unknown = field.extensions[COST];
  return { own: typeof cost === 'number' ? cost : isCompositeType(type) ? OBJECT_COST : 0, type };
}

/** What arguments of an operation are given, where it is a number. */
class Given {
  /** Whether a variable was looked at. */
  isOfVariables = false;

  constructor(
    private readonly operation: OperationDefinitionNode,
    private readonly variables: VariableValues,
  ) {}

  /** A page that is too large, or none at all, is refused by the list itself. */
  pageSize(field: FieldNode): number | undefined {
    for (const { name, value } of field.arguments ?? []) {
      const size = PAGE_SIZES.has(name.value) ? this.number(value) : undefined;
      if (size !== undefined) return Math.min(Math.max(0, size), PAGE_MAXIMUM);
    }
    return undefined;
  }

  private number(value: ValueNode | undefined): number | undefined {
    if (value?.kind === Kind.INT) return Number(value.value);
    if (value?.kind !== Kind.VARIABLE) return undefined;
    this.isOfVariables = true;
    const name = value.name.value;
    const given = Object.hasOwn(this.variables, name) ? this.variables[name] : undefined;
    if (given !== undefined) return typeof given === 'number' ? given : undefined;
    const { variableDefinitions = [] } = this.operation;
    return this.number(variableDefinitions.find(({ variable }) => variable.name.value === name)?.defaultValue);
  }
}
