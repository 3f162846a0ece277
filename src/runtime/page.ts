import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { RegistryError } from '../core/errors.js';

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
}

/**
 * Cuts a page out of a whole list.
 *
 * A cursor names the item by a key, not by its position: a page that begins after an item that is still in the list
 * begins right after it, whatever was added before. The cursor of an item that has left the list is refused.
 * @param keyOf - a text that names an item within the list and does not change with its other values.
 */
export function paginate<T>(items: readonly T[], request: PageRequest, keyOf: (item: T) => string): Page<T> {
  const first = request.first ?? PAGE_DEFAULT;
  if (first < 0) {
    const params = { field: 'first', value: first, minimum: 0, maximum: PAGE_MAXIMUM };
    throw RegistryError.of('VALUE_OUT_OF_BOUNDS', ['first'], params);
  }
  if (first > PAGE_MAXIMUM) {
    throw RegistryError.of('LIMIT_EXCEEDED', ['first'], { field: 'first', limit: PAGE_MAXIMUM, actual: first });
  }
  let start = 0;
  if (request.after !== null && request.after !== undefined) {
    const key = Buffer.from(request.after, 'base64url').toString('utf8');
    start = items.findIndex((item) => keyOf(item) === key) + 1;
    if (start === 0) throw RegistryError.of('CURSOR_MALFORMED', ['after'], { cursor: request.after });
  }
  const nodes = items.slice(start, start + first);
  const edges = nodes.map((node) => ({ cursor: Buffer.from(keyOf(node), 'utf8').toString('base64url'), node }));
  return {
    nodes,
    edges,
    totalCount: items.length,
    pageInfo: {
      hasNextPage: start + first < items.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** The same page of other items. */
export function mapPage<T, U>(page: Page<T>, change: (item: T) => U): Page<U> {
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: change(node) }));
  return { ...page, edges, nodes: edges.map(({ node }) => node) };
}

@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, {
    nullable: true,
    description: `Size of the page: ${PAGE_DEFAULT} if not given, ${PAGE_MAXIMUM} at most.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the item to go on after.' })
  after?: string | null;
}
