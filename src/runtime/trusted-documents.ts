import { Injectable } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { DataSource } from 'typeorm';
import type { Actor } from '../core/access/actor.js';
import { may, notPermitted } from '../core/access/decide.js';
import { isWritableText } from '../core/landscape/record-fields.js';
import { RegistryError, issue } from '../core/errors.js';
import { BoundedCache } from './bounded-cache.js';
import { CompiledOperation } from './compiled-operation.js';
import { documentTable } from './document-table.js';
import type { DocumentTable } from './document-table.js';
import { documentShape } from './trusted-document-shape.js';
import { TrustedDocumentRow } from './trusted-document.entity.js';

/** Text of the documents that are kept ready, characters. */
const READY_CAPACITY = 4_000_000;

export type AnswerFormat = 'JSON' | 'CSV';

/** So long a document is asked without a look whether somebody has withdrawn it in another process, ms. */
const LOOK_AGAIN_AFTER = 5_000;

/** A registered document made ready to be asked. */
export interface ReadyDocument {
  readonly id: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly compiled: CompiledOperation;
  /** Undefined where it has no table. */
  readonly table: DocumentTable | undefined;
}

export interface Registration {
  readonly name: string;
  readonly document: string;
  readonly description?: string | null | undefined;
  readonly list?: string | null | undefined;
  readonly dryRun: boolean;
}

/** The documents that were registered: checked and measured once, compiled at their first use in a process. */
@Injectable()
export class TrustedDocuments {
  private readonly ready = new BoundedCache<{ readonly document: ReadyDocument; seenAt: number }>(READY_CAPACITY);

  constructor(
    private readonly database: DataSource,
    private readonly host: GraphQLSchemaHost,
  ) {}

  /**
   * Registers a query. Registered again, it keeps its id and takes the new name and description. Its list, once it has
   * one, is fixed: tables are kept by the id alone.
   * @throws RegistryError where the actor may not, or the text is no query that may be trusted.
   */
  async register(
    { name, document, description, list, dryRun }: Registration,
    actor: Actor,
  ): Promise<TrustedDocumentRow> {
    if (!may(actor, 'document.register')) throw notPermitted('registerTrustedDocument');
    checkTexts(name, description ?? '');
    const shape = documentShape(this.host.schema, document);
    const table = documentTable(this.host.schema, shape.document, list ?? null);
    const row = {
      id: shape.id,
      name: name.trim(),
      description: description ?? null,
      document: shape.text,
      list: table?.list.join('.') ?? null,
      depth: shape.depth,
      fields: shape.fields,
      registeredBy: actor.kind,
    };
    const ready = this.prepare(row);
    const rows = this.database.getRepository(TrustedDocumentRow);
    const before = await rows.findOneBy({ id: row.id });
    if (before !== null && before.list !== null && before.list !== row.list) {
      throw RegistryError.of('FIELD_FIXED', ['list'], { field: 'list' });
    }
    if (dryRun) return rows.create({ ...row, registeredAt: new Date() });
    await rows.upsert(row, ['id']);
    this.ready.set(row.id, { document: ready, seenAt: Date.now() }, row.document.length);
    return rows.findOneByOrFail({ id: row.id });
  }

  /**
   * Takes a document back: from now on its id is not known, in other processes within some seconds.
   * @returns what it was.
   * @throws RegistryError where the actor may not, or none of that id was registered.
   */
  async withdraw(
    { id, dryRun }: { readonly id: string; readonly dryRun: boolean },
    actor: Actor,
  ): Promise<TrustedDocumentRow> {
    if (!may(actor, 'document.register')) throw notPermitted('withdrawTrustedDocument');
    const rows = this.database.getRepository(TrustedDocumentRow);
    const row = await this.rowOf(id);
    if (row === null) throw RegistryError.of('TRUSTED_DOCUMENT_UNKNOWN', ['id'], { id });
    if (dryRun) return row;
    await rows.delete({ id });
    this.ready.delete(id);
    return row;
  }

  /** What can be no id is not asked of the database, which can not take every text. */
  private async rowOf(id: string): Promise<TrustedDocumentRow | null> {
    return isWritableText(id) ? this.database.getRepository(TrustedDocumentRow).findOneBy({ id }) : null;
  }

  /** All of them, by name. @throws RegistryError for the public: what is asked of a city tells what is watched in it. */
  list(actor: Actor): Promise<TrustedDocumentRow[]> {
    if (!may(actor, 'document.list')) throw notPermitted('trustedDocuments');
    return this.database.getRepository(TrustedDocumentRow).find({ order: { name: 'ASC', id: 'ASC' } });
  }

  /** @throws RegistryError where none of that id was registered. */
  async find(id: string, format: AnswerFormat): Promise<ReadyDocument> {
    const known = this.ready.get(id);
    // One that had no table may have been given its list meanwhile, by another process too.
    const isRecent = known !== undefined && Date.now() - known.seenAt < LOOK_AGAIN_AFTER;
    if (isRecent && (format === 'JSON' || known.document.table !== undefined)) return known.document;
    const row = await this.rowOf(id);
    if (row === null) {
      this.ready.delete(id);
      throw RegistryError.of('TRUSTED_DOCUMENT_UNKNOWN', ['id'], { id });
    }
    const isSame = known !== undefined && (known.document.table === undefined) === (row.list === null);
    const document = isSame ? known.document : this.prepare(row);
    this.ready.set(id, { document, seenAt: Date.now() }, row.document.length);
    return document;
  }

  /** The schema may have moved on since the document was registered, so it is checked again in each process. */
  private prepare(row: Pick<TrustedDocumentRow, 'id' | 'document' | 'list'>): ReadyDocument {
    const { schema } = this.host;
    const { document, operation } = documentShape(schema, row.document);
    return {
      id: row.id,
      document,
      operation,
      compiled: new CompiledOperation(schema, operation, document),
      table: row.list === null ? undefined : documentTable(schema, document, row.list),
    };
  }
}

function checkTexts(name: string, description: string): void {
  if (name.trim() === '') throw new RegistryError([issue('VALUE_MISSING', ['name'], { field: 'name' })]);
  for (const [field, text] of [
    ['name', name],
    ['description', description],
  ] as const) {
    if (!isWritableText(text)) throw RegistryError.of('VALUE_OF_WRONG_TYPE', [field], { field, expected: 'text' });
  }
}
