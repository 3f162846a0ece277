import { dayBefore } from './calendar-day.js';
import type { ChangeBase } from './landscape.js';
import { isSurelyAfter } from './model.js';
import type { Confidence, Json, Relation, Urn } from './model.js';
import type { Operation } from './operation.js';
import { urnAt } from './record-values.js';
import type { ReorganisationDraft, Tie } from './reorganisation-draft.js';
import { CONSEQUENCE_TYPES, consequence } from './reorganisation.js';
import type { Consequence, ConsequenceType, Reorganisation, ReorganisationPlan } from './reorganisation.js';
import { UrnMaker, idOf } from './urn-maker.js';

interface Evidence {
  readonly source: string | null;
  readonly confidence: Confidence | null;
}

/** The operations that a draft comes to, and what each is for. What was changed and changed back is not among them. */
export function writeOperations(
  draft: ReorganisationDraft,
  { request, landscape }: { readonly request: Reorganisation; readonly landscape: ChangeBase },
): Omit<ReorganisationPlan, 'conflicts'> {
  const { legalBasis, confidence } = request;
  const source = legalBasis === null ? null : (landscape.elementByUrn(legalBasis)?.name ?? null);
  const writer = new OperationWriter(draft, { source, confidence: source === null ? null : confidence });
  writer.writeFounded();
  writer.writeFields();
  for (const tie of draft.touched) writer.writeTie(tie);
  const { operations, intentOf, told } = writer;
  const consequences = CONSEQUENCE_TYPES.flatMap((type) => told.get(type) ?? []);
  return { operations, intentOf, consequences };
}

class OperationWriter {
  readonly operations: Operation[] = [];
  readonly intentOf: number[] = [];
  readonly told = new Map<ConsequenceType, Consequence[]>();
  private readonly urns: UrnMaker;
  private readonly lastDay: string;

  constructor(
    private readonly draft: ReorganisationDraft,
    private readonly evidence: Evidence,
  ) {
    this.urns = new UrnMaker(draft.landscape);
    this.lastDay = dayBefore(draft.effectiveOn);
  }

  writeFounded(): void {
    const { draft } = this;
    for (const [urn, { intent, fields }] of draft.founded) {
      const { name, nameEn, level } = fields;
      const begun = { phase: 'ACTIVE', from: draft.effectiveOn };
      const isOver = draft.agency(urn)?.endedBy !== undefined;
      const phases = isOver ? [begun, { phase: 'END_OF_LIFE', from: draft.effectiveOn }] : [begun];
      this.write({ op: 'ADD', urn, value: { kind: 'AGENCY', name, nameEn, level, phases } }, intent);
      this.tell(consequence({ type: 'FOUNDS', intent, element: urn, after: name }));
    }
  }

  writeFields(): void {
    for (const { urn, path, before, after, intent } of this.draft.setFields()) {
      this.write({ op: 'UPDATE', urn, path, value: after }, intent);
      this.tell(consequence({ type: 'SETS', intent, element: urn, path, before, after }));
    }
  }

  writeTie(tie: Tie): void {
    const { base, state } = tie;
    if (base === undefined) {
      if (state === 'LIVES') this.begin(tie);
    } else if (state === 'JOINED') this.over(tie, base, { type: 'JOINS', to: livingTwin(tie) });
    else if (state === 'ENDED') this.over(tie, base, { type: 'ENDS', to: undefined });
    else if (this.hasMoved(tie, base)) this.moved(tie, base);
  }

  private hasMoved({ source, target }: Tie, base: Relation): boolean {
    const { landscape } = this.draft;
    return urnAt(landscape, base.source) !== source || urnAt(landscape, base.target) !== target;
  }

  private begin(tie: Tie): void {
    const { kind, source, target } = tie;
    const { intent, end } = lastOf(tie);
    const urn = this.nameOf(tie);
    this.write({ op: 'ADD', urn, value: { kind, source, target, validFrom: this.draft.effectiveOn } }, intent);
    const [to, element] = end === 'source' ? [source, target] : [target, source];
    this.tell(consequence({ type: 'BEGINS', intent, element, begun: urn, kind, to }));
  }

  private moved(tie: Tie, base: Relation): void {
    const { source, target } = tie;
    this.close(tie, base);
    const { effectiveOn } = this.draft;
    const { seq: _seq, urn: _urn, revision: _revision, validFrom, attributes, ...fields } = base;
    const isLater = validFrom !== null && isSurelyAfter(validFrom, effectiveOn);
    const value = {
      ...fields,
      source,
      target,
      validFrom: isLater ? validFrom : effectiveOn,
      attributes: without(attributes, tie.disputed),
    };
    const urn = this.nameOf(tie);
    this.write({ op: 'ADD', urn, value }, lastOf(tie).intent);
    this.tell(this.ofTie('MOVES', tie, { base, begun: urn, to: tie }));
  }

  private over(
    tie: Tie,
    base: Relation,
    { type, to }: { readonly type: 'JOINS' | 'ENDS'; readonly to: Tie | undefined },
  ): void {
    this.close(tie, base);
    this.tell(this.ofTie(type, tie, { base, begun: null, to }));
  }

  private ofTie(
    type: ConsequenceType,
    tie: Tie,
    { base, begun, to }: { readonly base: Relation; readonly begun: Urn | null; readonly to: Tie | undefined },
  ): Consequence {
    const { intent, end } = lastOf(tie);
    const { kind, source, target } = tie;
    return consequence({
      type,
      intent,
      element: end === 'source' ? target : source,
      relation: base.urn,
      begun,
      kind,
      from: urnAt(this.draft.landscape, base[end]),
      to: to?.[end] ?? null,
    });
  }

  /** What never held, for it was to begin later, is taken away; all else ends on the day before. */
  private close(tie: Tie, { urn, validFrom }: Relation): void {
    const { intent } = lastOf(tie);
    const neverHeld = validFrom !== null && isSurelyAfter(validFrom, this.lastDay);
    if (neverHeld) this.write({ op: 'REMOVE', urn }, intent);
    else this.write({ op: 'UPDATE', urn, path: 'validTo', value: this.lastDay }, intent);
  }

  private nameOf(tie: Tie): Urn {
    const { kind, source, target } = tie;
    tie.begun = this.urns.make(`${idOf(source)}.${kind.toLowerCase().replaceAll('_', '-')}.${idOf(target)}`);
    return tie.begun;
  }

  private write(operation: Operation, intent: number): void {
    this.operations.push(this.evidence.source === null ? operation : { ...operation, ...this.evidence });
    this.intentOf.push(intent);
  }

  private tell(told: Consequence): void {
    const list = this.told.get(told.type);
    if (list === undefined) this.told.set(told.type, [told]);
    else list.push(told);
  }
}

/** Every tie that is written was touched. */
function lastOf({ last }: Tie): NonNullable<Tie['last']> {
  if (last === undefined) throw new RangeError('a tie is written that nothing has touched');
  return last;
}

/** The tie that says the same in the end. */
function livingTwin(tie: Tie): Tie {
  let twin = tie;
  while (twin.joined !== undefined) twin = twin.joined;
  return twin;
}

function without(attributes: Relation['attributes'], keys: ReadonlySet<string>): Readonly<Record<string, Json>> {
  return keys.size === 0
    ? attributes
    : Object.fromEntries(Object.entries(attributes).filter(([key]) => !keys.has(key)));
}
