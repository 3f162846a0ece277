/**
 * Everything a caller can act on, as a closed list. A reason says what is wrong; its code says what kind of wrong that is.
 * The text for people is made at the edge from the reason (`runtime/messages.ts`), never here.
 */
export const ERROR_CODES = [
  'VALIDATION',
  'CONFLICT',
  'FORBIDDEN',
  'NOT_FOUND',
  'ILLEGAL_RELATION',
  'LIMIT_EXCEEDED',
  'REFUSED_CONTENT',
  'UNAVAILABLE',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Each reason with its code. A new reason does not compile until it has a message in both languages. */
export const REASONS = {
  /** The text is not a urn of this registry. params: value */
  URN_MALFORMED: 'VALIDATION',
  /** params: urn */
  URN_UNKNOWN: 'NOT_FOUND',
  /** The urn names a living object already, or one that was removed: urns are never reused. params: urn */
  URN_TAKEN: 'CONFLICT',
  /** An operation needs a value and has none. params: field */
  VALUE_MISSING: 'VALIDATION',
  /** params: field, expected */
  VALUE_OF_WRONG_TYPE: 'VALIDATION',
  /** params: field, value, allowed */
  VALUE_NOT_ALLOWED: 'VALIDATION',
  /** params: field, value, minimum, maximum */
  VALUE_OUT_OF_BOUNDS: 'VALIDATION',
  /** The record has no such field. params: field, suggestion */
  FIELD_UNKNOWN: 'VALIDATION',
  /** The field is fixed at birth. params: field */
  FIELD_FIXED: 'VALIDATION',
  /** No attribute definition of that key for that kind. params: key, kind, suggestion */
  ATTRIBUTE_UNKNOWN: 'VALIDATION',
  /** A field of a definition that its type has no use for. params: field, type, types */
  FIELD_SENSELESS: 'VALIDATION',
  /** The key belongs to another attribute definition. params: key, holder */
  ATTRIBUTE_KEY_TAKEN: 'CONFLICT',
  /** The attribute definition has values, and can not go or change its type. params: key, count, examples */
  ATTRIBUTE_IN_USE: 'CONFLICT',
  /** Other definitions say that their day is not before this one: it has to stay a date of their kinds. params: key, count, examples */
  ATTRIBUTE_STILL_NAMED: 'CONFLICT',
  /** A day would be bound not to be before itself. params: cycle */
  ATTRIBUTE_BEFORE_ITSELF: 'VALIDATION',
  /** Values that are there would be wrong under the changed definition. params: key, count, examples */
  ATTRIBUTE_VALUES_BROKEN: 'CONFLICT',
  /** The named element is of a kind that can not be named there. params: field, urn, kind, allowed */
  REFERENCE_OF_WRONG_KIND: 'VALIDATION',
  /** Something ends before it begins. params: field, value, start */
  END_BEFORE_START: 'VALIDATION',
  /** Another relation says who holds the original of these data. params: urn, scope, other */
  MASTER_TAKEN: 'CONFLICT',
  /** Others name the element in an attribute or as responsible. params: urn, count, examples */
  ELEMENT_STILL_NAMED: 'CONFLICT',
  /** params: kind, source, target, legal */
  RELATION_ILLEGAL: 'ILLEGAL_RELATION',
  /** May not be, but might be the other way round. params: kind, source, target, legal */
  RELATION_BACKWARDS: 'ILLEGAL_RELATION',
  /** A relation's end is not an element of the landscape. params: urn */
  RELATION_END_UNKNOWN: 'NOT_FOUND',
  /** Part of itself, directly or through others. params: cycle */
  PART_OF_CYCLE: 'ILLEGAL_RELATION',
  /** What shall end is needed by others, and nobody has said that this is known. params: urn, count, examples */
  STILL_NEEDED: 'CONFLICT',
  /** The element still has relations. params: urn, count */
  ELEMENT_STILL_RELATED: 'CONFLICT',
  /** The target of the operation changed after the expected revision. params: urn, expected, actual */
  STALE_REVISION: 'CONFLICT',
  /** Only an agency can be founded, merged, divided, or own things. params: urn, kind */
  NOT_AN_AGENCY: 'VALIDATION',
  /** The agency is no more on the day. params: urn, from */
  AGENCY_ENDED: 'CONFLICT',
  /** The agency begins only after the day. params: urn, from */
  AGENCY_NOT_BEGUN: 'CONFLICT',
  /** Nothing takes its own place, or belongs to itself. params: urn */
  SUCCEEDS_ITSELF: 'VALIDATION',
  /** It has nothing to do with the agency, or is with it already. params: urn, agency */
  NOTHING_TO_MOVE: 'VALIDATION',
  /** Two operations of one change set contradict each other. params: urn */
  OPERATION_REPEATED: 'VALIDATION',
  /** params: field, limit, actual */
  LIMIT_EXCEEDED: 'LIMIT_EXCEEDED',
  /** The request has used up the work that one may take. params: field (the way to it in the answer) */
  WORK_EXHAUSTED: 'LIMIT_EXCEEDED',
  /** More findings than are told at once. params: limit, actual (at most) */
  TOO_MANY_FINDINGS: 'LIMIT_EXCEEDED',
  /** Too many others ask for the same long work just now. params: limit */
  BUSY: 'LIMIT_EXCEEDED',
  /** One caller has sent more requests than are taken in a minute. params: limit, seconds */
  ASKED_TOO_OFTEN: 'LIMIT_EXCEEDED',
  /** What is asked for is so already. */
  NOTHING_TO_DO: 'CONFLICT',
  /** There never was such a revision. params: revision, newest */
  REVISION_UNKNOWN: 'NOT_FOUND',
  /** params: field */
  STATE_SECRET: 'REFUSED_CONTENT',
  /** params: action */
  NOT_PERMITTED: 'FORBIDDEN',
  /** The service does not explain its schema to everybody. */
  SCHEMA_NOT_SHOWN: 'FORBIDDEN',
  /** Nobody who tells who people are was named to the service. */
  ISSUER_MISSING: 'NOT_FOUND',
  /** Who tells who people are does not answer, or not as it must. */
  ISSUER_UNREACHABLE: 'UNAVAILABLE',
  /** Who tells who people are was asked, and did not say who it is. */
  SIGN_IN_DECLINED: 'FORBIDDEN',
  /** What was said of who signs in can not be believed; why stands in the log alone. */
  SIGN_IN_FAILED: 'FORBIDDEN',
  /** The sign-in was not begun in this browser, or too long ago. params: minutes */
  SIGN_IN_EXPIRED: 'FORBIDDEN',
  /** Which of what was typed is wrong, or whether there is such an account, is not told. */
  CREDENTIALS_WRONG: 'FORBIDDEN',
  /** Wrong attempts to sign in came one after another. params: seconds */
  ATTEMPTS_TOO_MANY: 'LIMIT_EXCEEDED',
  /** A password is shorter or longer than one may be. params: minimum, maximum, actual */
  PASSWORD_LENGTH: 'VALIDATION',
  /** A password that is tried first. */
  PASSWORD_GUESSABLE: 'VALIDATION',
  /** The password was typed twice, and not the same both times. */
  PASSWORD_REPEATED_OTHERWISE: 'VALIDATION',
  /** The person has an account. */
  ACCOUNT_EXISTS: 'CONFLICT',
  /** The person has no account. params: person */
  ACCOUNT_UNKNOWN: 'NOT_FOUND',
  /** An issuer tells who the person is, and ends that too. */
  ACCOUNT_OF_ISSUER: 'CONFLICT',
  /** params: userName */
  USER_NAME_TAKEN: 'CONFLICT',
  /** An account can not be set up with what was shown: it never could, was, or could be until lately. params: hours */
  ENROLMENT_ENDED: 'NOT_FOUND',
  /** A code that the app does not show, or showed before. */
  CODE_WRONG: 'VALIDATION',
  /** The key that secrets of accounts are kept under was not given to the service. */
  SECRET_KEY_MISSING: 'UNAVAILABLE',
  /** A page cursor that this list did not give. params: cursor */
  CURSOR_MALFORMED: 'VALIDATION',
  /** Two arguments that exclude each other. params: field, other */
  ARGUMENTS_EXCLUSIVE: 'VALIDATION',
  /** What is asked for rests on another argument, which is not given. params: value, other */
  ARGUMENT_NEEDED: 'VALIDATION',
  /** A condition that asks from an element's side, where there is none. params: field */
  CONDITION_NEEDS_ELEMENT: 'VALIDATION',
  /** A file or document cannot be read as what it should be. params: detail */
  DOCUMENT_MALFORMED: 'VALIDATION',
  /** A file that should hold tables is an old or encrypted workbook. */
  FILE_LEGACY: 'VALIDATION',
  /** A workbook that can not be unpacked or read. params: detail */
  FILE_DAMAGED: 'VALIDATION',
  /** An archive without the parts of a workbook, or without the sheet that is asked for. */
  FILE_NO_WORKBOOK: 'VALIDATION',
  /** Lines of a text file are encoded in different ways. params: utf8 and other (the first line of each) */
  TEXT_ENCODING_MIXED: 'VALIDATION',
  /** A text that was written in one code and read in another. params: field, suggestion (the text it was) */
  TEXT_GARBLED: 'VALIDATION',
  /** A text with signs that nobody can read. params: field */
  TEXT_CONTROL_SIGNS: 'VALIDATION',
  /** A quotation mark of a text file is not closed, or stands where none may. params: line */
  CSV_QUOTES: 'VALIDATION',
  /** params: cell */
  CELL_FORMULA: 'VALIDATION',
  /** The cell shows an error of the spreadsheet. params: cell, value */
  CELL_ERROR: 'VALIDATION',
  /** params: cell, limit, actual */
  CELL_TOO_LONG: 'LIMIT_EXCEEDED',
  /** Cells that are shown as one: which row their value is of, nobody can tell. params: cell */
  CELL_MERGED: 'VALIDATION',
  /** No row of a sheet is a header that is known. params: sheet, headers (what stands in its first row), columns (names that are known) */
  SHEET_UNRECOGNISED: 'VALIDATION',
  /** A column that says nothing to the registry. params: cell, header, suggestion */
  COLUMN_UNKNOWN: 'VALIDATION',
  /** A column with content and no header. params: cell (where the header would be) */
  COLUMN_UNNAMED: 'VALIDATION',
  /** A column of that name that says something else than kinds. params: cell, header, count (of other values), rows, examples */
  KIND_COLUMN_OTHER: 'VALIDATION',
  /** Nothing says what the element of a row is: no column, not the name of the sheet, not the caller. params: cell */
  KIND_UNTOLD: 'VALIDATION',
  /** Two columns say the same. params: cell, header, other */
  COLUMN_REPEATED: 'VALIDATION',
  /** Two rows speak of one object. params: cell, urn, first (cell of the first of them) */
  ROW_REPEATED: 'CONFLICT',
  /** A row names an object that another row would make, and that row is refused. params: cell, value, row (its cell) */
  ROW_NAMES_REFUSED: 'CONFLICT',
  /** Rows of which nothing can be said before something else is mended. params: count */
  ROWS_UNJUDGED: 'CONFLICT',
  /** Rows of a numbered list that have a title and no number: none of its lines. params: sheet, count, lines */
  ROWS_UNNUMBERED: 'VALIDATION',
  /** A name that several objects bear. params: cell, value, urns */
  NAME_AMBIGUOUS: 'CONFLICT',
  /** A name, code or urn that nothing has. params: cell, value */
  NAME_UNKNOWN: 'NOT_FOUND',
  /** A relation that is to go is not there. params: cell */
  RELATION_NOT_THERE: 'NOT_FOUND',
  /** An owner whom the registry does not know is kept as the text of the source. params: cell, value */
  OWNER_KEPT_AS_TEXT: 'NOT_FOUND',
  /** The same idempotency key came with other operations. params: key */
  IDEMPOTENCY_KEY_REUSED: 'CONFLICT',
  /** No document of that id was registered. params: id */
  TRUSTED_DOCUMENT_UNKNOWN: 'NOT_FOUND',
  /** What the browser keeps of a session is of none that goes on. */
  SESSION_ENDED: 'FORBIDDEN',
  /** A browser sent what changes something, and not from a page of this service. */
  CROSS_SITE: 'FORBIDDEN',
  /** params: id */
  PERSON_UNKNOWN: 'NOT_FOUND',
  /** params: id */
  ROLE_ASSIGNMENT_UNKNOWN: 'NOT_FOUND',
  /** The person has the role already. params: role */
  ROLE_GIVEN_ALREADY: 'CONFLICT',
  /** params: id */
  SERVICE_TOKEN_UNKNOWN: 'NOT_FOUND',
  /** A GraphQL document can not be registered as trusted. params: detail */
  TRUSTED_DOCUMENT_REFUSED: 'VALIDATION',
  /** A variable of a trusted document has no value that its type allows. params: detail */
  VARIABLE_WRONG: 'VALIDATION',
  /** The document has no list that could be the rows of a table. */
  NO_LIST_FOR_TABLE: 'VALIDATION',
  /** No scenario of that id, or none that the caller may see. params: id */
  SCENARIO_UNKNOWN: 'NOT_FOUND',
  /** The scenario changed after the version that the caller looked at. params: expected, actual */
  SCENARIO_VERSION_STALE: 'CONFLICT',
  /** The scenario is not in a state in which this can be done. params: state, allowed */
  SCENARIO_STATE: 'CONFLICT',
  /** The landscape and the scenario went different ways. params: urn, field (empty for the whole object), cause */
  CHANGED_MEANWHILE: 'CONFLICT',
  /** The scenario began on an older landscape, which went another way since. params: id, count (of conflicts) */
  REBASE_NEEDED: 'CONFLICT',
  /** A decision of a place in which there is no conflict. params: urn, field */
  CONFLICT_UNKNOWN: 'NOT_FOUND',
  /** An agency speaks of what it does not own. params: urn, agency */
  ELEMENT_NOT_OWNED: 'VALIDATION',
  /** One answer calls a record right and corrects it. params: urn */
  ATTESTATION_CONTRADICTION: 'VALIDATION',
  /** An attestation that says nothing. */
  ATTESTATION_EMPTY: 'VALIDATION',
  /** The same was said of a later day already. params: urn, on, known */
  ATTESTATION_OLDER: 'CONFLICT',
  /** An agency calls its list complete while its own corrections are not in it. params: agency, count */
  CORRECTIONS_WAIT: 'CONFLICT',
  /** No attestation campaign has the number. params: number */
  CAMPAIGN_UNKNOWN: 'NOT_FOUND',
  /** The campaign changed after the version that the caller looked at. params: expected, actual */
  CAMPAIGN_VERSION_STALE: 'CONFLICT',
  /** No waiver of that id, or none that the caller may see. params: id */
  WAIVER_UNKNOWN: 'NOT_FOUND',
  /** The waiver is not in a state in which this can be done. params: state, allowed */
  WAIVER_STATE: 'CONFLICT',
  /** No case of duplicates of that id, or none that the caller may see. params: id */
  CASE_UNKNOWN: 'NOT_FOUND',
  /** The pair has a case. params: id */
  CASE_EXISTS: 'CONFLICT',
  /** Nothing is a duplicate of itself. params: urn */
  CASE_OF_ITSELF: 'VALIDATION',
  /** Somebody else has decided the case in the meantime. params: state, expected */
  CASE_MOVED: 'CONFLICT',
  /** No run judged everything under that number. params: number */
  RUN_UNKNOWN: 'NOT_FOUND',
  /** This service reads facts or rules otherwise than the one that judged. params: engine, current */
  RUN_OF_OTHER_ENGINE: 'CONFLICT',
  /** Something is wrong with a rule. params: where, problem (its reason), line and column (0 outside expressions), and those of the problem */
  RULE_WRONG: 'VALIDATION',
  /** No rule in use has the code. params: code */
  RULE_UNKNOWN: 'NOT_FOUND',
  /** No draft has the number. params: number */
  RULE_DRAFT_UNKNOWN: 'NOT_FOUND',
  /** The draft was published already. params: number */
  RULE_DRAFT_PUBLISHED: 'CONFLICT',
  /** Another version of the rule is in use than was thought. params: code, expected, actual (empty for none) */
  RULE_VERSION_STALE: 'CONFLICT',
  /** The draft would do something else than the preview that was looked at says. params: expected, actual */
  RULE_PREVIEW_STALE: 'CONFLICT',
  /** The pack never had the version, or it was that of another release. params: version, newest */
  RULE_PACK_UNKNOWN: 'NOT_FOUND',
  /** No evidence of that id, or none that the caller may see. params: id */
  EVIDENCE_UNKNOWN: 'NOT_FOUND',
  /** The evidence is not in a state in which this can be done. params: state, allowed */
  EVIDENCE_STATE: 'CONFLICT',
  /** params: id */
  JOB_UNKNOWN: 'NOT_FOUND',
  /** The job has come to its end, so it can not be cancelled. params: id, state */
  JOB_OVER: 'CONFLICT',
  /** The service stopped again and again while it worked on the job. */
  JOB_ABANDONED: 'UNAVAILABLE',
  /** Another connection holds what a migration has to change. params: seconds */
  MIGRATION_BLOCKED: 'UNAVAILABLE',
  /** The service is about to end, and wants to be sent nothing more. */
  SHUTTING_DOWN: 'UNAVAILABLE',
  /** A later release has migrated the database. params: migrations (those that are not known here) */
  DATABASE_NEWER: 'UNAVAILABLE',
  /** The database does not answer. */
  DATABASE_UNAVAILABLE: 'UNAVAILABLE',
} as const satisfies Record<string, ErrorCode>;
export type Reason = keyof typeof REASONS;

/** One thing that is wrong with what a caller sent, and where. */
export interface Issue {
  readonly reason: Reason;
  /** Named values for the message. */
  readonly params: Readonly<Record<string, string | number>>;
  /** The way to the field in the caller's input, for example ["operations", "3", "value", "layer"]. */
  readonly path: readonly string[];
}

/**
 * Makes an issue.
 * @param path - the way to the field in the caller's input; empty for the whole input.
 */
export function issue(reason: Reason, path: readonly string[], params: Issue['params'] = {}): Issue {
  return { reason, params, path };
}

/** The kind of error a reason belongs to. */
export function codeOf(reason: Reason): ErrorCode {
  return REASONS[reason];
}

/** The caller can act on this. Anything else that is thrown is a bug, and is masked at the edge with an id. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
  constructor(
    readonly issues: readonly [Issue, ...Issue[]],
    options?: ErrorOptions,
  ) {
    super(issues.map((each) => `${each.reason} at ${each.path.join('.') || '(input)'}`).join('; '), options);
  }

  /** One reason, thrown alone. */
  static of(reason: Reason, path: readonly string[] = [], params: Issue['params'] = {}): RegistryError {
    return new RegistryError([issue(reason, path, params)]);
  }
}

/** @throws RegistryError with everything that is wrong, where anything is. */
export function refuse([first, ...rest]: readonly Issue[]): void {
  if (first !== undefined) throw new RegistryError([first, ...rest]);
}
