/** Characters that are joined into one part. */
const PART = 65_536;

/** A list of a JSON object, written while it grows: its text may be longer than one string can be. */
export class JsonList {
  private readonly done: Buffer[] = [];
  private begun = '';
  private isEmpty = true;

  /** @param name - of the field. */
  constructor(private readonly name: string) {}

  add(item: object): void {
    this.begun += `${this.isEmpty ? `,${JSON.stringify(this.name)}:[` : ','}${JSON.stringify(item)}`;
    this.isEmpty = false;
    if (this.begun.length < PART) return;
    this.done.push(Buffer.from(this.begun));
    this.begun = '';
  }

  /** The field after others of its object, in parts; no field where the list is empty. */
  parts(): Buffer[] {
    return this.isEmpty ? [] : [...this.done, Buffer.from(`${this.begun}]`)];
  }
}
