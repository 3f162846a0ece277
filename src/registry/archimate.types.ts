import { Field, ObjectType } from '@nestjs/graphql';
import type { ArchimateRelationship } from '../core/landscape/archimate.js';
import type { RelationKind } from '../core/landscape/model.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { RelationKindEnum } from './vocabulary.types.js';

export const ArchimateRelationshipEnum = graphqlEnum<ArchimateRelationship>(
  'ArchimateRelationship',
  'The relationships of ArchiMate 3.2, from the source to the target of the ArchiMate relationship.',
  {
    COMPOSITION: 'The target is a part of the source and of nothing else. Cấu thành (hợp thành).',
    AGGREGATION: 'The source is made up of the target and of others. Kết tập.',
    ASSIGNMENT: 'The source answers for, performs or runs the target. Phân công, gán.',
    REALIZATION: 'The source brings about the target, which is more abstract. Hiện thực hóa.',
    SERVING: 'The source gives the target what it works with. Phục vụ.',
    ACCESS: 'The source reads or writes the target. Truy cập dữ liệu.',
    INFLUENCE: 'The source affects what the target asks for. Ảnh hưởng.',
    TRIGGERING: 'The source comes first and sets off the target. Kích hoạt.',
    FLOW: 'Something goes from the source to the target. Luồng.',
    SPECIALIZATION: 'The source is a kind of the target. Chuyên biệt hóa.',
    ASSOCIATION: 'They are linked in a way that no other relationship says. Liên kết.',
  },
);

export type ArchimateDirection = 'SAME' | 'REVERSED';

export const ArchimateDirectionEnum = graphqlEnum<ArchimateDirection>(
  'ArchimateDirection',
  'Which way the ArchiMate relationship leads, beside the relation or the path that it stands for.',
  {
    SAME: 'From the source to the target of the relation, from the start to the end of the path. Cùng chiều.',
    REVERSED: 'From the target of the relation to its source, from the end of the path to its start. Ngược chiều.',
  },
);

@ObjectType('LegalRelation', { description: 'A kind of relation that may join two kinds of element.' })
export class LegalRelationType {
  @Field(() => RelationKindEnum, { description: 'The kind.' })
  kind: RelationKind;

  @Field(() => ArchimateRelationshipEnum, { description: 'What it is in ArchiMate.' })
  archimateRelationship: ArchimateRelationship;

  @Field(() => ArchimateDirectionEnum, { description: 'Which way it leads in ArchiMate.' })
  archimateDirection: ArchimateDirection;
}

@ObjectType('DerivedRelationship', { description: 'What a path as a whole says of its two ends in ArchiMate 3.2.' })
export class DerivedRelationshipType {
  @Field(() => ArchimateRelationshipEnum, { description: 'The relationship.' })
  relationship: ArchimateRelationship;

  @Field(() => ArchimateDirectionEnum, { description: 'Which way it leads between the ends of the path.' })
  direction: ArchimateDirection;

  @Field(() => Boolean, { description: 'True in every model; false = it may be so, and somebody has to look.' })
  isCertain: boolean;
}
