import { phaseOf } from '../core/landscape/landscape.js';
import { tasksOf } from '../core/landscape/gap-tasks.js';
import { mayHoldOn } from '../core/landscape/model.js';
import type { Element, Json, Relation } from '../core/landscape/model.js';
import { shown } from '../core/landscape/record-fields.js';
import { idOf } from '../core/landscape/urn-maker.js';
import { targetsWith } from './current-relations.js';
import { ATTRIBUTE, attributeCell, roleCell } from './element-sheet.js';
import type { FormColumn, FormSheet, NationalForm } from './national-form.reader.js';
import type { ListStyle } from './printed-list.js';
import { textOf } from './sheet.js';
import type { Cell } from './sheet.js';

/** A cell that the form wants and nobody has filled. */
export interface MissingCell {
  readonly column: FormColumn;
  /** Whom it speaks of; of a connection, from where it goes. */
  readonly element: Element;
  /** The connection. */
  readonly relation?: Relation | undefined;
}

/** A row of a sheet of the form. */
export interface FormRow {
  /** In the order of the columns of the sheet. */
  readonly cells: readonly Cell[];
  readonly missing: readonly MissingCell[];
}

/** Who a row speaks of: a gap may have no task yet, an object no component. */
interface Subjects {
  readonly element?: Element | undefined;
  readonly relation?: Relation | undefined;
  readonly target?: Element | undefined;
  readonly task?: Element | undefined;
}

/** What the form writes otherwise than the attribute of that name. */
const SAYS: Readonly<Record<string, (element: Element, style: ListStyle) => Cell>> = {
  id: ({ urn }) => idOf(urn),
  name: ({ name }) => name,
  layer: ({ layer }) => (layer === null ? undefined : String(layer)),
  owner: (element, style) => roleCell(element, style, 'OWNED_BY') ?? textAttribute(element, 'ownerText'),
  operator: (element, style) => roleCell(element, style, 'OPERATED_BY'),
  'externalId:NAS': ({ externalIds }) => externalIds.find(({ scheme }) => scheme === 'NAS')?.value,
  timeline: (element) => textAttribute(element, 'timeline') ?? textAttribute(element, 'dueOn'),
};

/**
 * What a landscape says in the words of the national form. What has ended is no row of it. What is missing is an
 * empty cell, so that the form itself shows what is still to be told.
 */
export class FormRowMaker {
  private readonly objectKinds: ReadonlySet<string>;

  constructor(
    readonly form: NationalForm,
    private readonly style: ListStyle,
  ) {
    const objects = form.sheets.find(({ rowsAre }) => rowsAre === 'OBJECTS');
    const kinds = objects?.columns.find(({ to }) => to === 'kind')?.words ?? {};
    this.objectKinds = new Set(Object.keys(kinds));
  }

  /** The rows of a sheet, made as they are asked for. */
  *rows(sheet: FormSheet): Generator<FormRow> {
    for (const subjects of this.subjects(sheet)) yield this.row(sheet, subjects);
  }

  /** What a cell says that makes a value unknown again. */
  get forgetting(): string {
    return this.style.words.marks.unknown.VI;
  }

  /** What the form lists as objects, in order of seq. */
  *objects(): Generator<Element> {
    for (const element of this.style.landscape.elements()) if (this.isObject(element)) yield element;
  }

  /** What a cell of the form says of an object, gap or task; undefined where nothing is known. */
  cellOf(column: FormColumn, element: Element): Cell {
    const say = SAYS[column.to];
    if (say !== undefined) return say(element, this.style);
    if (column.to === 'kind') return column.words[element.kind];
    const told = element.attributes[column.to.slice(ATTRIBUTE.length)];
    const isState = column.to === 'attribute:architectureState';
    return this.worded(column, isState ? (told ?? this.stateOf(element)) : told);
  }

  /** What a cell of the form says of a connection. */
  connectionCell(column: FormColumn, relation: Relation): Cell {
    switch (column.to) {
      case 'relation':
        return idOf(relation.urn);
      case 'source':
      case 'target':
        return this.idAt(relation[column.to]);
      case 'connectionType':
        return textAttribute(relation, 'nationalRelationType') ?? this.form.connectionKinds[relation.kind];
      case 'channels':
        return relation.channels
          .filter((channel) => channel !== 'UNKNOWN')
          .map((channel) => column.words[channel] ?? this.style.word('channel', channel))
          .join('; ');
      case 'status':
        return column.words[relation.status];
      default:
        return this.worded(column, relation.attributes[column.to.slice(ATTRIBUTE.length)]);
    }
  }

  private *subjects({ rowsAre }: FormSheet): Generator<Subjects> {
    const { landscape } = this.style;
    if (rowsAre === 'CONNECTIONS') {
      for (const relation of landscape.relations()) if (this.isConnection(relation)) yield { relation };
      return;
    }
    if (rowsAre === 'OBJECTS') for (const element of this.objects()) yield { element };
    else if (rowsAre === 'MAPPINGS') for (const element of this.objects()) yield* this.mappings(element);
    else {
      for (const element of landscape.elements()) {
        if (element.kind === 'GAP') yield* this.gapTasks(element);
        if (element.kind === 'TASK' && !this.closesAny(element)) yield { task: element };
      }
    }
  }

  private *mappings(element: Element): Generator<Subjects> {
    const { kind, target: wanted } = this.form.mapping;
    const all = targetsWith(this.style.landscape, element.seq, kind).filter(({ target }) => target.kind === wanted);
    for (const { target } of all) yield { element, target };
    if (all.length === 0) yield { element };
  }

  private *gapTasks(element: Element): Generator<Subjects> {
    const tasks = tasksOf(this.style.landscape, element);
    for (const task of tasks) yield { element, task };
    if (tasks.length === 0) yield { element };
  }

  private closesAny(task: Element): boolean {
    return targetsWith(this.style.landscape, task.seq, 'CLOSES').some(({ target }) => target.kind === 'GAP');
  }

  private row(sheet: FormSheet, subjects: Subjects): FormRow {
    const cells = sheet.columns.map((column) => emptied(this.cell(column, subjects)));
    const asked = subjects.element ?? subjects.task ?? this.sourceOf(subjects.relation);
    const missing = sheet.columns.flatMap((column, at): MissingCell[] => {
      if (cells[at] !== undefined || !this.isRequired(column, subjects)) return [];
      const element = column.of === 'TASK' ? (subjects.task ?? asked) : asked;
      return element === undefined ? [] : [{ column, element, relation: subjects.relation }];
    });
    return { cells, missing };
  }

  private cell(column: FormColumn, { element, relation, target, task }: Subjects): Cell {
    if (relation !== undefined) return this.connectionCell(column, relation);
    if (column.of === 'TASK') return task === undefined ? undefined : this.cellOf(column, task);
    if (column.to === 'target') return target === undefined ? undefined : idOf(target.urn);
    if (element === undefined) return undefined;
    return column.to === 'source' ? idOf(element.urn) : this.cellOf(column, element);
  }

  private isRequired({ required, requiredWhen }: FormColumn, { element }: Subjects): boolean {
    if (!required || requiredWhen === null) return required;
    return element?.attributes[requiredWhen.to.slice(ATTRIBUTE.length)] === requiredWhen.is;
  }

  private isObject(element: Element): boolean {
    return this.objectKinds.has(element.kind) && phaseOf(this.style.landscape, element) !== 'END_OF_LIFE';
  }

  private isConnection({ kind, status, validTo, source, target }: Relation): boolean {
    const { landscape } = this.style;
    if (this.form.connectionKinds[kind] === undefined || status === 'ENDED') return false;
    const isOver =
      landscape.day !== null && validTo !== null && !mayHoldOn({ validFrom: null, validTo }, landscape.day);
    if (isOver) return false;
    return [source, target].every((seq) => {
      const end = landscape.elementAt(seq);
      return end !== undefined && this.isObject(end);
    });
  }

  private stateOf(element: Element): string | undefined {
    return this.form.stateOfPhase[phaseOf(this.style.landscape, element)];
  }

  private worded(column: FormColumn, value: Json | undefined): Cell {
    if (value === undefined) return undefined;
    const word = typeof value === 'string' ? column.words[value] : undefined;
    if (word !== undefined) return word;
    const definition = this.style.landscape.definitions.byKey.get(column.to.slice(ATTRIBUTE.length));
    return definition === undefined ? shown(value) : attributeCell(value, definition, this.style);
  }

  private idAt(seq: number): Cell {
    const element = this.style.landscape.elementAt(seq);
    return element === undefined ? undefined : idOf(element.urn);
  }

  private sourceOf(relation: Relation | undefined): Element | undefined {
    return relation === undefined ? undefined : this.style.landscape.elementAt(relation.source);
  }
}

function textAttribute({ attributes }: Pick<Element, 'attributes'>, key: string): string | undefined {
  const value = attributes[key];
  return typeof value === 'string' ? value : undefined;
}

function emptied(cell: Cell): Cell {
  return textOf(cell).trim() === '' ? undefined : cell;
}
