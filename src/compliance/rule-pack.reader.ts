import { Injectable } from '@nestjs/common';
import type { AttributeDefinitions } from '../core/landscape/attribute.js';
import { checkRulePack } from '../core/policy/rule-pack.js';
import type { CheckedRulePack, PackProblem } from '../core/policy/rule-pack.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import { readReferenceJson } from '../runtime/reference-file.js';

const FILE = 'hcmc/rule-pack.json';

/** The city's rules, checked once at start. A pack with a problem stops the start: half of the law is not the law. */
@Injectable()
export class RulePackReader {
  readonly checked: CheckedRulePack;

  constructor(definitions: AttributeDefinitionReader) {
    this.checked = checkedPack(readReferenceJson(FILE), definitions.all);
  }
}

/** @throws Error that names every problem of the pack, one a line. */
export function checkedPack(document: unknown, definitions: AttributeDefinitions): CheckedRulePack {
  const result = checkRulePack(document, definitions);
  if ('checked' in result) return result.checked;
  throw new Error([`${FILE} can not be used:`, ...result.problems.map(lineOf)].join('\n'));
}

function lineOf({ where, reason, params }: PackProblem): string {
  const named = Object.entries(params).map(([name, value]) => `${name}: ${value}`);
  return `  ${where}: ${reason}${named.length === 0 ? '' : ` (${named.join(', ')})`}`;
}
