import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import { may, notPermitted } from '../core/access/decide.js';
import type { LandscapeView } from '../core/access/view.js';
import type { ElementKind } from '../core/landscape/model.js';
import { ChangeSetWriter } from '../registry/change-set.writer.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { ScenarioWriter } from '../registry/scenario.writer.js';
import { inSlices } from '../runtime/slices.js';
import { importReport } from './import-report.js';
import type { ImportReport } from './import-report.js';
import { judgeRows } from './import-judgement.js';
import { planImport } from './import-plan.js';
import type { ImportOperations } from './import-plan.js';
import { readSpreadsheet } from './read-file.js';
import { SpreadsheetWords } from './spreadsheet-words.reader.js';

/** A file to be imported, and how. */
export interface ImportOrder {
  readonly bytes: Buffer;
  /** Named as the source of the values that it brings. */
  readonly fileName: string;
  /** What the rows are, where the file does not say so. */
  readonly kind?: ElementKind | undefined;
  /** Only say what would happen. */
  readonly dryRun: boolean;
  /** Take the rows that are right although others are refused; else nothing is taken where anything is wrong. */
  readonly acceptValid: boolean;
  readonly reason?: string | undefined;
  /** Name of a scenario that is begun with what the file brings, for somebody to look at; else it is committed. */
  readonly scenario?: string | undefined;
}

/** Brings what stands in a file into the registry: as one change set, as a scenario, or only to see what it would do. */
@Injectable()
export class ImportWriter {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly changeSets: ChangeSetWriter,
    private readonly scenarios: ScenarioWriter,
    private readonly words: SpreadsheetWords,
  ) {}

  /** @throws RegistryError where the actor may not do this: to be asked before a large file is read. */
  require({ dryRun, scenario }: Pick<ImportOrder, 'dryRun' | 'scenario'>, actor: Actor): void {
    const isAllowed = dryRun || scenario !== undefined ? may(actor, 'import.preview') : may(actor, 'landscape.change');
    if (!isAllowed) throw notPermitted('import');
  }

  /**
   * Imports a file, or says what importing it would do. What is wrong with its rows stands in the report.
   * @throws RegistryError where the file can not be read at all, or the actor may not do this.
   */
  async run(order: ImportOrder, actor: Actor): Promise<ImportReport> {
    this.require(order, actor);
    const { sheets, encoding } = await readSpreadsheet(order.bytes);
    const landscape = await this.landscapes.read(actor);
    const { fileName, kind } = order;
    const plan = await inSlices(planImport(landscape, { fileName, sheets, kind }, this.words));
    const judged = await inSlices(
      judgeRows(plan.rows, (operations) => this.changeSets.issuesOf(landscape, { operations })),
    );
    const isWhole = plan.problems.length === 0 && judged.problems.length === 0;
    const hasRefused = judged.rows.some(({ problems }) => problems.length > 0);
    const isTaken = isWhole && (!hasRefused || order.acceptValid);
    const report = { plan: { ...plan, rows: judged.rows }, problems: judged.problems, encoding };
    if (order.dryRun || !isTaken || judged.operations.length === 0) {
      return importReport({ ...report, isApplied: false, revision: landscape.revision, scenario: null });
    }
    return importReport({
      ...report,
      ...(await this.apply(order, { actor, landscape, operations: judged.operations })),
    });
  }

  private async apply(
    order: ImportOrder,
    {
      actor,
      landscape,
      operations,
    }: Pick<ImportOperations, 'operations'> & { readonly actor: Actor; readonly landscape: LandscapeView },
  ): Promise<{ readonly isApplied: true; readonly revision: number; readonly scenario: string | null }> {
    if (order.scenario !== undefined) {
      const purpose = order.reason ?? null;
      const { id } = await this.scenarios.create({ name: order.scenario, purpose, operations, dryRun: false }, actor);
      return { isApplied: true, revision: landscape.revision, scenario: id };
    }
    const reason = order.reason ?? `Nhập tệp ${order.fileName}`;
    const expectedRevision = landscape.revision;
    const { revision } = await this.changeSets.commit(
      { operations, reason, source: 'IMPORT', expectedRevision },
      actor,
    );
    return { isApplied: true, revision, scenario: null };
  }
}
