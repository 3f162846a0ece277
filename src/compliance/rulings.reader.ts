import { Injectable } from '@nestjs/common';
import { EvidenceReader } from './evidence.reader.js';
import { WaiverReader } from './waiver.reader.js';

/** What people ruled beside the rules: what is waived, and what evidence shows. */
@Injectable()
export class RulingsReader {
  constructor(
    readonly waivers: WaiverReader,
    readonly evidence: EvidenceReader,
  ) {}
}
