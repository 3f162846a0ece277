import { phaseOn } from '../core/landscape/phase.js';
import type { Json, LifecyclePhase, PhaseDate } from '../core/landscape/model.js';
import type { AttributeDefinition } from '../core/landscape/attribute.js';
import { dateOf, itemsOf } from './cell-values.js';
import type { CellReading } from './cell-values.js';
import type { ElementRowContext, RowCells, RowIdentity } from './row-cells.js';

/** Fields that hold a plain text. */
const TEXT_FIELDS = ['name', 'nameEn', 'description'] as const;
const WORD_FIELDS = ['level', 'visibility'] as const;

/** The values that a row gives; undefined = is to be unknown again. */
export interface GivenFields {
  readonly values: ReadonlyMap<string, Json | undefined>;
  readonly attributes: ReadonlyMap<string, Json | undefined>;
}

/** Reads the fields and attributes of a row. An empty cell says nothing. */
export function readElementFields(cells: RowCells, identity: RowIdentity, context: ElementRowContext): GivenFields {
  return new FieldReader(cells, identity, context).read();
}

class FieldReader {
  private readonly values = new Map<string, Json | undefined>();
  private readonly attributes = new Map<string, Json | undefined>();

  constructor(
    private readonly cells: RowCells,
    private readonly identity: RowIdentity,
    private readonly context: ElementRowContext,
  ) {}

  read(): GivenFields {
    for (const field of TEXT_FIELDS) {
      const text = this.cells.text(field);
      if (text !== undefined) this.set(field, text);
    }
    for (const field of WORD_FIELDS) {
      if (this.cells.text(field) !== undefined)
        this.take(field, this.context.cells.oneOf(this.cells.cell(field), field));
    }
    const aliases = itemsOf(this.cells.cell('aliases'));
    if (aliases.length > 0) this.set('aliases', aliases);
    this.readLayer();
    this.readPhase();
    this.readNationalCode();
    for (const { to, definition } of this.cells.columns) {
      if (definition !== undefined && this.cells.text(to) !== undefined) this.readAttribute(to, definition);
    }
    this.keepOwnerAsText();
    return { values: this.values, attributes: this.attributes };
  }

  private set(field: string, value: Json): void {
    const marked = this.context.cells.marked(this.cells.cell(field));
    this.values.set(field, marked === undefined ? value : null);
  }

  private take(field: string, reading: Parameters<RowCells['valueOf']>[1]): void {
    const value = this.cells.valueOf(field, reading);
    if (value !== undefined) this.values.set(field, value);
  }

  private readLayer(): void {
    if (this.cells.text('layer') === undefined) return;
    const value = this.cells.valueOf('layer', this.context.cells.oneOf(this.cells.cell('layer'), 'layer'));
    if (value !== undefined) this.values.set('layer', Number(value));
  }

  /** The phase of today: what came before it stays. */
  private readPhase(): void {
    if (this.cells.text('phase') === undefined) return;
    const phase = this.cells.valueOf('phase', this.context.cells.oneOf(this.cells.cell('phase'), 'phase'));
    const isDated = this.cells.text('phaseFrom') !== undefined;
    const from = isDated ? this.cells.valueOf('phaseFrom', dateOf(this.cells.cell('phaseFrom'))) : null;
    // The words of phases are those of the model, and what a date reads as is a text.
    const entered = { phase, from } as { phase: LifecyclePhase | undefined; from: string | null | undefined };
    if (entered.phase === undefined || entered.from === undefined || entered.phase === 'UNKNOWN') return;
    const phases = phasesAfter(
      this.identity.existing?.phases ?? [],
      { phase: entered.phase, from: entered.from },
      this.context.landscape.day,
    );
    if (phases !== undefined)
      this.values.set(
        'phases',
        phases.map((each) => ({ ...each })),
      );
  }

  private readNationalCode(): void {
    const value = this.cells.text('externalId:NAS');
    if (value === undefined) return;
    const kept = (this.identity.existing?.externalIds ?? []).map((each) => ({ ...each }));
    if (kept.some((each) => each.scheme === 'NAS' && each.value === value)) return;
    this.values.set('externalIds', [
      ...kept.filter(({ scheme }) => scheme !== 'NAS'),
      { scheme: 'NAS', value, recordType: null },
    ]);
  }

  private readAttribute(to: string, definition: AttributeDefinition): void {
    const { key } = definition;
    const reading = this.context.cells.attribute(this.cells.cell(to), definition);
    if ('forget' in reading) this.attributes.set(key, undefined);
    else {
      const value = this.attributeValue(to, definition, reading);
      if (value !== undefined) this.attributes.set(key, value);
    }
  }

  /** References are read by the names that stand in the cell. */
  private attributeValue(
    to: string,
    { type, targetKinds }: AttributeDefinition,
    reading: CellReading,
  ): Json | undefined {
    const isNamed = 'value' in reading && reading.value !== null;
    if (isNamed && type === 'URN') return this.cells.element(to, this.context, targetKinds);
    if (isNamed && type === 'URN_LIST') return this.cells.elements(to, this.context, targetKinds);
    return this.cells.valueOf(to, reading);
  }

  /** An owner whom the registry does not know stays what the source calls him: nothing forces a guess. */
  private keepOwnerAsText(): void {
    const text = this.cells.text('owner');
    if (text === undefined || this.context.cells.marked(this.cells.cell('owner')) !== undefined) return;
    if (!('none' in this.context.lookup.find(text, ['AGENCY']))) return;
    const definition = this.context.landscape.definitions.byKey.get('ownerText');
    if (definition?.appliesTo.includes(this.identity.kind) !== true) return;
    if (!this.attributes.has('ownerText')) this.attributes.set('ownerText', text);
    this.cells.note('OWNER_KEPT_AS_TEXT', 'owner', { value: text });
  }
}

/** The phases of an element that is in one of them now; undefined where nothing is new. */
function phasesAfter(
  phases: readonly PhaseDate[],
  entered: PhaseDate,
  day: string | null,
): readonly PhaseDate[] | undefined {
  const now = phaseOn({ phases }, day);
  if (entered.phase !== now) return [...phases, entered];
  const known = phases.findLast((each) => each.phase === now)?.from ?? null;
  if (entered.from === null || entered.from === known) return undefined;
  return [...phases.filter((each) => each.phase !== now), entered];
}
