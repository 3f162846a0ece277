import { VISIBILITIES } from '../landscape/model.js';
import type { Visibility } from '../landscape/model.js';
import { urnOf } from '../../../test/support/landscapes.js';
import { ADMINISTRATOR, PUBLIC, readingKey } from './actor.js';
import type { Actor } from './actor.js';
import { decide, may, mayAtAll, reachOf } from './decide.js';
import type { Resource } from './decide.js';
import { ACTIONS, READING, ROLES } from './policy.js';
import type { Action } from './policy.js';

const OWN = 'urn:khung:so-y-te';
const OTHER = 'urn:khung:so-du-lich';
const grants: readonly never[] = [];
const officer: Actor = { kind: 'OFFICER', agency: urnOf('so-y-te'), grants };
const actors: readonly Actor[] = [
  PUBLIC,
  officer,
  { kind: 'LEGAL_OFFICER', grants },
  { kind: 'INSPECTOR', grants },
  { kind: 'REVIEWER', grants },
  { kind: 'ARCHITECT', grants },
  ADMINISTRATOR,
];

/** Of each action what the roles may, in the order of ROLES: + always, c where something holds, - never. */
const MATRIX: Readonly<Record<Action, string>> = {
  'landscape.read': '+++++++',
  'landscape.change': '------+',
  'record.read.PUBLIC': '+++++++',
  'record.read.GOVERNMENT': '-++++++',
  'record.read.AGENCY': '-c-++++',
  'record.read.RESTRICTED': '------+',
  'log.read': '------+',
  'audit.read': '---+--+',
  'audit.verify': '---+--+',
  'person.read': '-++++++',
  'reference.read': '+++++++',
  'schema.explore': '-++++++',
  'proposal.check': '+++++++',
  'findings.read': 'ccccccc',
  'findings.history': '------+',
  'run.start': '------+',
  'scenario.use': '-c--+++',
  'scenario.merge': '------+',
  'import.preview': '-+--+++',
  'attestation.give': '-c----+',
  'attestation.read': '-c--+++',
  'campaign.open': '------+',
  'campaign.read': '-++++++',
  'treatment.decide': '------+',
  'waiver.request': '-c-----',
  'waiver.decide': '----c-c',
  'waiver.revoke': '-c--+-+',
  'waiver.grounds': '-c+++++',
  'evidence.submit': '-c-----',
  'evidence.decide': '----ccc',
  'evidence.withdraw': '-c--+++',
  'evidence.content': '-c+++++',
  'rule.draft': '-----+-',
  'rule.drafts': '--+-+++',
  'rule.preview': '--c-ccc',
  'rule.publish': '------c',
  'citation.verify': '--+--++',
  'citation.dispute': '--+--++',
  'case.decide': '----+++',
  'case.grounds': '-c-++++',
  'document.register': '------+',
  'document.list': '-++++++',
  'job.use': 'cccccc+',
  'backup.take': '------+',
  'self.read': '+++++++',
  'self.act': 'ccccccc',
  'people.manage': '------+',
  'token.manage': '------+',
  'metrics.read': '---+--+',
};

describe('who may do what', () => {
  it('is said of every action and role, once', () => {
    expect(actors.map(({ kind }) => kind)).toEqual(ROLES);
    const seen = ACTIONS.map((action) => {
      const cells = actors.map((actor) => {
        if (decide(actor, action).allowed) return '+';
        return mayAtAll(actor, action) ? 'c' : '-';
      });
      return [action, cells.join('')] as const;
    });
    expect(Object.fromEntries(seen)).toEqual(MATRIX);
  });

  it('says whether it is the role or which condition that is in the way', () => {
    expect(decide(PUBLIC, 'waiver.request', { agency: OWN })).toEqual({ allowed: false, because: 'ROLE' });
    expect(decide(officer, 'waiver.request', { agency: OTHER })).toEqual({ allowed: false, because: 'OWN_AGENCY' });
    expect(decide(officer, 'evidence.withdraw', { agency: OWN, showsFailure: true })).toEqual({
      allowed: false,
      because: 'SHOWS_NO_FAILURE',
    });
    expect(decide(officer, 'evidence.withdraw', { agency: OWN, showsFailure: false })).toEqual({ allowed: true });
  });

  it.each<[Action, Resource, string]>([
    ['scenario.use', { agency: OWN }, '-+--+++'],
    ['scenario.use', { agency: OTHER }, '----+++'],
    ['scenario.use', { agency: null }, '----+++'],
    ['waiver.decide', { author: 'officer' }, '----+-+'],
    ['waiver.decide', { author: 'administrator' }, '----+--'],
    ['evidence.decide', { author: 'architect' }, '----+-+'],
    ['rule.publish', { author: 'administrator' }, '-------'],
    ['rule.publish', { author: 'architect' }, '------+'],
    ['case.grounds', { owners: [OTHER, OWN] }, '-+-++++'],
    ['case.grounds', { owners: [OTHER] }, '---++++'],
    ['findings.read', { visibility: 'PUBLIC' }, '+++++++'],
    ['findings.read', { visibility: 'GOVERNMENT' }, '-++++++'],
    ['findings.read', { visibility: 'AGENCY' }, '---++++'],
    ['findings.read', { visibility: 'RESTRICTED' }, '------+'],
    ['job.use', { sight: readingKey(officer) }, '-+----+'],
  ])('%s of %o', (action, resource, expected) => {
    expect(actors.map((actor) => (may(actor, action, resource) ? '+' : '-')).join('')).toBe(expected);
  });

  it('is not for the same person in another role', () => {
    const reviewer: Actor = { kind: 'REVIEWER', grants: [], principal: 'a' };
    const asked = (person: string | null): Resource => ({ author: 'officer', person });
    expect(decide(reviewer, 'waiver.decide', asked('a'))).toEqual({ allowed: false, because: 'NOT_AUTHOR' });
    expect(['b', null].map((person) => may(reviewer, 'waiver.decide', asked(person)))).toEqual([true, true]);
  });

  it('is to look alone for whoever may do no more, whatever the role', () => {
    const looking = actors.map((actor): Actor => ({ ...actor, readOnly: true }));
    for (const action of ACTIONS) {
      const allowed = looking.filter((actor) => mayAtAll(actor, action)).map(({ kind }) => kind);
      const expected = READING.has(action)
        ? actors.filter((actor) => mayAtAll(actor, action)).map(({ kind }) => kind)
        : [];
      expect([action, allowed]).toEqual([action, expected]);
    }
    const [, officerLooking = PUBLIC] = looking;
    expect(decide(officerLooking, 'waiver.request', { agency: OWN })).toEqual({ allowed: false, because: 'READ_ONLY' });
    expect(may(officerLooking, 'attestation.read', { agency: OWN })).toBe(true);
  });

  it('an agency of nobody is nobody’s own', () => {
    for (const agency of [undefined, null, '']) {
      const resource = agency === undefined ? {} : { agency };
      expect(actors.filter((actor) => may(actor, 'waiver.request', resource))).toEqual([]);
    }
  });

  it.each<[Visibility, string]>([
    ['PUBLIC', 'ALL ALL ALL ALL ALL ALL ALL'],
    ['GOVERNMENT', 'NAMED ALL ALL ALL ALL ALL ALL'],
    ['AGENCY', 'NAMED OWN NAMED ALL ALL ALL ALL'],
    ['RESTRICTED', 'NAMED NAMED NAMED NAMED NAMED NAMED ALL'],
  ])('records of the class %s', (visibility, expected) => {
    expect(VISIBILITIES).toContain(visibility);
    expect(actors.map((actor) => reachOf(actor, visibility)).join(' ')).toBe(expected);
  });
});
