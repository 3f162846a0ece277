import { element as anyElement } from '../../../test/support/landscapes.js';
import type { Element } from '../landscape/model.js';
import { adviseOn, judge } from './advice.js';
import type { BandReason, Judgement, ProposedWork, ReuseAdvice, Verdict } from './advice.js';
import type { MatchBand } from './match-band.js';
import type { Counterpart } from './counterpart.js';

const MODEL = { thresholds: { duplicate: { covered: 0.75, uncovered: 0.75 }, overlap: 0.5, related: 0.5 } };

function element(kind: Element['kind']): Element {
  return anyElement(1, { kind });
}
const running: Counterpart = {
  element: element('SYSTEM'),
  owner: undefined,
  phase: 'ACTIVE',
  running: true,
  reach: 'AGENCY',
  workType: 'BUILD',
  isRecords: false,
  ownedByProposer: false,
  abandoned: false,
};
const alike: Judgement = {
  score: 0.9,
  duplicateFrom: 0.75,
  workType: 'BUILD',
  isRecords: false,
  partial: false,
  sameThing: true,
};

describe('the band of a pair', () => {
  it.each<[string, Partial<Judgement>, Partial<Counterpart>, MatchBand, BandReason]>([
    ['the same need and the same work', {}, {}, 'DUPLICATE', 'ALIKE'],
    ['leasing is a way to build', { workType: 'ROLL_OUT' }, {}, 'DUPLICATE', 'ALIKE'],
    ['less sure', { score: 0.6 }, {}, 'OVERLAP', 'PARTLY_ALIKE'],
    ['a part of the need', { partial: true }, {}, 'OVERLAP', 'SERVES_PART'],
    ['hardly alike', { score: 0.4 }, {}, 'DISTINCT', 'UNLIKE'],
    ['an upgrade by the owner', { workType: 'UPGRADE' }, { ownedByProposer: true }, 'RELATED', 'CONTINUATION'],
    [
      'an upgrade by the owner of something like it',
      { workType: 'UPGRADE', sameThing: false },
      { ownedByProposer: true },
      'RELATED',
      'OTHER_WORK',
    ],
    ['an upgrade by somebody else', { workType: 'UPGRADE' }, {}, 'RELATED', 'OTHER_WORK'],
    ['two upgrades of it by two agencies', { workType: 'UPGRADE' }, { workType: 'UPGRADE' }, 'DUPLICATE', 'ALIKE'],
    ['advice on building it', { workType: 'CONSULT' }, {}, 'RELATED', 'OTHER_WORK'],
    ['records of what a system holds', { isRecords: true }, {}, 'RELATED', 'RECORDS_AND_SYSTEM'],
    ['records made digital twice', { isRecords: true }, { isRecords: true }, 'DUPLICATE', 'ALIKE'],
    ['a retired counterpart', {}, { phase: 'END_OF_LIFE', running: false }, 'RELATED', 'RETIRED'],
    ['what an agency that is gone had', {}, { abandoned: true }, 'RELATED', 'ABANDONED'],
  ])('%s', (_, ...[judgement, counterpart, band, because]) => {
    const verdict = judge({ ...alike, ...judgement }, { ...running, ...counterpart }, MODEL);
    expect(verdict).toEqual({ band, because, isContinuation: because === 'CONTINUATION' });
  });
});

function verdict(band: MatchBand, isContinuation = false): Verdict {
  return { band, isContinuation };
}

describe('advice on a counterpart', () => {
  const build: ProposedWork = { workType: 'BUILD', investmentForm: 'SYSTEM_INVESTMENT' };
  const lease: ProposedWork = { workType: 'BUILD', investmentForm: 'LEASE_READY_MADE' };
  const rollOut: ProposedWork = { workType: 'ROLL_OUT', investmentForm: 'RECURRENT_BUDGET' };
  const upgrade: ProposedWork = { workType: 'UPGRADE', investmentForm: 'SYSTEM_INVESTMENT' };

  it.each<[string, Verdict, Partial<Counterpart>, ProposedWork, ReuseAdvice]>([
    ['nothing alike', verdict('DISTINCT'), {}, build, 'BUILD_NEW'],
    ['too little said', verdict('TOO_LITTLE_TO_JUDGE'), {}, build, 'BUILD_NEW'],
    ['a later phase of one’s own', verdict('RELATED', true), { ownedByProposer: true }, upgrade, 'CONTINUE'],
    ['retired', verdict('RELATED'), { phase: 'END_OF_LIFE', running: false }, build, 'BUILD_NEW'],
    ['a project', verdict('DUPLICATE'), { element: element('PROJECT'), running: false }, build, 'MERGE_PROJECTS'],
    ['national', verdict('DUPLICATE'), { reach: 'NATIONAL' }, build, 'INTEGRATE'],
    ['planned', verdict('DUPLICATE'), { phase: 'PLAN', running: false }, build, 'MERGE_PROJECTS'],
    ['being built', verdict('DUPLICATE'), { phase: 'PHASE_IN', running: false }, build, 'MERGE_PROJECTS'],
    ['of the City, built again', verdict('DUPLICATE'), { reach: 'CITY' }, build, 'REUSE_AS_IS'],
    ['of the City, leased again', verdict('DUPLICATE'), { reach: 'CITY' }, lease, 'ADD_USAGE'],
    ['of the City, serving a part', verdict('OVERLAP'), { reach: 'CITY' }, build, 'INTEGRATE'],
    [
      'of the City, of unknown phase',
      verdict('DUPLICATE'),
      { reach: 'CITY', phase: 'UNKNOWN', running: false },
      build,
      'EXTEND_EXISTING',
    ],
    ['rolled out further', verdict('DUPLICATE'), {}, rollOut, 'ADD_USAGE'],
    ['a system of another agency', verdict('DUPLICATE'), {}, build, 'EXTEND_EXISTING'],
    ['upgraded by somebody else', verdict('RELATED'), { reach: 'CITY' }, upgrade, 'EXTEND_EXISTING'],
    ['a database of another agency', verdict('OVERLAP'), { element: element('DATABASE') }, build, 'SHARE_DATA'],
    [
      'a database of one’s own',
      verdict('OVERLAP'),
      { element: element('DATABASE'), ownedByProposer: true },
      build,
      'EXTEND_EXISTING',
    ],
  ])('%s', (_, ...[given, counterpart, proposed, advice]) => {
    expect(adviseOn(given, { ...running, ...counterpart }, proposed)).toBe(advice);
  });
});
