import { Module } from '@nestjs/common';
import { RegistryModule } from '../registry/registry.module.js';
import { ComplianceAssessmentQueryResolver, ComplianceAssessmentResolver } from './assessment.resolver.js';
import { EvidenceMutationResolver } from './evidence-mutation.resolver.js';
import { EvidenceReader } from './evidence.reader.js';
import {
  EvidenceKindResolver,
  EvidenceListResolver,
  EvidenceResolver,
  FindingEvidenceResolver,
  RulePackEvidenceResolver,
} from './evidence.resolver.js';
import { EvidenceWriter } from './evidence.writer.js';
import { ElementFindingsResolver, FindingResolver } from './finding.resolver.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { FindingsReader } from './findings.reader.js';
import { RegimeReader } from './regime.reader.js';
import { ComplianceReportController } from './report.controller.js';
import { ComplianceReportResolver } from './report.resolver.js';
import { RuleCheckReader } from './rule-check.reader.js';
import { RuleMutationResolver } from './rule-mutation.resolver.js';
import { RulePreviewQueryResolver, RulePreviewResolver } from './rule-preview.resolver.js';
import {
  RuleDraftResolver,
  RuleListResolver,
  RuleProblemResolver,
  RuleVersionResolver,
} from './rule-version.resolver.js';
import { RuleLedger } from './rule-ledger.js';
import { RuleReader } from './rule.reader.js';
import { RuleWriter } from './rule.writer.js';
import { RulePackReader } from './rule-pack.reader.js';
import { RulingsReader } from './rulings.reader.js';
import { CitationResolver, RulePackResolver, RuleResolver } from './rule.resolver.js';
import { ChangeFindingsReader } from './change-findings.reader.js';
import { ComplianceRunJob } from './compliance-run.job.js';
import { ComplianceRunWriter } from './compliance-run.writer.js';
import { ComplianceTrendResolver } from './compliance-trend.resolver.js';
import { FactSources } from './fact-sources.js';
import { SupervisionClock } from './supervision-clock.js';
import { SupervisionReader } from './supervision.reader.js';
import {
  ComplianceRunJobResolver,
  ComplianceRunResolver,
  FindingChangeResolver,
  FindingSinceResolver,
  SupervisionResolver,
} from './supervision.resolver.js';
import { SupervisionWriter } from './supervision.writer.js';
import { WholeSight } from './whole-sight.js';
import { SuggestedSecurityLevelResolver } from './security-level.resolver.js';
import { WaiverMutationResolver } from './waiver-mutation.resolver.js';
import { WaiverReader } from './waiver.reader.js';
import { WaiverListResolver, WaiverResolver } from './waiver.resolver.js';
import { WaiverWriter } from './waiver.writer.js';

/** What the rules say of the landscape and of proposals, what of it is waived, and what evidence shows. */
@Module({
  imports: [RegistryModule],
  controllers: [ComplianceReportController],
  providers: [
    ChangeFindingsReader,
    ComplianceAssessmentQueryResolver,
    ComplianceAssessmentResolver,
    CitationResolver,
    ComplianceReportResolver,
    ComplianceRunJob,
    ComplianceRunJobResolver,
    ComplianceRunResolver,
    ComplianceRunWriter,
    ComplianceTrendResolver,
    ElementFindingsResolver,
    FactSources,
    FindingChangeResolver,
    EvidenceKindResolver,
    EvidenceListResolver,
    EvidenceMutationResolver,
    EvidenceReader,
    EvidenceResolver,
    EvidenceWriter,
    FindingEvidenceResolver,
    FindingResolver,
    FindingSinceResolver,
    FindingsAccess,
    FindingsReader,
    RegimeReader,
    RuleCheckReader,
    RuleDraftResolver,
    RuleLedger,
    RuleListResolver,
    RuleMutationResolver,
    RulePackEvidenceResolver,
    RulePackReader,
    RulePackResolver,
    RulePreviewQueryResolver,
    RulePreviewResolver,
    RuleProblemResolver,
    RuleReader,
    RuleResolver,
    SupervisionClock,
    SupervisionReader,
    SupervisionResolver,
    SupervisionWriter,
    SuggestedSecurityLevelResolver,
    RuleVersionResolver,
    RuleWriter,
    RulingsReader,
    WaiverListResolver,
    WaiverMutationResolver,
    WaiverReader,
    WaiverResolver,
    WaiverWriter,
    WholeSight,
  ],
  exports: [ChangeFindingsReader, FindingsReader, RegimeReader, RulePackReader],
})
export class ComplianceModule {}
