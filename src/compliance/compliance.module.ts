import { Module } from '@nestjs/common';
import { RegistryModule } from '../registry/registry.module.js';
import { ElementFindingsResolver, FindingResolver } from './finding.resolver.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { FindingsReader } from './findings.reader.js';
import { RegimeReader } from './regime.reader.js';
import { ComplianceReportController } from './report.controller.js';
import { ComplianceReportResolver } from './report.resolver.js';
import { RulePackReader } from './rule-pack.reader.js';
import { CitationResolver, RulePackResolver, RuleResolver } from './rule.resolver.js';

/** What the rules say of the landscape and of proposals. */
@Module({
  imports: [RegistryModule],
  controllers: [ComplianceReportController],
  providers: [
    CitationResolver,
    ComplianceReportResolver,
    ElementFindingsResolver,
    FindingResolver,
    FindingsAccess,
    FindingsReader,
    RegimeReader,
    RulePackReader,
    RulePackResolver,
    RuleResolver,
  ],
  exports: [FindingsReader, RegimeReader, RulePackReader],
})
export class ComplianceModule {}
