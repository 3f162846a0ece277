import { targetsOf } from '../landscape/landscape.js';
import type { Landscape } from '../landscape/landscape.js';
import type { Element, Urn } from '../landscape/model.js';
import type { Operation } from '../landscape/operation.js';
import type { Proposal, ProposalComponent } from '../landscape/proposal.js';
import { isRecord } from '../landscape/record-fields.js';
import type { Lexicon } from './lexicon.js';

/** One for all of which nothing is declared, which are most. */
const NONE: readonly string[] = [];

/**
 * Urns of the capabilities that an element is declared to realise on the day, in order of seq. Of what everybody may see
 * only: a score is told to whoever sees the two sides, and must not give away a link that he does not see.
 */
export function realisedBy(landscape: Landscape, { seq }: Pick<Element, 'seq'>): Urn[] {
  return targetsOf(landscape, seq, 'REALIZES').flatMap(({ urn, kind, visibility }) =>
    kind === 'CAPABILITY' && visibility === 'PUBLIC' ? [urn] : [],
  );
}

/** Codes of declared capabilities, each once; those that the catalogue does not have are left out. */
export function codesOf(lexicon: Lexicon, urns: readonly string[]): readonly string[] {
  return urns.length === 0 ? NONE : [...new Set(urns.flatMap((urn) => lexicon.codeOfUrn(urn) ?? []))];
}

/**
 * Urns of the capabilities that are declared for a component, each once: by itself, by what it is the function of, and by
 * what the operations of the proposal add. These count for the component that bears the name of the element that is added,
 * and all of them for an only one.
 */
export function declaredFor(
  { components, operations }: Pick<Proposal, 'components' | 'operations'>,
  { name, capability, realizes = [] }: ProposalComponent,
): string[] {
  const own = capability === null ? realizes : [capability, ...realizes];
  if (operations.length === 0) return [...new Set(own)];
  const links = operations.flatMap(realisationIn);
  const isOnly = components.length === 1;
  const added = new Set(isOnly ? [] : operations.filter((each) => isThingNamed(each, name)).map(({ urn }) => urn));
  const theirs = links.filter(({ source }) => isOnly || added.has(source)).map(({ target }) => target);
  return [...new Set([...own, ...theirs])];
}

interface Realisation {
  readonly source: string;
  readonly target: string;
}

/** The link of an operation that adds one that has not ended; what else it is worth is checked where operations are carried out. */
function realisationIn({ op, value }: Operation): Realisation[] {
  if (op !== 'ADD' || !isRecord(value) || value['kind'] !== 'REALIZES') return [];
  const { source, target, status, validTo = null } = value;
  if (typeof source !== 'string' || typeof target !== 'string') return [];
  return status === 'ENDED' || validTo !== null ? [] : [{ source, target }];
}

function isThingNamed({ op, value }: Operation, name: string): boolean {
  if (op !== 'ADD' || !isRecord(value)) return false;
  return typeof value['name'] === 'string' && plain(value['name']) === plain(name);
}

function plain(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
