import { ELEMENT_KINDS, RELATION_KINDS } from './model.js';
import type { ElementKind, RelationKind } from './model.js';

/** Things that are built and run; they may need, host and feed one another. */
const BUILT = ['SYSTEM', 'PLATFORM', 'DATABASE', 'DIGITAL_SERVICE', 'INFRASTRUCTURE', 'INTERFACE'] as const;

interface Rule {
  readonly sources: readonly ElementKind[];
  readonly targets: readonly ElementKind[];
  /** Both ends must be built things, or both of one and the same kind. */
  readonly sameGroup?: true;
}

const ANY = ELEMENT_KINDS;
const OWNABLE = ELEMENT_KINDS.filter((kind) => kind !== 'AGENCY' && kind !== 'LEGISLATION');

/** Which kinds of element a kind of relation may join. */
const LEGAL: Readonly<Record<RelationKind, Rule>> = {
  DEPENDS_ON: { sources: BUILT, targets: [...BUILT, 'TECHNOLOGY', 'DATA_OBJECT'] },
  USES_PLATFORM: { sources: BUILT, targets: ['PLATFORM'] },
  RUNS_ON: { sources: BUILT, targets: ['INFRASTRUCTURE', 'PLATFORM', 'TECHNOLOGY'] },
  AUTHENTICATES_WITH: { sources: BUILT, targets: ['PLATFORM', 'SYSTEM', 'DIGITAL_SERVICE'] },
  EXCHANGES_DATA_WITH: { sources: BUILT, targets: BUILT },
  PART_OF: { sources: ANY, targets: ANY, sameGroup: true },
  REALIZES: { sources: BUILT, targets: ['CAPABILITY', 'ADMINISTRATIVE_PROCEDURE', 'DIGITAL_SERVICE'] },
  OWNED_BY: { sources: OWNABLE, targets: ['AGENCY'] },
  OPERATED_BY: { sources: OWNABLE, targets: ['AGENCY'] },
  MASTERS: { sources: BUILT, targets: ['DATA_OBJECT'] },
  READS: { sources: BUILT, targets: ['DATA_OBJECT'] },
  WRITES: { sources: BUILT, targets: ['DATA_OBJECT'] },
  PROVIDES: { sources: BUILT, targets: ['INTERFACE', 'DIGITAL_SERVICE', 'DATA_OBJECT'] },
  GOVERNED_BY: { sources: ANY, targets: ['LEGISLATION', 'CONTRACT'] },
  CONFORMS_TO: { sources: ANY, targets: ['STANDARD'] },
  REPLACES: { sources: ANY, targets: ANY, sameGroup: true },
  DELIVERS: { sources: ['PROJECT', 'TASK'], targets: [...BUILT, 'CAPABILITY', 'DATA_OBJECT'] },
  ASSOCIATED_WITH: { sources: ANY, targets: ANY },
  CLOSES: { sources: ['TASK', 'PROJECT'], targets: ['GAP'] },
  USES: { sources: ['AGENCY'], targets: ['SYSTEM', 'PLATFORM', 'DATABASE', 'DIGITAL_SERVICE', 'INFRASTRUCTURE'] },
};

const BUILT_SET: ReadonlySet<ElementKind> = new Set(BUILT);

/** Whether a relation of this kind may lead from one kind of element to another. */
export function isLegal(kind: RelationKind, source: ElementKind, target: ElementKind): boolean {
  const rule = LEGAL[kind];
  if (!rule.sources.includes(source) || !rule.targets.includes(target)) return false;
  return rule.sameGroup !== true || source === target || (BUILT_SET.has(source) && BUILT_SET.has(target));
}

/** The kinds of relation that may lead from one kind of element to another, in the order of RELATION_KINDS. */
export function legalRelations(source: ElementKind, target: ElementKind): RelationKind[] {
  return RELATION_KINDS.filter((kind) => isLegal(kind, source, target));
}
