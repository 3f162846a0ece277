import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validate } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { RegistryError, issue } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import { shown } from '../core/landscape/record-fields.js';

/** What a value must be, by the rule that it breaks. */
const EXPECTED: Readonly<Record<string, string>> = {
  isString: 'text',
  isWritable: 'text',
  isInt: 'integer',
  isNumber: 'number',
  isBoolean: 'true | false',
  nestedValidation: 'object',
};

const CLASS = 'constructor';

/**
 * Checks inputs by the rules of their classes, and hands them on as they came: a copy made by the class would lose keys
 * of JSON values that are names of JavaScript too (constructor, __proto__).
 * @throws RegistryError with an issue for everything that is wrong.
 */
export class InputPipe implements PipeTransform<unknown> {
  async transform(value: unknown, { metatype, data }: ArgumentMetadata): Promise<unknown> {
    if (metatype === undefined || typeof value !== 'object' || value === null || !hasRules(metatype)) return value;
    // Values that may be anything are allowed; what a class does not know, the schema refuses before.
    const errors = await validate(plainToInstance(metatype, checkable(value)), { forbidUnknownValues: false });
    const path = data === undefined ? [] : [data];
    const [first, ...others] = errors.flatMap((error) => issuesOf(error, path));
    if (first !== undefined) throw new RegistryError([first, ...others]);
    return value;
  }
}

/**
 * What the rules are held against: without keys that the library would take for the class of a value. No input has a field
 * of that name, so that none is missed; a JSON value may have.
 */
function checkable(value: object): object {
  return namesItsClass(value) ? (withoutClasses(value) as object) : value;
}

function namesItsClass(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, CLASS) || Object.values(value).some(namesItsClass);
}

function withoutClasses(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutClasses);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== CLASS);
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutClasses(each)]));
}

function rulesOf(target: unknown): ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']> {
  if (typeof target !== 'function') return [];
  return getMetadataStorage().getTargetValidationMetadatas(target, '', false, false);
}

function hasRules(target: unknown): boolean {
  return rulesOf(target).length > 0;
}

function issuesOf(error: ValidationError, above: readonly string[]): readonly Issue[] {
  const path = [...above, error.property];
  const own = Object.keys(error.constraints ?? {}).map((rule) => issueOf(rule, error, path));
  return [...own, ...(error.children ?? []).flatMap((child) => issuesOf(child, path))];
}

function issueOf(rule: string, { target, property: field, value }: ValidationError, path: readonly string[]): Issue {
  const rules = rulesOf(target?.constructor).filter(({ propertyName }) => propertyName === field);
  /** The bound, or the list, that a rule of this field was given. */
  const given = (name: string): string => {
    const constraint: unknown = rules.find((each) => each.name === name)?.constraints[0];
    return Array.isArray(constraint) ? constraint.join(', ') : shown(constraint ?? '…');
  };
  switch (rule) {
    case 'maxLength':
    case 'arrayMaxSize':
      return issue('LIMIT_EXCEEDED', path, { field, limit: given(rule), actual: lengthOf(value) });
    case 'minLength':
      return issue('VALUE_MISSING', path, { field });
    case 'matches':
      return issue('VALUE_OF_WRONG_TYPE', path, { field, expected: given(rule) });
    case 'min':
    case 'max':
      return issue('VALUE_OUT_OF_BOUNDS', path, {
        field,
        value: shown(value),
        minimum: given('min'),
        maximum: given('max'),
      });
    case 'isIn':
      return issue('VALUE_NOT_ALLOWED', path, { field, value: shown(value), allowed: given(rule) });
    default:
      return issue('VALUE_OF_WRONG_TYPE', path, { field, expected: EXPECTED[rule] ?? rule });
  }
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}
