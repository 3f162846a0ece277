import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';
import { connectionOf } from './connection.js';
import { DateTimeScalar } from './scalars.js';
import { UserErrorType } from './user-error.types.js';

@ObjectType('TrustedDocument', {
  description: 'A query that was registered once and is asked by GET /q/<id>. Truy vấn đã đăng ký.',
})
export class TrustedDocumentType {
  @Field(() => ID, { description: 'SHA-256 of its canonical text: the same query has the same id everywhere.' })
  id: string;

  @Field(() => String, { description: 'What people call it.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description: string | null;

  @Field(() => String, { description: 'The query in its canonical text.' })
  document: string;

  @Field(() => String, {
    nullable: true,
    description: 'The list that is the rows of its CSV, for example elements.nodes; null where it has no table.',
  })
  list: string | null;

  @Field(() => Int, { description: 'Levels of fields below each other.' })
  depth: number;

  @Field(() => Int, { description: 'Number of fields, those of fragments counted wherever they are spread.' })
  fields: number;

  @Field(() => DateTimeScalar, { description: 'When it was registered.' })
  registeredAt: string;
}

@ObjectType('TrustedDocumentConnection', { description: 'A page of trusted documents, by name.' })
export class TrustedDocumentConnectionType extends connectionOf<TrustedDocumentType>(
  'TrustedDocument',
  () => TrustedDocumentType,
) {}

@InputType({ description: 'A query to be registered.' })
export class RegisterTrustedDocumentInput {
  @Field(() => String, { description: 'What people call it.' })
  @IsString()
  @MaxLength(200)
  name: string;

  @Field(() => String, { description: 'The query: one operation with its fragments, read only.' })
  @IsString()
  document: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  description?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The list that is the rows of its CSV, for example elements.nodes; needed where it has several lists.',
  })
  @IsOptional()
  @IsString()
  list?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether it is only checked, and nothing is kept.' })
  @IsBoolean()
  dryRun: boolean;
}

@ObjectType({ description: 'What became of a query that was to be registered.' })
export class RegisterTrustedDocumentPayload {
  @Field(() => TrustedDocumentType, { nullable: true, description: 'The document; null where something is wrong.' })
  trustedDocument: TrustedDocumentType | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}

@InputType({ description: 'A registered query to be taken back.' })
export class WithdrawTrustedDocumentInput {
  @Field(() => ID, { description: 'Its id.' })
  @IsString()
  id: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether it is only looked up, and nothing is taken back.',
  })
  @IsBoolean()
  dryRun: boolean;
}

@ObjectType({ description: 'What became of a query that was to be taken back.' })
export class WithdrawTrustedDocumentPayload {
  @Field(() => TrustedDocumentType, { nullable: true, description: 'What it was; null where something is wrong.' })
  trustedDocument: TrustedDocumentType | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}
