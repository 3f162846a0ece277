import { CASES, CITY_INDEX, PAIR_MODEL, proposalOf } from '../../test/proposals/proposal-cases.js';
import { findDuplicates } from '../core/similarity/duplicate-answer.js';
import type { MatchEvidence } from '../core/similarity/evidence.js';
import { whatWouldChange } from '../core/similarity/what-would-change.js';
import type { OtherFact } from '../core/similarity/what-would-change.js';
import { LANGUAGES } from '../runtime/messages.js';
import { explanationText, nothingFoundText, scoreText, tooLittleText } from './explanation-text.js';
import { decisiveSignalText, factText, nextBandText } from './what-would-change-text.js';

const capabilityName = (code: string): string => `năng lực ${code}`;
const candidates = CASES.flatMap(({ given }) => {
  const proposal = proposalOf(given);
  const { byComponent, otherNames } = findDuplicates(CITY_INDEX, proposal, { model: PAIR_MODEL, candidateLimit: 5 });
  return byComponent.flatMap((match) =>
    match.candidates.map((candidate) => {
      const compared = { proposal, component: match.component, model: PAIR_MODEL, otherNames };
      return {
        proposal,
        component: match.component,
        candidate,
        told: whatWouldChange(CITY_INDEX, compared, candidate.entry),
      };
    }),
  );
});
const { thresholds } = PAIR_MODEL;

describe('a candidate in words', () => {
  it.each(LANGUAGES)('is three whole sentences that quote the proposal and name the match (%s)', (language) => {
    expect(candidates.length).toBeGreaterThan(100);
    for (const { component, candidate, proposal } of candidates) {
      const setting = { component: component.name, owner: 'Sở', thresholds, capabilityName };
      const text = explanationText(candidate, setting, language);
      expect(text).not.toMatch(/[{}]|undefined/);
      expect(text).toContain(`"${candidate.match.name}"`);
      const quoted = candidate.signals
        .filter(({ name, contribution }) => name === 'NAME' && contribution > 0)
        .flatMap(({ evidence }) => evidence.slice(0, 1));
      for (const { text: words } of quoted) expect(text.toLowerCase()).toContain(words.toLowerCase());
      const said = [component.name, component.description, proposal.title].join(' ');
      for (const { text: words } of quoted) expect(said).toContain(words);
    }
  });

  it('says by which reason it has its band', () => {
    const reasons = new Map(
      candidates.map(({ component, candidate }) => [
        candidate.because,
        explanationText(candidate, { component: component.name, owner: undefined, thresholds, capabilityName }, 'VI'),
      ]),
    );
    expect(reasons.get('ALIKE')).toMatch(/đạt ngưỡng 0,7 và cùng loại công việc, nên xếp loại "Trùng lặp"; đề nghị: /);
    expect(reasons.get('OTHER_WORK')).toMatch(
      /khác loại công việc \(đề xuất: .*; đã có: .*\), nên xếp loại "Có liên quan"/,
    );
    expect(reasons.get('CONTINUATION')).toMatch(/chính cơ quan chủ quản .*đề nghị: tiếp nối\.$/);
    expect(reasons.get('UNLIKE')).toMatch(/chưa đến ngưỡng 0,5, nên xếp loại "Chưa thấy trùng lặp"/);
    expect(reasons.get('PARTLY_ALIKE')).toMatch(/đạt ngưỡng 0,5 nhưng chưa đến 0,7/);
    expect(reasons.get('ALIKE')).toMatch(/\(chưa rõ chủ quản\)/);
  });

  it('quotes nothing that it quotes already within more words', () => {
    const [one] = candidates.filter(({ candidate }) => candidate.because === 'ALIKE');
    if (one === undefined) throw new Error('no candidate is alike');
    const evidence = ['Kho dữ liệu', 'dữ liệu', 'Dữ LIỆU mở', 'Kho dữ liệu'].map((text) => ({
      text,
      subjectField: null,
      spanInSubject: null,
      matchField: null,
      spanInMatch: null,
      capability: null,
      declaredBySubject: false,
      declaredByMatch: false,
    }));
    const candidate = { ...one.candidate, gaps: [], signals: [{ name: 'NAME', contribution: 1, evidence } as const] };
    const setting = { component: 'Kho', owner: undefined, thresholds, capabilityName };
    expect(explanationText(candidate, setting, 'EN')).toContain('both say "Kho dữ liệu", "Dữ LIỆU mở". Nothing speaks');
  });

  it('tells what is declared from what words name', () => {
    const [one] = candidates.filter(({ candidate }) => candidate.because === 'ALIKE');
    if (one === undefined) throw new Error('no candidate is alike');
    const point = (code: string, span: [number, number] | null): MatchEvidence => ({
      text: code,
      subjectField: span === null ? null : 'name',
      spanInSubject: span,
      matchField: 'name',
      spanInMatch: [0, 3],
      capability: code,
      declaredBySubject: true,
      declaredByMatch: false,
    });
    const evidence = [point('MAIL', [0, 3]), point('LAND', null)];
    const candidate = { ...one.candidate, signals: [{ name: 'CAPABILITY', contribution: 1, evidence } as const] };
    const setting = { component: 'Thư', owner: undefined, thresholds, capabilityName };
    expect(explanationText(candidate, setting, 'EN')).toContain(
      ' both name the capability "năng lực MAIL", both have the capability "năng lực LAND", by what is declared.',
    );
    expect(explanationText(candidate, setting, 'VI')).toContain('có năng lực "năng lực LAND" theo liên kết đã khai.');
  });

  it('never shows a score as more than it is', () => {
    expect(scoreText(0.90999, 'VI')).toBe('0,909');
    expect(scoreText(0.99999, 'EN')).toBe('0.999');
    expect(scoreText(0.5, 'EN')).toBe('0.5');
  });
});

describe('what would change, in words', () => {
  it.each(LANGUAGES)('is a whole sentence that names the band (%s)', (language) => {
    const kinds = new Set<OtherFact['kind']>();
    for (const { candidate, told } of candidates) {
      const setting = { match: candidate.match.name, capabilityName };
      const sentences = [
        ...(told.up === null ? [] : [nextBandText('UP', told.up, language)]),
        ...(told.down === null ? [] : [nextBandText('DOWN', told.down, language)]),
        ...told.signals.map((each) => decisiveSignalText(each.name, each, language)),
        ...told.facts.map((each) => factText(each.fact, each, setting, language)),
      ];
      for (const { fact } of told.facts) kinds.add(fact.kind);
      for (const sentence of sentences) expect(sentence).toMatch(/^[^{}]+"[^"{}]+"[^{}]*\.$/);
    }
    expect(kinds.size).toBeGreaterThanOrEqual(4);
  });
});

it('names the function where too little was said, and the number of objects where nothing was found', () => {
  expect(tooLittleText('Phần mềm', 'EN')).toBe(
    'Too little to judge "Phần mềm": name the function, what it does, for whom, with which data.',
  );
  expect(tooLittleText('Phần mềm', 'VI')).toMatch(/^Chưa đủ thông tin để so sánh "Phần mềm": hãy nêu tên chức năng/);
  expect(nothingFoundText('Vườn', 192, 'VI')).toContain('192 đối tượng');
});
