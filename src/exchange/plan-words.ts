import { BeginningTable } from './beginning-table.js';
import { HeaderWords } from './header-words.js';
import type { HeaderTable } from './header-words.js';
import { foldHeader } from './spreadsheet-words.reader.js';
import { INVESTMENT_FORMS, WORK_TYPES } from '../core/landscape/proposal.js';
import type { InvestmentForm, WorkType } from '../core/landscape/proposal.js';
import { readReferenceJson } from '../runtime/reference-file.js';

/** What the columns of a list of planned projects say. */
export const PLAN_ROLES = [
  'number',
  'code',
  'title',
  'objective',
  'scope',
  'agency',
  'budget',
  'year',
  'investmentForm',
  'workType',
  'layer',
  'decidedOn',
] as const;
export type PlanRole = (typeof PLAN_ROLES)[number];

/** The words of plan lists as they ship with the program. */
export interface PlanWordsFile {
  readonly columns: HeaderTable<PlanRole>;
  /** Titles of rows that are sums. */
  readonly totals: readonly string[];
  readonly units: readonly { readonly dong: number; readonly words: readonly string[] }[];
  readonly investmentForms: Readonly<Partial<Record<InvestmentForm, readonly string[]>>>;
  readonly workTypes: Readonly<Partial<Record<WorkType, readonly string[]>>>;
}

/** Reads what ships with the program: its shape is checked by plan-words.spec.ts, not on every start. */
export function readPlanWords(): PlanWordsFile {
  return readReferenceJson('national/plan-lists.json') as PlanWordsFile;
}

/** Knows the words of plan lists, marks or not. */
export class PlanWords {
  private readonly headers: HeaderWords<PlanRole>;
  private readonly totals: ReadonlySet<string>;
  private readonly units: readonly (readonly [word: string, dong: number])[];
  private readonly forms: BeginningTable<InvestmentForm>;
  private readonly works: BeginningTable<WorkType>;

  constructor(private readonly file: PlanWordsFile) {
    this.headers = new HeaderWords(PLAN_ROLES, file.columns);
    this.totals = new Set(file.totals.map(foldHeader));
    const units = file.units.flatMap(({ dong, words }) => words.map((word) => [foldHeader(word), dong] as const));
    this.units = units.toSorted(([left], [right]) => right.length - left.length);
    this.forms = wordTable(INVESTMENT_FORMS, file.investmentForms);
    this.works = wordTable(WORK_TYPES, file.workTypes);
  }

  /** What a column says by its header: the longest known header that its own begins with decides. */
  roleOf(header: string): PlanRole | undefined {
    return this.headers.roleOf(header);
  }

  /** The known header that a text is most like. */
  headerLike(text: string): string {
    return this.headers.headerLike(text);
  }

  isTotal(text: string): boolean {
    return this.totals.has(foldHeader(text));
  }

  /** How many dong the unit is that a text names; undefined where it names none. */
  unitIn(text: string): number | undefined {
    const folded = ` ${foldHeader(text)} `;
    return this.units.find(([word]) => folded.includes(` ${word} `))?.[1];
  }

  investmentForm(text: string): InvestmentForm | undefined {
    return this.forms.find(text);
  }

  workType(text: string): WorkType | undefined {
    return this.works.find(text);
  }

  /** The words for all forms of investment, one each. */
  get investmentForms(): string {
    return Object.values(this.file.investmentForms)
      .map(([word]) => word)
      .join(', ');
  }

  get workTypes(): string {
    return Object.values(this.file.workTypes)
      .map(([word]) => word)
      .join(', ');
  }
}

function wordTable<T extends string>(
  values: readonly T[],
  words: Readonly<Partial<Record<T, readonly string[]>>>,
): BeginningTable<T> {
  return new BeginningTable(
    values.flatMap((value) => [value, ...(words[value] ?? [])].map((word) => [word, value] as const)),
  );
}
