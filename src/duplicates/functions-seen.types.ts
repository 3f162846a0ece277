import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { IsOptional, MaxLength } from 'class-validator';
import type { FunctionSeen } from '../core/similarity/functions-seen.js';
import type { ReadingConfidence } from '../core/similarity/component-reading.js';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import { CatalogueCapabilityType, ReadingConfidenceEnum } from './component-reading.types.js';

/** Signs of a scope: as many as of any text of a proposal. */
const SCOPE_MAXIMUM = 10_000;

@ArgsType()
export class ProposeComponentsArgs extends LandscapeArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'What the project will deliver, as its paper says it; beside the title and the objective of the draft.',
  })
  @IsOptional()
  @MaxLength(SCOPE_MAXIMUM)
  scope?: string | null;
}

@ObjectType('CapabilitySeen', { description: 'A capability that the words of a function name.' })
export class CapabilitySeenType {
  @Field(() => CatalogueCapabilityType, { description: 'The capability.' })
  capability: CatalogueCapabilityType;

  @Field(() => String, { description: 'The urn by which a component declares it.' })
  urn: string;

  @Field(() => String, { description: 'The words that name it.' })
  text: string;

  @Field(() => [Int], { description: 'Start and end of the words in the field of the function, in UTF-16 units.' })
  span: readonly [number, number];

  @Field(() => ReadingConfidenceEnum, { description: 'How surely the words tell that it is wanted.' })
  confidence: ReadingConfidence;
}

@ObjectType('FunctionSeen', {
  description: 'A function that a text seems to name. It is for whoever proposes to confirm: nothing is judged by it.',
})
export class FunctionSeenType {
  @Field(() => String, { description: 'In the words of the proposal.' })
  name: string;

  @Field(() => String, { description: 'Where it stands: title, objective or scope.' })
  field: FunctionSeen['field'];

  @Field(() => [Int], { description: 'Start and end in that field, in UTF-16 units.' })
  span: readonly [number, number];

  @Field(() => Boolean, { description: 'Whether it is an item of a list, rather than a part of a sentence.' })
  isListed: boolean;

  @Field(() => [CapabilitySeenType], { description: 'Capabilities that its words name, most surely told first.' })
  capabilities: readonly CapabilitySeenType[];
}

@ObjectType('FunctionsSeen', { description: 'The functions that the texts of a draft seem to name.' })
export class FunctionsSeenType {
  @Field(() => [FunctionSeenType], { description: 'By text and place, 50 at most; none where no text names any.' })
  functions: readonly FunctionSeenType[];

  @Field(() => Boolean, { description: 'Whether there are more.' })
  truncated: boolean;
}
