import type { LandscapeView } from '../core/access/view.js';
import { issue } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import type { Conflict } from '../core/landscape/conflict.js';
import { isWritableText } from '../core/landscape/record-fields.js';

const NAME_MAXIMUM = 200;
const PURPOSE_MAXIMUM = 4_000;

/** A conflict as something that is wrong with the request. */
export function conflictIssue({ urn, path, cause, because }: Conflict): Issue {
  if (cause === 'NOT_POSSIBLE_THERE' && because !== undefined) return { ...because, path: ['id'] };
  return issue('CHANGED_MEANWHILE', ['id'], { urn, field: path ?? '', cause });
}

/** What is wrong with the words of a scenario. */
export function textIssues({ name, purpose }: { readonly name: string; readonly purpose: string | null }): Issue[] {
  const issues: Issue[] = [];
  if (name.trim() === '') issues.push(issue('VALUE_MISSING', ['name'], { field: 'name' }));
  for (const [field, text, limit] of [
    ['name', name, NAME_MAXIMUM],
    ['purpose', purpose ?? '', PURPOSE_MAXIMUM],
  ] as const) {
    if (!isWritableText(text)) issues.push(issue('VALUE_OF_WRONG_TYPE', [field], { field, expected: 'text' }));
    else if (text.length > limit) {
      issues.push(issue('LIMIT_EXCEEDED', [field], { field, limit, actual: text.length }));
    }
  }
  return issues;
}

/** A scenario is thought of by an agency that its author sees, or by the whole city. */
export function agencyIssues(agency: string | null, landscape: LandscapeView): Issue[] {
  if (agency === null || landscape.elementByUrn(agency)?.kind === 'AGENCY') return [];
  return [issue('URN_UNKNOWN', ['agency'], { urn: agency })];
}
