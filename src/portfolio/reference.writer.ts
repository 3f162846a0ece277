import { Injectable } from '@nestjs/common';
import { ADMINISTRATOR } from '../core/access/actor.js';
import { ChangeSetWriter } from '../registry/change-set.writer.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { readReferenceLandscape, referenceLandscapeOperations } from '../registry/reference-landscape.reader.js';
import { readReferenceProjects, referenceProjectOperations } from './reference-projects.js';

/** Same on every start, so that two processes that start at once load the pack once. */
const KEY = 'reference/hcmc/1';

/** Brings the city's reference pack into a registry that is still empty. */
@Injectable()
export class ReferenceWriter {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly changeSets: ChangeSetWriter,
  ) {}

  /** @returns the revision of the landscape afterwards. */
  async loadIfEmpty(): Promise<number> {
    const { revision } = await this.landscapes.read(ADMINISTRATOR);
    if (revision > 0) return revision;
    const operations = [
      ...referenceLandscapeOperations(readReferenceLandscape()),
      ...referenceProjectOperations(readReferenceProjects()),
    ];
    const reason = 'Nạp dữ liệu tham chiếu của Thành phố Hồ Chí Minh';
    const request = { operations, reason, source: 'REFERENCE', idempotencyKey: KEY } as const;
    return (await this.changeSets.commit(request, ADMINISTRATOR)).revision;
  }
}
