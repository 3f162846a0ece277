/** Who somebody acts as. A person with several roles, or of several agencies, acts in one of them at a time. */
export const ROLES = [
  'PUBLIC',
  'OFFICER',
  'LEGAL_OFFICER',
  'INSPECTOR',
  'REVIEWER',
  'ARCHITECT',
  'ADMINISTRATOR',
] as const;
export type Role = (typeof ROLES)[number];

/** Roles of those who act for the whole city, and are not of the registry itself. */
export const CITY_ROLES = ['LEGAL_OFFICER', 'INSPECTOR', 'REVIEWER', 'ARCHITECT'] as const satisfies readonly Role[];
export type CityRole = (typeof CITY_ROLES)[number];

/**
 * What must hold of what an action is done to.
 *
 * - OWN_AGENCY: it is a matter of the agency that the actor acts for.
 * - OWNS_ONE: one of those whom it concerns is that agency.
 * - NOT_AUTHOR: it was asked for in another role, and by another person where a person is known: two look at each decision.
 *   A service token decides nothing.
 * - SHOWS_NO_FAILURE: nothing was found to fail by it: nobody takes a failure of his own away.
 * - READS_CLASS: the actor may read every record of the class that the operator gave it.
 * - SIGNED_IN: a person is signed in where it comes from.
 * - SAME_SIGHT: whoever asked for it may read the same as the actor.
 */
export type Condition =
  'OWN_AGENCY' | 'OWNS_ONE' | 'NOT_AUTHOR' | 'SHOWS_NO_FAILURE' | 'READS_CLASS' | 'SIGNED_IN' | 'SAME_SIGHT';

/** The conditions under which a role may do something, all of which must hold; none = always. */
export type Grants = Readonly<Partial<Record<Role, readonly Condition[]>>>;

const always: readonly Condition[] = [];
const own: readonly Condition[] = ['OWN_AGENCY'];
const ofAnother: readonly Condition[] = ['NOT_AUTHOR'];
const ofClass: readonly Condition[] = ['READS_CLASS'];

const OFFICIALS = {
  OFFICER: always,
  LEGAL_OFFICER: always,
  INSPECTOR: always,
  REVIEWER: always,
  ARCHITECT: always,
  ADMINISTRATOR: always,
} as const satisfies Grants;
const ANYBODY = { PUBLIC: always, ...OFFICIALS } as const satisfies Grants;
/** Those who look at how the registry is kept. */
const INSPECTS: Grants = { INSPECTOR: always, ADMINISTRATOR: always };
const ADMINISTRATOR_ALONE: Grants = { ADMINISTRATOR: always };
/** Those who speak for the whole city, and the agency whose matter it is. */
const CITY_AND_OWN: Grants = { OFFICER: own, REVIEWER: always, ARCHITECT: always, ADMINISTRATOR: always };
/** The same, and those who look at what was decided. */
const KNOWS_GROUNDS: Grants = { ...CITY_AND_OWN, LEGAL_OFFICER: always, INSPECTOR: always };
const REVIEWERS: Grants = { REVIEWER: always, ARCHITECT: always, ADMINISTRATOR: always };
const READS_DRAFTS: Grants = { LEGAL_OFFICER: always, ...REVIEWERS };
const READS_LAW: Grants = { LEGAL_OFFICER: always, ARCHITECT: always, ADMINISTRATOR: always };

function everybody(conditions: readonly Condition[]): Grants {
  return Object.fromEntries(ROLES.map((role) => [role, conditions]));
}

/**
 * Who may do what: resource and action, by role. The only place where it is said; `decide` is the only one who reads it.
 * What is not said is forbidden. Who decides asks for nothing, so that two look at each decision.
 */
export const POLICY = {
  /** What is seen of the landscape, and all that is worked out of it, is what the view shows: see `record`. */
  'landscape.read': ANYBODY,
  'landscape.change': ADMINISTRATOR_ALONE,
  /** Records of a class. What was opened to an actor by name he reads whatever its class. */
  'record.read.PUBLIC': ANYBODY,
  'record.read.GOVERNMENT': OFFICIALS,
  'record.read.AGENCY': { OFFICER: own, INSPECTOR: always, REVIEWER: always, ARCHITECT: always, ADMINISTRATOR: always },
  'record.read.RESTRICTED': ADMINISTRATOR_ALONE,
  /** Who changed what, when and why, of every object: reasons are not published, and it speaks of what few may see. */
  'log.read': ADMINISTRATOR_ALONE,
  /** The audit log, and to have it verified. Where it ends is for everybody to know. */
  'audit.read': INSPECTS,
  'audit.verify': INSPECTS,
  /** The person who answers for something. */
  'person.read': OFFICIALS,
  'reference.read': ANYBODY,
  /** To have the service explain its schema, in production. The schema is published, so that this spares work and hides nothing. */
  'schema.explore': OFFICIALS,
  'proposal.check': ANYBODY,
  /** The operator gives a list of weak points its class. */
  'findings.read': everybody(ofClass),
  /** How findings went over time is kept of the whole landscape: of others it would tell what they do not see. */
  'findings.history': ADMINISTRATOR_ALONE,
  'run.start': ADMINISTRATOR_ALONE,
  /** What is only thought of is not for the public. */
  'scenario.use': CITY_AND_OWN,
  /** Trying it too: a preview tells of what others committed meanwhile. */
  'scenario.merge': ADMINISTRATOR_ALONE,
  /** Reads a file against the landscape, and changes nothing but a scenario that the actor may use. */
  'import.preview': { OFFICER: always, REVIEWER: always, ARCHITECT: always, ADMINISTRATOR: always },
  'attestation.give': { OFFICER: own, ADMINISTRATOR: always },
  'attestation.read': CITY_AND_OWN,
  'campaign.open': ADMINISTRATOR_ALONE,
  'campaign.read': OFFICIALS,
  'treatment.decide': ADMINISTRATOR_ALONE,
  'waiver.request': { OFFICER: own },
  'waiver.decide': { REVIEWER: ofAnother, ADMINISTRATOR: ofAnother },
  'waiver.revoke': { OFFICER: own, REVIEWER: always, ADMINISTRATOR: always },
  'waiver.grounds': KNOWS_GROUNDS,
  'evidence.submit': { OFFICER: own },
  'evidence.decide': { REVIEWER: ofAnother, ARCHITECT: ofAnother, ADMINISTRATOR: ofAnother },
  'evidence.withdraw': {
    OFFICER: ['OWN_AGENCY', 'SHOWS_NO_FAILURE'],
    REVIEWER: always,
    ARCHITECT: always,
    ADMINISTRATOR: always,
  },
  'evidence.content': KNOWS_GROUNDS,
  'rule.draft': { ARCHITECT: always },
  'rule.drafts': READS_DRAFTS,
  'rule.preview': { LEGAL_OFFICER: ofClass, REVIEWER: ofClass, ARCHITECT: ofClass, ADMINISTRATOR: ofClass },
  'rule.publish': { ADMINISTRATOR: ofAnother },
  /** A matter of fact and no decision, so whoever drafted the rule may say it too. */
  'citation.verify': READS_LAW,
  'citation.dispute': READS_LAW,
  'case.decide': REVIEWERS,
  'case.grounds': { OFFICER: ['OWNS_ONE'], INSPECTOR: always, ...REVIEWERS },
  'document.register': ADMINISTRATOR_ALONE,
  'document.list': OFFICIALS,
  'job.use': { ...everybody(['SAME_SIGHT']), ADMINISTRATOR: always },
  'backup.take': ADMINISTRATOR_ALONE,
  /** Who one is here, and to act in another of the roles one has. */
  'self.read': ANYBODY,
  'self.act': everybody(['SIGNED_IN']),
  /** Who has an account, and who acts in which role. */
  'people.manage': ADMINISTRATOR_ALONE,
  /** Tokens of dashboards and other systems. */
  'token.manage': ADMINISTRATOR_ALONE,
  'metrics.read': INSPECTS,
} as const satisfies Readonly<Record<string, Grants>>;

/** What can be done: a kind of resource and what is done to it. */
export type Action = keyof typeof POLICY;

export const ACTIONS = Object.keys(POLICY) as readonly Action[];

/** What is only looked at: all that may be done by whoever may change nothing. */
export const READING: ReadonlySet<Action> = new Set<Action>([
  'landscape.read',
  'record.read.PUBLIC',
  'record.read.GOVERNMENT',
  'record.read.AGENCY',
  'record.read.RESTRICTED',
  'log.read',
  'audit.read',
  'person.read',
  'reference.read',
  'proposal.check',
  'findings.read',
  'findings.history',
  'import.preview',
  'attestation.read',
  'campaign.read',
  'waiver.grounds',
  'evidence.content',
  'rule.drafts',
  'rule.preview',
  'case.grounds',
  'document.list',
  'self.read',
  'schema.explore',
  'metrics.read',
]);
