import { registerEnumType } from '@nestjs/graphql';

/**
 * Registers a closed list of words as a GraphQL enum.
 * @param meanings - each value with what it means, in English and then in Vietnamese.
 */
export function graphqlEnum<T extends string>(
  name: string,
  description: string,
  meanings: Readonly<Record<T, string>>,
): Readonly<Record<T, T>> {
  const values = {} as Record<T, T>;
  const valuesMap: Partial<Record<T, { description: string }>> = {};
  for (const value in meanings) {
    values[value] = value;
    valuesMap[value] = { description: meanings[value] };
  }
  registerEnumType(values, { name, description, valuesMap });
  return values;
}
