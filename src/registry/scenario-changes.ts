import type { LandscapeDifference } from '../core/landscape/difference.js';
import type { ScenarioRow } from './scenario.entity.js';

/** What a scenario changes on its base. */
export interface ScenarioChange {
  readonly id: string;
  readonly difference: LandscapeDifference;
}

/** What scenarios change, as one request sees it: each is loaded and worked out once. */
export class ScenarioChanges {
  private readonly known = new Map<string, Promise<ScenarioChange | undefined>>();

  constructor(
    private readonly load: (ids: readonly string[]) => Promise<readonly ScenarioRow[]>,
    private readonly differenceOf: (row: ScenarioRow) => Promise<LandscapeDifference>,
  ) {}

  /** In the order of the ids. Those that are not known yet are read by one statement. */
  async of(ids: readonly string[]): Promise<ScenarioChange[]> {
    const missing = ids.filter((id) => !this.known.has(id));
    if (missing.length > 0) {
      const loading = this.load(missing);
      for (const id of missing) this.known.set(id, this.workedOut(id, loading));
    }
    const found = await Promise.all(ids.flatMap((id) => this.known.get(id) ?? []));
    return found.flatMap((each) => each ?? []);
  }

  private async workedOut(id: string, loading: Promise<readonly ScenarioRow[]>): Promise<ScenarioChange | undefined> {
    const row = (await loading).find((each) => each.id === id);
    return row === undefined ? undefined : { id, difference: await this.differenceOf(row) };
  }
}
