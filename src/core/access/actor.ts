/**
 * Who asks. So far there are two: anybody, and the administrator of this very registry (whoever holds its token).
 * Roles per agency come with sign-in.
 */
export type Actor = { readonly kind: 'PUBLIC' } | { readonly kind: 'ADMINISTRATOR' };

export const PUBLIC: Actor = { kind: 'PUBLIC' };
export const ADMINISTRATOR: Actor = { kind: 'ADMINISTRATOR' };
