import { Field, Int, ObjectType } from '@nestjs/graphql';
import { AgencyType, ElementType } from '../registry/element.types.js';
import { RelationType } from '../registry/relation.types.js';
import type { SeenElement, SeenRelation } from '../registry/seen.types.js';
import { connectionOf } from '../runtime/connection.js';

@ObjectType('WorkbookSheet', { description: 'How much of a sheet of the form can be handed over.' })
export class WorkbookSheetType {
  @Field(() => String, { description: 'The name on its tab.' })
  name: string;

  @Field(() => Int, { description: 'Number of rows.' })
  rows: number;

  @Field(() => Int, { description: 'Number of rows in which no cell that the form requires is empty.' })
  ready: number;

  @Field(() => Int, { description: 'Number of rows in which one is.' })
  notReady: number;
}

@ObjectType('WorkbookBlocker', {
  description: 'A cell of the form that is required and empty: a fact nobody has told, and whom to ask.',
})
export class WorkbookBlockerType {
  @Field(() => String, { description: 'Name of the sheet.' })
  sheet: string;

  @Field(() => Int, { description: 'Number of the row in the exported file; the header is row 1.' })
  line: number;

  @Field(() => String, { description: 'Header of the column.' })
  column: string;

  @Field(() => ElementType, { description: 'Whom the row speaks of; of a connection, from where it goes.' })
  element: SeenElement;

  @Field(() => RelationType, { nullable: true, description: 'The connection that the row speaks of.' })
  relation: SeenRelation | null;

  @Field(() => String, { description: 'What keeps the row back, in the language of the request.' })
  reason: string;

  @Field(() => AgencyType, { nullable: true, description: 'The agency to ask; null where nobody is known.' })
  owner: SeenElement | null;
}

@ObjectType('WorkbookBlockerConnection', { description: 'A page of what keeps the form from being ready.' })
export class WorkbookBlockerConnectionType extends connectionOf<WorkbookBlockerType>(
  'WorkbookBlocker',
  () => WorkbookBlockerType,
) {}

@ObjectType('Workbook', {
  description:
    'The form in which the city hands its architecture over: what of it is ready, what is not, and whom to ask.',
})
export class WorkbookType {
  @Field(() => String, { description: 'Code of the form.' })
  form: string;

  @Field(() => String, { description: 'Version of the form.' })
  version: string;

  @Field(() => String, { description: 'What the form is called, in the language of the request.' })
  title: string;

  @Field(() => String, {
    description: 'Where its columns and values are known from, and how sure that is, in the language of the request.',
  })
  source: string;

  @Field(() => [WorkbookSheetType], { description: 'Its sheets.' })
  sheets: readonly WorkbookSheetType[];

  blockers: WorkbookBlockerConnectionType;

  @Field(() => Int, { description: 'Number of objects that refer to another record and do not say to which.' })
  referencesWithoutOrigin: number;

  @Field(() => [String], { description: 'Codes of the national system that several objects have.' })
  duplicateCodes: readonly string[];

  @Field(() => String, {
    nullable: true,
    description: 'Address of the file, with what the reader may see; null for the past and for scenarios.',
  })
  url: string | null;
}
