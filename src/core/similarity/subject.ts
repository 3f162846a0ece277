import type { Proposal, ProposalComponent, WorkType } from '../landscape/proposal.js';
import { needOf } from './need.js';
import type { SimilarityIndex, TermVector } from './similarity-index.js';
import { vectorOf } from './similarity-index.js';
import { capabilitiesOf, termsOf } from './terms.js';
import type { CapabilityWeights } from './terms.js';
import type { ReadText } from './text-reading.js';
import type { WeighedNeed } from './weighed-need.js';

/** Parts of a proposal that a span can point into. */
export type SubjectField = 'name' | 'description' | 'title' | 'objective';

/** One component of a proposal, read and weighed against an index. */
export interface Subject {
  readonly component: ProposalComponent;
  readonly texts: Readonly<Record<SubjectField, ReadText>>;
  /** What the model compares: its names are its own, and the project's title where it is the only component. */
  readonly need: WeighedNeed;
  readonly everything: TermVector;
  readonly capabilities: CapabilityWeights;
  readonly workType: WorkType;
  /** Words that carry meaning, in the name and the description; with a capability named, at least 2. */
  readonly informativeWords: number;
}

/** Reads one component. The title of a project with several components says too little of any one of them to name it. */
export function readSubject(index: SimilarityIndex, proposal: Proposal, component: ProposalComponent): Subject {
  const { reader } = index;
  const name = reader.read(component.name);
  const texts = {
    name,
    description: reader.read(component.description),
    title: proposal.title === component.name ? name : reader.read(proposal.title),
    objective: reader.read(proposal.objective),
  };
  const names = proposal.components.length === 1 ? [texts.name, texts.title] : [texts.name];
  const capabilities = new Map(capabilitiesOf(names, [texts.description]));
  const declared = component.capability === null ? undefined : reader.lexicon.codeOfUrn(component.capability);
  const declaredCapability: [string, number][] = declared === undefined ? [] : [[declared, 1]];
  for (const [code, weight] of declaredCapability) capabilities.set(code, weight);
  const need = needOf(names, texts.description, 'NEW');
  const own = [...names, texts.description];
  const vector = (of: readonly ReadText[]): TermVector => vectorOf(index, termsOf(of));
  return {
    component,
    texts,
    need: index.needs.weighAsked({ ...need, capabilities: new Map([...need.capabilities, ...declaredCapability]) }),
    everything: vector([...own, texts.title, texts.objective]),
    capabilities,
    workType: proposal.workType === 'UNKNOWN' ? workTypeOf(index, proposal, component) : proposal.workType,
    informativeWords: Math.max(capabilities.size > 0 ? 2 : 0, informativeWordsOf(own)),
  };
}

function workTypeOf({ reader }: SimilarityIndex, proposal: Proposal, component: ProposalComponent): WorkType {
  const fromComponent = reader.workType(component.name);
  return fromComponent === 'UNKNOWN' ? reader.workType(proposal.title) : fromComponent;
}

function informativeWordsOf(texts: readonly ReadText[]): number {
  const words = texts.flatMap(({ tokens, importance }) =>
    tokens.filter((_, at) => importance[at] === 1).map(({ text }) => text),
  );
  return new Set(words).size;
}
