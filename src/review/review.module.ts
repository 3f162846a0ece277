import { Module } from '@nestjs/common';
import { ComplianceModule } from '../compliance/compliance.module.js';
import { DuplicatesModule } from '../duplicates/duplicates.module.js';
import { ExchangeModule } from '../exchange/exchange.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { AwaitedEvidenceResolver } from './awaited-evidence.resolver.js';
import { ListRequests } from './list-requests.js';
import { ListsAtOnce } from './lists-at-once.js';
import { PlanListCheckReader } from './plan-list-check.reader.js';
import { PlanListController } from './plan-list.controller.js';
import { ProposalCheckReader } from './proposal-check.reader.js';
import { ProposalCheckResolver } from './proposal-check.resolver.js';
import { ReviewResolver } from './review.resolver.js';
import { SelfCheckReader } from './self-check.reader.js';
import { TenderListCheckReader } from './tender-list-check.reader.js';
import { TenderListController } from './tender-list.controller.js';

/** The review of proposals, of plans and of what was tendered. */
@Module({
  imports: [RegistryModule, ExchangeModule, ComplianceModule, DuplicatesModule],
  controllers: [PlanListController, TenderListController],
  providers: [
    AwaitedEvidenceResolver,
    FindingsAccess,
    ListRequests,
    ListsAtOnce,
    PlanListCheckReader,
    ProposalCheckReader,
    ProposalCheckResolver,
    ReviewResolver,
    SelfCheckReader,
    TenderListCheckReader,
  ],
})
export class ReviewModule {}
