import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { ComponentReading } from '../core/similarity/component-reading.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { ComponentReadingType } from './component-reading.types.js';
import type { CatalogueCapabilityType } from './component-reading.types.js';
import { DuplicatesReader } from './duplicates.reader.js';
import { ComponentMatchType, DuplicateAnswerType } from './duplicates.types.js';
import type { DuplicateAnswerView } from './duplicates.types.js';

/** Runs of words told as counting for little. */
const PASSED_OVER_TOLD = 50;

/** What it costs to read the texts of a component again, in looks at a record. */
const READING_LOOKS = 400;

/** What was understood of each component. Read again for whoever asks: nobody else pays for it. */
@Resolver(() => ComponentMatchType)
export class ComponentReadingResolver {
  constructor(private readonly duplicates: DuplicatesReader) {}

  @ResolveField(() => ComponentReadingType, {
    description:
      'What was understood of the name and the description of the function, and of the title where it is the only one.',
  })
  reading(
    @Parent() { asked: { landscape, proposal }, component }: ComponentMatchType,
    @Context() context: RequestContext,
  ): ComponentReadingType {
    workOf(context).spend(READING_LOOKS);
    return told(this.duplicates, this.duplicates.reading(landscape, proposal, component));
  }
}

/** What was understood of the title. */
@Resolver(() => DuplicateAnswerType)
export class TitleReadingResolver {
  constructor(private readonly duplicates: DuplicatesReader) {}

  @ResolveField(() => ComponentReadingType, { description: 'What was understood of the title of the proposal.' })
  titleReading(
    @Parent() { asked: { landscape, proposal } }: DuplicateAnswerView,
    @Context() context: RequestContext,
  ): ComponentReadingType {
    workOf(context).spend(READING_LOOKS);
    return told(this.duplicates, this.duplicates.titleReading(landscape, proposal));
  }
}

function told(
  duplicates: DuplicatesReader,
  { declared, capabilities, passedOver, work }: ComponentReading,
): ComponentReadingType {
  const named = (code: string): CatalogueCapabilityType | null => duplicates.capability(code) ?? null;
  return {
    declaredCapability: declared === null ? null : named(declared),
    capabilities: capabilities.flatMap(({ code, ...read }) => {
      const capability = named(code);
      return capability === null ? [] : [{ ...read, capability }];
    }),
    passedOver: passedOver.slice(0, PASSED_OVER_TOLD),
    passedOverCount: passedOver.length,
    work,
  };
}
