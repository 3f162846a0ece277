import { Field, InputType } from '@nestjs/graphql';
import type { ElementOrder, ElementOrderField } from '../core/landscape/order.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { OrderDirectionEnum } from './vocabulary.types.js';

export const ElementOrderFieldEnum = graphqlEnum<ElementOrderField>('ElementOrderField', 'What a list is ordered by.', {
  NAME: 'The Vietnamese name, in Vietnamese order. Tên.',
  CODE: 'The urn. Mã.',
  CHANGED_AT: 'The revision of the last change. Lần sửa gần nhất.',
  KIND: 'The kind, in the order of ElementKind. Loại.',
  LAYER: "The layer of the city's framework. Lớp.",
  OWNER_NAME: 'The name of the owner, in Vietnamese order. Tên cơ quan chủ quản.',
  PHASE: 'The phase, in the order of a life. Giai đoạn vòng đời.',
  RELEVANCE:
    'How well it fits the search, the best fit first; only where something is searched for. Mức phù hợp với từ khóa.',
  ATTRIBUTE: 'The attribute that `attribute` names. Thuộc tính.',
});

export const NullsOrderEnum = graphqlEnum<'FIRST' | 'LAST'>('NullsOrder', 'Where the unknown stands in an order.', {
  FIRST: 'Before all others. Trước.',
  LAST: 'After all others. Sau.',
});

@InputType({ description: 'One step of an order; what it finds equal is told apart by the next step, at last by age.' })
export class ElementOrderInput implements ElementOrder {
  @Field(() => ElementOrderFieldEnum, { description: 'What to compare.' })
  field: ElementOrderField;

  @Field(() => String, { nullable: true, description: 'ATTRIBUTE, and no other field: key of the attribute.' })
  attribute?: string | null;

  @Field(() => OrderDirectionEnum, { defaultValue: 'ASC', description: 'Which way.' })
  direction: 'ASC' | 'DESC';

  @Field(() => NullsOrderEnum, { defaultValue: 'LAST', description: 'Where the unknown stands, whichever way.' })
  nulls: 'FIRST' | 'LAST';
}
