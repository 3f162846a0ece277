import { Kind, Lexer, Source, TokenKind } from 'graphql';
import type { DocumentNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';
import { RegistryError } from '../core/errors.js';
import type { AnswerSize } from './answer-cost.js';

/** Most levels of fields below each other. The introspection query that explorers send has exactly so many. */
const DEPTH_MAXIMUM = 15;
/** Most fields, those of a fragment counted wherever it is spread. */
const FIELDS_MAXIMUM = 1_000;
/** Most fields at the top of an operation: each asks for work of its own, however little it answers. */
const ROOT_FIELDS_MAXIMUM = 30;
/** Most tokens; the largest query of the documentation has some 200. Parsing blocks everybody else. */
export const TOKENS_MAXIMUM = 20_000;
/** Most brackets within each other, in a document or in its variables: what reads them calls itself at each. */
const NESTING_MAXIMUM = 200;
/** Most items of lists in an answer if every list is as long as the page it asks for: a full page in each of a full page. */
const ITEMS_MAXIMUM = 500_000;
/** Most that the fields of an answer may cost: the most items with three more objects in each. */
export const COST_MAXIMUM = 2_000_000;

/** How large a document is, before anything of it is carried out. */
export interface DocumentSize {
  readonly depth: number;
  readonly fields: number;
  /** Those at the top. */
  readonly roots: number;
}

const NOTHING: DocumentSize = { depth: 0, fields: 0, roots: 0 };
const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

function limited(field: string, actual: number, limit: number, path: readonly string[]): void {
  if (actual > limit) throw RegistryError.of('LIMIT_EXCEEDED', path, { field, limit, actual });
}

/**
 * Refuses a text whose brackets lie deeper within each other than it could be parsed safely. Its words are looked at one
 * by one; a text that is no GraphQL is the parser's to refuse.
 * @throws RegistryError LIMIT_EXCEEDED, and GraphQLError where the text has a sign that GraphQL does not know.
 */
export function checkNesting(text: string, path: readonly string[]): void {
  const lexer = new Lexer(new Source(text));
  let [depth, deepest, tokens] = [0, 0, 0];
  for (let { kind } = lexer.advance(); kind !== TokenKind.EOF && tokens <= TOKENS_MAXIMUM; { kind } = lexer.advance()) {
    tokens += 1;
    if (OPENING.has(kind)) deepest = Math.max(deepest, (depth += 1));
    else if (CLOSING.has(kind)) depth -= 1;
  }
  limited('tokens', tokens, TOKENS_MAXIMUM, path);
  limited('nesting', deepest, NESTING_MAXIMUM, path);
}

/**
 * Refuses a JSON value whose lists and objects lie deeper within each other than what reads them could bear.
 * @throws RegistryError LIMIT_EXCEEDED.
 */
export function checkValueNesting(value: unknown, path: readonly string[]): void {
  let level: unknown[] = [value];
  let depth = 0;
  while (level.length > 0) {
    const below: unknown[] = [];
    for (const each of level) {
      if (typeof each !== 'object' || each === null) continue;
      for (const inner of Object.values(each)) below.push(inner);
    }
    if (below.length > 0) depth += 1;
    level = below;
  }
  limited('nesting', depth, NESTING_MAXIMUM, path);
}

/**
 * Refuses a document that is deeper or says more than one may. It need not be valid: fragments within fragments can say
 * very much in a few words, and validation compares them all.
 * @returns the size of its largest operation.
 * @throws RegistryError LIMIT_EXCEEDED.
 */
export function checkSize(document: DocumentNode, path: readonly string[]): DocumentSize {
  const size = sizeOf(document);
  limited('depth', size.depth, DEPTH_MAXIMUM, path);
  limited('fields', size.fields, FIELDS_MAXIMUM, path);
  limited('rootFields', size.roots, ROOT_FIELDS_MAXIMUM, path);
  return size;
}

/** Fragments that nobody spreads are measured too, for validation reads them; one that holds itself ends there. */
function sizeOf({ definitions }: DocumentNode): DocumentSize {
  const fragments = fragmentsOf(definitions);
  const known = new Map<string, DocumentSize>();
  const ofFragment = (name: string): DocumentSize => {
    const fragment = fragments.get(name);
    const found = known.get(name);
    if (found !== undefined || fragment === undefined) return found ?? NOTHING;
    known.set(name, NOTHING);
    const size = ofSelection(fragment.selectionSet);
    known.set(name, size);
    return size;
  };
  const ofSelection = ({ selections }: SelectionSetNode): DocumentSize => {
    let { depth, fields, roots } = NOTHING;
    for (const each of selections) {
      const below =
        each.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(each.name.value)
          : each.selectionSet === undefined
            ? NOTHING
            : ofSelection(each.selectionSet);
      const own = each.kind === Kind.FIELD ? 1 : 0;
      depth = Math.max(depth, own + below.depth);
      fields += own + below.fields;
      roots += own === 1 ? 1 : below.roots;
    }
    return { depth, fields, roots };
  };
  let { depth, fields, roots } = NOTHING;
  for (const each of definitions) {
    if (each.kind !== Kind.OPERATION_DEFINITION && each.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const isOperation = each.kind === Kind.OPERATION_DEFINITION;
    const size = isOperation ? ofSelection(each.selectionSet) : ofFragment(each.name.value);
    depth = Math.max(depth, size.depth);
    fields = Math.max(fields, size.fields);
    if (isOperation) roots = Math.max(roots, size.roots);
  }
  return { depth, fields, roots };
}

function fragmentsOf(definitions: DocumentNode['definitions']): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  return fragments;
}

/**
 * Refuses an operation whose answer might be larger than one may ask for at once.
 * @throws RegistryError LIMIT_EXCEEDED.
 */
export function checkAnswer({ items, cost }: AnswerSize, path: readonly string[]): void {
  limited('items', items, ITEMS_MAXIMUM, path);
  limited('cost', cost, COST_MAXIMUM, path);
}
