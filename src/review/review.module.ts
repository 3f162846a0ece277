import { Module } from '@nestjs/common';
import { ComplianceModule } from '../compliance/compliance.module.js';
import { DuplicatesModule } from '../duplicates/duplicates.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { ProposalCheckReader } from './proposal-check.reader.js';
import { ReviewResolver } from './review.resolver.js';
import { SelfCheckReader } from './self-check.reader.js';

/** The review of proposals. */
@Module({
  imports: [RegistryModule, ComplianceModule, DuplicatesModule],
  providers: [ProposalCheckReader, ReviewResolver, SelfCheckReader],
})
export class ReviewModule {}
