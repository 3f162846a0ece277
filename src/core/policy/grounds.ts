import { issue } from '../errors.js';
import type { Issue } from '../errors.js';
import { textIssues } from '../landscape/text-issues.js';

/** Why something is asked or decided, and the paper it rests on. */
export interface Grounds {
  readonly reason: string;
  readonly document: string | null;
}

/** Most characters of a reason. */
export const TEXT_MAXIMUM = 2_000;
const DOCUMENT_MAXIMUM = 500;

/** What is wrong with the texts of a decision. */
export function groundsIssues({ reason, document }: Grounds): Issue[] {
  return [...textIssues('reason', reason, TEXT_MAXIMUM), ...textIssues('document', document, DOCUMENT_MAXIMUM)];
}

/** Whoever binds others to what he decides names the paper in which he did. */
export function paperIssues({ document }: Grounds): Issue[] {
  return document === null ? [issue('VALUE_MISSING', ['document'], { field: 'document' })] : [];
}
