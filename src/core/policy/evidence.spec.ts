import * as fc from 'fast-check';
import { daysLater } from '../landscape/calendar-day.js';
import { element, landscapeOf, urnOf } from '../../../test/support/landscapes.js';
import { EvidenceCover } from './evidence-cover.js';
import { evidenceOn } from './evidence.js';
import type { Evidence, EvidenceEvent, EvidenceEventKind, EvidenceTerms, EvidenceVerdict } from './evidence.js';

const TERMS: EvidenceTerms = {
  subject: urnOf('e2'),
  kind: 'dossier',
  agency: urnOf('e1'),
  link: 'https://hoso.hochiminhcity.gov.vn/1',
  file: null,
  documentedOn: null,
};

function event(kind: EvidenceEventKind, on: string, number: number): EvidenceEvent {
  return { number, kind, on, by: 'architect', reason: 'Lý do', judgement: null };
}
interface Accepting {
  readonly verdict?: EvidenceVerdict;
  readonly on?: string;
  readonly number?: number;
  readonly from?: string;
  readonly to?: string | null;
}
function acceptance({
  verdict = 'MET',
  on = '2026-02-10',
  number = 2,
  from = '2026-03-01',
  to = '2026-05-31',
}: Accepting = {}): EvidenceEvent {
  return { ...event('ACCEPTED', on, number), judgement: { verdict, validFrom: from, validTo: to } };
}
function evidence(later: readonly EvidenceEvent[], terms: Partial<EvidenceTerms> = {}, id = 'e'): Evidence {
  return { id, terms: { ...TERMS, ...terms }, events: [event('SUBMITTED', '2026-02-01', 1), ...later] };
}
const withdrawn = (on: string): EvidenceEvent => event('WITHDRAWN', on, 9);

describe('where evidence stands', () => {
  it.each<[string, readonly EvidenceEvent[], string, string | undefined]>([
    ['before it is submitted', [], '2026-01-31', undefined],
    ['while nobody has judged it, for ever', [], '2029-01-01', 'SUBMITTED'],
    ['the day before it is accepted', [acceptance()], '2026-02-09', 'SUBMITTED'],
    ['accepted, before its first day', [acceptance()], '2026-02-28', 'NOT_YET_IN_FORCE'],
    ['on its first day', [acceptance()], '2026-03-01', 'IN_FORCE'],
    ['on its last day', [acceptance()], '2026-05-31', 'IN_FORCE'],
    ['the day after', [acceptance()], '2026-06-01', 'EXPIRED'],
    ['accepted late: what was before stays', [acceptance({ on: '2026-04-01' })], '2026-03-31', 'SUBMITTED'],
    ['accepted without a last day', [acceptance({ to: null })], '9998-12-31', 'IN_FORCE'],
    ['found not to be met', [acceptance({ verdict: 'NOT_MET' })], '2026-04-01', 'IN_FORCE'],
    ['rejected', [event('REJECTED', '2026-02-10', 2)], '2026-04-01', 'REJECTED'],
    ['the day before it is withdrawn', [acceptance(), withdrawn('2026-04-01')], '2026-03-31', 'IN_FORCE'],
    ['withdrawn', [acceptance(), withdrawn('2026-04-01')], '2026-04-01', 'WITHDRAWN'],
    ['withdrawn, after its last day', [acceptance(), withdrawn('2026-04-01')], '2026-07-01', 'WITHDRAWN'],
    ['withdrawn before it was judged', [withdrawn('2026-02-02')], '2026-03-01', 'WITHDRAWN'],
  ])('%s', (_when, later, day, expected) => {
    expect(evidenceOn(evidence(later), day)?.state).toBe(expected);
  });

  it('on a past day is not changed by what happens later', () => {
    const days = fc.integer({ min: 0, max: 200 }).map((after) => daysLater('2026-02-01', after));
    const kinds = fc.constantFrom<EvidenceEventKind>('ACCEPTED', 'REJECTED', 'WITHDRAWN');
    const events = fc
      .array(fc.tuple(kinds, days), { maxLength: 4 })
      .map((drawn) =>
        drawn
          .toSorted(([, a], [, b]) => (a < b ? -1 : Number(a > b)))
          .map(([kind, on], at) =>
            kind === 'ACCEPTED'
              ? acceptance({ on, number: at + 2, from: on, to: daysLater(on, 30) })
              : event(kind, on, at + 2),
          ),
      );
    fc.assert(
      fc.property(events, days, (later, day) => {
        const known = later.filter(({ on }) => on <= day);
        expect(evidenceOn(evidence(later), day)).toEqual(evidenceOn(evidence(known), day));
      }),
    );
  });
});

const CITY = landscapeOf([element(1, { kind: 'AGENCY' }), element(2)], []);

describe('what evidence shows', () => {
  const shown = (pieces: readonly Evidence[], day = '2026-04-01', urn: string | null = TERMS.subject): unknown =>
    new EvidenceCover(CITY, pieces, day).factsOf(urn);

  it('is nothing of what has no record, or of what nobody has shown anything', () => {
    const met = evidence([acceptance()]);
    expect([shown([met], '2026-04-01', null), shown([met], '2026-04-01', urnOf('e3')), shown([])]).toEqual([
      {},
      {},
      {},
    ]);
  });

  it('is what was accepted, of its kind, its subject and its days alone', () => {
    const met = evidence([acceptance()]);
    expect(shown([met])).toEqual({ dossier: true });
    expect(shown([evidence([acceptance({ verdict: 'NOT_MET' })])])).toEqual({ dossier: false });
    expect(shown([met], '2026-02-28')).toEqual({});
    expect(shown([met], '2026-06-01')).toEqual({});
    const waiting = evidence([], { kind: 'plan' });
    const rejected = evidence([event('REJECTED', '2026-02-10', 2)], { kind: 'test' });
    expect(
      shown([met, waiting, rejected, evidence([acceptance(), withdrawn('2026-03-15')], { kind: 'audit' })]),
    ).toEqual({
      dossier: true,
    });
    expect(shown([met, evidence([acceptance({ verdict: 'NOT_MET' })], { kind: 'plan' })])).toEqual({
      dossier: true,
      plan: false,
    });
  });

  it('is nothing where the agency is not there, or the view does not show it', () => {
    expect(shown([evidence([acceptance()], { agency: urnOf('khong-co') })])).toEqual({});
  });

  it('is what was accepted last, whichever was submitted first; when that ends, the one before', () => {
    const met = evidence([acceptance({ number: 5, to: '2026-04-15' })], {}, 'met');
    const failed = evidence([acceptance({ number: 4, verdict: 'NOT_MET' })], {}, 'failed');
    for (const pieces of [
      [met, failed],
      [failed, met],
    ]) {
      expect(shown(pieces)).toEqual({ dossier: true });
      expect(shown(pieces, '2026-04-16')).toEqual({ dossier: false });
      expect(new EvidenceCover(CITY, pieces, '2026-04-01').ofSubject(TERMS.subject, 'dossier')?.id).toBe('met');
      expect(new EvidenceCover(CITY, pieces, '2026-06-01').ofSubject(TERMS.subject, 'dossier')).toBeUndefined();
    }
  });
});
