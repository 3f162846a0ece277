import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { WorkType } from '../core/landscape/proposal.js';
import type { ReadingConfidence, WordsPassedOver, WorkTypeSource } from '../core/similarity/component-reading.js';
import type { SubjectField } from '../core/similarity/subject.js';
import { WorkTypeEnum } from '../portfolio/proposal.types.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';

export const ReadingConfidenceEnum = graphqlEnum<ReadingConfidence>(
  'ReadingConfidence',
  'How surely words tell what is wanted.',
  {
    NAME_HEAD: 'The name or title says that it is this. Phần đầu của tên: nói rõ là gì.',
    NAME_TAIL: 'The name or title says it behind its head: for whom, where. Phần sau của tên: cho ai, ở đâu.',
    DESCRIPTION: 'The description mentions it. Phần mô tả có nhắc đến.',
  },
);

export const PassedOverEnum = graphqlEnum<WordsPassedOver['why']>('PassedOver', 'Why words count for little.', {
  BOILERPLATE: 'Nearly every title has them. Từ ngữ chung chung mà hầu hết dự án đều có.',
  NUMBER: 'A number. Con số.',
  PLACE: 'Where. Địa danh.',
  AGENCY: 'For whom: an agency of the registry. Tên cơ quan.',
});

export const WorkTypeSourceEnum = graphqlEnum<WorkTypeSource>(
  'WorkTypeSource',
  'From where the kind of work was taken.',
  {
    DECLARED: 'The proposal declares it. Đề xuất có khai.',
    COMPONENT: 'Words of the name of the function. Từ ngữ trong tên chức năng.',
    TITLE: 'Words of the title. Từ ngữ trong tên dự án.',
    NOT_SAID: 'Nothing says it: it is taken for something new. Chưa nói: được xem là xây dựng mới.',
  },
);

@ObjectType('WordsRead', { description: 'Words of the proposal, with where they stand.' })
export class WordsReadType {
  @Field(() => String, { description: 'The words as the proposal writes them.' })
  text: string;

  @Field(() => String, { description: 'Field of the proposal: name, description or title.' })
  field: SubjectField;

  @Field(() => [Int], { description: 'Start and end in that field, in UTF-16 units.' })
  span: readonly [number, number];
}

@ObjectType('WordsPassedOver', { description: 'Words of the proposal that count for little, and why.' })
export class WordsPassedOverType extends WordsReadType {
  @Field(() => PassedOverEnum, { description: 'Why.' })
  why: WordsPassedOver['why'];
}

@ObjectType('CatalogueCapability', { description: 'A capability of the catalogue.' })
export class CatalogueCapabilityType {
  @Field(() => String, { description: 'Its code.' })
  code: string;

  @Field(() => String, { description: 'Its name in Vietnamese.' })
  nameVi: string;

  @Field(() => String, { description: 'Its name in English.' })
  nameEn: string;
}

@ObjectType('CapabilityRead', { description: 'A capability that words of the proposal name.' })
export class CapabilityReadType extends WordsReadType {
  @Field(() => CatalogueCapabilityType, { description: 'The capability.' })
  capability: CatalogueCapabilityType;

  @Field(() => ReadingConfidenceEnum, { description: 'How surely the words tell that it is wanted.' })
  confidence: ReadingConfidence;
}

@ObjectType('WorkTypeRead', { description: 'The kind of work that was taken.' })
export class WorkTypeReadType {
  @Field(() => WorkTypeEnum, { description: 'The kind of work; UNKNOWN is judged as something new.' })
  workType: WorkType;

  @Field(() => WorkTypeSourceEnum, { description: 'From where it was taken.' })
  source: WorkTypeSource;

  @Field(() => WordsReadType, { nullable: true, description: 'The words that told it; null where no word did.' })
  words: WordsReadType | null;
}

@ObjectType('ComponentReading', {
  description: 'What the registry understood of a text of the proposal, before it compared anything.',
})
export class ComponentReadingType {
  @Field(() => CatalogueCapabilityType, {
    nullable: true,
    description: 'The capability that was declared; null where none was, or one that the catalogue does not have.',
  })
  declaredCapability: CatalogueCapabilityType | null;

  @Field(() => [CapabilityReadType], {
    description:
      'Capabilities that its words name, each once, most surely told first. A declared one goes before them.',
  })
  capabilities: readonly CapabilityReadType[];

  @Field(() => [WordsPassedOverType], { description: 'The first 50 runs of words that count for little, by place.' })
  passedOver: readonly WordsPassedOver[];

  @Field(() => Int, { description: 'How many runs of words count for little.' })
  passedOverCount: number;

  @Field(() => WorkTypeReadType, { description: 'The kind of work that was taken, and from where.' })
  work: WorkTypeReadType;
}
