import { Injectable } from '@nestjs/common';
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

  /** @throws RegistryError NOT_PERMITTED for whoever may not read findings, or sees only part of the landscape. */
  async landscape(context: RequestContext): Promise<LandscapeView> {
    this.access.require(context.actor);
    const landscape = await this.landscapes.forRequest(context);
    if (landscape.isPartial) throw RegistryError.of('NOT_PERMITTED', ['findings'], { action: 'findingChanges' });
    return landscape;
  }
}
