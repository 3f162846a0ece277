import { VISIBILITIES } from '../landscape/model.js';
import { urnOf } from '../../../test/support/landscapes.js';
import { ADMINISTRATOR, PUBLIC } from './actor.js';
import type { Actor } from './actor.js';
import {
  mayAskForAttestation,
  mayAttest,
  mayCommit,
  mayDecideEvidence,
  mayDecideWaiver,
  mayDraftRule,
  mayHaveScenarios,
  mayPublishRule,
  mayRead,
  mayReadCampaigns,
  mayReadEvidenceContent,
  mayReadFindings,
  mayReadRuleDrafts,
  mayReadWaiverGrounds,
  mayRequestWaiver,
  mayReviewEvidence,
  mayRevokeWaiver,
  maySubmitEvidence,
  mayUseScenario,
  mayDisputeCitation,
  mayVerifyCitation,
  mayWithdrawEvidence,
  roleOf,
} from './decide.js';

describe('who may do what', () => {
  it('only the administrator changes the landscape', () => {
    expect([mayCommit(PUBLIC), mayCommit(ADMINISTRATOR)]).toEqual([false, true]);
  });

  it.each(VISIBILITIES)(
    'the public reads what is PUBLIC and nothing else; the administrator reads all: %s',
    (visibility) => {
      expect([mayRead(PUBLIC, visibility), mayRead(ADMINISTRATOR, visibility)]).toEqual([
        visibility === 'PUBLIC',
        true,
      ]);
    },
  );

  it('an officer has the scenarios of his agency, whoever speaks for the city has all, the public none', () => {
    const officer: Actor = { kind: 'OFFICER', agency: urnOf('so-y-te'), grants: [] };
    const actors: readonly Actor[] = [PUBLIC, officer, { kind: 'ARCHITECT', grants: [] }, ADMINISTRATOR];
    expect(actors.map(mayHaveScenarios)).toEqual([false, true, true, true]);
    const of = (agency: string | null): boolean[] => actors.map((actor) => mayUseScenario(actor, agency));
    expect(of('urn:khung:so-y-te')).toEqual([false, true, true, true]);
    expect(of('urn:khung:so-du-lich')).toEqual([false, false, true, true]);
    expect(of(null)).toEqual([false, false, true, true]);
  });

  it('an officer attests for his agency alone, the administrator for all; who asks agencies is the administrator', () => {
    const officer: Actor = { kind: 'OFFICER', agency: urnOf('so-y-te'), grants: [] };
    const actors: readonly Actor[] = [PUBLIC, officer, { kind: 'ARCHITECT', grants: [] }, ADMINISTRATOR];
    const of = (agency: string): boolean[] => actors.map((actor) => mayAttest(actor, agency));
    expect(of('urn:khung:so-y-te')).toEqual([false, true, false, true]);
    expect(of('urn:khung:so-du-lich')).toEqual([false, false, false, true]);
    expect(actors.map(mayAskForAttestation)).toEqual([false, false, false, true]);
    expect(actors.map(mayReadCampaigns)).toEqual([false, true, true, true]);
  });

  it('an officer asks for waivers for his agency alone; the administrator decides, and never what he asked for', () => {
    const officer: Actor = { kind: 'OFFICER', agency: urnOf('so-y-te'), grants: [] };
    const actors: readonly Actor[] = [PUBLIC, officer, { kind: 'ARCHITECT', grants: [] }, ADMINISTRATOR];
    const told = (may: (actor: Actor, agency: string) => boolean, agency: string): boolean[] =>
      actors.map((actor) => may(actor, agency));
    expect(told(mayRequestWaiver, 'urn:khung:so-y-te')).toEqual([false, true, false, false]);
    expect(told(mayRequestWaiver, 'urn:khung:so-du-lich')).toEqual([false, false, false, false]);
    expect(told(mayRevokeWaiver, 'urn:khung:so-y-te')).toEqual([false, true, false, true]);
    expect(told(mayRevokeWaiver, 'urn:khung:so-du-lich')).toEqual([false, false, false, true]);
    expect(told(mayReadWaiverGrounds, 'urn:khung:so-y-te')).toEqual([false, true, true, true]);
    expect(told(mayReadWaiverGrounds, 'urn:khung:so-du-lich')).toEqual([false, false, true, true]);
    expect(told(mayDecideWaiver, roleOf(officer))).toEqual([false, false, false, true]);
    expect(told(mayDecideWaiver, roleOf(ADMINISTRATOR))).toEqual([false, false, false, false]);
  });

  it('the architecture office drafts rules, the administrator publishes them, and nobody what he drafted', () => {
    const officer: Actor = { kind: 'OFFICER', agency: urnOf('so-y-te'), grants: [] };
    const architect: Actor = { kind: 'ARCHITECT', grants: [] };
    const actors: readonly Actor[] = [PUBLIC, officer, architect, ADMINISTRATOR];
    expect(actors.map(mayDraftRule)).toEqual([false, false, true, false]);
    const publishes = (by: Actor): boolean[] => actors.map((actor) => mayPublishRule(actor, roleOf(by)));
    expect(publishes(architect)).toEqual([false, false, false, true]);
    expect(publishes(ADMINISTRATOR)).toEqual([false, false, false, false]);
    expect(actors.map(mayReadRuleDrafts)).toEqual([false, false, true, true]);
    expect(actors.map(mayVerifyCitation)).toEqual([false, false, true, true]);
    expect(actors.map(mayDisputeCitation)).toEqual([false, false, true, true]);
  });

  it('an officer submits evidence for his agency alone; who reviews judges it, and never what he submitted', () => {
    const officer: Actor = { kind: 'OFFICER', agency: urnOf('so-y-te'), grants: [] };
    const architect: Actor = { kind: 'ARCHITECT', grants: [] };
    const actors: readonly Actor[] = [PUBLIC, officer, architect, ADMINISTRATOR];
    const told = (may: (actor: Actor, agency: string) => boolean, agency: string): boolean[] =>
      actors.map((actor) => may(actor, agency));
    expect(told(maySubmitEvidence, 'urn:khung:so-y-te')).toEqual([false, true, false, false]);
    expect(told(maySubmitEvidence, 'urn:khung:so-du-lich')).toEqual([false, false, false, false]);
    expect(told(mayReadEvidenceContent, 'urn:khung:so-y-te')).toEqual([false, true, true, true]);
    expect(told(mayReadEvidenceContent, 'urn:khung:so-du-lich')).toEqual([false, false, true, true]);
    expect(actors.map(mayReviewEvidence)).toEqual([false, false, true, true]);
    expect(told(mayDecideEvidence, roleOf(officer))).toEqual([false, false, true, true]);
    expect(told(mayDecideEvidence, roleOf(architect))).toEqual([false, false, false, true]);
    expect(told(mayDecideEvidence, roleOf(ADMINISTRATOR))).toEqual([false, false, true, false]);
    const withdrawn = (agency: string, showsFailure: boolean): boolean[] =>
      actors.map((actor) => mayWithdrawEvidence(actor, { agency, showsFailure }));
    expect(withdrawn('urn:khung:so-y-te', false)).toEqual([false, true, true, true]);
    expect(withdrawn('urn:khung:so-y-te', true)).toEqual([false, false, true, true]);
    expect(withdrawn('urn:khung:so-du-lich', false)).toEqual([false, false, true, true]);
  });

  it.each(VISIBILITIES)('sums over findings are read by whoever may read their class: %s', (visibility) => {
    const allowed = [PUBLIC, ADMINISTRATOR].map((actor) => mayReadFindings(actor, visibility));
    expect(allowed).toEqual([visibility === 'PUBLIC', true]);
  });
});
