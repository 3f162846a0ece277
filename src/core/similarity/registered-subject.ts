import { ownerOf, sourcesOf, targetsOf } from '../landscape/landscape.js';
import type { Landscape } from '../landscape/landscape.js';
import type { Element, Urn } from '../landscape/model.js';
import { INVESTMENT_FORMS, WORK_TYPES } from '../landscape/proposal.js';
import type { Proposal, ProposalComponent } from '../landscape/proposal.js';
import { realisedBy } from './declared-capabilities.js';
import type { DuplicateAnswer, MissingDuplicateFact } from './duplicate-answer.js';
import { COUNTERPART_KINDS } from './indexed-element.js';

/** Something that is registered, as if somebody proposed it today. */
export interface RegisteredSubject {
  readonly element: Element;
  readonly proposal: Proposal;
  /** By component, what it is the function of: the element itself, or what the project delivers. */
  readonly parts: ReadonlyMap<string, Element>;
  /** By component, its names beside the first. */
  readonly otherNames: ReadonlyMap<string, readonly string[]>;
  /** What it is not compared with: itself, what it delivers, and what delivers it. */
  readonly without: ReadonlySet<Urn>;
}

/**
 * A registered element as a proposal. A project has a component for each thing that it delivers and that could be found as
 * a duplicate; everything else, and a project of which nobody said what it delivers, is one component named after itself.
 */
export function registeredSubject(landscape: Landscape, element: Element): RegisteredSubject {
  const delivered = targetsOf(landscape, element.seq, 'DELIVERS').filter(({ kind }) => COUNTERPART_KINDS.has(kind));
  return subjectOf(landscape, element, delivered, ownerOf);
}

/**
 * The same, compared by its own texts alone, whatever it delivers.
 * @param owners - how it is found out whose it is; as the landscape has it, unless told.
 */
export function subjectByOwnTexts(
  landscape: Landscape,
  element: Element,
  owners: typeof ownerOf = ownerOf,
): RegisteredSubject {
  return subjectOf(landscape, element, [], owners);
}

function subjectOf(
  landscape: Landscape,
  element: Element,
  delivered: readonly Element[],
  owners: typeof ownerOf,
): RegisteredSubject {
  const [first = element, ...rest] = delivered;
  const parts = [first, ...rest];
  const { name, description, kind, attributes } = element;
  const isProject = kind === 'PROJECT';
  return {
    element,
    proposal: {
      title: name,
      objective: first === element ? null : description,
      agency: owners(landscape, element.seq)?.urn ?? null,
      investmentForm: INVESTMENT_FORMS.find((each) => isProject && each === attributes['investmentForm']) ?? 'UNKNOWN',
      workType: isProject ? (WORK_TYPES.find((each) => each === attributes['workType']) ?? 'UNKNOWN') : 'BUILD',
      components: [componentOf(landscape, first, 0), ...rest.map((part, at) => componentOf(landscape, part, at + 1))],
      budget: [],
      decidedOn: null,
      operations: [],
      answers: {},
    },
    parts: new Map(parts.map((part, at) => [componentId(at), part])),
    otherNames: new Map(parts.map((part, at) => [componentId(at), otherNamesOf(part)])),
    without: new Set([element, ...delivered, ...sourcesOf(landscape, element.seq, 'DELIVERS')].map(({ urn }) => urn)),
  };
}

function componentId(at: number): string {
  return `c${at + 1}`;
}

function componentOf(landscape: Landscape, element: Element, at: number): ProposalComponent {
  const { name, description, layer } = element;
  return { id: componentId(at), name, description, capability: null, realizes: realisedBy(landscape, element), layer };
}

function otherNamesOf({ aliases, nameEn }: Element): readonly string[] {
  return nameEn === null ? aliases : [...aliases, nameEn];
}

/** The facts whose absence limits an answer, where what was asked about is registered: they are missing of its record. */
export function missingOfRegistered(
  { coverage }: DuplicateAnswer,
  { element, parts }: RegisteredSubject,
): readonly MissingDuplicateFact[] {
  return coverage.missing.flatMap((fact): MissingDuplicateFact[] => {
    if (fact.element !== null) return [fact];
    const [field, component = '', ofComponent] = fact.field.split('.');
    if (field === 'agency') return [{ element: element.urn, field: 'OWNED_BY' }];
    if (field === 'workType') return [{ element: element.urn, field }];
    // A draft would be asked for its functions; what is registered is asked what it does.
    if (field === 'components' && component === '') return [{ element: element.urn, field: 'description' }];
    const part = parts.get(component);
    // What no record could say, such as an objective, is no gap of one.
    return part === undefined || ofComponent === undefined ? [] : [{ element: part.urn, field: ofComponent }];
  });
}
