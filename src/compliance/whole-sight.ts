import { Injectable } from '@nestjs/common';
import { may } from '../core/access/decide.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import type { RequestContext } from '../runtime/request-context.js';

/**
 * How findings went over time. It is kept of the whole landscape, so it is told to whoever sees all of it: of others
 * it would tell what they do not see.
 */
@Injectable()
export class WholeSight {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly access: FindingsAccess,
  ) {}

  /** @throws RegistryError NOT_PERMITTED for whoever does not see all of the landscape. */
  async landscape(
    context: RequestContext,
    action: 'findings.history' | 'run.start' = 'findings.history',
  ): Promise<LandscapeView> {
    this.access.require(context.actor);
    if (may(context.actor, action)) return this.landscapes.forRequest(context);
    throw RegistryError.of('NOT_PERMITTED', ['findings'], { action: 'findingChanges' });
  }
}
