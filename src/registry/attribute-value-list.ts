import type { Language } from '../runtime/messages.js';
import type { AttributeValueType } from './element.types.js';
import type { SeenElement, SeenRelation } from './seen.types.js';

/** A value of a record, with the record, of whose sources its own is one. */
export interface SeenAttribute extends Omit<AttributeValueType, 'source' | 'confidence'> {
  readonly record: SeenElement | SeenRelation;
}

/** The attributes of a record that are known, each with its name and unit. */
export function seenAttributes(record: SeenElement | SeenRelation, language: Language): SeenAttribute[] {
  return Object.entries(record.attributes).map(([key, value]) => {
    const definition = record.landscape.definitions.byKey.get(key);
    const name = (language === 'VI' ? definition?.nameVi : definition?.nameEn) ?? key;
    return { record, key, name, value, unit: definition?.unit ?? null };
  });
}
