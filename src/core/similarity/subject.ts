import type { Proposal, ProposalComponent, WorkType } from '../landscape/proposal.js';
import { codesOf, declaredFor } from './declared-capabilities.js';
import { needOf } from './need.js';
import type { SimilarityIndex, TermVector } from './similarity-index.js';
import { vectorOf } from './similarity-index.js';
import { capabilitiesOf, termsOf } from './terms.js';
import type { CapabilityWeights } from './terms.js';
import type { ReadText, TextReader } from './text-reading.js';
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
  /** Codes of those that are declared, whether a text says them too or not. */
  readonly declared: ReadonlySet<string>;
  readonly workType: WorkType;
  /** Its name says that records are made digital or put in order. */
  readonly isRecords: boolean;
  /** Words that carry meaning, in the name and the description; with a capability named, at least 2. */
  readonly informativeWords: number;
}

/** What was written of one component and of its project, read. */
export function readTexts(reader: TextReader, proposal: Proposal, component: ProposalComponent): Subject['texts'] {
  const name = reader.read(component.name);
  return {
    name,
    description: reader.read(component.description),
    title: proposal.title === component.name ? name : reader.read(proposal.title),
    objective: reader.read(proposal.objective),
  };
}

/** Code of the capability that is declared; undefined where none is, or one that the catalogue does not have. */
export function capabilityDeclared({ lexicon }: TextReader, { capability }: ProposalComponent): string | undefined {
  return capability === null ? undefined : lexicon.codeOfUrn(capability);
}

/**
 * Reads one component. The title of a project with several components says too little of any one of them to name it.
 * @param otherNames - of the component, where what is compared is registered and bears some.
 */
export function readSubject(
  index: SimilarityIndex,
  proposal: Proposal,
  component: ProposalComponent,
  otherNames: readonly string[] = [],
): Subject {
  const { reader } = index;
  const texts = readTexts(reader, proposal, component);
  const ownNames = proposal.components.length === 1 ? [texts.name, texts.title] : [texts.name];
  const names = [...ownNames, ...otherNames.map((each) => reader.read(each))];
  const capabilities = new Map(capabilitiesOf(names, [texts.description]));
  const declared = codesOf(reader.lexicon, declaredFor(proposal, component));
  for (const code of declared) capabilities.set(code, 1);
  const need = needOf(names, texts.description, 'NEW');
  const own = [...names, texts.description];
  const vector = (of: readonly ReadText[]): TermVector => vectorOf(index, termsOf(of));
  return {
    component,
    texts,
    need: index.needs.weighAsked(need, declared),
    everything: vector([...own, texts.title, texts.objective]),
    capabilities,
    declared: new Set(declared),
    workType: proposal.workType === 'UNKNOWN' ? workTypeOf(index, texts) : proposal.workType,
    isRecords: reader.saysRecords(texts.name),
    informativeWords: Math.max(capabilities.size > 0 ? 2 : 0, informativeWordsOf(own)),
  };
}

function workTypeOf({ reader }: SimilarityIndex, { name, title }: Subject['texts']): WorkType {
  const fromComponent = reader.workTypeIn(name.tokens);
  return fromComponent === 'UNKNOWN' ? reader.workTypeIn(title.tokens) : fromComponent;
}

function informativeWordsOf(texts: readonly ReadText[]): number {
  const words = texts.flatMap(({ tokens, importance }) =>
    tokens.filter((_, at) => importance[at] === 1).map(({ text }) => text),
  );
  return new Set(words).size;
}
