import { daysLater, daysUntil, earliestDay, latestDay } from './calendar-day.js';
import type { Landscape } from './landscape.js';
import type { Element, Json, PartialDate } from './model.js';

/** What a contract may oblige a provider to, with the key of the attribute that says whether it does. */
export const CONTRACT_DUTIES = {
  DATA_HANDOVER: 'dataHandover',
  SOURCE_CODE_HANDOVER: 'sourceCodeHandover',
  SECURITY: 'securityDuties',
} as const;
export type ContractDuty = keyof typeof CONTRACT_DUTIES;
const DUTIES: readonly ContractDuty[] = ['DATA_HANDOVER', 'SOURCE_CODE_HANDOVER', 'SECURITY'];

/** A contract that may end within some days. */
export interface ContractEnd {
  readonly contract: Element;
  readonly endsOn: PartialDate;
  /** Days from the day that was asked to the first on which it may end; negative where that has passed. */
  readonly daysLeft: number;
  /** Duties that the contract does not lay on anybody. */
  readonly notAgreed: readonly ContractDuty[];
  /** Duties of which nobody has told. */
  readonly unknownDuties: readonly ContractDuty[];
}

export interface ContractEnds {
  /** By the first day on which they may end, then in order of seq. */
  readonly ending: readonly ContractEnd[];
  /** Contracts of which nobody has told when they end, in order of seq: they may end on any day. */
  readonly unknownEnd: readonly Element[];
  /** Number of all contracts. */
  readonly contracts: number;
}

/**
 * The contracts that may end from a day on, up to so many days later. One that is declared to have no end does not.
 * @param day - a month or a year means all of its days.
 */
export function contractEnds(landscape: Landscape, day: PartialDate, within: number): ContractEnds {
  const [first, last] = [earliestDay(day), daysLater(latestDay(day), within)];
  const ending: ContractEnd[] = [];
  const unknownEnd: Element[] = [];
  let contracts = 0;
  for (const contract of landscape.elements()) {
    if (contract.kind !== 'CONTRACT') continue;
    contracts += 1;
    const { endsOn } = contract.attributes;
    if (endsOn === undefined) unknownEnd.push(contract);
    if (typeof endsOn !== 'string' || latestDay(endsOn) < first || earliestDay(endsOn) > last) continue;
    const daysLeft = daysUntil(earliestDay(endsOn), first);
    ending.push({ contract, endsOn, daysLeft, ...dutiesOf(contract) });
  }
  return { ending: ending.toSorted((a, b) => a.daysLeft - b.daysLeft), unknownEnd, contracts };
}

function dutiesOf({ attributes }: Element): Pick<ContractEnd, 'notAgreed' | 'unknownDuties'> {
  const isAgreed = (duty: ContractDuty): Json | undefined => attributes[CONTRACT_DUTIES[duty]];
  return {
    notAgreed: DUTIES.filter((duty) => isAgreed(duty) === false || isAgreed(duty) === null),
    unknownDuties: DUTIES.filter((duty) => isAgreed(duty) === undefined),
  };
}
