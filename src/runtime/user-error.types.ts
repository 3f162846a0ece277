import { Field, ObjectType } from '@nestjs/graphql';
import { REASONS } from '../core/errors.js';
import type { ErrorCode, Reason } from '../core/errors.js';
import { graphqlEnum } from './graphql-enum.js';

const ErrorCodeEnum = graphqlEnum<ErrorCode>('ErrorCode', 'What kind of wrong an error is.', {
  VALIDATION: 'The input is not what it must be. Dữ liệu vào không hợp lệ.',
  CONFLICT: 'The landscape is not as the author thought. Xung đột với dữ liệu hiện có.',
  FORBIDDEN: 'The caller may not do this. Không có quyền.',
  NOT_FOUND: 'Something named is not there. Không tìm thấy.',
  ILLEGAL_RELATION: 'A relation that may not be. Quan hệ không hợp lệ.',
  LIMIT_EXCEEDED: 'More than is allowed at once. Vượt giới hạn.',
  REFUSED_CONTENT: 'Content that may not be kept here. Nội dung không được lưu.',
  UNAVAILABLE: 'Not now; nothing was changed. Tạm thời không phục vụ được.',
});

@ObjectType('UserError', { description: 'Something wrong with the input that its author can mend.' })
export class UserErrorType {
  @Field(() => ErrorCodeEnum, { description: 'What kind of wrong it is.' })
  code: ErrorCode;

  @Field(() => String, { description: `What exactly is wrong, one of: ${Object.keys(REASONS).join(', ')}.` })
  reason: Reason;

  @Field(() => String, { description: 'A sentence in the language of the request.' })
  message: string;

  @Field(() => [String], { description: 'The way to the field in the input.' })
  path: readonly string[];
}
