import type { Element, Json } from './model.js';
import type { DraftAgency, ReorganisationDraft } from './reorganisation-draft.js';
import type { RenameIntent } from './reorganisation.js';

/** Lets an agency go by another name; the names it had become aliases, and a name it takes again is none any more. */
export function renameAgency(
  draft: ReorganisationDraft,
  { urn, base }: DraftAgency,
  { name, nameEn, intent }: Pick<RenameIntent, 'name' | 'nameEn'> & { readonly intent: number },
): void {
  if (base !== undefined) {
    renameKnown(draft, base, { name, nameEn, intent });
    return;
  }
  const founded = draft.founded.get(urn);
  // Nobody knew it by the name it was to be founded under.
  if (founded !== undefined) founded.fields = { ...founded.fields, name, nameEn: nameEn ?? founded.fields.nameEn };
}

/** Whether an agency would go by another name than so far. */
export function changesName(
  draft: ReorganisationDraft,
  { urn, base }: DraftAgency,
  { name, nameEn }: Pick<RenameIntent, 'name' | 'nameEn'>,
): boolean {
  const founded = draft.founded.get(urn)?.fields;
  const old = base === undefined ? founded?.name : draft.fieldOf(base, 'name', base.name);
  const oldEn = base === undefined ? founded?.nameEn : draft.fieldOf(base, 'nameEn', base.nameEn);
  return name !== old || (nameEn !== undefined && nameEn !== oldEn);
}

function renameKnown(
  draft: ReorganisationDraft,
  base: Element,
  { name, nameEn, intent }: Pick<RenameIntent, 'name' | 'nameEn'> & { readonly intent: number },
): void {
  const known = draft.fieldOf(base, 'aliases', base.aliases);
  const old = draft.fieldOf(base, 'name', base.name);
  const oldEn = draft.fieldOf(base, 'nameEn', base.nameEn);
  const newEn = nameEn === undefined ? oldEn : nameEn;
  const names = new Set<Json>(Array.isArray(known) ? known : []);
  for (const each of oldEn === newEn ? [old] : [old, oldEn]) if (each !== null) names.add(each);
  names.delete(name);
  names.delete(newEn);
  const { urn } = base;
  draft.set({ urn, path: 'name', before: base.name, after: name, intent });
  draft.set({ urn, path: 'nameEn', before: base.nameEn, after: newEn, intent });
  draft.set({ urn, path: 'aliases', before: base.aliases, after: [...names], intent });
}
