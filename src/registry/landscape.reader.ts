import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { LandscapeView } from '../core/access/view.js';
import { isDatabaseDown } from '../runtime/database-errors.js';
import type { RequestContext } from '../runtime/request-context.js';
import { LandscapeStore } from './landscape.store.js';

/** The landscape as somebody sees it: what every read begins with. */
@Injectable()
export class LandscapeReader {
  private readonly pinned = new WeakMap<RequestContext, Promise<LandscapeView>>();

  constructor(private readonly store: LandscapeStore) {}

  /**
   * The newest landscape in an actor's view. While the database does not answer, what is in memory goes on being read:
   * it was true at its revision, and the answer names that.
   */
  async read(actor: Actor): Promise<LandscapeView> {
    try {
      await this.store.refresh();
    } catch (error) {
      if (!isDatabaseDown(error) || this.store.snapshot.revision === 0) throw error;
    }
    return LandscapeView.of(this.store.snapshot, actor);
  }

  /** The landscape of one request: all its fields are answered from the same revision. */
  forRequest(context: RequestContext): Promise<LandscapeView> {
    let view = this.pinned.get(context);
    if (view === undefined) {
      view = this.read(context.actor);
      this.pinned.set(context, view);
    }
    return view;
  }
}
