import type { LandscapeView } from '../../core/access/view.js';
import { issue } from '../../core/errors.js';
import type { Issue } from '../../core/errors.js';
import type { Role } from '../../core/access/policy.js';

/** What a role is given for: an officer acts for an agency that is there, and everybody else for none. */
export function scopeIssues(landscape: LandscapeView, role: Role, agency: string | null): Issue[] {
  if (role !== 'OFFICER') {
    return agency === null
      ? []
      : [issue('VALUE_NOT_ALLOWED', ['agency'], { field: 'agency', value: agency, allowed: 'null' })];
  }
  if (agency === null) return [issue('VALUE_MISSING', ['agency'], { field: 'agency' })];
  const found = landscape.elementByUrn(agency);
  if (found === undefined) return [issue('URN_UNKNOWN', ['agency'], { urn: agency })];
  return found.kind === 'AGENCY' ? [] : [issue('NOT_AN_AGENCY', ['agency'], { urn: agency, kind: found.kind })];
}
