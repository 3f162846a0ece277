/** Most units of work that a rule may take in the worst case; beyond it is refused when it is written. */
export const COST_MAXIMUM = 5_000_000;
/** Units of work after which one evaluation is stopped. */
export const BUDGET = 1_000_000;

/** Units for comparing texts of so many characters. */
export function equalityCost(characters: number): number {
  return characters >> 6;
}
