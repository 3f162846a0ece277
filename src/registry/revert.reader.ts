import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { RegistryError } from '../core/errors.js';
import { definitionValue } from '../core/landscape/attribute-record.js';
import { holdersOf } from '../core/landscape/definition-table.js';
import type { Element, Relation } from '../core/landscape/model.js';
import type { Operation } from '../core/landscape/operation.js';
import { recordValue } from '../core/landscape/record-values.js';
import { revertOf } from '../core/landscape/revert.js';
import type { Revert } from '../core/landscape/revert.js';
import type { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { restoring } from '../core/landscape/undoing-steps.js';
import { unavailableIfDown } from '../runtime/database-errors.js';
import { ChangeSetReader } from './change-set.reader.js';
import { readSourcesAround } from './former-sources.js';
import { LandscapeHistory } from './landscape.history.js';

/** What undoes a change set, on the landscape that it is asked of. */
export type Undoing = (landscape: LandscapeSnapshot, manager?: EntityManager) => Promise<Revert>;

/** Works out what undoes what was committed: of the log, and of what the objects were then. */
@Injectable()
export class RevertReader {
  constructor(
    private readonly log: ChangeSetReader,
    private readonly history: LandscapeHistory,
    private readonly database: DataSource,
  ) {}

  /** What undoes the change set of a revision; null where there is none. In a transaction it asks by its manager. */
  async undoing(revision: number): Promise<Undoing | null> {
    const changeSet = await this.log.find(revision);
    if (changeSet === null) return null;
    const definitions = await this.history.definitionsAround(revision);
    const { operations } = changeSet;
    return async (landscape, manager = this.database.manager) => {
      const urns = new Set(operations.map(({ urn }) => urn));
      const sources = await unavailableIfDown(readSourcesAround(manager, landscape, { urns, revision }));
      return revertOf(landscape, operations, { definitions, sources });
    };
  }

  /**
   * The operations that give a removed object back as it last was, an element with those of the relations removed
   * together with it whose other ends are there.
   * @throws RegistryError URN_UNKNOWN where no such object was ever removed; ATTRIBUTE_KEY_TAKEN where one of its
   *   attributes has another meaning by now.
   */
  async restoration(urn: string, present: LandscapeSnapshot): Promise<Operation[]> {
    const removedIn = await this.log.removalOf(urn);
    if (removedIn === null) throw RegistryError.of('URN_UNKNOWN', ['urn'], { urn });
    const past = await unavailableIfDown(this.history.at(removedIn - 1));
    refuseOtherMeanings(past, present, urn);
    return restoration(past, present, urn);
  }
}

/**
 * A value is not given back under a key that another definition has by now.
 * @throws RegistryError ATTRIBUTE_KEY_TAKEN
 */
function refuseOtherMeanings(past: LandscapeSnapshot, present: LandscapeSnapshot, urn: string): void {
  const [then, now] = [holdersOf(past.definitions), holdersOf(present.definitions)];
  const { attributes = {} } = past.elementByUrn(urn) ?? past.relationByUrn(urn) ?? {};
  for (const key of Object.keys(attributes)) {
    const holder = now.get(key);
    if (holder === undefined || holder === then.get(key)) continue;
    throw RegistryError.of('ATTRIBUTE_KEY_TAKEN', ['urn'], { key, holder });
  }
}

/** The operations that give back what a past landscape had and the present one has not. */
function restoration(past: LandscapeSnapshot, present: LandscapeSnapshot, urn: string): Operation[] {
  const definition = past.definitions.made.get(urn);
  if (definition !== undefined) return [restoring(urn, definitionValue(definition))];
  const element = past.elementByUrn(urn);
  const relation = past.relationByUrn(urn);
  const give = (record: Element | Relation): Operation => restoring(record.urn, recordValue(past, record));
  if (element === undefined) return relation === undefined ? [] : [give(relation)];
  const relations = new Map<number, Relation>();
  const note = (other: number, seq: number): void => {
    const found = past.relationAt(seq);
    const isThere = other === element.seq || present.elementAt(other) !== undefined;
    if (found !== undefined && isThere && present.relationAt(seq) === undefined) relations.set(seq, found);
  };
  past.forEachOutgoing(element.seq, (_kind, other, seq) => note(other, seq));
  past.forEachIncoming(element.seq, (_kind, other, seq) => note(other, seq));
  return [give(element), ...Array.from(relations.values(), give)];
}
