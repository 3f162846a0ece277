import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsBoolean, IsString, MaxLength } from 'class-validator';
import { DateTimeScalar } from '../../runtime/scalars.js';
import { UserErrorType } from '../../runtime/user-error.types.js';
import { DRY_RUN } from './person.types.js';

@ObjectType('LocalAccount', { description: 'The account of a person whom no issuer knows. Tài khoản tại chỗ.' })
export class LocalAccountType {
  @Field(() => ID, { description: 'Id of the person.' })
  person: string;

  @Field(() => String, { description: 'What the person types to sign in, in lower case.' })
  userName: string;

  @Field(() => Boolean, { description: 'Whether password and second factor are set.' })
  isSetUp: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was disabled; null where it is not.' })
  disabledAt: string | null;
}

@ObjectType('LocalAccountEnrolment', {
  description: 'With what its owner sets an account up: a password and a second factor. Liên kết thiết lập.',
})
export class LocalAccountEnrolmentType {
  @Field(() => String, { description: 'Path below the address of this service, for the owner alone; good for once.' })
  path: string;

  @Field(() => DateTimeScalar, { description: 'Until when it is good.' })
  until: string;
}

@InputType({ description: 'A local account to be made.' })
export class CreateLocalAccountInput {
  @Field(() => ID, { description: 'For whom: somebody who was entered here, and whom no issuer knows.' })
  @IsString()
  person: string;

  @Field(() => String, { description: 'What the person will type to sign in: 3 to 60 of a-z 0-9 . _ -' })
  @IsString()
  @MaxLength(60)
  userName: string;

  @Field(() => Boolean, DRY_RUN)
  @IsBoolean()
  dryRun: boolean;
}

@InputType({ description: 'A local account to be set up anew, or to be disabled.' })
export class LocalAccountInput {
  @Field(() => ID, { description: 'Whose.' })
  @IsString()
  person: string;

  @Field(() => Boolean, DRY_RUN)
  @IsBoolean()
  dryRun: boolean;
}

@ObjectType({ description: 'What became of a local account.' })
export class LocalAccountPayload {
  @Field(() => LocalAccountType, { nullable: true, description: 'The account; null where something is wrong.' })
  account: LocalAccountType | null;

  @Field(() => LocalAccountEnrolmentType, {
    nullable: true,
    description: 'Told this once: only a hash is kept. Null on a dry run, and where there is nothing to set up.',
  })
  enrolment: LocalAccountEnrolmentType | null;

  @Field(() => [UserErrorType], { description: 'Everything that is wrong; empty where all went well.' })
  userErrors: readonly UserErrorType[];
}
