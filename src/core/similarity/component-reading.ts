import type { Proposal, ProposalComponent, WorkType } from '../landscape/proposal.js';
import { original } from './evidence.js';
import type { Span } from './evidence.js';
import type { SimilarityIndex } from './similarity-index.js';
import { capabilityDeclared, readTexts } from './subject.js';
import type { SubjectField } from './subject.js';
import type { PassedOver, ReadText, TextReader } from './text-reading.js';

/** Words of a proposal with the place of them. */
export interface WordsRead {
  /** As the proposal writes them. */
  readonly text: string;
  readonly field: SubjectField;
  readonly span: Span;
}

/**
 * How surely words tell what is wanted: at the head of a name, behind it (where a name says for whom and where), or in the
 * description, which may mention what is only touched.
 */
const READING_CONFIDENCES = ['NAME_HEAD', 'NAME_TAIL', 'DESCRIPTION'] as const;
export type ReadingConfidence = (typeof READING_CONFIDENCES)[number];

/** A capability that words name, at the place that tells it most surely. */
export interface CapabilityRead extends WordsRead {
  readonly code: string;
  readonly confidence: ReadingConfidence;
}

/** Words that count for little, and why. */
export interface WordsPassedOver extends WordsRead {
  readonly why: PassedOver['why'];
}

/** From where the kind of work was taken: declared, the words of the component, those of the title, or from nowhere. */
export type WorkTypeSource = 'DECLARED' | 'COMPONENT' | 'TITLE' | 'NOT_SAID';

/** The kind of work that was taken; UNKNOWN is judged as something new. */
export interface WorkTypeRead {
  readonly workType: WorkType;
  readonly source: WorkTypeSource;
  /** The words that told it; null where no word did. */
  readonly words: WordsRead | null;
}

/** What was understood of a component, or of the title of a proposal. */
export interface ComponentReading {
  /** Code of the capability that was declared; null where none was, or one that the catalogue does not have. */
  readonly declared: string | null;
  /** Most surely told first, then by place. A capability is told once. */
  readonly capabilities: readonly CapabilityRead[];
  /** By field and place. */
  readonly passedOver: readonly WordsPassedOver[];
  readonly work: WorkTypeRead;
}

interface FieldText {
  readonly field: SubjectField;
  readonly read: ReadText;
}

/** What was understood of one component: of its name and description, and of the title where it is the only one. */
export function readingOf(
  { reader }: Pick<SimilarityIndex, 'reader'>,
  proposal: Proposal,
  component: ProposalComponent,
): ComponentReading {
  const texts = readTexts(reader, proposal, component);
  const titleCounts = proposal.components.length === 1 && texts.title !== texts.name;
  const fields: FieldText[] = [
    { field: 'name', read: texts.name },
    ...(titleCounts ? [{ field: 'title', read: texts.title } as const] : []),
    { field: 'description', read: texts.description },
  ];
  return {
    declared: capabilityDeclared(reader, component) ?? null,
    capabilities: capabilitiesRead(fields),
    passedOver: fields.flatMap((each) => passedOverIn(reader, each)),
    work: workTypeRead(reader, proposal, [
      ['COMPONENT', { field: 'name', read: texts.name }],
      ['TITLE', { field: 'title', read: texts.title }],
    ]),
  };
}

/** What was understood of the title of a proposal, by itself. */
export function titleReadingOf({ reader }: Pick<SimilarityIndex, 'reader'>, proposal: Proposal): ComponentReading {
  const title: FieldText = { field: 'title', read: reader.read(proposal.title) };
  return {
    declared: null,
    capabilities: capabilitiesRead([title]),
    passedOver: passedOverIn(reader, title),
    work: workTypeRead(reader, proposal, [['TITLE', title]]),
  };
}

/** The capabilities that texts name, each at the place that tells it most surely. */
export function capabilitiesRead(fields: readonly FieldText[]): CapabilityRead[] {
  const all = fields.flatMap(({ field, read }) =>
    read.tags.map(({ code, from, to }): CapabilityRead => {
      const named = from < read.headEnd ? 'NAME_HEAD' : 'NAME_TAIL';
      return { code, confidence: field === 'description' ? 'DESCRIPTION' : named, field, ...original(read, from, to) };
    }),
  );
  const surest = all.toSorted((a, b) => rankOf(a) - rankOf(b));
  const told = new Map<string, CapabilityRead>();
  for (const each of surest) if (!told.has(each.code)) told.set(each.code, each);
  return [...told.values()];
}

function rankOf({ confidence }: CapabilityRead): number {
  return READING_CONFIDENCES.indexOf(confidence);
}

function passedOverIn(reader: TextReader, { field, read }: FieldText): WordsPassedOver[] {
  return reader.passedOver(read).map(({ why, from, to }) => ({ why, field, ...original(read, from, to) }));
}

function workTypeRead(
  reader: TextReader,
  { workType }: Proposal,
  places: readonly (readonly [source: WorkTypeSource, text: FieldText])[],
): WorkTypeRead {
  if (workType !== 'UNKNOWN') return { workType, source: 'DECLARED', words: null };
  for (const [source, { field, read }] of places) {
    const hit = reader.workWordsIn(read.tokens);
    const told = hit?.values[0];
    if (hit === undefined || told === undefined) continue;
    return { workType: told, source, words: { field, ...original(read, hit.from, hit.to) } };
  }
  return { workType, source: 'NOT_SAID', words: null };
}
