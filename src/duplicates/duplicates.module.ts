import { Module } from '@nestjs/common';
import { RegistryModule } from '../registry/registry.module.js';
import { ComponentReadingResolver, TitleReadingResolver } from './component-reading.resolver.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { CandidateCaseResolver, DismissedCasesResolver } from './candidate-case.resolver.js';
import { DuplicateCaseMutationResolver } from './duplicate-case-mutation.resolver.js';
import { DuplicateCaseReader } from './duplicate-case.reader.js';
import { DuplicateCaseListResolver, DuplicateCaseResolver } from './duplicate-case.resolver.js';
import { DuplicateCaseWriter } from './duplicate-case.writer.js';
import { DuplicateQualityResolver } from './duplicate-quality.resolver.js';
import { DuplicatesReader } from './duplicates.reader.js';
import {
  AgencySimilarityResolver,
  CapabilityOverlapResolver,
  ServedByAgencyResolver,
} from './agency-overlap.resolver.js';
import { DuplicateClusterResolver, PortfolioDuplicatesResolver } from './portfolio-duplicates.resolver.js';
import { PortfolioReader } from './portfolio.reader.js';
import { DuplicatesResolver } from './duplicates.resolver.js';
import { FunctionsSeenResolver } from './functions-seen.resolver.js';
import { CandidateExplanationResolver, ComponentSummaryResolver } from './explanation.resolver.js';

/** What already exists for what a proposal wants, and what people made of it. */
@Module({
  imports: [RegistryModule],
  providers: [
    AgencySimilarityResolver,
    CandidateCaseResolver,
    CandidateExplanationResolver,
    CapabilityOverlapResolver,
    ComponentReadingResolver,
    ComponentSummaryResolver,
    DismissedCasesResolver,
    DuplicateCaseListResolver,
    DuplicateCaseMutationResolver,
    DuplicateCaseReader,
    DuplicateCaseResolver,
    DuplicateCaseWriter,
    DuplicateClusterResolver,
    DuplicateQualityResolver,
    DuplicatesReader,
    DuplicatesResolver,
    FindingsAccess,
    FunctionsSeenResolver,
    PortfolioDuplicatesResolver,
    PortfolioReader,
    ServedByAgencyResolver,
    TitleReadingResolver,
  ],
  exports: [DuplicateCaseReader, DuplicatesReader],
})
export class DuplicatesModule {}
