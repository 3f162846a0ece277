import { Field, ObjectType } from '@nestjs/graphql';
import type { ResponsibilityRole } from '../core/landscape/model.js';
import { DateScalar } from '../runtime/scalars.js';
import { AgencyType, LegislationType } from './element.types.js';
import { RelationType } from './relation.types.js';
import type { SeenElement, SeenRelation } from './seen.types.js';
import { ResponsibilityRoleEnum } from './vocabulary.types.js';

@ObjectType('Responsibility', { description: 'Who answers for an element, in which way and for how long.' })
export class ResponsibilityType {
  @Field(() => ResponsibilityRoleEnum, { description: 'In which way.' })
  role: ResponsibilityRole;

  @Field(() => String, { nullable: true, description: 'Number of a person in the directory; never a name.' })
  person: string | null;

  @Field(() => AgencyType, { nullable: true, description: 'The agency; null where nobody has told.' })
  agency: SeenElement | null;

  @Field(() => DateScalar, { nullable: true, description: 'Since when, as far as known.' })
  from: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Until when, as far as known.' })
  until: string | null;
}

@ObjectType('LegalReference', { description: 'A legal document on which an element rests.' })
export class LegalReferenceType {
  @Field(() => LegislationType, { description: 'The document.' })
  legislation: SeenElement;

  @Field(() => String, { nullable: true, description: 'The article, in the words of the source.' })
  article: string | null;

  @Field(() => String, { nullable: true, description: 'What it says about the element.' })
  note: string | null;

  @Field(() => RelationType, {
    nullable: true,
    description: 'The GOVERNED_BY relation that says so; null where a decision names the document.',
  })
  relation: SeenRelation | null;
}
