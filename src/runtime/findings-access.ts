import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { PUBLIC } from '../core/access/actor.js';
import { may } from '../core/access/decide.js';
import type { Action } from '../core/access/policy.js';
import { RegistryError } from '../core/errors.js';
import type { Config } from './config.js';
import { CONFIG } from './runtime.module.js';

/** Who may read findings; the operator sets the class, for a list of weak points is sensitive itself. */
@Injectable()
export class FindingsAccess {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'findingsVisibility'>) {}

  /** @throws RegistryError NOT_PERMITTED for whoever may not read findings. */
  require(actor: Actor): void {
    if (this.allows(actor)) return;
    throw RegistryError.of('NOT_PERMITTED', ['findings'], { action: 'findings' });
  }

  /** Whether an actor may read them, or do what hangs on their class as well. */
  allows(actor: Actor, action: Action = 'findings.read'): boolean {
    return may(actor, action, { visibility: this.config.findingsVisibility });
  }

  /** Whether anybody may read them, so that shared caches may keep an answer for the public. */
  get isPublic(): boolean {
    return this.allows(PUBLIC);
  }
}
