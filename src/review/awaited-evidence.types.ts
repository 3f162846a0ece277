import { Field, ObjectType } from '@nestjs/graphql';
import { RuleType } from '../compliance/compliance.types.js';
import type { SeenFinding } from '../compliance/compliance.types.js';
import type { EvidenceNeed } from '../core/policy/evidence-awaited.js';
import type { Rule } from '../core/policy/rule.js';
import { connectionOf } from '../runtime/connection.js';

/** A kind of evidence that is needed of what has no record. */
export type AwaitedEvidence = EvidenceNeed<SeenFinding>;

@ObjectType('AwaitedEvidence', {
  description: 'Evidence that rules need of what has no record yet. It can be submitted once there is one.',
})
export class AwaitedEvidenceType {
  @Field(() => [RuleType], { description: 'The rules that need it.' })
  rules: readonly Rule[];
}

@ObjectType('AwaitedEvidenceConnection', { description: 'A page of evidence that is awaited.' })
export class AwaitedEvidenceConnectionType extends connectionOf<PlacedEvidence>(
  'AwaitedEvidence',
  () => AwaitedEvidenceType,
) {}

/** With its number in the list of them, from 0. */
export interface PlacedEvidence extends AwaitedEvidence {
  readonly place: number;
}
