import type { ElementKind } from '../generated/documents';

/** Kinds that the registry lets nobody own: of them, an owner is not unknown but senseless. */
const OWNED_BY_NOBODY: readonly ElementKind[] = ['AGENCY', 'LEGISLATION'];

/** Whether an element of that kind has an owner, known or not. */
export function hasOwner(kind: ElementKind): boolean {
  return !OWNED_BY_NOBODY.includes(kind);
}
