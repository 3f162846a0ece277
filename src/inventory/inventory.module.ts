import { Module } from '@nestjs/common';
import { ComplianceModule } from '../compliance/compliance.module.js';
import { DuplicatesModule } from '../duplicates/duplicates.module.js';
import { ExchangeModule } from '../exchange/exchange.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { AttestationCampaignMutationResolver, AttestationCampaignResolver } from './attestation-campaign.resolver.js';
import { AttestationCampaignWriter } from './attestation-campaign.writer.js';
import { AttestationReader } from './attestation.reader.js';
import { AttestationPageResolver } from './attestation-page.resolver.js';
import { AttestResolver, AttestationResolver } from './attestation.resolver.js';
import { AttestationWriter } from './attestation.writer.js';
import { GapResolver, GapTaskResolver } from './gap.resolver.js';
import { QualityReader } from './quality.reader.js';
import { ElementQualityResolver, QualityReportResolver, QualityResolver } from './quality.resolver.js';
import { TreatmentDecisionResolver } from './treatment-decision.resolver.js';
import { TreatmentListReader } from './treatment-list.reader.js';
import { TreatmentReader } from './treatment.reader.js';
import {
  ElementTreatmentResolver,
  TreatmentDecisionFieldResolver,
  TreatmentEvidenceResolver,
  TreatmentListResolver,
  TreatmentResolver,
} from './treatment.resolver.js';
import { WorkbookResolver } from './workbook.resolver.js';

const ATTESTATION_PROVIDERS = [
  AttestResolver,
  AttestationCampaignMutationResolver,
  AttestationCampaignResolver,
  AttestationCampaignWriter,
  AttestationPageResolver,
  AttestationReader,
  AttestationResolver,
  AttestationWriter,
];

const QUALITY_PROVIDERS = [ElementQualityResolver, QualityReader, QualityReportResolver, QualityResolver];

const TREATMENT_PROVIDERS = [
  ElementTreatmentResolver,
  TreatmentDecisionFieldResolver,
  TreatmentDecisionResolver,
  TreatmentEvidenceResolver,
  TreatmentListReader,
  TreatmentListResolver,
  TreatmentReader,
  TreatmentResolver,
];

/**
 * What the city must know of itself and hand over: how much of it is known, what its agencies confirm, what becomes of its
 * systems, gaps and tasks on the way to the target, and the national form.
 */
@Module({
  imports: [RegistryModule, ComplianceModule, DuplicatesModule, ExchangeModule],
  providers: [
    FindingsAccess,
    GapResolver,
    GapTaskResolver,
    WorkbookResolver,
    ...ATTESTATION_PROVIDERS,
    ...QUALITY_PROVIDERS,
    ...TREATMENT_PROVIDERS,
  ],
})
export class InventoryModule {}
