import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { gapsOf, isOpen, isOverdue, rollUp, stageOf, tasksOf } from '../core/landscape/gap-tasks.js';
import type { TaskRollUp, TaskStage } from '../core/landscape/gap-tasks.js';
import { ownerOf, sourcesOf, targetsOf } from '../core/landscape/landscape.js';
import type { Element, PartialDate } from '../core/landscape/model.js';
import { ageOrdering } from '../core/landscape/order.js';
import { idOf } from '../core/landscape/urn-maker.js';
import { numberOf, textOf } from '../core/landscape/attribute-values.js';
import { AgencyType, GapTaskType, GapType } from '../registry/element.types.js';
import { LandscapeArgs } from '../registry/landscape-args.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { SeenElement } from '../registry/seen.types.js';
import { PageArgs, mapPage, pageByPlace } from '../runtime/page.js';
import type { Page, PageRequest } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { DateScalar } from '../runtime/scalars.js';
import { todayInVietnam } from '../runtime/today.js';
import {
  GapConnectionType,
  GapSubjectConnectionType,
  GapTaskConnectionType,
  TaskRollUpType,
  TaskStageEnum,
} from './gap.types.js';

/** What the question costs for each element, in looks at a record. */
const LOOKS = 5;

/** Gaps on the way to the target architecture: what they are about, and how far their tasks are. */
@Resolver(() => GapType)
export class GapResolver {
  constructor(private readonly landscapes: LandscapeReader) {}

  @ResolveField(() => String, { description: 'Its code in the national form.' })
  code({ urn }: SeenElement): string {
    return codeOf(urn);
  }

  @ResolveField(() => String, { description: 'What is missing.' })
  content({ name }: SeenElement): string {
    return name;
  }

  @ResolveField(() => String, { nullable: true, description: 'How it is to be closed; null where nobody has told.' })
  solution(gap: SeenElement): string | null {
    return textOf(gap, 'solution');
  }

  @ResolveField(() => GapTaskConnectionType, { description: 'The tasks that close it.' })
  tasks(@Parent() gap: SeenElement, @Args() page: PageArgs): Page<SeenElement> {
    return seenPage(gap, 'tasks', tasksOf(gap.landscape, gap), page);
  }

  @ResolveField(() => GapSubjectConnectionType, {
    description: 'What it is about: all that it is associated with, and all that is associated with it.',
  })
  subjects(@Parent() gap: SeenElement, @Args() page: PageArgs): Page<SeenElement> {
    const { landscape, seq } = gap;
    const both = [...targetsOf(landscape, seq, 'ASSOCIATED_WITH'), ...sourcesOf(landscape, seq, 'ASSOCIATED_WITH')];
    return seenPage(gap, 'subjects', [...new Set(both)], page);
  }

  @ResolveField(() => TaskRollUpType, { description: 'What its tasks come to together.' })
  progress(gap: SeenElement): TaskRollUp {
    return rollUp(tasksOf(gap.landscape, gap), dayOf(gap));
  }

  @Query(() => GapConnectionType, {
    description:
      'What is missing on the way to the target architecture, in order of its making, and how far it has come.',
  })
  @Asks('landscape.read')
  async gaps(
    @Args('open', {
      type: () => Boolean,
      nullable: true,
      description:
        'Only those without tasks or with one that is not done; with false only those whose tasks are all done.',
    })
    open: boolean | null | undefined,
    @Args() page: PageArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<Page<SeenElement> & { progress: TaskRollUp }> {
    const landscape = await this.landscapes.forWork(context, at, LOOKS);
    const isWanted = (gap: Element): boolean => typeof open !== 'boolean' || isOpen(landscape, gap) === open;
    const found = Array.from(landscape.elements()).filter((element) => element.kind === 'GAP' && isWanted(element));
    const tasks = new Set(found.flatMap((gap) => tasksOf(landscape, gap)));
    const items = pageByPlace(found, ageOrdering(landscape), page, () => ['gaps', open]);
    const nodes = mapPage(items, (gap) => new SeenElement(landscape, gap));
    return { ...nodes, progress: rollUp([...tasks], landscape.day ?? todayInVietnam()) };
  }
}

/** Tasks that close gaps. */
@Resolver(() => GapTaskType)
export class GapTaskResolver {
  @ResolveField(() => String, { description: 'Its code in the national form.' })
  code({ urn }: SeenElement): string {
    return codeOf(urn);
  }

  @ResolveField(() => AgencyType, {
    nullable: true,
    description: 'The agency that leads it; null where nobody is known.',
  })
  leadAgency({ landscape, seq }: SeenElement): SeenElement | null {
    const owner = ownerOf(landscape, seq);
    return owner === undefined ? null : new SeenElement(landscape, owner);
  }

  @ResolveField(() => DateScalar, { nullable: true, description: 'When it is due, as far as known.' })
  dueOn(task: SeenElement): PartialDate | null {
    return textOf(task, 'dueOn');
  }

  @ResolveField(() => Boolean, { description: 'Whether it was surely due before the day and is not done.' })
  isOverdue(task: SeenElement): boolean {
    return isOverdue(task, dayOf(task));
  }

  @ResolveField(() => TaskStageEnum, { description: 'How far it is.' })
  stage(task: SeenElement): TaskStage {
    return stageOf(task);
  }

  @ResolveField(() => String, { nullable: true, description: 'What proves it; null where nobody has told.' })
  proofSource(task: SeenElement): string | null {
    return textOf(task, 'proofSource');
  }

  @ResolveField(() => DateScalar, { nullable: true, description: 'When its result was verified; null: not yet.' })
  verifiedOn(task: SeenElement): PartialDate | null {
    return textOf(task, 'verifiedOn');
  }

  @ResolveField(() => Int, { nullable: true, description: 'How much of it is done, in per cent; null: nobody told.' })
  progressPercent(task: SeenElement): number | null {
    return numberOf(task, 'progressPercent');
  }

  @ResolveField(() => [GapType], { description: 'The gaps that it closes.' })
  closes(task: SeenElement): SeenElement[] {
    return gapsOf(task.landscape, task).map((gap) => new SeenElement(task.landscape, gap));
  }
}

/** Codes of the form are the urn's own part, in the form's capitals. */
function codeOf(urn: string): string {
  return idOf(urn).toUpperCase();
}

function dayOf({ landscape }: SeenElement): PartialDate {
  return landscape.day ?? todayInVietnam();
}

function seenPage(
  { landscape, urn }: SeenElement,
  list: string,
  elements: readonly Element[],
  page: PageRequest,
): Page<SeenElement> {
  const items = pageByPlace(elements, ageOrdering(landscape), page, () => [list, urn]);
  return mapPage(items, (element) => new SeenElement(landscape, element));
}
