import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsBoolean, IsEnum, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import type { Role } from '../../core/access/policy.js';
import { connectionOf } from '../../runtime/connection.js';
import { graphqlEnum } from '../../runtime/graphql-enum.js';
import type { GivenRole } from '../../runtime/identity/person.entity.js';
import { DateScalar, DateTimeScalar, UrnScalar } from '../../runtime/scalars.js';
import { UserErrorType } from '../../runtime/user-error.types.js';

export const RoleEnum = graphqlEnum<Role>('Role', 'As whom somebody acts.', {
  PUBLIC: 'Anybody. Công chúng.',
  OFFICER: 'An official of one agency. Cán bộ của một cơ quan.',
  LEGAL_OFFICER: 'Reads the law, and verifies citations. Cán bộ pháp chế.',
  INSPECTOR: 'Looks at what was done and decided, and changes nothing. Thanh tra.',
  REVIEWER: 'Judges proposals, evidence, waivers and duplicates. Người thẩm định.',
  ARCHITECT: 'Of the architecture office. Kiến trúc sư.',
  ADMINISTRATOR: 'Keeps this registry. Quản trị viên.',
});

/** Every change here can be tried. */
export const DRY_RUN = { defaultValue: false, description: 'Whether it is only tried, and nothing is kept.' } as const;

@ObjectType('RoleAssignment', { description: 'That somebody may act in a role. Vai trò được giao.' })
export class RoleAssignmentType {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => RoleEnum, { description: 'The role.' })
  role: GivenRole;

  @Field(() => UrnScalar, { nullable: true, description: 'The agency that an officer acts for; null for the others.' })
  agencyUrn: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was given.' })
  grantedAt: string;

  @Field(() => DateScalar, { nullable: true, description: 'Last day; null = until it is withdrawn.' })
  validTo: string | null;
}

@ObjectType('Person', { description: 'Somebody who signs in here. Người dùng.' })
export class PersonType {
  @Field(() => ID, { description: 'Id under which all that the person did is kept.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'Name, as the issuer tells it; null where it was erased.' })
  name: string | null;

  @Field(() => String, { nullable: true, description: 'Address for mail, where it is known.' })
  email: string | null;

  @Field(() => String, { nullable: true, description: 'Who tells that it is this person; null for a local account.' })
  issuer: string | null;

  @Field(() => DateTimeScalar, { description: 'When the person came to be known here.' })
  knownSince: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the name was erased.' })
  erasedAt: string | null;

  @Field(() => [RoleAssignmentType], {
    description: 'The roles that the person may act in, in the order they were given.',
  })
  roles: readonly RoleAssignmentType[];
}

@ObjectType('PersonConnection', { description: 'A page of people, by name.' })
export class PersonConnectionType extends connectionOf<PersonType>('Person', () => PersonType) {}

@ObjectType('Me', { description: 'Whoever asks, as the registry knows him. Người đang hỏi.' })
export class MeType {
  @Field(() => PersonType, { nullable: true, description: 'Who is signed in; null where nobody is.' })
  person: PersonType | null;

  @Field(() => RoleEnum, { description: 'As whom he acts now.' })
  role: Role;

  @Field(() => UrnScalar, {
    nullable: true,
    description: 'The agency he acts for; null for nobody and for the whole city.',
  })
  agencyUrn: string | null;

  @Field(() => ID, { nullable: true, description: 'What gives him the role; null where no person is signed in.' })
  assignment: string | null;

  @Field(() => Boolean, { description: 'Whether he may look only, whatever the role may do.' })
  readOnly: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Until when he is signed in.' })
  signedInUntil: string | null;
}

@InputType({ description: 'In which of his roles somebody goes on.' })
export class ActAsInput {
  @Field(() => ID, { nullable: true, description: 'The assignment of the role; null = as the public.' })
  @IsOptional()
  @IsString()
  assignment?: string | null;

  @Field(() => Boolean, DRY_RUN)
  @IsBoolean()
  dryRun: boolean;
}

@ObjectType({ description: 'As whom somebody acts from the next request on.' })
export class ActAsPayload {
  @Field(() => RoleAssignmentType, {
    nullable: true,
    description: 'The role; null for the public, and where something is wrong.',
  })
  assignment: RoleAssignmentType | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}

@InputType({ description: 'Somebody whom no issuer knows.' })
export class AddPersonInput {
  @Field(() => String, { description: 'Name.' })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name: string;

  @Field(() => String, { nullable: true, description: 'Address for mail.' })
  @IsOptional()
  @IsString()
  @MaxLength(254)
  email?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Key of this request: repeated with the same key, it is done once.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  idempotencyKey?: string | null;

  @Field(() => Boolean, DRY_RUN)
  @IsBoolean()
  dryRun: boolean;
}

@InputType({ description: 'A role to be given.' })
export class GrantRoleInput {
  @Field(() => ID, { description: 'To whom.' })
  @IsString()
  person: string;

  @Field(() => RoleEnum, { description: 'The role; everybody acts as the public anyway.' })
  @IsEnum(RoleEnum)
  role: Role;

  @Field(() => UrnScalar, { nullable: true, description: 'The agency of an officer, and of nobody else.' })
  agency?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day, whole; null = until it is withdrawn.' })
  validTo?: string | null;

  @Field(() => Boolean, DRY_RUN)
  @IsBoolean()
  dryRun: boolean;
}

@InputType({ description: 'A role to be taken back.' })
export class WithdrawRoleInput {
  @Field(() => ID, { description: 'Its assignment.' })
  @IsString()
  assignment: string;

  @Field(() => Boolean, DRY_RUN)
  @IsBoolean()
  dryRun: boolean;
}

@ObjectType({ description: 'What became of a role.' })
export class RoleAssignmentPayload {
  @Field(() => RoleAssignmentType, { nullable: true, description: 'The assignment; null where something is wrong.' })
  assignment: RoleAssignmentType | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}

@InputType({ description: 'Somebody to be forgotten.' })
export class ErasePersonInput {
  @Field(() => ID, { description: 'Who.' })
  @IsString()
  person: string;

  @Field(() => Boolean, DRY_RUN)
  @IsBoolean()
  dryRun: boolean;
}

@ObjectType({ description: 'What became of what is known of somebody.' })
export class PersonPayload {
  @Field(() => PersonType, { nullable: true, description: 'The person; null where something is wrong.' })
  person: PersonType | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}
