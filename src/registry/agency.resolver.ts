import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { lineOfSuccession, nextInSuccession, partsOf, wholeOf } from '../core/landscape/succession.js';
import type { SuccessionDirection } from '../core/landscape/succession.js';
import { AgencyType } from './element.types.js';
import { SeenElement } from './seen.types.js';

const TRANSITIVE = {
  type: () => Boolean,
  defaultValue: false,
  description: 'The whole line, nearest first, each agency once.',
} as const;

/** Where an agency stands among agencies: in the order of the state, and in the course of time. */
@Resolver(() => AgencyType)
export class AgencyResolver {
  @ResolveField(() => AgencyType, {
    nullable: true,
    description: 'The agency it is a part of; null where nobody has told, or after its end.',
  })
  parent(agency: SeenElement): SeenElement | null {
    const whole = wholeOf(agency.landscape, agency);
    return whole === undefined ? null : new SeenElement(agency.landscape, whole);
  }

  @ResolveField(() => [AgencyType], { description: 'The agencies that are a part of it.' })
  children(agency: SeenElement): SeenElement[] {
    return partsOf(agency.landscape, agency).map((part) => new SeenElement(agency.landscape, part));
  }

  @ResolveField(() => [AgencyType], { description: 'The agencies whose place it took.' })
  predecessors(@Parent() agency: SeenElement, @Args('transitive', TRANSITIVE) transitive: boolean): SeenElement[] {
    return succession(agency, 'PREDECESSORS', transitive);
  }

  @ResolveField(() => [AgencyType], { description: 'The agencies that took its place; an old name leads to them.' })
  successors(@Parent() agency: SeenElement, @Args('transitive', TRANSITIVE) transitive: boolean): SeenElement[] {
    return succession(agency, 'SUCCESSORS', transitive);
  }
}

function succession({ landscape, seq }: SeenElement, direction: SuccessionDirection, whole: boolean): SeenElement[] {
  const found = whole ? lineOfSuccession(landscape, seq, direction) : nextInSuccession(landscape, seq, direction);
  return found.map((element) => new SeenElement(landscape, element));
}
