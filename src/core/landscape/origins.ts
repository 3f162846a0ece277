import type { Operation } from './operation.js';

/** Where in a change set it is decided what an object is to be, and what each of its fields. */
export class Origins {
  private readonly deciding = new Map<string, readonly [operation: Operation, index: number]>();
  private readonly setting = new Map<string, Map<string, readonly [operation: Operation, index: number]>>();

  /** To be told of every operation, in order. */
  note(operation: Operation, index: number): void {
    const path = operation.path ?? null;
    const decides = operation.op === 'ADD' || path === null || path === 'kind';
    if (decides) this.deciding.set(operation.urn, [operation, index]);
    if (operation.op === 'ADD' || path === null) return;
    const fields = this.setting.get(operation.urn) ?? new Map<string, readonly [Operation, number]>();
    this.setting.set(operation.urn, fields.set(path, [operation, index]));
  }

  /** The way to the field of a new object, or to the value of an update that made it what it is. */
  pathTo(urn: string, field: 'kind' | 'target' | 'urn'): string[] {
    const [operation, index] = this.deciding.get(urn) ?? [undefined, 0];
    const at = ['operations', `${index}`];
    if (field === 'urn') return [...at, 'urn'];
    return operation?.op === 'ADD' ? [...at, 'value', field] : [...at, 'value'];
  }

  /**
   * The way to the value of a field such as `validTo` or `attributes.contract`: to the update that set it, else to the
   * field of the new object.
   * @param fields - one of these made it what it is; the last that was set counts, the first where the object is new.
   * @param within - the way on from there, for a value of several parts.
   */
  pathToField(urn: string, fields: readonly [string, ...string[]], within: readonly string[] = []): string[] {
    const set = fields.flatMap((field) => {
      const found = this.setting.get(urn)?.get(field);
      return found === undefined ? [] : [found];
    });
    const last = set.toSorted(([, one], [, other]) => one - other).at(-1);
    if (last !== undefined) return ['operations', `${last[1]}`, last[0].op === 'UPDATE' ? 'value' : 'path', ...within];
    const [operation, index] = this.deciding.get(urn) ?? [undefined, 0];
    const at = ['operations', `${index}`];
    return operation?.op === 'ADD' ? [...at, 'value', ...fields[0].split('.'), ...within] : [...at, 'value'];
  }
}
