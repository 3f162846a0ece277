import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import {
  ArrayMaxSize,
  IsBoolean,
  IsEnum,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import type { Role } from '../../core/access/policy.js';
import { connectionOf } from '../../runtime/connection.js';
import { DateScalar, DateTimeScalar, UrnScalar } from '../../runtime/scalars.js';
import { UserErrorType } from '../../runtime/user-error.types.js';
import { DRY_RUN, RoleEnum } from './person.types.js';

/** A year, and the day it is issued on. */
const DAYS_MAXIMUM = 366;
const DOCUMENTS_MAXIMUM = 200;

@ObjectType('ServiceToken', {
  description: 'What a dashboard or another system may ask, and until when. Mã truy cập dịch vụ.',
})
export class ServiceTokenType {
  @Field(() => ID, { description: 'Its id, under which what it did is kept.' })
  id: string;

  @Field(() => String, { description: 'What people call it.' })
  label: string;

  @Field(() => RoleEnum, { description: 'As whom it asks.' })
  role: Role;

  @Field(() => UrnScalar, { nullable: true, description: 'The agency that it asks for as an officer.' })
  agencyUrn: string | null;

  @Field(() => [UrnScalar], { description: 'Elements that are opened to it one by one, whatever their class.' })
  grants: readonly string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'Registered queries that are all it may ask; null = whatever its role may.',
  })
  documents: readonly string[] | null;

  @Field(() => Boolean, { description: 'Whether it may look only, whatever its role may do.' })
  readOnly: boolean;

  @Field(() => DateTimeScalar, { description: 'When it was issued.' })
  issuedAt: string;

  @Field(() => ID, { nullable: true, description: 'Id of the person who issued it, and answers for what it asks for.' })
  issuedBy: string | null;

  @Field(() => DateTimeScalar, { description: 'From when on it opens nothing.' })
  expiresAt: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was revoked.' })
  revokedAt: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day on which it was used, within a minute.' })
  lastUsedOn: string | null;

  @Field(() => Int, { description: 'Requests it was used for, within a minute.' })
  requests: number;
}

@ObjectType('ServiceTokenConnection', { description: 'A page of service tokens, the newest first.' })
export class ServiceTokenConnectionType extends connectionOf<ServiceTokenType>(
  'ServiceToken',
  () => ServiceTokenType,
) {}

@InputType({ description: 'A service token to be issued.' })
export class IssueServiceTokenInput {
  @Field(() => String, { description: 'What people call it: the system that asks with it. No names of people.' })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  label: string;

  @Field(() => RoleEnum, { description: 'As whom it asks; not as the administrator.' })
  @IsEnum(RoleEnum)
  role: Role;

  @Field(() => UrnScalar, { nullable: true, description: 'The agency of an officer, and of nobody else.' })
  agency?: string | null;

  @Field(() => [UrnScalar], { defaultValue: [], description: 'Elements that are opened to it, whatever their class.' })
  @ArrayMaxSize(200)
  grants: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'Registered queries that are all it may ask, by GET /q/<id>; null = whatever its role may.',
  })
  @IsOptional()
  @ArrayMaxSize(DOCUMENTS_MAXIMUM)
  @Matches(/^[0-9a-f]{64}$/, { each: true })
  documents?: string[] | null;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether it may look only, whatever its role may do.' })
  @IsBoolean()
  readOnly: boolean;

  @Field(() => Int, { description: `For how many days it opens something; ${DAYS_MAXIMUM} at most.` })
  @Min(1)
  @Max(DAYS_MAXIMUM)
  days: number;

  @Field(() => String, {
    nullable: true,
    description:
      'Key of this request: repeated with the same key, no second token is issued, and the first is not told again.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  idempotencyKey?: string | null;

  @Field(() => Boolean, DRY_RUN)
  @IsBoolean()
  dryRun: boolean;
}

@ObjectType({ description: 'A service token that was issued.' })
export class IssueServiceTokenPayload {
  @Field(() => ServiceTokenType, { nullable: true, description: 'What it opens; null where something is wrong.' })
  serviceToken: ServiceTokenType | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The token itself, told this once: only its hash is kept. Null on a dry run, and where something is wrong.',
  })
  token: string | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}

@InputType({ description: 'A service token to be revoked.' })
export class RevokeServiceTokenInput {
  @Field(() => ID, { description: 'Its id.' })
  @IsString()
  token: string;

  @Field(() => Boolean, DRY_RUN)
  @IsBoolean()
  dryRun: boolean;
}

@ObjectType({ description: 'What became of a service token.' })
export class RevokeServiceTokenPayload {
  @Field(() => ServiceTokenType, { nullable: true, description: 'The token; null where something is wrong.' })
  serviceToken: ServiceTokenType | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}
