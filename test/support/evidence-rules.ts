import type { MoreRules } from './application.js';

const text = (vi: string): object => ({ vi, en: `${vi} (en)` });

function rule(code: string, appliesTo: readonly string[], expression: string, examples: object): object {
  const messages = { PASS: text('Đạt.'), FAIL: text('Không đạt.'), NEEDS_EVIDENCE: text('Chưa rõ.') };
  return {
    code,
    title: text(`Quy tắc ${code}`),
    severity: 'MAJOR',
    enforcement: 'WARN',
    tier: 1,
    citations: [{ text: text('Văn bản mẫu'), confidence: 'MEDIUM', verification: 'UNVERIFIED' }],
    fixHint: text('Bổ sung hồ sơ.'),
    cases: [{ appliesTo, expression, messages, examples }],
  };
}

/** `E-01` asks where a system runs and for its dossier, `E-02` of an agency for its procedure alone. */
export const EVIDENCE_RULES: MoreRules = {
  evidence: {
    dossier: { ...text('Hồ sơ an toàn đâu?'), askedFrom: 'OWNER', validityDays: 365 },
    procedure: { ...text('Quy trình đâu?'), askedFrom: 'SELF', validityDays: null },
  },
  rules: [
    rule('E-01', ['SYSTEM'], 'self.hosting == "CITY_DATA_CENTRE" && self.evidence.dossier', [
      { outcome: 'PASS', facts: { hosting: 'CITY_DATA_CENTRE', evidence: { dossier: true } } },
      { outcome: 'FAIL', facts: { hosting: 'AGENCY_SERVER' } },
      { outcome: 'NEEDS_EVIDENCE', facts: { hosting: 'CITY_DATA_CENTRE', evidence: {} } },
    ]),
    rule('E-02', ['AGENCY'], 'self.evidence.procedure', [
      { outcome: 'PASS', facts: { evidence: { procedure: true } } },
      { outcome: 'FAIL', facts: { evidence: { procedure: false } } },
    ]),
  ],
};
