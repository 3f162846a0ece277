import { registerEnumType } from '@nestjs/graphql';

const meaningsOf = new Map<string, Readonly<Record<string, string>>>();

/**
 * What a value of an enum means, in one language: descriptions say it in English and then in Vietnamese.
 * @param name - of an enum that `graphqlEnum` registered.
 */
export function meaningOf(name: string, value: string, language: 'VI' | 'EN'): string | undefined {
  const sentences = meaningsOf.get(name)?.[value]?.split(/(?<=\.) /);
  const found = language === 'VI' ? sentences?.at(-1) : sentences?.[0];
  return found?.replace(/\.$/, '');
}

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
  meaningsOf.set(name, meanings);
  registerEnumType(values, { name, description, valuesMap });
  return values;
}
