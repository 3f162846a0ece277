import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { OwnedCache } from '../core/access/owned-cache.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { portfolioSteps, servedCapabilities } from '../core/similarity/portfolio.js';
import type { Portfolio, ServedCapabilities } from '../core/similarity/portfolio.js';
import type { Coverage } from '../registry/coverage.types.js';
import { ElementListReader } from '../registry/element-list.reader.js';
import type { LandscapeRequest } from '../registry/landscape-args.types.js';
import type { RequestContext } from '../runtime/request-context.js';
import { inSlices } from '../runtime/slices.js';
import { leaveUnsettled } from '../runtime/unsettled-answers.js';
import { DuplicatesReader } from './duplicates.reader.js';
import type { PortfolioState } from './portfolio-duplicates.types.js';

/** Memory that the results of all views together may hold, and what is held of an element and of two agencies: bytes, upper estimates. */
const PORTFOLIOS_BYTES = 128 * 2 ** 20;
const BYTES_AN_ELEMENT = 512;
const BYTES_TWO_AGENCIES = 256;
/** Views that are compared at the same time: each takes a share of the thread. */
const MOST_AT_ONCE = 4;
/** Of the past, other days and scenarios: there are any number of them, and whoever asks for today shall not wait for them. */
const MOST_OF_OTHER_DAYS = 3;
/** How long a request waits for what is being worked out before it is told how far that is: milliseconds. */
const PATIENCE = 10_000;
/** Share of the work that is done when the texts are read. */
const TEXTS_READ = 0.2;

interface Run {
  readonly ofNow: boolean;
  readonly done: Promise<Portfolio>;
  progress: number;
}

/**
 * Which elements of a view are alike: worked out between other work, once for a view (a revision as those see it who see
 * the same), and kept while there is room. Nothing of it is stored: a service that starts anew works it out anew.
 */
@Injectable()
export class PortfolioReader implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Portfolio');
  private readonly made = new OwnedCache<Portfolio>(PORTFOLIOS_BYTES);
  private readonly runs = new Map<LandscapeView, Run>();
  private readonly abort = new AbortController();

  constructor(
    private readonly duplicates: DuplicatesReader,
    private readonly lists: ElementListReader,
  ) {}

  /** Ends what is being worked out. */
  beforeApplicationShutdown(): void {
    this.abort.abort(RegistryError.of('JOB_ABANDONED'));
  }

  /**
   * Begins the work, or joins those who wait for it.
   * @param asked - what the view was asked for by: one place is kept for what is known and valid now.
   * @param patience - how long to wait before telling how far it is, milliseconds.
   * @throws RegistryError BUSY where too many views are being compared; JOB_ABANDONED where the service stops meanwhile.
   */
  async find(
    landscape: LandscapeView,
    context: RequestContext,
    asked: LandscapeRequest,
    patience = PATIENCE,
  ): Promise<PortfolioState> {
    const known = this.made.get(landscape, 'PORTFOLIO');
    if (known !== undefined) return { state: 'SUCCEEDED', progress: 1, portfolio: known };
    const run = this.runs.get(landscape) ?? this.begin(landscape, isOfNow(asked));
    const portfolio = await within(run.done, patience);
    if (portfolio !== undefined) return { state: 'SUCCEEDED', progress: 1, portfolio };
    leaveUnsettled(context);
    return { state: 'RUNNING', progress: run.progress, portfolio: undefined };
  }

  /** What the elements of a view serve, which takes no comparing. */
  async served(landscape: LandscapeView): Promise<ServedCapabilities> {
    await this.duplicates.prepare(landscape);
    return servedCapabilities(this.duplicates.indexOf(landscape));
  }

  /**
   * How far an answer about all of a view goes: whole only where every agency concerned declared its list complete.
   * @param owners - seqs of the agencies concerned; undefined where any is.
   */
  coverage(landscape: LandscapeView, context: RequestContext, sought: Sought): Coverage {
    const declared = this.lists.coverage(landscape, context, sought.owners);
    const verdict = sought.objects === 0 ? 'UNKNOWN' : sought.isWhole ? declared.verdict : 'LOWER_BOUND';
    return { ...declared, verdict, objectsKnown: sought.objects };
  }

  private begin(landscape: LandscapeView, ofNow: boolean): Run {
    const others = [...this.runs.values()].filter((run) => !run.ofNow).length;
    if (this.runs.size >= MOST_AT_ONCE) throw RegistryError.of('BUSY', [], { limit: MOST_AT_ONCE });
    if (!ofNow && others >= MOST_OF_OTHER_DAYS) throw RegistryError.of('BUSY', [], { limit: MOST_OF_OTHER_DAYS });
    const progress = (share: number): void => {
      run.progress = TEXTS_READ + (1 - TEXTS_READ) * share;
    };
    const run: Run = { ofNow, progress: 0, done: this.work(landscape, progress) };
    this.runs.set(landscape, run);
    // Whoever waits hears of it too; nobody may be waiting any more.
    run.done.catch((error: unknown) => {
      if (!(error instanceof RegistryError)) this.logger.error(error instanceof Error ? error.stack : String(error));
    });
    return run;
  }

  private async work(landscape: LandscapeView, progress: (share: number) => void): Promise<Portfolio> {
    try {
      await this.duplicates.prepare(landscape);
      progress(0);
      const index = this.duplicates.indexOf(landscape);
      const portfolio = await inSlices(portfolioSteps(index, this.duplicates.model, progress), this.abort.signal);
      this.made.set(landscape, 'PORTFOLIO', portfolio, bytesOf(portfolio));
      return portfolio;
    } finally {
      this.runs.delete(landscape);
    }
  }
}

function isOfNow({ asOf, scenarioId }: LandscapeRequest): boolean {
  return [asOf?.revision, asOf?.knownAt, asOf?.validOn, scenarioId].every((given) => (given ?? null) === null);
}

function bytesOf({ elements, betweenAgencies }: Portfolio): number {
  const agencies = [...betweenAgencies.values()].reduce((sum, { size }) => sum + size, 0);
  return elements.length * BYTES_AN_ELEMENT + agencies * BYTES_TWO_AGENCIES;
}

/** Among what an answer was sought. */
export interface Sought {
  readonly owners?: ReadonlySet<number> | undefined;
  readonly objects: number;
  /** Whether nothing of it was left out. */
  readonly isWhole: boolean;
}

/** What a promise comes to, or undefined where that takes longer. */
async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
