import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { countBefore, cutPage } from '../core/cut-page.js';
import { RegistryError } from '../core/errors.js';
import { positionOf } from '../core/ordering.js';
import type { Ordering, Position, SortValue } from '../core/ordering.js';
import { hashOf } from './canonical-json.js';

/** Most items of one page. More is refused, never cut in silence. */
export const PAGE_MAXIMUM = 500;
export const PAGE_DEFAULT = 50;

@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether items follow after this page.' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether items stand before this page.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null on an empty page.' })
  startCursor: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last item: pass it as `after` for the next page.',
  })
  endCursor: string | null;
}

export interface Page<T> {
  readonly nodes: readonly T[];
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

export interface PageRequest {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** How many items a request wants, and from which side. */
function sizeOf({ first, last }: PageRequest): { readonly count: number; readonly from: 'START' | 'END' } {
  const backward = last !== undefined && last !== null;
  if (backward && first !== undefined && first !== null) {
    throw RegistryError.of('ARGUMENTS_EXCLUSIVE', ['last'], { field: 'last', other: 'first' });
  }
  const field = backward ? 'last' : 'first';
  const count = last ?? first ?? PAGE_DEFAULT;
  if (count < 0) {
    throw RegistryError.of('VALUE_OUT_OF_BOUNDS', [field], { field, value: count, minimum: 0, maximum: PAGE_MAXIMUM });
  }
  if (count > PAGE_MAXIMUM) {
    throw RegistryError.of('LIMIT_EXCEEDED', [field], { field, limit: PAGE_MAXIMUM, actual: count });
  }
  return { count, from: backward ? 'END' : 'START' };
}

/** A message shows no more of a text that somebody sent in place of a cursor. */
const CURSOR_SHOWN = 100;

function malformed(cursor: string, argument: string): RegistryError {
  return RegistryError.of('CURSOR_MALFORMED', [argument], { cursor: cursor.slice(0, CURSOR_SHOWN) });
}

/**
 * Cuts a page out of a whole list that was worked out and is in its order already: `pageByPlace` without comparing all
 * of its items.
 * @param list - what makes the list this one, beside the landscape. Asked where a cursor is read or made.
 */
export function pageInOrder<T>(
  items: readonly T[],
  ordering: Ordering<T>,
  request: PageRequest,
  list: () => unknown,
): Page<T> {
  const { count, from } = sizeOf(request);
  const cursors = new PlaceCursors(ordering, list);
  const countTo = (argument: 'after' | 'before'): number | undefined => {
    const cursor = request[argument];
    if (!isText(cursor)) return undefined;
    return countBefore(items, ordering, cursors.read(cursor, argument), { withPlace: argument === 'after' });
  };
  const lower = countTo('after') ?? 0;
  const upper = Math.max(lower, countTo('before') ?? items.length);
  const start = from === 'START' ? lower : Math.max(lower, upper - count);
  const end = from === 'START' ? Math.min(upper, start + count) : upper;
  const where = { totalCount: items.length, hasPreviousPage: start > 0, hasNextPage: end < items.length };
  return lazyPage(items.slice(start, end), where, (index) => cursors.write(items[start + index]));
}

function isText(value: string | null | undefined): value is string {
  return value !== null && value !== undefined;
}

interface Where {
  readonly totalCount: number;
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
}

/** Cursor of the item at a place on a page; null where there is none. */
type CursorAt = (index: number) => string | null;

/** A page whose cursors are made when somebody asks for them: many answers hold thousands of pages and no cursor. */
function lazyPage<T>(nodes: readonly T[], { totalCount, hasPreviousPage, hasNextPage }: Where, at: CursorAt): Page<T> {
  return {
    nodes,
    totalCount,
    get edges() {
      return nodes.map((node, index) => ({ cursor: at(index) ?? '', node }));
    },
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      get startCursor() {
        return at(0);
      },
      get endCursor() {
        return at(nodes.length - 1);
      },
    },
  };
}

/** The same page of other items. */
export function mapPage<T, U>(page: Page<T>, change: (item: T) => U): Page<U> {
  const { nodes, totalCount, pageInfo } = page;
  const changed = nodes.map(change);
  return {
    nodes: changed,
    totalCount,
    pageInfo,
    get edges() {
      // Both lists were made from the same nodes, one for one.
      return page.edges.map(({ cursor }, index) => ({ cursor, node: changed[index] as U }));
    },
  };
}

/** So much of the hash of a list stands in its cursors, characters. */
const HASH_LENGTH = 12;

/**
 * Cuts a page out of a set of records that others may write to between two pages.
 *
 * A cursor holds a place in the order, not an item: the next page goes on there whatever has come, gone or moved. It also
 * tells of which list it is a place, so that it is refused by any other.
 * @param items - the whole list, in any order.
 * @param list - what makes the list this one: its filter, its order ... Asked where a cursor is read or made.
 */
export function pageByPlace<T>(
  items: readonly T[],
  ordering: Ordering<T>,
  request: PageRequest,
  list: () => unknown,
): Page<T> {
  const { count, from } = sizeOf(request);
  const cursors = new PlaceCursors(ordering, list);
  const placeOf = (argument: 'after' | 'before'): Position | undefined => {
    const cursor = request[argument];
    return isText(cursor) ? cursors.read(cursor, argument) : undefined;
  };
  const cut = cutPage(items, ordering, { count, from, after: placeOf('after'), before: placeOf('before') });
  const where = { totalCount: items.length, hasPreviousPage: cut.hasPrevious, hasNextPage: cut.hasNext };
  return lazyPage(cut.items, where, (index) => cursors.write(cut.items[index]));
}

/** Cursors of one list. */
class PlaceCursors<T> {
  private made: string | undefined;

  constructor(
    private readonly ordering: Ordering<T>,
    private readonly list: () => unknown,
  ) {}

  read(cursor: string, argument: string): Position {
    const place = readCursor(cursor, this.hash(), this.ordering);
    if (place === undefined) throw malformed(cursor, argument);
    return place;
  }

  write(item: T | undefined): string | null {
    if (item === undefined) return null;
    const { values } = positionOf(this.ordering, item);
    const place = [this.hash(), this.ordering.nameOf(item), ...values];
    return Buffer.from(JSON.stringify(place), 'utf8').toString('base64url');
  }

  private hash(): string {
    this.made ??= hashOf(withoutAbsent(this.list())).slice(0, HASH_LENGTH);
    return this.made;
  }
}

/** A whole list that is in its order. */
export interface OrderedList<T> {
  readonly length: number;
  /** @param index - from 0, below the length. */
  itemAt(index: number): T;
  ordering(): Ordering<T>;
  /** What makes the list this one, as of `pageByPlace`. */
  list(): unknown;
}

/**
 * A page from one of the ends of a list that is in its order already. What is not asked of it is not worked out, for an
 * answer may hold thousands of them. It is read, never spread: what it works out stands on its prototype.
 */
export class PageFromEnd<T, L extends OrderedList<T>> implements Page<T> {
  readonly nodes: readonly T[];
  private readonly start: number;

  /** @param request - without `after` and `before`. */
  constructor(
    readonly whole: L,
    request: PageRequest,
  ) {
    const { count, from } = sizeOf(request);
    this.start = from === 'START' ? 0 : Math.max(0, whole.length - count);
    const end = Math.min(whole.length, this.start + count);
    const nodes: T[] = [];
    for (let index = this.start; index < end; index += 1) nodes.push(whole.itemAt(index));
    this.nodes = nodes;
  }

  /** Whether a page is one from an end of its list. */
  static isAskedFor({ after, before }: PageRequest): boolean {
    return !isText(after) && !isText(before);
  }

  get totalCount(): number {
    return this.whole.length;
  }

  get edges(): readonly { readonly cursor: string; readonly node: T }[] {
    const at = this.cursors();
    return this.nodes.map((node, index) => ({ cursor: at(index) ?? '', node }));
  }

  get pageInfo(): PageInfo {
    const at = this.cursors();
    const { start, nodes, totalCount } = this;
    return {
      hasPreviousPage: start > 0,
      hasNextPage: start + nodes.length < totalCount,
      get startCursor() {
        return at(0);
      },
      get endCursor() {
        return at(nodes.length - 1);
      },
    };
  }

  private cursors(): CursorAt {
    const { nodes, whole } = this;
    const cursors = new PlaceCursors(whole.ordering(), () => whole.list());
    return (index) => cursors.write(nodes[index]);
  }
}

/** The same as JSON: what was not given is not part of it. */
function withoutAbsent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** The place a cursor holds; undefined where it is none of this list. */
function readCursor<T>(cursor: string, hash: string, { keys, tieOfName }: Ordering<T>): Position | undefined {
  const read = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!Array.isArray(read) || read.length !== keys.length + 2) return undefined;
  const [list, name, ...values] = read as readonly unknown[];
  if (list !== hash || typeof name !== 'string' || !values.every(isSortValue)) return undefined;
  const tie = tieOfName(name);
  return tie === undefined ? undefined : { values, tie };
}

function isSortValue(value: unknown): value is SortValue {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The arguments of a list that is read from its start only. */
@ArgsType()
export class ForwardPageArgs implements PageRequest {
  @Field(() => Int, {
    nullable: true,
    description: `Size of the page from the start: ${PAGE_DEFAULT} if not given, ${PAGE_MAXIMUM} at most.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the item to go on after.' })
  after?: string | null;
}

/** The arguments of a list that is read from either end. */
@ArgsType()
export class PageArgs extends ForwardPageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `Size of the page from the end, ${PAGE_MAXIMUM} at most; not together with \`first\`.`,
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the item to end before.' })
  before?: string | null;
}
