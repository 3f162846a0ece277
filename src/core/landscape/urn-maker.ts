import type { ChangeBase } from './landscape.js';
import { isUrn } from './model.js';
import type { Urn } from './model.js';

const PREFIX = 'urn:khung:';
/** Leaves room for a number at the end. */
const ID_MAXIMUM = 140;

/** Makes urns that nothing has or ever had, each once. The same calls on the same landscape make the same urns. */
export class UrnMaker {
  private readonly made = new Set<string>();

  constructor(private readonly landscape: Pick<ChangeBase, 'isTaken'>) {}

  /**
   * A urn of this id, with a number behind it where that is taken.
   * @param id - letters, digits, dots, dashes; what is too long is cut.
   */
  make(id: string): Urn {
    const stem = `${PREFIX}${id.slice(0, ID_MAXIMUM).replace(/[._-]+$/, '')}`;
    for (let count = 1; ; count += 1) {
      const urn = count === 1 ? stem : `${stem}.${count}`;
      if (this.made.has(urn) || this.landscape.isTaken(urn)) continue;
      if (!isUrn(urn)) throw new RangeError(`${id} is no id of a urn`);
      this.made.add(urn);
      return urn;
    }
  }
}

/** What stands behind the prefix of a urn. */
export function idOf(urn: string): string {
  return urn.slice(PREFIX.length);
}
