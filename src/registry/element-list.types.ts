import { Field, Int, ObjectType } from '@nestjs/graphql';
import { PageInfo } from '../runtime/page.js';
import { ElementType } from './element.types.js';
import type { FoundBySearch } from './search.reader.js';
import type { SeenElement } from './seen.types.js';

@ObjectType('ElementEdge', { description: 'An element in a list.' })
export class ElementEdgeType {
  @Field(() => String, { description: 'Cursor of this item.' })
  cursor: string;

  @Field(() => ElementType, { description: 'The element.' })
  node: SeenElement;

  /** The search of the list; undefined where nothing was searched for. */
  search?: FoundBySearch | undefined;
}

@ObjectType('ElementConnection', { description: 'A page of elements, and how whole the list is.' })
export class ElementConnectionType {
  @Field(() => [ElementEdgeType], { description: 'The items with their cursors.' })
  edges: readonly ElementEdgeType[];

  @Field(() => [ElementType], { description: 'The items.' })
  nodes: readonly SeenElement[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Number of elements in the whole list.' })
  totalCount: number;
}
