import type { WorkType } from '../landscape/proposal.js';
import { FROM_DESCRIPTION } from './terms.js';
import type { CapabilityWeights } from './terms.js';
import type { ReadText, TextReader } from './text-reading.js';

/** Kinds of work that are no duplicates of each other although they are about one thing. */
export const WORK_KINDS = ['NEW', 'CHANGE', 'SERVICE', 'RECORDS'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** What somebody wrote about a project, a part of it, or a system that is there. */
export interface NeedTexts {
  /** The title or name first, then other names; at least one. */
  readonly names: readonly string[];
  readonly description: string | null;
  /** As declared; UNKNOWN where the title has to tell. */
  readonly workType: WorkType;
}

/** The same, read: everything that two needs are compared by. */
export interface Need {
  readonly names: readonly ReadText[];
  readonly description: ReadText;
  /** By code, how much it is about a capability, 0 to 1; 1 = its title says so. */
  readonly capabilities: CapabilityWeights;
  readonly workKind: WorkKind;
}

/** How much a word counts behind the head of a title, where it says for whom and where. */
const IN_TAIL = 0.4;

const KIND_OF: Readonly<Record<WorkType, WorkKind>> = {
  BUILD: 'NEW',
  ROLL_OUT: 'NEW',
  UNKNOWN: 'NEW',
  UPGRADE: 'CHANGE',
  OPERATE: 'SERVICE',
  MAINTAIN: 'SERVICE',
  CONSULT: 'SERVICE',
  RETIRE: 'SERVICE',
};

/** Reads what was written. Texts without a word give a need without names, which resembles nothing. */
export function readNeed(reader: TextReader, texts: NeedTexts): Need {
  const names = texts.names.map((name) => reader.read(name));
  return needOf(names, reader.read(texts.description), workKindOf(reader, texts, names[0]));
}

/** The need of texts that were read already. */
export function needOf(names: readonly ReadText[], description: ReadText, workKind: WorkKind): Need {
  const weakened = names.filter(({ tokens }) => tokens.length > 0).map(withWeakTail);
  return { names: weakened, description, capabilities: capabilitiesIn(weakened, description), workKind };
}

function workKindOf(reader: TextReader, { workType }: NeedTexts, title: ReadText | undefined): WorkKind {
  const kind = KIND_OF[workType === 'UNKNOWN' ? reader.workTypeIn(title?.tokens ?? []) : workType];
  return kind !== 'SERVICE' && title !== undefined && reader.saysRecords(title) ? 'RECORDS' : kind;
}

function withWeakTail(read: ReadText): ReadText {
  return { ...read, importance: read.importance.map((weight, at) => (at < read.headEnd ? weight : weight * IN_TAIL)) };
}

function capabilitiesIn(names: readonly ReadText[], { tags }: ReadText): CapabilityWeights {
  const weights = new Map<string, number>();
  for (const { code } of tags) weights.set(code, FROM_DESCRIPTION);
  for (const name of names) {
    for (const { code, from } of name.tags) {
      weights.set(code, Math.max(weights.get(code) ?? 0, from < name.headEnd ? 1 : IN_TAIL));
    }
  }
  return weights;
}

/** Fewer words that carry meaning can not tell one need from another. */
export const FEWEST_WORDS = 2;

/** Whether a need names too little to be compared: no capability, and not two words that carry meaning. */
export function saysTooLittle({ names, description, capabilities }: Need): boolean {
  if (capabilities.size > 0) return false;
  const words = [...names, description].flatMap(({ tokens, importance }) =>
    tokens.filter((_, at) => (importance[at] ?? 0) >= IN_TAIL).map(({ text }) => text),
  );
  return new Set(words).size < FEWEST_WORDS;
}
