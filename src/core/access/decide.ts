import type { Visibility } from '../landscape/model.js';
import type { Actor } from './actor.js';

/** Whether an actor may change the landscape at all. */
export function mayCommit(actor: Actor): boolean {
  return actor.kind === 'ADMINISTRATOR';
}

/**
 * Whether an actor may read the log: who changed what, when and why, of every object. Reasons and authors are not
 * published, and the log speaks of objects that few may see.
 */
export function mayReadLog(actor: Actor): boolean {
  return actor.kind === 'ADMINISTRATOR';
}

/** Whether an actor may have scenarios at all: what is only thought of is not for the public. */
export function mayHaveScenarios(actor: Actor): boolean {
  return actor.kind !== 'PUBLIC';
}

/**
 * Whether an actor may read and change the scenarios of an agency: an officer those of his own, whoever speaks for the
 * city all. To merge or undo one takes `mayCommit` as well.
 * @param agency - urn of the agency; null = the whole city's.
 */
export function mayUseScenario(actor: Actor, agency: string | null): boolean {
  return actor.kind === 'OFFICER' ? actor.agency === agency : mayHaveScenarios(actor);
}

/**
 * Whether an actor may say what an agency confirms of its own records: an officer for his own agency, the administrator
 * for all. It is no leave to change anything else.
 * @param agency - urn of the agency.
 */
export function mayAttest(actor: Actor, agency: string): boolean {
  return actor.kind === 'OFFICER' ? actor.agency === agency : mayCommit(actor);
}

/** Whether an actor may ask agencies to confirm their records. */
export function mayAskForAttestation(actor: Actor): boolean {
  return mayCommit(actor);
}

/** Whether an actor may read what agencies are asked to confirm, and how far they are: a matter among officials. */
export function mayReadCampaigns(actor: Actor): boolean {
  return actor.kind !== 'PUBLIC';
}

/** As whom an actor is put on record. */
export function roleOf({ kind }: Actor): string {
  return kind.toLowerCase();
}

/**
 * Whether an actor may ask for a waiver of what an agency owns: its officer. Who decides asks for nothing.
 * @param agency - urn of the agency.
 */
export function mayRequestWaiver(actor: Actor, agency: string): boolean {
  return actor.kind === 'OFFICER' && actor.agency === agency;
}

/**
 * Whether an actor may approve, deny or renew a waiver: the administrator, and never who asked for it.
 * @param requestedBy - the role of whoever did.
 */
export function mayDecideWaiver(actor: Actor, requestedBy: string): boolean {
  return mayCommit(actor) && roleOf(actor) !== requestedBy;
}

/** Whether an actor may end a waiver, or withdraw a request: who decides, and the agency that asked. */
export function mayRevokeWaiver(actor: Actor, agency: string): boolean {
  return mayCommit(actor) || mayRequestWaiver(actor, agency);
}

/**
 * Whether an actor may read why a waiver was asked for and how it was decided: the agency that asked, and whoever speaks
 * for the city. The texts may speak of what few may see.
 */
export function mayReadWaiverGrounds(actor: Actor, agency: string): boolean {
  return mayUseScenario(actor, agency);
}

/** Whether an actor may draft a rule: the architecture office. Who publishes drafts nothing, so that two look at each rule. */
export function mayDraftRule(actor: Actor): boolean {
  return actor.kind === 'ARCHITECT';
}

/**
 * Whether an actor may publish or withdraw a rule: the administrator, and never who drafted it.
 * @param draftedBy - the role of whoever did.
 */
export function mayPublishRule(actor: Actor, draftedBy: string): boolean {
  return mayCommit(actor) && roleOf(actor) !== draftedBy;
}

/**
 * Whether an actor may say that a citation was read in the signed text. It is a matter of fact and no decision, so whoever
 * drafted the rule may say it too; by whom it was read, by name, stands on record.
 */
export function mayVerifyCitation(actor: Actor): boolean {
  return mayReadRuleDrafts(actor);
}

/**
 * Whether an actor may say that a citation is not to be taken as verified any more: a matter of fact like its verification,
 * and whoever may say the one may say the other. Nothing binds by it that did not before.
 */
export function mayDisputeCitation(actor: Actor): boolean {
  return mayVerifyCitation(actor);
}

/** Whether an actor may read what is only drafted, and try what a rule would do: whoever speaks for the city. */
export function mayReadRuleDrafts(actor: Actor): boolean {
  return mayDraftRule(actor) || mayCommit(actor);
}

/**
 * Whether an actor may submit evidence for what an agency owns: its officer. Who judges submits nothing.
 * @param agency - urn of the agency.
 */
export function maySubmitEvidence(actor: Actor, agency: string): boolean {
  return mayRequestWaiver(actor, agency);
}

/** Whether an actor may judge evidence at all: whoever reviews for the whole city. */
export function mayReviewEvidence({ kind }: Actor): boolean {
  return kind === 'ARCHITECT' || kind === 'ADMINISTRATOR';
}

/**
 * Whether an actor may accept or reject evidence: who reviews, and never who submitted it.
 * @param submittedBy - the role of whoever did.
 */
export function mayDecideEvidence(actor: Actor, submittedBy: string): boolean {
  return mayReviewEvidence(actor) && roleOf(actor) !== submittedBy;
}

/**
 * Whether an actor may withdraw evidence: who reviews, and the agency that submitted it, unless it was found to show that
 * something is not met: nobody takes a failure of his own away.
 */
export function mayWithdrawEvidence(
  actor: Actor,
  { agency, showsFailure }: { readonly agency: string; readonly showsFailure: boolean },
): boolean {
  return mayReviewEvidence(actor) || (maySubmitEvidence(actor, agency) && !showsFailure);
}

/**
 * Whether an actor may read where evidence is, what was said of it and why it was judged so: the agency that submitted it,
 * and whoever speaks for the city. Others know that it is there, and what it shows.
 */
export function mayReadEvidenceContent(actor: Actor, agency: string): boolean {
  return mayUseScenario(actor, agency);
}

/** Whether an actor may open cases of duplicates and decide them: whoever reviews for the whole city. */
export function mayDecideDuplicateCase(actor: Actor): boolean {
  return mayReviewEvidence(actor);
}

/**
 * Whether an actor may read why a case of duplicates was decided so: whoever speaks for the city, and the agencies that own
 * either of the two.
 * @param owners - urns of the agencies.
 */
export function mayReadCaseGrounds(actor: Actor, owners: readonly string[]): boolean {
  return mayUseScenario(actor, null) || owners.some((agency) => mayUseScenario(actor, agency));
}

/** Whether an actor may read which queries were registered for dashboards. Who has the id of one may ask it. */
export function mayListTrustedDocuments(actor: Actor): boolean {
  return actor.kind !== 'PUBLIC';
}

/** Whether an actor may know which person answers for something: a matter among officials. */
export function mayReadPersons(actor: Actor): boolean {
  return actor.kind !== 'PUBLIC';
}

/** Which records of a visibility class an actor may read: all, those of the own agency, or those named to him alone. */
export type Reach = 'ALL' | 'OWN' | 'NAMED';

const REACH: Readonly<Record<Actor['kind'], Readonly<Record<Visibility, Reach>>>> = {
  PUBLIC: { PUBLIC: 'ALL', GOVERNMENT: 'NAMED', AGENCY: 'NAMED', RESTRICTED: 'NAMED' },
  OFFICER: { PUBLIC: 'ALL', GOVERNMENT: 'ALL', AGENCY: 'OWN', RESTRICTED: 'NAMED' },
  ARCHITECT: { PUBLIC: 'ALL', GOVERNMENT: 'ALL', AGENCY: 'ALL', RESTRICTED: 'NAMED' },
  ADMINISTRATOR: { PUBLIC: 'ALL', GOVERNMENT: 'ALL', AGENCY: 'ALL', RESTRICTED: 'ALL' },
};

export function reachOf(actor: Actor, visibility: Visibility): Reach {
  return REACH[actor.kind][visibility];
}

/** Whether an actor may read every record of a visibility class. */
export function mayRead(actor: Actor, visibility: Visibility): boolean {
  return reachOf(actor, visibility) === 'ALL';
}

/**
 * Whether an actor may read sums over findings. A list of a city's weak points is itself sensitive, so the class of
 * these sums is set by the operator and is not that of the systems they speak of.
 */
export function mayReadFindings(actor: Actor, visibility: Visibility): boolean {
  return mayRead(actor, visibility);
}
