import { Field, Int, ObjectType } from '@nestjs/graphql';
import { PageInfo } from './page.js';
import type { Page } from './page.js';

/**
 * What every page of a list has, for a type to extend: items, their cursors, place and total count.
 * @param name - what an item is; its edge is called `<name>Edge`.
 * @param itemType - the type of an item.
 */
export function connectionOf<T>(name: string, itemType: () => abstract new () => object): abstract new () => Page<T> {
  @ObjectType(`${name}Edge`, { description: 'An item of a list.' })
  class EdgeType {
    @Field(() => String, { description: 'Cursor of this item.' })
    cursor: string;

    @Field(() => itemType(), { description: 'The item.' })
    node: T;
  }

  @ObjectType({ isAbstract: true })
  abstract class ConnectionType implements Page<T> {
    @Field(() => [EdgeType], { description: 'The items with their cursors.' })
    edges: readonly EdgeType[];

    @Field(() => [itemType()], { description: 'The items.' })
    nodes: readonly T[];

    @Field(() => PageInfo, { description: 'Where the page stands.' })
    pageInfo: PageInfo;

    @Field(() => Int, { description: 'Number of items in the whole list.' })
    totalCount: number;
  }
  return ConnectionType;
}
