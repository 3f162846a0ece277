import type { AttributeDefinitions } from '../core/landscape/attribute.js';
import type { Json } from '../core/landscape/model.js';
import type { FactNow } from '../core/policy/needed-change.js';
import type { Rule, RulePack, Text } from '../core/policy/rule.js';
import { EVIDENCE } from '../core/policy/subject.js';
import { isFactSet, isRecordValue } from '../core/policy/value.js';
import type { Language } from '../runtime/messages.js';
import { fillTemplate } from '../runtime/sentence.js';
import { inLanguage, valueText } from './finding-text.js';
import * as say from './condition-words.js';

/** What facts and values are called. */
export interface WayWords extends Pick<RulePack, 'words' | 'names'>, Pick<Rule, 'parameters' | 'fixHint'> {
  readonly definitions: AttributeDefinitions;
  /** Name of the element with a urn; undefined for what is none, or not seen. */
  readonly nameOf: (urn: string) => string | undefined;
}

/** Facts and their values in the words of people who do not know what they are called in rules. */
export class FactText {
  constructor(
    protected readonly words: WayWords,
    private readonly language: Language,
  ) {}

  inLanguage(text: Text): string {
    return inLanguage(text, this.language);
  }

  filled(template: Text, values: Readonly<Record<string, string>>): string {
    return fillTemplate(this.inLanguage(template), values);
  }

  /** What is so now of a fact. */
  now({ path, value, known }: FactNow): string {
    if (isEvidence(path)) return this.inLanguage(known ? say.NOT_SHOWN : say.NO_EVIDENCE);
    return this.value(known ? value : undefined);
  }

  /** A value as people call it; undefined is unknown, null declared absent. */
  value(value: Json | undefined): string {
    return valueText(value === undefined ? undefined : this.named(value), this.words.words, this.language);
  }

  /** Elements go by their names. */
  private named(value: Json): Json {
    if (typeof value === 'string') return this.words.nameOf(value) ?? value;
    if (Array.isArray(value)) return value.map((each: Json) => this.named(each));
    if (isFactSet(value)) return this.named(value.items);
    return isRecordValue(value) ? (value['name'] ?? value) : value;
  }

  /** What a fact is called; undefined where it has no name. */
  protected label(path: string): string | undefined {
    const name = this.name(path);
    return name && isEvidence(path) ? this.filled(say.EVIDENCE_OF, { name }) : name;
  }

  private name(path: string): string | undefined {
    const definition = this.words.definitions.get(path);
    const name = Object.hasOwn(this.words.names, path) ? this.words.names[path] : undefined;
    if (name !== undefined) return this.inLanguage(name);
    return definition && this.inLanguage({ vi: definition.nameVi, en: definition.nameEn });
  }
}

/** Whether a fact is what evidence shows. */
export function isEvidence(path: string): boolean {
  return path.startsWith(`${EVIDENCE}.`);
}
