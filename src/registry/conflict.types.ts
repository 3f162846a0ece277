import { Field, ObjectType } from '@nestjs/graphql';
import type { ConflictCause } from '../core/landscape/conflict.js';
import type { Json } from '../core/landscape/model.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { JsonScalar, UrnScalar } from '../runtime/scalars.js';

export const ConflictCauseEnum = graphqlEnum<ConflictCause>('ConflictCause', 'Why two changes do not go together.', {
  CHANGED_OTHERWISE: 'Both set the field, to different values. Hai bên đặt giá trị khác nhau.',
  CHANGED_THERE: 'The other side changed what this side removes. Bên kia đã sửa đối tượng mà bên này bỏ.',
  REMOVED_THERE: 'The other side removed what this side changes. Bên kia đã bỏ đối tượng mà bên này sửa.',
  END_GONE: 'The other side removed an end of a relation that this side adds. Một đầu của quan hệ không còn.',
  STILL_RELATED: 'The other side related what this side removes. Đối tượng bị bỏ đã có quan hệ mới.',
  URN_TAKEN: 'The other side gave the urn to something else. Định danh đã được dùng cho đối tượng khác.',
  NOT_POSSIBLE_THERE:
    'What the other side left does not bear it, such as a second master. Dữ liệu bên kia không cho phép thay đổi này.',
});

@ObjectType('Conflict', { description: 'One place where two changes do not go together, with its value on each side.' })
export class ConflictType {
  @Field(() => UrnScalar, { description: 'The object.' })
  urn: string;

  @Field(() => String, { nullable: true, description: 'The field; null for the whole object.' })
  path: string | null;

  @Field(() => ConflictCauseEnum, { description: 'Why they do not go together.' })
  cause: ConflictCause;

  @Field(() => JsonScalar, { nullable: true, description: 'What both sides began with; null where there was nothing.' })
  base: Json | undefined;

  @Field(() => JsonScalar, { nullable: true, description: 'What is there now; null where nothing is.' })
  current: Json | undefined;

  @Field(() => JsonScalar, { nullable: true, description: 'What this side makes of it; null where nothing.' })
  scenario: Json | undefined;
}
