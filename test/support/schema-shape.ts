import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { GraphQLArgument, GraphQLInputField, GraphQLInputType, GraphQLNamedType, GraphQLSchema } from 'graphql';

/** A field of a type, as a step of the way to something. */
export interface Step {
  readonly type: string;
  readonly field: string;
}

/**
 * All that a question can name, each by its coordinate: `Type.field`, `Type.field(argument)`, `Input.field`, `Enum.VALUE`;
 * and the ways that lead to a type.
 */
export class SchemaShape {
  readonly coordinates: ReadonlySet<string>;
  /** Of each field of an input and each value of an enum, an argument that can hold it. */
  readonly heldBy = new Map<string, string>();
  /** Of each type that can be reached, how many steps it is away. */
  private readonly distances = new Map<string, number>();
  private readonly stepsTo = new Map<string, Step[]>();

  /** @param leavesOut - fields that are not asked for, nor what only they lead to. */
  constructor(
    readonly schema: GraphQLSchema,
    private readonly leavesOut: ReadonlySet<string> = new Set(),
  ) {
    const found = new Set<string>();
    const query = schema.getQueryType();
    if (query === null || query === undefined) throw new Error('Nothing can be asked.');
    this.distances.set(query.name, 0);
    for (const name of this.distances.keys()) this.lookAt(name, found);
    this.coordinates = found;
  }

  private lookAt(name: string, found: Set<string>): void {
    const type = this.schema.getType(name);
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    const distance = (this.distances.get(name) ?? 0) + 1;
    for (const field of Object.values(type.getFields())) {
      if (this.leavesOut.has(`${name}.${field.name}`)) continue;
      found.add(`${name}.${field.name}`);
      for (const argument of field.args) {
        found.add(`${name}.${field.name}(${argument.name})`);
        this.lookAtInput(argument.type, found, `${name}.${field.name}(${argument.name})`);
      }
      for (const reached of this.typesOf(getNamedType(field.type))) {
        if (!this.distances.has(reached)) this.distances.set(reached, distance);
        this.stepsTo.set(reached, [...(this.stepsTo.get(reached) ?? []), { type: name, field: field.name }]);
      }
    }
  }

  /** What a field of a type may give: the type, and what it stands for. */
  private typesOf(type: GraphQLNamedType): string[] {
    if (isAbstractType(type)) return [type.name, ...this.schema.getPossibleTypes(type).map(({ name }) => name)];
    return isObjectType(type) ? [type.name] : [];
  }

  private lookAtInput(type: GraphQLInputType, found: Set<string>, argument: string): void {
    const named = getNamedType(type);
    if (isEnumType(named)) {
      for (const { name } of named.getValues()) {
        found.add(`${named.name}.${name}`);
        this.heldBy.set(`${named.name}.${name}`, argument);
      }
    }
    if (!isInputObjectType(named)) return;
    for (const field of Object.values(named.getFields())) {
      const coordinate = `${named.name}.${field.name}`;
      if (found.has(coordinate)) continue;
      found.add(coordinate);
      this.heldBy.set(coordinate, argument);
      this.lookAtInput(field.type, found, argument);
    }
  }

  /** The steps that lead to a type from nearer to the root. */
  nearerStepsTo(type: string): readonly Step[] {
    const distance = this.distances.get(type) ?? 0;
    return (this.stepsTo.get(type) ?? []).filter((step) => (this.distances.get(step.type) ?? 0) < distance);
  }
}

/** Whether a question has to give it. */
export function isNeeded({ type, defaultValue }: GraphQLArgument | GraphQLInputField): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}
