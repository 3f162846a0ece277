import type { LandscapeView } from '../core/access/view.js';
import type {
  AgencyLevel,
  Confidence,
  DependencyStrength,
  Element,
  ElementKind,
  ExchangeChannel,
  ExternalId,
  Json,
  PartialDate,
  PhaseDate,
  Relation,
  RelationKind,
  RelationStatus,
  Responsibility,
  Urn,
  Visibility,
} from '../core/landscape/model.js';

/**
 * An element together with the landscape it was read from. Whatever is asked of it further (its owner, its relations)
 * is answered from the same landscape, so that one request can hold two of them: then and now, as is and as planned.
 * It reads its record and copies nothing.
 */
export class SeenElement implements Element {
  constructor(
    readonly landscape: LandscapeView,
    private readonly record: Element,
  ) {}

  get seq(): number {
    return this.record.seq;
  }
  get urn(): Urn {
    return this.record.urn;
  }
  get kind(): ElementKind {
    return this.record.kind;
  }
  get name(): string {
    return this.record.name;
  }
  get nameEn(): string | null {
    return this.record.nameEn;
  }
  get aliases(): readonly string[] {
    return this.record.aliases;
  }
  get description(): string | null {
    return this.record.description;
  }
  get externalIds(): readonly ExternalId[] {
    return this.record.externalIds;
  }
  get layer(): number | null {
    return this.record.layer;
  }
  get phases(): readonly PhaseDate[] {
    return this.record.phases;
  }
  get visibility(): Visibility {
    return this.record.visibility;
  }
  get level(): AgencyLevel | null {
    return this.record.level;
  }
  get responsibilities(): readonly Responsibility[] {
    return this.record.responsibilities;
  }
  get attributes(): Readonly<Record<string, Json>> {
    return this.record.attributes;
  }
  get revision(): number {
    return this.record.revision;
  }
}

/** A relation together with the landscape it was read from. */
export class SeenRelation implements Relation {
  constructor(
    readonly landscape: LandscapeView,
    private readonly record: Relation,
  ) {}

  get seq(): number {
    return this.record.seq;
  }
  get urn(): Urn {
    return this.record.urn;
  }
  get kind(): RelationKind {
    return this.record.kind;
  }
  get source(): number {
    return this.record.source;
  }
  get target(): number {
    return this.record.target;
  }
  get strength(): DependencyStrength {
    return this.record.strength;
  }
  get minAvailable(): number | null {
    return this.record.minAvailable;
  }
  get redundancyGroup(): string | null {
    return this.record.redundancyGroup;
  }
  get status(): RelationStatus {
    return this.record.status;
  }
  get channels(): readonly ExchangeChannel[] {
    return this.record.channels;
  }
  get validFrom(): PartialDate | null {
    return this.record.validFrom;
  }
  get validTo(): PartialDate | null {
    return this.record.validTo;
  }
  get provenance(): string | null {
    return this.record.provenance;
  }
  get confidence(): Confidence {
    return this.record.confidence;
  }
  get attributes(): Readonly<Record<string, Json>> {
    return this.record.attributes;
  }
  get revision(): number {
    return this.record.revision;
  }
}

/** The element behind a number that a pure function gave for the same landscape. */
export function seenAt(landscape: LandscapeView, seq: number): SeenElement {
  const element = landscape.elementAt(seq);
  if (element === undefined) throw new Error(`Element ${seq} was found in a view that does not show it.`);
  return new SeenElement(landscape, element);
}

/** The element of a urn; null where nothing visible has it. */
export function seenByUrn(landscape: LandscapeView, urn: string | null): SeenElement | null {
  const element = urn === null ? undefined : landscape.elementByUrn(urn);
  return element === undefined ? null : new SeenElement(landscape, element);
}

/** The relation behind a number that a pure function gave for the same landscape. */
export function seenRelationAt(landscape: LandscapeView, seq: number): SeenRelation {
  const relation = landscape.relationAt(seq);
  if (relation === undefined) throw new Error(`Relation ${seq} was found in a view that does not show it.`);
  return new SeenRelation(landscape, relation);
}
