import { Module } from '@nestjs/common';
import { ComplianceModule } from '../compliance/compliance.module.js';
import { DuplicatesModule } from '../duplicates/duplicates.module.js';
import { ExchangeModule } from '../exchange/exchange.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { PlanListCheckReader } from './plan-list-check.reader.js';
import { PlanListController } from './plan-list.controller.js';
import { ProposalCheckReader } from './proposal-check.reader.js';
import { ReviewResolver } from './review.resolver.js';
import { SelfCheckReader } from './self-check.reader.js';

/** The review of proposals. */
@Module({
  imports: [RegistryModule, ExchangeModule, ComplianceModule, DuplicatesModule],
  controllers: [PlanListController],
  providers: [PlanListCheckReader, ProposalCheckReader, ReviewResolver, SelfCheckReader],
})
export class ReviewModule {}
