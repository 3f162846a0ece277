import { Injectable } from '@nestjs/common';
import { RulePackReader } from '../compliance/rule-pack.reader.js';
import { readSelfCheckCriteria } from '../core/policy/verdict.js';
import type { SelfCheckCriterion } from '../core/policy/verdict.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import type { Language } from '../runtime/messages.js';
import { readReferenceJson } from '../runtime/reference-file.js';

const FILE = 'hcmc/self-check.json';

/** The self-check criteria, checked once at start against the rules and attributes they name. */
@Injectable()
export class SelfCheckReader {
  readonly criteria: readonly SelfCheckCriterion[];

  constructor(
    packs: RulePackReader,
    private readonly definitions: AttributeDefinitionReader,
  ) {
    const { criteria, problems } = readSelfCheckCriteria(readReferenceJson(FILE));
    const codes = new Set(packs.checked.rules.map(({ rule }) => rule.code));
    const unknown = criteria.flatMap(({ rules, answers }) => [
      ...rules.filter((code) => !codes.has(code)),
      ...answers.filter((key) => !definitions.all.has(key)),
    ]);
    const wrong = [...problems.map(({ path, expected }) => `${path} must be ${expected}`), ...unknown];
    if (wrong.length > 0) throw new Error(`${FILE} can not be used: ${wrong.join('; ')}`);
    this.criteria = criteria;
  }

  /** The question behind an attribute that a criterion waits for. */
  question(key: string, language: Language): string {
    const definition = this.definitions.all.get(key);
    return (language === 'VI' ? definition?.questionVi : definition?.questionEn) ?? key;
  }
}
