import { createHash } from 'node:crypto';
import { GraphQLError, Kind, OperationTypeNode, parse, print, validate } from 'graphql';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { RegistryError } from '../core/errors.js';
import { checkNesting, checkSize } from './document-size.js';

/** Longest text of a document, characters. */
const TEXT_MAXIMUM = 20_000;

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

/** @throws RegistryError where the text is no single query of this schema, or is larger than a document may be. */
export function documentShape(schema: GraphQLSchema, given: string): DocumentShape {
  if (given.length > TEXT_MAXIMUM) {
    const params = { field: 'document', limit: TEXT_MAXIMUM, actual: given.length };
    throw RegistryError.of('LIMIT_EXCEEDED', ['document'], params);
  }
  const document = parsed(given);
  const [operation, ...others] = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined || others.length > 0) throw refused('it must hold one query / phải có đúng một truy vấn');
  if (operation.operation !== OperationTypeNode.QUERY) throw refused('only queries / chỉ nhận truy vấn (query)');
  // Measured before it is validated: fragments within fragments can say very much in a few words.
  const { depth, fields } = checkSize(document, ['document']);
  const [wrong] = validate(schema, document);
  if (wrong !== undefined) throw refused(wrong.message);
  const text = print(document);
  return { id: createHash('sha256').update(text).digest('hex'), text, document, operation, depth, fields };
}

function parsed(text: string): DocumentNode {
  try {
    checkNesting(text, ['document']);
    return parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) throw refused(error.message);
    throw error;
  }
}
