import { Field, ID, Int, InterfaceType, ObjectType } from '@nestjs/graphql';
import type {
  AgencyLevel,
  Confidence,
  Element,
  ElementKind,
  Json,
  LifecyclePhase,
  RecordType,
  Visibility,
} from '../core/landscape/model.js';
import { DateScalar, JsonScalar, UrnScalar } from '../runtime/scalars.js';
import type { WithheldReason } from '../core/landscape/attribute.js';
import { NodeType } from './node.types.js';
import {
  AgencyLevelEnum,
  ConfidenceEnum,
  ElementKindEnum,
  LifecyclePhaseEnum,
  RecordTypeEnum,
  VisibilityEnum,
  WithheldReasonEnum,
} from './vocabulary.types.js';

@ObjectType('ExternalId', { description: 'A code that another register gave: NAS, agency identifier, tender number.' })
export class ExternalIdType {
  @Field(() => String, { description: 'The register.' })
  scheme: string;

  @Field(() => String, { description: 'The code.' })
  value: string;

  @Field(() => RecordTypeEnum, {
    nullable: true,
    description: 'Whose record it names; null where the source is silent.',
  })
  recordType: RecordType | null;
}

@ObjectType('PhaseDate', { description: 'A phase and since when.' })
export class PhaseDateType {
  @Field(() => LifecyclePhaseEnum, { description: 'The phase.' })
  phase: LifecyclePhase;

  @Field(() => DateScalar, { nullable: true, description: 'Since when; null where nobody has told.' })
  from: string | null;
}

@ObjectType('Lifecycle', { description: 'Where a thing stands in its life.' })
export class LifecycleType {
  @Field(() => [PhaseDateType], { description: 'All phases known.' })
  phases: readonly PhaseDateType[];
}

@ObjectType('AttributeValue', { description: 'The value of one attribute, with where it is known from.' })
export class AttributeValueType {
  @Field(() => String, { description: 'Key of the attribute.' })
  key: string;

  @Field(() => String, { description: 'Name of the attribute in the language of the request.' })
  name: string;

  @Field(() => JsonScalar, { nullable: true, description: 'The value; null is declared absent.' })
  value: Json;

  @Field(() => String, { nullable: true, description: 'Unit of the value.' })
  unit: string | null;

  /** Read from the database by a resolver of its own. */
  source: string | null;
  confidence: Confidence | null;
}

@ObjectType('FieldSource', { description: 'Where the value of one field is known from.' })
export class FieldSourceType {
  @Field(() => String, { description: 'The field, for example name or attributes.hosting.' })
  field: string;

  @Field(() => String, { nullable: true, description: 'The source in its own words.' })
  source: string | null;

  @Field(() => ConfidenceEnum, { description: 'How sure it is.' })
  confidence: Confidence;
}

@ObjectType('Withheld', { description: 'What the caller may not read here, whether or not anything stands there.' })
export class WithheldType {
  @Field(() => String, { description: 'The way to it, for example attributes.budget.' })
  path: string;

  @Field(() => WithheldReasonEnum, { description: 'Why.' })
  reason: WithheldReason;

  @Field(() => DateScalar, { nullable: true, description: 'Last day on which it is; null where nobody has told.' })
  until: string | null;
}

@InterfaceType('Element', {
  implements: () => [NodeType],
  description: 'Anything that can be drawn: a system, an agency, a law ...',
  resolveType: ({ kind }: Element) => TYPE_OF_KIND[kind],
})
export abstract class ElementType implements NodeType {
  @Field(() => ID, { description: 'The urn.' })
  id: string;

  @Field(() => UrnScalar, { description: 'Name of the element, fixed at birth; it does not contain the kind.' })
  urn: string;

  @Field(() => ElementKindEnum, { description: 'What kind of thing it is.' })
  kind: ElementKind;

  @Field(() => String, { description: 'Vietnamese name.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'English name.' })
  nameEn: string | null;

  @Field(() => [String], { description: 'Other names it goes by.' })
  aliases: string[];

  @Field(() => String, { nullable: true, description: 'What it is, in Vietnamese.' })
  description: string | null;

  @Field(() => [ExternalIdType], { description: 'Codes that other registers gave.' })
  externalIds: ExternalIdType[];

  @Field(() => Int, { nullable: true, description: "1-4 of the city's framework; null where unknown or senseless." })
  layer: number | null;

  @Field(() => VisibilityEnum, { description: 'Who may read it.' })
  visibility: Visibility;

  @Field(() => Int, { description: 'Revision of the landscape in which it last changed.' })
  revision: number;
}

@InterfaceType('OperatedElement', {
  implements: () => [ElementType, NodeType],
  description:
    'What is run by somebody and used by agencies: a system, platform, database, service or infrastructure. ' +
    'Hệ thống, nền tảng, cơ sở dữ liệu, dịch vụ, hạ tầng đang được vận hành và sử dụng.',
  resolveType: ({ kind }: Element) => TYPE_OF_KIND[kind],
})
export abstract class OperatedElementType extends ElementType {}

function objectType(name: string, description: string): ClassDecorator {
  return ObjectType(name, { implements: () => [ElementType, NodeType], description });
}

function operatedType(name: string, description: string): ClassDecorator {
  return ObjectType(name, { implements: () => [OperatedElementType, ElementType, NodeType], description });
}

@objectType('Agency', 'An agency or organisation. Cơ quan, tổ chức.')
export class AgencyType extends ElementType {
  @Field(() => AgencyLevelEnum, { nullable: true, description: 'Its level; null where nobody has told.' })
  level: AgencyLevel | null;
}

@objectType('Capability', 'Something the city is able to do. Năng lực.')
class CapabilityType extends ElementType {}

@objectType('AdministrativeProcedure', 'An administrative procedure. Thủ tục hành chính.')
class AdministrativeProcedureType extends ElementType {}

@operatedType('DigitalService', 'A service used by people or officials. Dịch vụ số.')
class DigitalServiceType extends OperatedElementType {}

@operatedType('System', 'An information system. Hệ thống thông tin.')
class SystemType extends OperatedElementType {}

@operatedType('Platform', 'A platform that others build on. Nền tảng số.')
class PlatformType extends OperatedElementType {}

@operatedType('Database', 'A database. Cơ sở dữ liệu.')
class DatabaseType extends OperatedElementType {}

@objectType('Interface', 'An interface offered to other systems. Giao diện kết nối.')
class InterfaceElementType extends ElementType {}

@objectType('DataObject', 'A kind of data. Thực thể dữ liệu.')
export class DataObjectType extends ElementType {}

@objectType('Technology', 'A product or technology. Công nghệ.')
export class TechnologyType extends ElementType {}

@operatedType('Infrastructure', 'Servers, networks, data centres, cameras. Hạ tầng số.')
class InfrastructureType extends OperatedElementType {}

@objectType('Standard', 'A technical standard. Tiêu chuẩn, quy chuẩn.')
class StandardType extends ElementType {}

@objectType('Legislation', 'A law, decree, circular or decision. Văn bản quy phạm, văn bản chỉ đạo.')
export class LegislationType extends ElementType {}

@objectType('Contract', 'A contract. Hợp đồng.')
export class ContractType extends ElementType {}

@objectType('Project', 'A project or task with a budget. Dự án, hạng mục.')
class ProjectType extends ElementType {}

@objectType('Concept', 'A term of the common language. Khái niệm.')
class ConceptType extends ElementType {}

@objectType('Gap', 'What is missing on the way to the target architecture. Nội dung cần hoàn thiện.')
export class GapType extends ElementType {}

@objectType('GapTask', 'Work that closes a gap. Nhiệm vụ hoàn thiện.')
export class GapTaskType extends ElementType {}

/** Name of the GraphQL type of each kind. */
const TYPE_OF_KIND: Readonly<Record<ElementKind, string>> = {
  AGENCY: 'Agency',
  CAPABILITY: 'Capability',
  ADMINISTRATIVE_PROCEDURE: 'AdministrativeProcedure',
  DIGITAL_SERVICE: 'DigitalService',
  SYSTEM: 'System',
  PLATFORM: 'Platform',
  DATABASE: 'Database',
  INTERFACE: 'Interface',
  DATA_OBJECT: 'DataObject',
  TECHNOLOGY: 'Technology',
  INFRASTRUCTURE: 'Infrastructure',
  STANDARD: 'Standard',
  LEGISLATION: 'Legislation',
  CONTRACT: 'Contract',
  PROJECT: 'Project',
  CONCEPT: 'Concept',
  GAP: 'Gap',
  TASK: 'GapTask',
};

/** The object types, for the schema to know them all: no field names them one by one. */
export const ELEMENT_TYPES = [
  AgencyType,
  CapabilityType,
  AdministrativeProcedureType,
  DigitalServiceType,
  SystemType,
  PlatformType,
  DatabaseType,
  InterfaceElementType,
  DataObjectType,
  TechnologyType,
  InfrastructureType,
  StandardType,
  LegislationType,
  ContractType,
  ProjectType,
  ConceptType,
  GapType,
  GapTaskType,
];
