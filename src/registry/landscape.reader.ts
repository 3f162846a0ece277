import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { LandscapeView } from '../core/access/view.js';
import type { Moment } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { allElements } from '../core/landscape/filter-select.js';
import type { PartialDate } from '../core/landscape/model.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { isDatabaseDown, unavailableIfDown } from '../runtime/database-errors.js';
import type { RequestContext } from '../runtime/request-context.js';
import { inTurn, workOf } from '../runtime/request-work.js';
import { todayInVietnam } from '../runtime/today.js';
import type { HeadFollower, Ledger, LedgerPositions } from './head-follower.types.js';
import type { LandscapeRequest } from './landscape-args.types.js';
import { LandscapeHistory } from './landscape.history.js';
import { LandscapeStore } from './landscape.store.js';
import { ScenarioReader } from './scenario.reader.js';

/** Most landscapes of one request: each past may have to be loaded whole, and is held until the answer is sent. */
const LANDSCAPES_MAXIMUM = 8;

function tooMany(): RegistryError {
  const params = { field: 'asOf', limit: LANDSCAPES_MAXIMUM, actual: LANDSCAPES_MAXIMUM + 1 };
  return RegistryError.of('LIMIT_EXCEEDED', ['asOf'], params);
}

/** What one request has read so far. */
interface Pinned {
  readonly newest: Promise<LandscapeSnapshot>;
  readonly views: Map<string, Promise<LandscapeView>>;
}

/** The landscape as somebody sees it: what every read begins with. */
@Injectable()
export class LandscapeReader {
  private readonly pinned = new WeakMap<RequestContext, Pinned>();

  constructor(
    private readonly store: LandscapeStore,
    private readonly history: LandscapeHistory,
    private readonly scenarios: ScenarioReader,
  ) {}

  /** How far each ledger beside the landscape is known. */
  get positions(): LedgerPositions {
    return this.store.positions;
  }

  /** Has somebody catch up whenever a ledger has moved on. */
  follow(ledger: Ledger, follower: HeadFollower): void {
    this.store.follow(ledger, follower);
  }

  /** Looks at once whether the database has moved on, for whoever has just written himself. */
  lookNow(): Promise<void> {
    return this.store.lookNow();
  }

  /** The newest landscape in an actor's view, as of today. */
  async read(actor: Actor): Promise<LandscapeView> {
    return this.seen(await this.newest(), actor);
  }

  /** A landscape in an actor's view, as of today. */
  seen(snapshot: LandscapeSnapshot, actor: Actor): LandscapeView {
    return LandscapeView.of(snapshot, actor, momentOf(null), [snapshot]);
  }

  /**
   * The landscape that a field of a request asks for. All fields of a request stand on one newest revision, and those
   * that ask for the same landscape get the same.
   */
  forRequest(context: RequestContext, request: LandscapeRequest = {}): Promise<LandscapeView> {
    let pinned = this.pinned.get(context);
    if (pinned === undefined) {
      pinned = { newest: this.newest(), views: new Map() };
      this.pinned.set(context, pinned);
    }
    const { revision = null, knownAt = null, validOn = null } = request.asOf ?? {};
    const key = `${revision} ${knownAt} ${validOn} ${request.scenarioId} ${request.asIfToday}`;
    let view = pinned.views.get(key);
    if (view === undefined) {
      if (pinned.views.size === LANDSCAPES_MAXIMUM) throw tooMany();
      view = this.readAsked(pinned.newest, context.actor, request);
      pinned.views.set(key, view);
    }
    return view;
  }

  /**
   * The same for a field whose work grows with the landscape: it draws on the work of its request, and has its turn after
   * the fields that came before it.
   * @param looks - at each element, what the answer is estimated to take; 0 where what works it out counts itself.
   * @throws RegistryError WORK_EXHAUSTED.
   */
  async forWork(context: RequestContext, request: LandscapeRequest, looks = 0): Promise<LandscapeView> {
    const work = workOf(context);
    const landscape = await inTurn(context, this.forRequest(context, request));
    work.spend(looks === 0 ? 0 : looks * allElements(landscape).length);
    return landscape;
  }

  private async readAsked(
    newest: Promise<LandscapeSnapshot>,
    actor: Actor,
    { asOf, scenarioId, asIfToday }: LandscapeRequest,
  ): Promise<LandscapeView> {
    const head = await newest;
    const moment = momentOf(asOf?.validOn ?? null, asIfToday);
    if (scenarioId === null || scenarioId === undefined) {
      const snapshot = await unavailableIfDown(this.history.asOf(asOf ?? {}, head));
      return LandscapeView.of(snapshot, actor, moment, [head]);
    }
    for (const field of ['revision', 'knownAt'] as const) {
      const value = asOf?.[field];
      if (value === null || value === undefined) continue;
      throw RegistryError.of('VALUE_NOT_ALLOWED', ['asOf', field], { field, value, allowed: 'validOn' });
    }
    const { base, landscape } = await this.scenarios.evaluate(
      await this.scenarios.find(scenarioId, actor, 'scenarioId'),
    );
    return LandscapeView.of(landscape, actor, moment, [base, head]);
  }

  /** Looks whether the database has moved on, for whoever asks for nothing of the landscape. */
  async look(): Promise<void> {
    await this.newest();
  }

  /**
   * While the database does not answer, what is in memory goes on being read: it was true at its revision, and the
   * answer names that.
   */
  private async newest(): Promise<LandscapeSnapshot> {
    try {
      await this.store.refresh();
    } catch (error) {
      if (!isDatabaseDown(error) || this.store.snapshot.revision === 0) throw error;
    }
    return this.store.snapshot;
  }
}

function momentOf(validOn: PartialDate | null, today: PartialDate = todayInVietnam()): Moment {
  return { day: validOn ?? today, onlyValid: validOn !== null, today };
}
