import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { isWritableText } from './record-fields.js';

/**
 * What is wrong with a text of an input; nothing where it is null, which is for the caller to judge.
 * @param limit - most characters.
 */
export function textIssues(field: string, text: string | null, limit: number): Issue[] {
  if (text === null) return [];
  if (text.trim() === '') return [issue('VALUE_MISSING', [field], { field })];
  if (!isWritableText(text)) return [issue('VALUE_OF_WRONG_TYPE', [field], { field, expected: 'text' })];
  return text.length <= limit ? [] : [issue('LIMIT_EXCEEDED', [field], { field, limit, actual: text.length })];
}
