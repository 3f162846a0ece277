import { ELEMENT_KINDS, LIFECYCLE_PHASES, RELATION_KINDS } from '../core/landscape/model.js';
import type { ElementKind, LifecyclePhase, RelationKind } from '../core/landscape/model.js';
import { listOf, mapOf, objectOf, oneOf, orElse, orNull, text } from '../core/policy/shape.js';
import type { Shape, ShapeProblem } from '../core/policy/shape.js';
import { readReferenceJson } from '../runtime/reference-file.js';

const FILE = 'national/workbook-form.json';

/** What the rows of a sheet of the form are. */
export const FORM_ROWS = ['OBJECTS', 'CONNECTIONS', 'MAPPINGS', 'GAP_TASKS'] as const;
export type FormRows = (typeof FORM_ROWS)[number];

/** A column of the form. */
export interface FormColumn {
  /** As the form writes it. */
  readonly header: string;
  /** What its cells say, in the words of the lists of the registry; beside these `connectionType` and `timeline`. */
  readonly to: string;
  /** Of whom, where the rows speak of two. */
  readonly of: 'GAP' | 'TASK' | null;
  /** Whether the form is not ready while a cell of it is empty. */
  readonly required: boolean;
  /** It is required only in rows where another column has this value. */
  readonly requiredWhen: { readonly to: string; readonly is: string } | null;
  /** The form's words for values; a value without one is written as lists write it. */
  readonly words: Readonly<Record<string, string>>;
}

export interface FormSheet {
  /** The name on its tab. */
  readonly name: string;
  readonly rowsAre: FormRows;
  readonly columns: readonly FormColumn[];
}

/** A form in which a city hands its architecture over: its sheets, columns and words are data, for the form may change. */
export interface NationalForm {
  readonly code: string;
  readonly version: string;
  readonly title: { readonly vi: string; readonly en: string };
  /** Whether it was compared with the signed text. */
  readonly verification: 'UNVERIFIED' | 'VERIFIED_AGAINST_SIGNED_TEXT';
  readonly source: { readonly vi: string; readonly en: string };
  /** The kinds of relation that are connections, each with what the form calls it where nothing closer is known. */
  readonly connectionKinds: Readonly<Record<string, string>>;
  /** The kinds of connection that the form names; others may be written. */
  readonly connectionTypes: readonly string[];
  /** The relation by which an object is mapped to a component of the framework, and the kind of these. */
  readonly mapping: { readonly kind: RelationKind; readonly target: ElementKind };
  /** What the architecture state of something is by its phase, where nobody told; phases that are not here are of no state. */
  readonly stateOfPhase: Readonly<Partial<Record<LifecyclePhase, string>>>;
  readonly sheets: readonly FormSheet[];
}

const flag: Shape<boolean> = (value, path, problems) => {
  if (typeof value !== 'boolean') problems.push({ path, expected: 'true or false' });
  return value === true;
};

const bothLanguages = objectOf<NationalForm['title']>({ vi: text, en: text });

const column = objectOf<FormColumn>({
  header: text,
  to: text,
  of: orNull(oneOf(['GAP', 'TASK'])),
  required: flag,
  requiredWhen: orNull(objectOf({ to: text, is: text })),
  words: orElse(mapOf(text), {}),
});

const form = objectOf<NationalForm>({
  code: text,
  version: text,
  title: bothLanguages,
  verification: oneOf(['UNVERIFIED', 'VERIFIED_AGAINST_SIGNED_TEXT']),
  source: bothLanguages,
  connectionKinds: keyedBy(RELATION_KINDS),
  connectionTypes: listOf(text),
  mapping: objectOf<NationalForm['mapping']>({ kind: oneOf(RELATION_KINDS), target: oneOf(ELEMENT_KINDS) }),
  stateOfPhase: keyedBy(LIFECYCLE_PHASES),
  sheets: listOf(objectOf<FormSheet>({ name: text, rowsAre: oneOf(FORM_ROWS), columns: listOf(column) })),
});

/** Texts by some of these keys. */
function keyedBy(keys: readonly string[]): Shape<Readonly<Record<string, string>>> {
  return (value, path, problems) => {
    const found = mapOf(text)(value, path, problems);
    for (const key of Object.keys(found)) {
      if (!keys.includes(key)) problems.push({ path: `${path}.${key}`, expected: `one of ${keys.join(', ')}` });
    }
    return found;
  };
}

/** The form that ships with the program. */
export function readNationalForm(): NationalForm {
  const problems: ShapeProblem[] = [];
  const read = form(readReferenceJson(FILE), '', problems);
  if (problems.length === 0) return read;
  throw new Error(`${FILE}: ${problems.map(({ path, expected }) => `${path} must be ${expected}`).join('; ')}`);
}
