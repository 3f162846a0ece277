import { Injectable } from '@nestjs/common';
import { ASKED_FROM, ATTRIBUTE_TYPES } from '../core/landscape/attribute.js';
import type { AttributeDefinition, AttributeDefinitions } from '../core/landscape/attribute.js';
import { isElementKind, VISIBILITIES } from '../core/landscape/model.js';
import { isRecord } from '../core/landscape/record-fields.js';
import { readReferenceJson } from '../runtime/reference-file.js';

const FILE = 'national/attributes.json';

/** What attributes exist and what they mean. */
@Injectable()
export class AttributeDefinitionReader {
  readonly all: AttributeDefinitions = readDefinitions();
}

function readDefinitions(): AttributeDefinitions {
  const entries = readReferenceJson(FILE);
  if (!Array.isArray(entries)) throw new Error(`${FILE} must be a list.`);
  const definitions = new Map<string, AttributeDefinition>();
  for (const entry of entries) {
    if (!isDefinition(entry)) throw new Error(`${FILE} has an entry that is no definition: ${JSON.stringify(entry)}`);
    if (definitions.has(entry.key)) throw new Error(`${FILE} defines "${entry.key}" twice.`);
    definitions.set(entry.key, entry);
  }
  return definitions;
}

function isDefinition(entry: unknown): entry is AttributeDefinition {
  if (!isRecord(entry)) return false;
  const texts = ['key', 'nameVi', 'nameEn', 'questionVi', 'questionEn'];
  const { type, appliesTo, visibility, askedFrom } = entry;
  return (
    texts.every((field) => typeof entry[field] === 'string' && entry[field] !== '') &&
    ATTRIBUTE_TYPES.some((each) => each === type) &&
    ASKED_FROM.some((each) => each === askedFrom) &&
    VISIBILITIES.some((each) => each === visibility) &&
    Array.isArray(appliesTo) &&
    appliesTo.every(isElementKind)
  );
}
