import pc from 'picocolors';
import { isRecord } from '../core/landscape/record-fields.js';
import type { Language } from '../runtime/messages.js';
import { changeSections } from './change-findings-text.js';
import type { ToldChanges, ToldCoverage } from './change-findings-text.js';

/** What `khung check` asks of the service. */
const DOCUMENT = `query Check($input: ProposalInput!) {
  checkProposal(input: $input) {
    userErrors { code reason message path }
    check {
      verdict isBinding revision
      regime { code name because provisional }
      selfCheck { criterion titleVi titleEn light reasonVi reasonEn }
      duplicates {
        coverage { verdict objectsKnown missingCount missing { field question } }
        byComponent {
          component { id name } band advice suggestedCondition totalCount truncated
          candidates {
            match { urn name } score band isContinuation advice gaps
            signals { name contribution evidence { text } }
          }
        }
      }
      findings { ...Told }
      changeFindings(first: 500) { totalCount nodes { standing before after finding { ...Told subject { urn name } } } }
      changeCoverage { judged truncated onlyAdded }
      evidenceAwaited(first: 500) { nodes { kind { id question } subjectName askedFrom { urn name } rules { code } } }
      impact { origin { urn name } totalCount coverage { verdict missingCount } }
      conditionsSuggested { textVi textEn }
    }
  }
}
fragment Told on Finding {
  rule {
    code titleVi titleEn severity enforcement
    citation { article text url confidence verification instrument { urn name } }
  }
  outcome effectiveOutcome sentenceVi sentenceEn explanation
  waiver { id agency { name } validTo }
  evidence { id kindId kind { question } verdict validTo }
  missingFacts { field question askedFrom { urn name } }
}`;

export function checkDocument(): string {
  return DOCUMENT;
}

interface Named {
  readonly urn: string;
  readonly name: string;
}

interface CheckedRule {
  readonly code: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly citation: {
    readonly article: string | null;
    readonly text: string;
    readonly verification: string;
    readonly instrument: Named | null;
  };
}

interface ToldFinding {
  readonly rule: CheckedRule;
  readonly outcome: Exclude<keyof typeof OUTCOMES, 'WAIVED'>;
  readonly effectiveOutcome: keyof typeof OUTCOMES;
  readonly waiver: {
    readonly id: string;
    readonly agency: { readonly name: string } | null;
    readonly validTo: string;
  } | null;
  readonly evidence: readonly Evidence[];
  readonly sentenceVi: string;
  readonly sentenceEn: string;
  readonly missingFacts: readonly { readonly question: string | null; readonly askedFrom: Named | null }[];
}

interface Evidence {
  readonly id: string;
  readonly kindId: string;
  readonly kind: { readonly question: string } | null;
  readonly verdict: keyof typeof EVIDENCE_VERDICTS | null;
  readonly validTo: string | null;
}

interface Check {
  readonly verdict: keyof typeof VERDICTS;
  readonly isBinding: boolean;
  readonly revision: number;
  readonly regime: { readonly name: string; readonly because: string };
  readonly selfCheck: readonly {
    readonly titleVi: string;
    readonly titleEn: string;
    readonly light: keyof typeof LIGHTS;
  }[];
  readonly duplicates: {
    readonly coverage: { readonly objectsKnown: number };
    readonly byComponent: readonly {
      readonly component: { readonly name: string };
      readonly band: string;
      readonly advice: string | null;
      readonly suggestedCondition: string | null;
      readonly candidates: readonly {
        readonly match: Named;
        readonly score: number;
        readonly band: string;
        readonly advice: string;
      }[];
    }[];
  };
  readonly findings: readonly ToldFinding[];
  readonly changeFindings: ToldChanges<ToldFinding>;
  readonly changeCoverage: ToldCoverage;
  readonly evidenceAwaited: {
    readonly nodes: readonly {
      readonly kind: { readonly id: string; readonly question: string };
      readonly subjectName: string;
      readonly askedFrom: Named | null;
      readonly rules: readonly { readonly code: string }[];
    }[];
  };
  readonly impact: readonly { readonly origin: Named; readonly totalCount: number }[];
  readonly conditionsSuggested: readonly { readonly textVi: string; readonly textEn: string }[];
}

export interface CheckAnswer {
  readonly checkProposal: {
    readonly check: Check | null;
    readonly userErrors: readonly {
      readonly code: string;
      readonly message: string;
      readonly path: readonly string[];
    }[];
  };
}

type Text = Readonly<Record<Language, string>>;

const VERDICTS = {
  CONFORMS: { VI: 'PHÙ HỢP', EN: 'CONFORMS' },
  CONFORMS_WITH_CONDITIONS: { VI: 'PHÙ HỢP CÓ ĐIỀU KIỆN', EN: 'CONFORMS WITH CONDITIONS' },
  DOES_NOT_CONFORM: { VI: 'CHƯA PHÙ HỢP', EN: 'DOES NOT CONFORM' },
  OUTSIDE_FRAMEWORK: { VI: 'NGOÀI KHUNG KIẾN TRÚC', EN: 'OUTSIDE THE FRAMEWORK' },
  NOT_ENOUGH_EVIDENCE: { VI: 'CHƯA ĐỦ CĂN CỨ', EN: 'NOT ENOUGH EVIDENCE' },
} as const satisfies Record<string, Text>;

const LIGHTS = {
  GREEN: { VI: pc.green('● đạt'), EN: pc.green('● met') },
  YELLOW: { VI: pc.yellow('● một phần'), EN: pc.yellow('● in part') },
  RED: { VI: pc.red('● không đạt'), EN: pc.red('● not met') },
  UNKNOWN: { VI: pc.dim('○ chưa rõ'), EN: pc.dim('○ unknown') },
} as const satisfies Record<string, Text>;

/** In the order in which they are printed: what needs somebody comes first, and what is waived is neither met nor unmet. */
const OUTCOMES = {
  FAIL: { VI: pc.red('KHÔNG ĐẠT'), EN: pc.red('FAIL') },
  ERROR: { VI: pc.red('LỖI'), EN: pc.red('ERROR') },
  NEEDS_EVIDENCE: { VI: pc.yellow('CHƯA ĐỦ THÔNG TIN'), EN: pc.yellow('NEEDS EVIDENCE') },
  WAIVED: { VI: pc.yellow('ĐƯỢC MIỄN TRỪ'), EN: pc.yellow('WAIVED') },
  PASS: { VI: pc.green('ĐẠT'), EN: pc.green('PASS') },
  NOT_APPLICABLE: { VI: pc.dim('KHÔNG ÁP DỤNG'), EN: pc.dim('NOT APPLICABLE') },
} as const satisfies Record<string, Text>;

const EVIDENCE_VERDICTS = {
  MET: { VI: 'đáp ứng', EN: 'met' },
  NOT_MET: { VI: 'không đáp ứng', EN: 'not met' },
} as const satisfies Record<string, Text>;

const WORDS = {
  advisory: {
    VI: '(cảnh báo: căn cứ chưa được đối chiếu với bản ký, không dùng để chặn)',
    EN: '(a warning: the citations are not verified against the signed texts, so it blocks nothing)',
  },
  selfCheck: { VI: 'Năm tiêu chí tự kiểm tra', EN: 'The five self-check criteria' },
  duplicates: { VI: 'Trùng lặp', EN: 'Duplicates' },
  among: { VI: 'trong số {n} đối tượng đã biết', EN: 'among {n} known objects' },
  nothing: { VI: 'chưa thấy đối tượng nào phục vụ nhu cầu này', EN: 'nothing known serves this need' },
  findings: { VI: 'Quy tắc', EN: 'Rules' },
  unverified: { VI: 'chưa đối chiếu bản ký', EN: 'not verified against the signed text' },
  ask: { VI: 'Hỏi', EN: 'Ask' },
  waiver: { VI: 'Miễn trừ', EN: 'Waiver' },
  evidence: { VI: 'Minh chứng', EN: 'Evidence' },
  until: { VI: 'có hiệu lực đến hết ngày', EN: 'in force until' },
  awaited: { VI: 'Minh chứng cần nộp khi đã có hồ sơ', EN: 'Evidence to give once there is a record' },
  impact: { VI: 'Ảnh hưởng', EN: 'Impact' },
  conditions: { VI: 'Điều kiện gợi ý', EN: 'Suggested conditions' },
} as const satisfies Record<string, Text>;

/** The variables of the query out of a proposal file: the proposal itself, or an object that holds it. */
export function proposalVariables(file: Readonly<Record<string, unknown>>): { readonly input: unknown } {
  return { input: isRecord(file['proposal']) ? file['proposal'] : file };
}

/** The answer as lines for a terminal. */
export function formatCheck({ checkProposal }: CheckAnswer, language: Language): string {
  const { check, userErrors } = checkProposal;
  if (check === null) {
    return userErrors.map(({ code, message, path }) => `${pc.red(code)} ${path.join('.')}: ${message}`).join('\n');
  }
  const { verdict, isBinding, regime } = check;
  const isAgainst = verdict === 'DOES_NOT_CONFORM' || verdict === 'OUTSIDE_FRAMEWORK';
  const advisory = isAgainst && !isBinding ? ` ${WORDS.advisory[language]}` : '';
  return [
    pc.bold(VERDICTS[verdict][language]) + advisory,
    pc.dim(`${regime.name}. ${regime.because} (revision ${check.revision})`),
    ...section(WORDS.selfCheck[language], selfCheckLines(check, language)),
    ...section(`${WORDS.duplicates[language]}, ${among(check, language)}`, duplicateLines(check, language)),
    ...section(WORDS.findings[language], findingLines(check.findings, language)),
    ...changeSections(check.changeFindings, check.changeCoverage, {
      language,
      linesOf: (findings) => findingLines(findings, language),
      outcomes: OUTCOMES,
    }).flatMap(({ title, lines }) => section(title, lines)),
    ...section(WORDS.awaited[language], awaitedLines(check, language)),
    ...section(
      WORDS.impact[language],
      check.impact.map(({ origin, totalCount }) => `${origin.name}: ${totalCount}`),
    ),
    ...section(
      WORDS.conditions[language],
      check.conditionsSuggested.map(({ textVi, textEn }) => `- ${language === 'VI' ? textVi : textEn}`),
    ),
  ].join('\n');
}

function among({ duplicates }: Check, language: Language): string {
  return WORDS.among[language].replace('{n}', `${duplicates.coverage.objectsKnown}`);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', pc.bold(title), ...lines.map((line) => `  ${line}`)];
}

function selfCheckLines({ selfCheck }: Check, language: Language): string[] {
  return selfCheck.map(({ titleVi, titleEn, light }) => {
    return `${LIGHTS[light][language]}  ${language === 'VI' ? titleVi : titleEn}`;
  });
}

/** Candidates of one component that are printed; the JSON output has them all. */
const CANDIDATES_PRINTED = 3;

function duplicateLines({ duplicates }: Check, language: Language): string[] {
  return duplicates.byComponent.flatMap(({ component, band, candidates, advice, suggestedCondition }) => {
    const alike = candidates.filter((candidate) => candidate.band !== 'DISTINCT').slice(0, CANDIDATES_PRINTED);
    return [
      `${pc.bold(component.name)}: ${band}${advice === null ? '' : `, ${advice}`}`,
      ...(alike.length === 0 ? [`  ${WORDS.nothing[language]}`] : []),
      ...alike.map(({ match, score, band: each }) => `  ${score.toFixed(2)} ${each} ${match.name} (${match.urn})`),
      ...(suggestedCondition === null ? [] : [`  → ${suggestedCondition}`]),
    ];
  });
}

function findingLines(findings: readonly ToldFinding[], language: Language): string[] {
  const outcomes = Object.keys(OUTCOMES);
  const inOrder = findings.toSorted(
    (a, b) => outcomes.indexOf(a.effectiveOutcome) - outcomes.indexOf(b.effectiveOutcome),
  );
  return inOrder.flatMap(({ rule, effectiveOutcome, sentenceVi, sentenceEn, missingFacts, ...restsOn }) => {
    const { article, text, verification, instrument } = rule.citation;
    const mark = verification === 'VERIFIED_AGAINST_SIGNED_TEXT' ? '' : ` [${WORDS.unverified[language]}]`;
    const source = [instrument?.name ?? text, article].filter((part) => part !== null).join(', ');
    const asked = [...new Set(missingFacts.flatMap(({ askedFrom }) => askedFrom?.name ?? []))];
    return [
      `${OUTCOMES[effectiveOutcome][language]} ${rule.code} ${language === 'VI' ? rule.titleVi : rule.titleEn}`,
      `  ${language === 'VI' ? sentenceVi : sentenceEn}`,
      ...groundLines(restsOn, language),
      pc.dim(`  ${source}${mark}`),
      ...(asked.length === 0 ? [] : [`  ${WORDS.ask[language]}: ${asked.join('; ')}`]),
    ];
  });
}

/** What is to be shown once there is a record, of what, for which rules, and by whom. */
function awaitedLines({ evidenceAwaited }: Check, language: Language): string[] {
  return evidenceAwaited.nodes.map(({ kind, subjectName, askedFrom, rules }) => {
    const codes = rules.map(({ code }) => code).join(', ');
    const asked = askedFrom === null ? '' : `. ${WORDS.ask[language]}: ${askedFrom.name}`;
    return `- ${subjectName}: ${kind.question} (${codes})${asked}`;
  });
}

/** The waiver by which a failure is not held against anybody, and the evidence by which it was judged. */
function groundLines({ waiver, evidence }: Pick<ToldFinding, 'waiver' | 'evidence'>, language: Language): string[] {
  const waived = waiver === null ? [] : [[WORDS.waiver, waiver, [waiver.agency?.name]] as const];
  const shown = evidence.map((each) => {
    const found = each.verdict === null ? undefined : EVIDENCE_VERDICTS[each.verdict][language];
    return [WORDS.evidence, each, [each.kind?.question ?? each.kindId, found]] as const;
  });
  return [...waived, ...shown].map(([title, { id, validTo }, parts]) => {
    const until = validTo === null ? undefined : `${WORDS.until[language]} ${dayText(validTo, language)}`;
    const said = [...parts, until].filter((part) => part !== undefined).join(', ');
    return `  ${title[language]} ${id}: ${said}`;
  });
}

function dayText(day: string, language: Language): string {
  return language === 'VI' ? day.split('-').toReversed().join('/') : day;
}
