import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from './access-action.js';
import { CancelJobInput, JobFailureType, JobPayload, JobType } from './job.types.js';
import { Jobs } from './jobs.js';
import type { Job } from './jobs.js';
import { toUserError } from './messages.js';
import type { Language } from './messages.js';
import { maskedBug, userErrorsOf } from './registry-error.filter.js';
import type { RequestContext } from './request-context.js';

/** Tells of jobs, and stops them. What starts one is the affair of whoever does it. */
@Resolver(() => JobType)
export class JobResolver {
  constructor(private readonly jobs: Jobs) {}

  @Query(() => JobType, {
    nullable: true,
    description:
      'A job that was asked for; null where there is none that the caller may see, or it was over a week ago.',
  })
  @Asks('job.use')
  job(
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
    @Context() { actor }: RequestContext,
  ): Promise<Job | null> {
    return this.jobs.find(id, actor);
  }

  @Mutation(() => JobPayload, {
    description: 'Stops a job that waits or runs. What is wrong comes back as userErrors.',
  })
  @Asks('job.use')
  cancelJob(
    @Args('input', { description: 'Which job.' }) { id }: CancelJobInput,
    @Context() { actor, language }: RequestContext,
  ): Promise<JobPayload> {
    return jobPayload(this.jobs.cancel(id, actor), language);
  }

  @ResolveField(() => JobFailureType, { nullable: true, description: 'Why it failed; null unless it did.' })
  failure(@Parent() { failure }: Job, @Context() { language }: RequestContext): JobFailureType | null {
    if (failure === null) return null;
    if ('bug' in failure) {
      const { id, message } = maskedBug(failure.bug, language);
      return { message, userErrors: [], lookUpId: id };
    }
    const userErrors = failure.issues.map((issue) => toUserError(issue, language));
    return { message: userErrors.map(({ message }) => message).join(' '), userErrors, lookUpId: null };
  }
}

/** The job, or what is wrong with what was asked, as data. */
export async function jobPayload(work: Promise<Job | null>, language: Language): Promise<JobPayload> {
  try {
    return { job: await work, userErrors: [] };
  } catch (error) {
    return { job: null, userErrors: userErrorsOf(error, language) };
  }
}
