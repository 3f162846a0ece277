import type {
  ChangeSource,
  Confidence,
  CoverageVerdict,
  EffectiveOutcome,
  ElementKind,
  Enforcement,
  ExchangeChannel,
  Freshness,
  LifecyclePhase,
  RecordType,
  RelationKind,
  RelationStatus,
  DependencyStrength,
  ResponsibilityRole,
  Role,
  Severity,
  TreatmentOption,
  Verification,
  Visibility,
  WordReading,
} from '../generated/documents';

/** A word for every code: one that the schema gains and nobody has named fails the type check. */
export interface Words {
  readonly kind: Readonly<Record<ElementKind, string>>;
  readonly phase: Readonly<Record<LifecyclePhase, string>>;
  readonly relation: Readonly<Record<RelationKind, string>>;
  readonly confidence: Readonly<Record<Confidence, string>>;
  readonly relationStatus: Readonly<Record<RelationStatus, string>>;
  readonly strength: Readonly<Record<DependencyStrength, string>>;
  readonly channel: Readonly<Record<ExchangeChannel, string>>;
  readonly responsibility: Readonly<Record<ResponsibilityRole, string>>;
  readonly recordType: Readonly<Record<RecordType, string>>;
  readonly visibility: Readonly<Record<Visibility, string>>;
  readonly freshness: Readonly<Record<Freshness, string>>;
  readonly coverage: Readonly<Record<CoverageVerdict, string>>;
  readonly outcome: Readonly<Record<EffectiveOutcome, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly enforcement: Readonly<Record<Enforcement, string>>;
  readonly verification: Readonly<Record<Verification, string>>;
  readonly treatment: Readonly<Record<TreatmentOption, string>>;
  readonly changeSource: Readonly<Record<ChangeSource, string>>;
  readonly role: Readonly<Record<Role, string>>;
  readonly reading: Readonly<Record<WordReading, string>>;
}
