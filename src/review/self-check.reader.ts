import { Injectable } from '@nestjs/common';
import { RulePackReader } from '../compliance/rule-pack.reader.js';
import { readOutsideFramework, readSelfCheckCriteria } from '../core/policy/verdict.js';
import type { OutsideFramework, SelfCheckCriterion } from '../core/policy/verdict.js';
import type { ShapeProblem } from '../core/policy/shape.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import type { Language } from '../runtime/messages.js';
import { readReferenceJson } from '../runtime/reference-file.js';

const FILE = 'hcmc/self-check.json';
const OUTSIDE_FILE = 'hcmc/outside-framework.json';

/** The self-check criteria and what lies outside the framework, checked once at start against the rules and attributes they name. */
@Injectable()
export class SelfCheckReader {
  readonly criteria: readonly SelfCheckCriterion[];
  readonly outside: OutsideFramework;

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
    refuseWrong(FILE, problems, unknown);
    this.criteria = criteria;
    const read = readOutsideFramework(readReferenceJson(OUTSIDE_FILE));
    refuseWrong(OUTSIDE_FILE, read.problems, [
      ...[read.outside, ...read.outside.answers].flatMap(({ rules }) => rules.filter((code) => !codes.has(code))),
      ...read.outside.answers.flatMap(({ field, value }) =>
        definitions.all.get(field)?.values?.includes(value) === true ? [] : [`${field}: ${value}`],
      ),
    ]);
    this.outside = read.outside;
  }

  /** The question behind an attribute that a criterion waits for. */
  question(key: string, language: Language): string {
    const definition = this.definitions.all.get(key);
    return (language === 'VI' ? definition?.questionVi : definition?.questionEn) ?? key;
  }
}

/** @throws Error where a reference file can not be used. */
function refuseWrong(file: string, problems: readonly ShapeProblem[], unknown: readonly string[]): void {
  const wrong = [...problems.map(({ path, expected }) => `${path} must be ${expected}`), ...unknown];
  if (wrong.length > 0) throw new Error(`${file} can not be used: ${wrong.join('; ')}`);
}
