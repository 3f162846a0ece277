import { LocalAccountResolver } from './access/local-account.resolver.js';
import { MeResolver, RoleAssignmentResolver } from './access/me.resolver.js';
import { PersonResolver } from './access/person.resolver.js';
import { ServiceTokenResolver } from './access/service-token.resolver.js';
import { Module } from '@nestjs/common';
import { AgencyResolver } from './agency.resolver.js';
import { AccountabilityResolver } from './accountability.resolver.js';
import { ArchimateRelationResolver, LegalityResolver, PathDerivationResolver } from './archimate.resolver.js';
import { AttributeDefinitionReader } from './attribute-definition.reader.js';
import { AttributeDefinitionResolver } from './attribute-definition.resolver.js';
import {
  ChangeLogResolver,
  ChangeOperationResolver,
  ElementHistoryResolver,
  RelationHistoryResolver,
} from './change-log.resolver.js';
import { ChangeSetReader } from './change-set.reader.js';
import { ChangeSetResolver } from './change-set.resolver.js';
import { ChangeSetWriter } from './change-set.writer.js';
import { ContractResolver } from './contract.resolver.js';
import { CoverageResolver } from './coverage.resolver.js';
import { DataObjectResolver } from './data-object.resolver.js';
import { DifferenceResolver } from './difference.resolver.js';
import { ElementListReader } from './element-list.reader.js';
import { ElementListResolver, RelationListResolver } from './list.resolver.js';
import { FacetReader } from './facet.reader.js';
import { RelationListReader } from './relation-list.reader.js';
import { ObjectHistoryLoader } from './history.loader.js';
import { ElementSourceLoader } from './element-source.loader.js';
import { AttributeValueResolver, ElementResolver, LifecycleResolver } from './element.resolver.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { GraphAnalysisJob } from './graph-analysis.job.js';
import {
  CommunityResolver,
  GraphAnalysisListResolver,
  GraphAnalysisResolver,
  GraphAnalysisResultResolver,
} from './graph-analysis.resolver.js';
import { GraphReader } from './graph.reader.js';
import { GraphResolver } from './graph.resolver.js';
import { LandscapeHistory } from './landscape.history.js';
import { LandscapeMeasures } from './landscape-measures.js';
import { LandscapeReader } from './landscape.reader.js';
import { LayeringReader } from './layering.reader.js';
import { STRUCTURE_FACET_RESOLVERS } from './structure-facets.resolver.js';
import { StructureReader } from './structure.reader.js';
import { ComponentResolver, SinglePointResolver, StructureResolver } from './structure.resolver.js';
import { LandscapeResolver } from './landscape.resolver.js';
import { OwnershipReader } from './ownership.reader.js';
import { LandscapeStore } from './landscape.store.js';
import { RelationAttributeResolver, RelationResolver } from './relation.resolver.js';
import { RevertResolver } from './revert.resolver.js';
import { RevertReader } from './revert.reader.js';
import { RevertWriter } from './revert.writer.js';
import { ScenarioMergeWriter } from './scenario-merge.writer.js';
import { ScenarioComparisonReader } from './scenario-comparison.reader.js';
import { ScenarioReader } from './scenario.reader.js';
import { ScenarioMutationResolver, ScenarioResolver } from './scenario.resolver.js';
import { ScenarioWriter } from './scenario.writer.js';
import { SearchReader } from './search.reader.js';
import { SecurityLevelResolver } from './security-level.resolver.js';
import { TechnologyResolver } from './technology.resolver.js';
import { UsageReader } from './usage.reader.js';
import {
  AgencyUsageResolver,
  ContractUsageResolver,
  OperatedUsageResolver,
  SystemUsageResolver,
} from './usage.resolver.js';
import { ElementEdgeResolver, SearchHitResolver, SearchResolver } from './search.resolver.js';
import { ReorganisationPreviewResolver, ReorganisationResolver } from './reorganisation.resolver.js';

/** Who asks, who may, and with what. */
const ACCESS_PROVIDERS = [
  MeResolver,
  RoleAssignmentResolver,
  PersonResolver,
  ServiceTokenResolver,
  LocalAccountResolver,
];

/** What is asked of usages, contracts, technologies, data and those who answer for them. */
const RECORD_PROVIDERS = [
  AccountabilityResolver,
  AgencyUsageResolver,
  AttributeDefinitionResolver,
  ContractResolver,
  ContractUsageResolver,
  DataObjectResolver,
  OperatedUsageResolver,
  RelationAttributeResolver,
  SecurityLevelResolver,
  SystemUsageResolver,
  TechnologyResolver,
  UsageReader,
];

/** Elements, relations and the change sets that make them. */
@Module({
  providers: [
    AgencyResolver,
    ...ACCESS_PROVIDERS,
    ...RECORD_PROVIDERS,
    ArchimateRelationResolver,
    AttributeDefinitionReader,
    ChangeLogResolver,
    ChangeOperationResolver,
    ChangeSetReader,
    ChangeSetResolver,
    ChangeSetWriter,
    CoverageResolver,
    DifferenceResolver,
    ElementHistoryResolver,
    ElementEdgeResolver,
    ElementListReader,
    ElementListResolver,
    ElementResolver,
    ElementSourceLoader,
    ObjectHistoryLoader,
    FacetReader,
    CommunityResolver,
    ComponentResolver,
    FindingsAccess,
    LayeringReader,
    SinglePointResolver,
    StructureReader,
    ...STRUCTURE_FACET_RESOLVERS,
    StructureResolver,
    GraphAnalysisJob,
    GraphAnalysisListResolver,
    GraphAnalysisResolver,
    GraphAnalysisResultResolver,
    GraphReader,
    GraphResolver,
    LandscapeHistory,
    LandscapeMeasures,
    LandscapeReader,
    LandscapeResolver,
    OwnershipReader,
    LandscapeStore,
    LegalityResolver,
    PathDerivationResolver,
    AttributeValueResolver,
    LifecycleResolver,
    RelationHistoryResolver,
    RelationListReader,
    RelationListResolver,
    RelationResolver,
    RevertResolver,
    RevertReader,
    RevertWriter,
    ScenarioMergeWriter,
    ScenarioMutationResolver,
    ScenarioReader,
    ScenarioComparisonReader,
    ScenarioResolver,
    ScenarioWriter,
    SearchHitResolver,
    SearchReader,
    SearchResolver,
    ReorganisationPreviewResolver,
    ReorganisationResolver,
  ],
  exports: [
    AttributeDefinitionReader,
    ChangeSetWriter,
    ElementListReader,
    GraphReader,
    LandscapeReader,
    OwnershipReader,
    ScenarioReader,
    ScenarioWriter,
  ],
})
export class RegistryModule {}
