import {
  Kind,
  TypeNameMetaFieldDef,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLNamedType,
  GraphQLOutputType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { stringify } from 'csv-stringify/sync';
import { RegistryError } from '../core/errors.js';

/** One list of a document as a table. */
export interface DocumentTable {
  /** Keys that lead from the answer to the list. */
  readonly list: readonly string[];
  /** For each column the keys that lead from an item to the value, in the order of the document. */
  readonly columns: readonly (readonly string[])[];
}

interface Found {
  readonly path: readonly string[];
  readonly selection: SelectionSetNode;
  readonly type: GraphQLNamedType;
}

/**
 * The list of a document that is a table: the one that is named, else the only list of objects that no other list holds.
 * @param named - keys with dots between them, for example elements.nodes; null for the only list there is.
 * @returns undefined where none was named, and there is none or more than one.
 * @throws RegistryError where the named one is no list of objects.
 */
export function documentTable(
  schema: GraphQLSchema,
  document: DocumentNode,
  named: string | null,
): DocumentTable | undefined {
  const walk = new DocumentWalk(schema, document);
  const lists = walk.lists();
  const allowed = lists.map(({ path }) => path.join('.'));
  const chosen = named === null ? (lists.length === 1 ? lists[0] : undefined) : lists[allowed.indexOf(named)];
  if (chosen !== undefined) return { list: chosen.path, columns: walk.columns(chosen) };
  if (named === null) return undefined;
  throw RegistryError.of('VALUE_NOT_ALLOWED', ['list'], { field: 'list', value: named, allowed: allowed.join(', ') });
}

/** Walks what a document asks for, with the types of what it finds. */
class DocumentWalk {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly document: DocumentNode,
  ) {}

  lists(): readonly Found[] {
    const query = this.schema.getQueryType();
    const operation = this.document.definitions.find(
      (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
    );
    if (query === null || query === undefined || operation === undefined) return [];
    const found = new Map<string, Found>();
    this.findLists({ path: [], selection: operation.selectionSet, type: query }, found);
    return [...found.values()];
  }

  private findLists(at: Found, found: Map<string, Found>): void {
    this.eachField(at, ({ path, selection, isList, type }) => {
      if (selection === undefined) return;
      const below = { path, selection, type };
      if (isList) found.set(path.join('.'), below);
      else this.findLists(below, found);
    });
  }

  columns(list: Found): readonly (readonly string[])[] {
    const columns = new Map<string, readonly string[]>();
    const note = (at: Found): void =>
      this.eachField(at, ({ path, selection, isList, type }) => {
        if (selection === undefined || isList) columns.set(path.join('.'), path);
        else note({ path, selection, type });
      });
    note({ ...list, path: [] });
    return [...columns.values()];
  }

  private eachField(
    { path, selection, type }: Found,
    visit: (field: {
      readonly path: readonly string[];
      readonly selection: SelectionSetNode | undefined;
      readonly isList: boolean;
      readonly type: GraphQLNamedType;
    }) => void,
  ): void {
    for (const each of selection.selections) {
      if (each.kind === Kind.FIELD) {
        const declared = this.typeOf(type, each);
        if (declared === undefined) continue;
        const key = each.alias?.value ?? each.name.value;
        visit({
          path: [...path, key],
          selection: each.selectionSet,
          isList: isListType(isNonNullType(declared) ? declared.ofType : declared),
          type: getNamedType(declared),
        });
        continue;
      }
      const fragment = each.kind === Kind.INLINE_FRAGMENT ? each : this.fragment(each.name.value);
      if (fragment === undefined) continue;
      const narrowed = fragment.typeCondition && this.schema.getType(fragment.typeCondition.name.value);
      this.eachField({ path, selection: fragment.selectionSet, type: narrowed ?? type }, visit);
    }
  }

  private fragment(name: string): FragmentDefinitionNode | undefined {
    for (const each of this.document.definitions) {
      if (each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name) return each;
    }
    return undefined;
  }

  private typeOf(parent: GraphQLNamedType, node: FieldNode): GraphQLOutputType | undefined {
    if (node.name.value === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef.type;
    if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
    return parent.getFields()[node.name.value]?.type;
  }
}

/**
 * The rows of an answer as RFC 4180: UTF-8 with a byte order mark, without which Excel garbles Vietnamese, and no cell
 * that a spreadsheet would take for a formula. Lists within a row are JSON, unknown values are empty.
 */
export function tableCsv({ list, columns }: DocumentTable, data: unknown): string {
  const rows = valueAt(data, list);
  const lines = (Array.isArray(rows) ? rows : []).map((row) => columns.map((path) => cellOf(valueAt(row, path))));
  return stringify([columns.map((path) => path.join('.')), ...lines], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}

/** Numbers stay numbers, so that a negative one is not taken for a formula and escaped. */
function cellOf(value: unknown): string | number {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return value;
  return JSON.stringify(value);
}
