import { ResolveField, Resolver } from '@nestjs/graphql';
import { numberOf, textOf } from '../core/landscape/attribute-values.js';
import { OperatedElementType } from './element.types.js';
import { SecurityLevelType } from './security-level.types.js';
import { seenByUrn } from './seen.types.js';
import type { SeenElement } from './seen.types.js';

/** How well something that is run must be protected. */
@Resolver(() => OperatedElementType)
export class SecurityLevelResolver {
  @ResolveField(() => SecurityLevelType, { description: 'Its security level, as far as it is known.' })
  securityLevel(system: SeenElement): SecurityLevelType {
    return {
      proposed: numberOf(system, 'securityLevelProposed'),
      approved: numberOf(system, 'securityLevelApproved'),
      dossierNumber: textOf(system, 'securityDossierNumber'),
      approvedBy: seenByUrn(system.landscape, textOf(system, 'securityApprovedBy')),
      approvedOn: textOf(system, 'securityApprovedOn'),
      basicDataSubjects: numberOf(system, 'basicDataSubjects'),
      sensitiveDataSubjects: numberOf(system, 'sensitiveDataSubjects'),
    };
  }
}
