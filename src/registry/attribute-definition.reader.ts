import { Injectable } from '@nestjs/common';
import type { AttributeDefinition, AttributeDefinitions } from '../core/landscape/attribute.js';
import { contradictionsOf, parseDefinition } from '../core/landscape/attribute-record.js';
import { readReferenceJson } from '../runtime/reference-file.js';

const FILE = 'national/attributes.json';

/** The attributes of the reference pack: what they mean. Those made at run time stand in the landscape beside them. */
@Injectable()
export class AttributeDefinitionReader {
  readonly all: AttributeDefinitions = definitionsOf(readReferenceJson(FILE));
}

/**
 * Reads the definitions of a reference pack.
 * @throws Error if an entry is no definition, contradicts itself, or has the key of another: the data that ships with
 *   the program is wrong, not a user's input.
 */
export function definitionsOf(entries: unknown): AttributeDefinitions {
  if (!Array.isArray(entries)) throw new Error(`${FILE} must be a list.`);
  const definitions = new Map<string, AttributeDefinition>();
  for (const entry of entries) {
    const parsed = parseDefinition(entry, []);
    const wrong = 'issues' in parsed ? parsed.issues : contradictionsOf(parsed.definition);
    if ('issues' in parsed || wrong.length > 0) {
      throw new Error(`${FILE} has an entry that is no definition: ${JSON.stringify({ entry, wrong })}`);
    }
    const { definition } = parsed;
    if (definitions.has(definition.key)) throw new Error(`${FILE} defines "${definition.key}" twice.`);
    definitions.set(definition.key, definition);
  }
  return definitions;
}
