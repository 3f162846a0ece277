import type { AttributeDefinitions } from './attribute.js';
import { dayBefore } from './calendar-day.js';
import { isSurelyAfter } from './model.js';
import type { Element, Json, Responsibility, Urn } from './model.js';
import type { ReorganisationDraft } from './reorganisation-draft.js';
import { consequence } from './reorganisation.js';
import type { Consequence } from './reorganisation.js';

/** Who takes over what an ended agency had. */
export interface Estate {
  /** Whom one thing goes to, by its relation with the agency or by itself; undefined where nobody is named. */
  readonly assigned: (relation: string | undefined, thing: Urn) => Urn | undefined;
  /** Whom all else goes to; undefined = nobody. */
  readonly rest: Urn | undefined;
  /** The agency that the ended one was a part of: it can say who takes over what is left. */
  readonly askedFrom: Urn | null;
  /** Position of the intent that ended the agency. */
  readonly intent: number;
}

interface Heirs {
  readonly draft: ReorganisationDraft;
  readonly estates: ReadonlyMap<Urn, Estate>;
  readonly definitions: AttributeDefinitions;
}

/**
 * Lets the fields that name an ended agency name its successor: responsibilities, the old one up to the day before and
 * one like it from the day on, and attributes whose definition says that they pass to a successor: others tell what was
 * so, and stay. The ended agencies themselves stay as they were.
 * @returns the fields that go on naming an agency that is no more.
 */
export function followHolders(
  draft: ReorganisationDraft,
  estates: ReadonlyMap<Urn, Estate>,
  definitions: AttributeDefinitions,
): Consequence[] {
  const orphans: Consequence[] = [];
  if (estates.size === 0) return orphans;
  const heirs: Heirs = { draft, estates, definitions };
  for (const element of draft.landscape.elements()) {
    if (estates.has(element.urn)) continue;
    if (element.responsibilities.length > 0) orphans.push(...followResponsibilities(element, heirs));
    for (const key in element.attributes) orphans.push(...followAttribute(element, key, heirs));
  }
  return orphans;
}

/** Who stands for an ended agency in the end; undefined where it, or an heir of it, ended without an heir for this thing. */
function heirOf(agency: Urn, thing: Urn, estates: Heirs['estates']): Urn | undefined {
  let heir: Urn | undefined = agency;
  for (let estate = estates.get(agency); estate !== undefined;) {
    heir = estate.assigned(undefined, thing) ?? estate.rest;
    estate = heir === undefined ? undefined : estates.get(heir);
  }
  return heir;
}

function orphan(element: Element, path: string, [agency, { intent, askedFrom }]: readonly [Urn, Estate]): Consequence {
  const question = { question: 'WHO_ANSWERS', askedFrom } as const;
  return consequence({ type: 'ORPHANED', intent, element: element.urn, path, from: agency, ...question });
}

function followResponsibilities(element: Element, { draft, estates }: Heirs): Consequence[] {
  const { effectiveOn } = draft;
  const orphans: Consequence[] = [];
  const result: Responsibility[] = [];
  let intent: number | undefined;
  for (const each of element.responsibilities) {
    const estate = each.agency === null ? undefined : estates.get(each.agency);
    const isOver = each.until !== null && isSurelyAfter(effectiveOn, each.until);
    if (each.agency === null || estate === undefined || isOver) {
      result.push(each);
      continue;
    }
    const heir = heirOf(each.agency, element.urn, estates);
    if (heir === undefined) {
      result.push(each);
      orphans.push(orphan(element, 'responsibilities', [each.agency, estate]));
      continue;
    }
    intent = estate.intent;
    result.push(...handedOver(each, heir, effectiveOn));
  }
  if (intent === undefined) return orphans;
  const [before, after] = [jsonOf(element.responsibilities), jsonOf(withoutTwins(result))];
  draft.set({ urn: element.urn, path: 'responsibilities', before, after, intent });
  return orphans;
}

/** One that had begun ends the day before, and one like it begins; one that had not is the successor's from its start. */
function handedOver(responsibility: Responsibility, heir: Urn, effectiveOn: string): Responsibility[] {
  const last = dayBefore(effectiveOn);
  const { from } = responsibility;
  if (from !== null && isSurelyAfter(from, last)) return [{ ...responsibility, agency: heir }];
  return [
    { ...responsibility, until: last },
    { ...responsibility, agency: heir, from: effectiveOn },
  ];
}

/** Two agencies that answered for one thing in one way do so once when they are one. */
function withoutTwins(responsibilities: readonly Responsibility[]): Responsibility[] {
  const seen = new Set<string>();
  return responsibilities.filter((each) => {
    const key = JSON.stringify([each.role, each.person, each.agency, each.from, each.until]);
    const isTwin = seen.has(key);
    seen.add(key);
    return !isTwin;
  });
}

function followAttribute(element: Element, key: string, { draft, estates, definitions }: Heirs): Consequence[] {
  const { type, passesToSuccessor = false } = definitions.get(key) ?? {};
  if (!passesToSuccessor || (type !== 'URN' && type !== 'URN_LIST')) return [];
  const value = element.attributes[key] ?? null;
  const path = `attributes.${key}`;
  const orphans: Consequence[] = [];
  let intent: number | undefined;
  const followed = (each: Json): Json => {
    if (typeof each !== 'string') return each;
    // A text that is the urn of an ended agency is a urn.
    const agency = each as Urn;
    const estate = estates.get(agency);
    if (estate === undefined) return each;
    const heir = heirOf(agency, element.urn, estates);
    if (heir === undefined) orphans.push(orphan(element, path, [agency, estate]));
    else intent = estate.intent;
    return heir ?? each;
  };
  const after = Array.isArray(value) ? [...new Set(value.map(followed))] : followed(value);
  if (intent !== undefined) draft.set({ urn: element.urn, path, before: value, after, intent });
  return orphans;
}

/** A list of plain records as the JSON it is. */
function jsonOf(value: readonly object[]): Json {
  return value as readonly Json[];
}
