import { Landscape1795500000000 } from '../migrations/1795500000000-landscape.js';
import { Depth1795600000000 } from '../migrations/1795600000000-depth.js';
import { TrustedDocuments1795610000000 } from '../migrations/1795610000000-trusted-documents.js';
import { AttributeDefinition1795800000000 } from '../migrations/1795800000000-attribute-definition.js';
import { Scenario1795810000000 } from '../migrations/1795810000000-scenario.js';
import { ScenarioLists1795820000000 } from '../migrations/1795820000000-scenario-lists.js';
import { Attestation1795830000000 } from '../migrations/1795830000000-attestation.js';
import { Supervision1795870000000 } from '../migrations/1795870000000-supervision.js';
import { Waiver1795840000000 } from '../migrations/1795840000000-waiver.js';
import { Evidence1795850000000 } from '../migrations/1795850000000-evidence.js';
import { EvidenceEventRow } from './compliance/evidence.entity.js';
import {
  ComplianceRunRow,
  FindingTransitionRow,
  RulePackDocumentRow,
  SupervisionHeadRow,
} from './compliance/supervision.entity.js';
import { LedgerPositions1795880000000 } from '../migrations/1795880000000-ledger-positions.js';
import { OwnershipIndex1795890000000 } from '../migrations/1795890000000-ownership-index.js';
import { CitationDispute1795900000000 } from '../migrations/1795900000000-citation-dispute.js';
import { DuplicateCase1795910000000 } from '../migrations/1795910000000-duplicate-case.js';
import { AuditRecord1795920000000 } from '../migrations/1795920000000-audit-record.js';
import { Identity1795930000000 } from '../migrations/1795930000000-identity.js';
import { AuditedRevision1795940000000 } from '../migrations/1795940000000-audited-revision.js';
import { LocalAccount1795935000000 } from '../migrations/1795935000000-local-account.js';
import { Rule1795860000000 } from '../migrations/1795860000000-rule.js';
import { RuleEventRow } from './compliance/rule-event.entity.js';
import { WaiverEventRow } from './compliance/waiver.entity.js';
import { DuplicateCaseEventRow } from './duplicates/duplicate-case.entity.js';
import { AttestationCampaignRow, AttestationRow } from './inventory/attestation.entity.js';
import { AttributeDefinitionRow, AttributeDefinitionVersionRow } from './registry/attribute-definition.entity.js';
import { ChangeSetRow, LandscapeHeadRow } from './registry/change-set.entity.js';
import { ScenarioRow } from './registry/scenario.entity.js';
import { ElementRow } from './registry/element.entity.js';
import { RelationRow } from './registry/relation.entity.js';
import { ElementVersionRow, RelationVersionRow } from './registry/version.entity.js';
import { AuditRecordRow } from './runtime/audit/audit-record.entity.js';
import { PersonRow, RoleAssignmentRow } from './runtime/identity/person.entity.js';
import { ServiceTokenRow, ServiceTokenUseRow } from './runtime/identity/service-token.entity.js';
import { LocalAccountRow } from './runtime/sign-in/local-account.entity.js';
import { TrustedDocumentRow } from './runtime/trusted-document.entity.js';
import type { Tables } from './runtime/database.js';

/** The only list of tables and migrations. */
export const TABLES: Tables = {
  entities: [
    LandscapeHeadRow,
    ChangeSetRow,
    ElementRow,
    RelationRow,
    ElementVersionRow,
    RelationVersionRow,
    TrustedDocumentRow,
    AttributeDefinitionRow,
    AttributeDefinitionVersionRow,
    ScenarioRow,
    AttestationCampaignRow,
    AttestationRow,
    WaiverEventRow,
    EvidenceEventRow,
    FindingTransitionRow,
    SupervisionHeadRow,
    RulePackDocumentRow,
    ComplianceRunRow,
    RuleEventRow,
    DuplicateCaseEventRow,
    AuditRecordRow,
    PersonRow,
    RoleAssignmentRow,
    ServiceTokenRow,
    ServiceTokenUseRow,
    LocalAccountRow,
  ],
  migrations: [
    Landscape1795500000000,
    Depth1795600000000,
    TrustedDocuments1795610000000,
    AttributeDefinition1795800000000,
    Scenario1795810000000,
    ScenarioLists1795820000000,
    Attestation1795830000000,
    Waiver1795840000000,
    Evidence1795850000000,
    Rule1795860000000,
    Supervision1795870000000,
    LedgerPositions1795880000000,
    OwnershipIndex1795890000000,
    CitationDispute1795900000000,
    DuplicateCase1795910000000,
    AuditRecord1795920000000,
    Identity1795930000000,
    LocalAccount1795935000000,
    AuditedRevision1795940000000,
  ],
};
