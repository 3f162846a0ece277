import type { AttributeDefinitions } from '../landscape/attribute.js';
import type { Landscape } from '../landscape/landscape.js';
import { EXCHANGE_CHANNELS } from '../landscape/model.js';
import type { Element, Json, Urn } from '../landscape/model.js';
import type { Proposal } from '../landscape/proposal.js';
import { isRecord } from '../landscape/record-fields.js';
import { EVIDENCE, agencyFacts, attributeFacts } from './subject.js';
import type { MatchBand, SubjectFacts } from './subject.js';
import type { Facts } from './value.js';

/** An object of the landscape that a component of the proposal resembles. */
export interface ProposalMatch {
  readonly urn: Urn;
  readonly name: string;
  readonly band: MatchBand;
  readonly componentId: string;
}

/** What the search for duplicates found, by where it is judged. */
export interface ProposalMatches {
  /** Platforms and systems that the centre has built. */
  readonly national: readonly ProposalMatch[];
  /** The city's own. */
  readonly city: readonly ProposalMatch[];
  /** Shared platforms of both. */
  readonly platforms: readonly ProposalMatch[];
  /** Known objects that were searched: "none found" means nothing without it. */
  readonly searchedObjects: number;
}

/** A proposal and all that is known around it. */
export interface ProposalSubject {
  /** The landscape as it is, without the proposal. */
  readonly landscape: Landscape;
  readonly proposal: Proposal;
  /** undefined = not searched, which leaves every match unknown. */
  readonly matches: ProposalMatches | undefined;
  readonly definitions: AttributeDefinitions;
}

/** What is known of a proposal: its answers, its components, what it says it changes, and what resembles it. */
export function factsOfProposal({ landscape, proposal, matches, definitions }: ProposalSubject): SubjectFacts {
  const { operator, ...answers } = proposal.answers;
  const agency = elementOf(landscape, proposal.agency);
  const operating = elementOf(landscape, operator);
  const owner = agency?.urn ?? null;
  return {
    kind: 'PROJECT',
    urn: null,
    name: proposal.title,
    values: {
      [EVIDENCE]: {},
      ...attributeFacts('PROJECT', answers, definitions),
      ...declaredFacts(proposal),
      ...(agency === undefined ? {} : { owner: agencyFacts(agency) }),
      ...(operator === null ? { operator: null } : {}),
      ...(operating === undefined ? {} : { operator: agencyFacts(operating) }),
      ...channelFacts(proposal),
      ...matchFacts(proposal, matches),
    },
    respondents: { OWNER: owner, OPERATOR: operating?.urn ?? owner, SELF: owner },
  };
}

/** The element that a urn names; undefined where nothing is named, or nothing that is known here. */
function elementOf(landscape: Landscape, urn: Json | undefined): Element | undefined {
  return typeof urn === 'string' ? landscape.elementByUrn(urn) : undefined;
}

function declaredFacts(proposal: Proposal): Facts {
  const { investmentForm, workType, decidedOn } = proposal;
  const items = proposal.components.map(({ name, layer }) => ({ name, ...(layer === null ? {} : { layer }) }));
  return {
    name: proposal.title,
    components: { items, complete: true },
    ...(investmentForm === 'UNKNOWN' ? {} : { investmentForm }),
    ...(workType === 'UNKNOWN' ? {} : { workType }),
    ...(decidedOn === null ? {} : { decidedOn }),
  };
}

/** The channels that were answered and those of the flows that the proposal adds; unknown where neither says anything. */
function channelFacts(proposal: Proposal): Facts {
  const { exchangeChannels, flowsComplete } = proposal.answers;
  const answered = Array.isArray(exchangeChannels) ? exchangeChannels : [];
  const added = addedRelations(proposal).flatMap(({ kind, channels }) =>
    kind === 'EXCHANGES_DATA_WITH' && Array.isArray(channels) ? channels : [],
  );
  const named: readonly unknown[] = [...answered, ...added];
  const items = EXCHANGE_CHANNELS.filter((channel) => channel !== 'UNKNOWN' && named.includes(channel));
  if (!Array.isArray(exchangeChannels) && items.length === 0) return {};
  return { channels: { items, complete: flowsComplete === true } };
}

function addedRelations(proposal: Proposal): Readonly<Record<string, unknown>>[] {
  return proposal.operations.flatMap(({ op, value }) => (op === 'ADD' && isRecord(value) ? [value] : []));
}

function matchFacts(proposal: Proposal, matches: ProposalMatches | undefined): Facts {
  if (matches === undefined) return {};
  const reused = reusedUrns(proposal);
  const componentNames = new Map(proposal.components.map(({ id, name }) => [id, name]));
  const factsOf = (found: readonly ProposalMatch[]): Json[] =>
    found.map(({ urn, name, band, componentId }) => ({
      urn,
      name,
      component: componentNames.get(componentId) ?? proposal.title,
      reused: reused.has(urn),
      ...(band === 'TOO_LITTLE_TO_JUDGE' ? {} : { band }),
    }));
  return {
    nationalMatches: factsOf(matches.national),
    cityMatches: factsOf(matches.city),
    platformMatches: factsOf(matches.platforms),
    searchedObjects: matches.searchedObjects,
  };
}

/** What the proposal says it uses again, changes or replaces; what it only withdraws is not built upon. */
function reusedUrns(proposal: Proposal): ReadonlySet<unknown> {
  const { reuses } = proposal.answers;
  const changed = proposal.operations
    .filter(({ op, path }) => op === 'UPDATE' && path !== 'phases')
    .map(({ urn }) => urn);
  const used = addedRelations(proposal)
    .filter(({ kind }) => kind === 'USES_PLATFORM' || kind === 'REPLACES')
    .map(({ target }) => target);
  return new Set<unknown>([...(Array.isArray(reuses) ? reuses : []), ...changed, ...used]);
}
