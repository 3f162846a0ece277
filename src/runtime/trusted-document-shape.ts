import { createHash } from 'node:crypto';
import { GraphQLError, Kind, OperationTypeNode, parse, print, validate } from 'graphql';
import type {
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { RegistryError } from '../core/errors.js';

/** Longest text of a document, characters. */
const TEXT_MAXIMUM = 20_000;
/** Most levels of fields below each other. */
const DEPTH_MAXIMUM = 15;
/** Most fields, those of a fragment counted wherever it is spread. */
const FIELDS_MAXIMUM = 1_000;

/** A document that may be trusted, with what is known of it before it is ever asked. */
export interface DocumentShape {
  /** SHA-256 of `text`, in hexadecimal. */
  readonly id: string;
  /** The document as graphql-js prints it: spaces, commas and comments make no other document. */
  readonly text: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly depth: number;
  readonly fields: number;
}

function refused(detail: string): RegistryError {
  return RegistryError.of('TRUSTED_DOCUMENT_REFUSED', ['document'], { detail });
}

function limited(field: string, actual: number, limit: number): void {
  if (actual > limit) throw RegistryError.of('LIMIT_EXCEEDED', ['document'], { field, limit, actual });
}

/** @throws RegistryError where the text is no single query of this schema, or is larger than a document may be. */
export function documentShape(schema: GraphQLSchema, given: string): DocumentShape {
  limited('document', given.length, TEXT_MAXIMUM);
  const document = parsed(given);
  const [operation, ...others] = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined || others.length > 0) throw refused('it must hold one query / phải có đúng một truy vấn');
  if (operation.operation !== OperationTypeNode.QUERY) throw refused('only queries / chỉ nhận truy vấn (query)');
  // Measured before it is validated: fragments within fragments can say very much in a few words.
  const { depth, fields } = sizeOf(document, operation);
  limited('depth', depth, DEPTH_MAXIMUM);
  limited('fields', fields, FIELDS_MAXIMUM);
  const [wrong] = validate(schema, document);
  if (wrong !== undefined) throw refused(wrong.message);
  const text = print(document);
  return { id: createHash('sha256').update(text).digest('hex'), text, document, operation, depth, fields };
}

function parsed(text: string): DocumentNode {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) throw refused(error.message);
    throw error;
  }
}

interface Size {
  readonly depth: number;
  readonly fields: number;
}

function sizeOf(document: DocumentNode, operation: OperationDefinitionNode): Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const known = new Map<string, Size>();
  const ofFragment = (name: string, within: readonly string[]): Size => {
    const fragment = fragments.get(name);
    if (fragment === undefined) return { depth: 0, fields: 0 };
    if (within.includes(name)) throw refused(`fragment ${name} holds itself / đoạn ${name} chứa chính nó`);
    const size = known.get(name) ?? ofSelection(fragment.selectionSet, [...within, name]);
    known.set(name, size);
    return size;
  };
  const ofSelection = ({ selections }: SelectionSetNode, within: readonly string[]): Size => {
    let [depth, fields] = [0, 0];
    for (const each of selections) {
      if (each.kind === Kind.FRAGMENT_SPREAD) {
        const size = ofFragment(each.name.value, within);
        depth = Math.max(depth, size.depth);
        fields += size.fields;
        continue;
      }
      const own = each.kind === Kind.FIELD ? 1 : 0;
      const below = each.selectionSet === undefined ? { depth: 0, fields: 0 } : ofSelection(each.selectionSet, within);
      depth = Math.max(depth, own + below.depth);
      fields += own + below.fields;
    }
    return { depth, fields };
  };
  return ofSelection(operation.selectionSet, []);
}
