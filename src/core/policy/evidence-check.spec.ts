import { told } from '../../../test/support/change-sets.js';
import { element, landscapeOf, relation, urnOf } from '../../../test/support/landscapes.js';
import { evidenceDecisionIssues, judgementOf, submissionIssues, withdrawalIssues } from './evidence-check.js';
import type { EvidenceDecision, EvidenceSubmission } from './evidence-check.js';
import type { AskedEvidence } from './evidence-kinds.js';
import type { Evidence, EvidenceEvent } from './evidence.js';

const TODAY = '2026-11-29';
const KIND: AskedEvidence = {
  id: 'dossier',
  vi: 'Hồ sơ đâu?',
  en: 'Where is the dossier?',
  askedFrom: 'OWNER',
  validityDays: 100,
  appliesTo: ['SYSTEM'],
  rules: [],
};
const KINDS = new Map([KIND, { ...KIND, id: 'decree', validityDays: null }].map((each) => [each.id, each]));
const SETTING = { kinds: KINDS, today: TODAY };

/** Two agencies with a system each; a database of the first; a system of nobody. */
const CITY = landscapeOf(
  [
    element(1, { kind: 'AGENCY' }),
    element(2, { kind: 'AGENCY' }),
    element(3),
    element(4),
    element(6, { kind: 'DATABASE' }),
    element(7),
  ],
  [
    relation(1, [3, 1], { kind: 'OWNED_BY' }),
    relation(2, [4, 2], { kind: 'OWNED_BY' }),
    relation(3, [6, 1], { kind: 'OWNED_BY' }),
  ],
);
const FILE = { name: 'Hồ sơ.pdf', mediaType: 'application/pdf', size: 1, sha256: '0f'.repeat(32) };
const SUBMISSION: EvidenceSubmission = {
  subject: urnOf('e3'),
  kind: 'dossier',
  agency: urnOf('e1'),
  link: 'https://hoso.hochiminhcity.gov.vn/1?x=a@b',
  file: null,
  documentedOn: null,
  note: null,
};

describe('a submission of evidence', () => {
  it.each<[string, Partial<EvidenceSubmission>]>([
    ['as a link', {}],
    ['as a link to a host alone', { link: 'http://hoso.vn' }],
    ['as a file', { link: null, file: FILE }],
    ['as a file and where it is', { file: FILE }],
    ['with its day and a note', { documentedOn: TODAY, note: 'Theo 12/QĐ' }],
  ])('is taken %s', (_what, more) => {
    expect(told(submissionIssues(CITY, { ...SUBMISSION, ...more }, SETTING))).toEqual([]);
  });

  it.each<[string, Partial<EvidenceSubmission>]>([
    ['VALUE_NOT_ALLOWED kind', { kind: 'poem' }],
    ['VALUE_NOT_ALLOWED kind', { kind: 'toString' }],
    ['URN_UNKNOWN subject', { subject: urnOf('khong-co') }],
    ['ELEMENT_NOT_OWNED subject', { subject: urnOf('e4') }],
    ['ELEMENT_NOT_OWNED subject', { subject: urnOf('e7') }],
    ['REFERENCE_OF_WRONG_KIND subject', { subject: urnOf('e6') }],
    ['REFERENCE_OF_WRONG_KIND subject', { subject: urnOf('e1') }],
    ['VALUE_MISSING link', { link: null }],
    ['VALUE_MISSING link', { link: ' ' }],
    ['VALUE_OF_WRONG_TYPE link', { link: 'hoso.vn/1' }],
    ['VALUE_OF_WRONG_TYPE link', { link: 'javascript:https://x' }],
    ['VALUE_OF_WRONG_TYPE link', { link: 'file:///etc/passwd' }],
    ['VALUE_OF_WRONG_TYPE link', { link: 'https://a b' }],
    ['VALUE_OF_WRONG_TYPE link', { link: 'https://toi:matkhau@hoso.vn/1' }],
    ['VALUE_OF_WRONG_TYPE link', { link: 'https://[' }],
    ['LIMIT_EXCEEDED link', { link: `https://x/${'x'.repeat(2_000)}` }],
    ['VALUE_MISSING file.name', { file: { ...FILE, name: '' } }],
    ['LIMIT_EXCEEDED file.name', { file: { ...FILE, name: 'x'.repeat(256) } }],
    ['VALUE_OF_WRONG_TYPE file.mediaType', { file: { ...FILE, mediaType: 'pdf' } }],
    ['VALUE_OF_WRONG_TYPE file.size', { file: { ...FILE, size: 0 } }],
    ['VALUE_OF_WRONG_TYPE file.sha256', { file: { ...FILE, sha256: '0F'.repeat(32) } }],
    ['VALUE_OF_WRONG_TYPE file.sha256', { file: { ...FILE, sha256: '0f'.repeat(31) } }],
    ['VALUE_OUT_OF_BOUNDS documentedOn', { documentedOn: '2026-11-30' }],
    ['VALUE_OF_WRONG_TYPE documentedOn', { documentedOn: '2026-11' }],
    ['VALUE_MISSING note', { note: ' ' }],
    ['LIMIT_EXCEEDED note', { note: 'x'.repeat(2_001) }],
  ])('is refused: %s', (expected, more) => {
    expect(told(submissionIssues(CITY, { ...SUBMISSION, ...more }, SETTING))).toEqual([expected]);
  });

  it('is told all that is wrong with it', () => {
    const wrong = {
      kind: 'poem',
      subject: urnOf('e4'),
      link: 'x',
      file: { ...FILE, sha256: '' },
      documentedOn: '2030-01-01',
    };
    expect(told(submissionIssues(CITY, { ...SUBMISSION, ...wrong }, SETTING))).toEqual([
      'VALUE_NOT_ALLOWED kind',
      'ELEMENT_NOT_OWNED subject',
      'VALUE_OF_WRONG_TYPE link',
      'VALUE_OF_WRONG_TYPE file.sha256',
      'VALUE_OUT_OF_BOUNDS documentedOn',
    ]);
  });
});

function evidence(documentedOn: string | null, later: readonly EvidenceEvent[] = [], kind = 'dossier'): Evidence {
  const { note: reason, ...terms } = SUBMISSION;
  const submitted = { number: 1, kind: 'SUBMITTED', on: '2026-11-10', by: 'officer', reason, judgement: null } as const;
  return { id: 'e', terms: { ...terms, documentedOn, kind }, events: [submitted, ...later] };
}
function event(more: Pick<EvidenceEvent, 'kind'> & Partial<EvidenceEvent>): EvidenceEvent {
  return { number: 2, on: '2026-11-20', by: 'architect', reason: 'Lý do', judgement: null, ...more };
}
const ACCEPTED = event({
  kind: 'ACCEPTED',
  judgement: { verdict: 'MET', validFrom: '2026-11-20', validTo: '2026-12-01' },
});
const EXPIRED = event({
  kind: 'ACCEPTED',
  judgement: { verdict: 'MET', validFrom: '2026-11-20', validTo: '2026-11-28' },
});
const DECISION: EvidenceDecision = { verdict: 'MET', validFrom: null, validTo: null, reason: 'Đúng hồ sơ' };

describe('what is decided of evidence', () => {
  const refusals = (of: Evidence, more: Partial<EvidenceDecision> = {}): string[] =>
    told(evidenceDecisionIssues(of, { ...DECISION, ...more }, SETTING));

  it('is an acceptance, either way, or a rejection, each with its reason', () => {
    for (const verdict of ['MET', 'NOT_MET', null] as const) {
      expect(refusals(evidence(null), { verdict })).toEqual([]);
      expect(refusals(evidence(null), { verdict, reason: '' })).toEqual(['VALUE_MISSING reason']);
    }
  });

  it.each<[string, string | null, Partial<EvidenceDecision>]>([
    ['', null, { validFrom: TODAY, validTo: '2027-03-08' }],
    ['VALUE_OUT_OF_BOUNDS validTo', null, { validTo: '2027-03-09' }],
    ['VALUE_OUT_OF_BOUNDS validFrom', null, { validFrom: '2026-11-28' }],
    ['VALUE_OUT_OF_BOUNDS validFrom', null, { validFrom: '2027-03-09' }],
    ['', '2026-11-01', { validFrom: '2026-11-01', validTo: '2027-02-08' }],
    ['VALUE_OUT_OF_BOUNDS validTo', '2026-11-01', { validTo: '2027-02-09' }],
    ['VALUE_OUT_OF_BOUNDS validTo', '2026-11-01', { validTo: '2026-11-28' }],
    ['VALUE_OUT_OF_BOUNDS validFrom', '2026-11-01', { validFrom: '2026-10-31' }],
    ['END_BEFORE_START validTo', '2026-11-01', { validFrom: '2026-12-02', validTo: '2026-12-01' }],
    ['VALUE_OF_WRONG_TYPE validFrom', null, { validFrom: '2026' }],
    ['VALUE_OF_WRONG_TYPE validTo', null, { validTo: '2027' }],
    ['', '2026-08-22', {}],
    ['END_BEFORE_START evidence', '2026-08-21', {}],
    ['ARGUMENT_NEEDED validTo', null, { verdict: null, validTo: '2026-12-01' }],
  ])('is bounded by how long its kind counts: %s (%s, %j)', (expected, documentedOn, more) => {
    expect(refusals(evidence(documentedOn), more)).toEqual(expected === '' ? [] : [expected]);
  });

  it('is not bounded where its kind counts for good, or is asked no more', () => {
    for (const kind of ['decree', 'poem']) {
      expect(refusals(evidence('1999-01-01', [], kind), { validTo: '2100-01-01' })).toEqual([]);
    }
  });

  it('is decided once', () => {
    for (const later of [ACCEPTED, EXPIRED, event({ kind: 'REJECTED' }), event({ kind: 'WITHDRAWN' })]) {
      for (const verdict of ['MET', null] as const) {
        expect(refusals(evidence(null, [later]), { verdict })).toEqual(['EVIDENCE_STATE evidence']);
      }
    }
  });

  it('counts from the day of the document, else of the decision, as long as its kind does', () => {
    const found = (of: Evidence, more: Partial<EvidenceDecision> = {}): unknown =>
      judgementOf(of, { ...DECISION, ...more }, { kind: KINDS.get(of.terms.kind), today: TODAY });
    expect(found(evidence(null))).toEqual({ verdict: 'MET', validFrom: TODAY, validTo: '2027-03-08' });
    expect(found(evidence('2026-11-01'))).toEqual({ verdict: 'MET', validFrom: '2026-11-01', validTo: '2027-02-08' });
    expect(found(evidence(null, [], 'decree'))).toEqual({ verdict: 'MET', validFrom: TODAY, validTo: null });
    const days = { validFrom: '2026-12-01', validTo: '2026-12-02' };
    expect(found(evidence(null), { ...days, verdict: 'NOT_MET' })).toEqual({ ...days, verdict: 'NOT_MET' });
    expect(found(evidence(null), { verdict: null })).toBeNull();
  });

  it('is withdrawn while it waits or counts, once, with a reason', () => {
    for (const each of [evidence(null), evidence(null, [ACCEPTED])]) {
      expect(told(withdrawalIssues(each, 'Nhầm', TODAY))).toEqual([]);
    }
    for (const later of [EXPIRED, event({ kind: 'REJECTED' }), event({ kind: 'WITHDRAWN' })]) {
      expect(told(withdrawalIssues(evidence(null, [later]), 'Nhầm', TODAY))).toEqual(['EVIDENCE_STATE evidence']);
    }
    expect(told(withdrawalIssues(evidence(null), '', TODAY))).toEqual(['VALUE_MISSING reason']);
  });

  it('is not decided before it was submitted', () => {
    expect(() => withdrawalIssues(evidence(null), 'Nhầm', '2026-11-09')).toThrow('before it was submitted');
  });
});
