import type { Json } from '../landscape/model.js';
import type { Operation } from '../landscape/operation.js';
import { isRecord } from '../landscape/record-fields.js';
import type { LandscapeView } from './view.js';

const RESPONSIBILITIES = 'responsibilities';
/** Where a value of an attribute stands, as a path has it. */
const ATTRIBUTE = /^attributes\.([^.]+)/;

/**
 * The operations of which somebody sees all that they speak of: whoever wrote the others could see more. Of what is hidden
 * from him he learns neither that it is to change nor how.
 * @param views - the landscapes that the operations lead from and to, as he sees them.
 */
export function toldOperations(operations: readonly Operation[], views: readonly LandscapeView[]): Operation[] {
  return operations.filter((operation) => {
    const keys = keysOf(operation);
    return !views.some((view) => {
      const names = [operation.urn, ...textsIn(operation.value)];
      if (!view.namesPersons && namesPersons(operation)) return true;
      return names.some((name) => hides(view, name)) || keys.some((key) => hidesKey(view, key));
    });
  });
}

/** Whether there is something of a name in a landscape, and not in what somebody sees of it. */
function hides(view: LandscapeView, name: string): boolean {
  const { snapshot } = view;
  if (snapshot.elementByUrn(name) !== undefined) return view.elementByUrn(name) === undefined;
  if (snapshot.relationByUrn(name) !== undefined) return view.relationByUrn(name) === undefined;
  return snapshot.definitions.made.has(name) && !view.definitions.made.has(name);
}

/** Whether an attribute is described in a landscape, and it or its values not for whoever looks at it. */
function hidesKey({ snapshot, definitions, withheldKeys }: LandscapeView, key: string): boolean {
  return withheldKeys.has(key) || (snapshot.definitions.byKey.has(key) && !definitions.byKey.has(key));
}

/** Whether an operation says who answers for something. */
function namesPersons({ path, value }: Operation): boolean {
  return path === RESPONSIBILITIES || (isRecord(value) && Object.hasOwn(value, RESPONSIBILITIES));
}

/** The attributes that an operation sets. */
function keysOf({ path, value }: Operation): readonly string[] {
  const key = ATTRIBUTE.exec(path ?? '')?.[1];
  if (key !== undefined) return [key];
  const attributes = isRecord(value) ? value['attributes'] : undefined;
  return isRecord(attributes) ? Object.keys(attributes) : [];
}

/** All texts of a value: any of them may name something. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}
