import type { ChangeStanding } from '../core/policy/change-standing.js';
import type { FindingOutcome } from '../core/policy/rule.js';
import type { Language } from '../runtime/messages.js';

type Text = Readonly<Record<Language, string>>;

/** What a check says of one finding that operations turn, or meet. */
interface ToldChange<F> {
  readonly standing: ChangeStanding;
  /** null where the rule is not asked. */
  readonly before: FindingOutcome | null;
  readonly after: FindingOutcome | null;
  readonly finding: F & { readonly subject: { readonly name: string } | null };
}

/** A page of them, from the first. */
export interface ToldChanges<F> {
  readonly totalCount: number;
  readonly nodes: readonly ToldChange<F>[];
}

/** How far was looked. */
export interface ToldCoverage {
  readonly truncated: boolean;
  readonly onlyAdded: boolean;
}

const STANDINGS: Readonly<Record<ChangeStanding, Text>> = {
  BY_CHANGE: { VI: 'Do đề xuất gây ra', EN: 'Introduced by the proposal' },
  KNOCK_ON: {
    VI: 'Tác động dây chuyền của đề xuất, tính như do đề xuất gây ra',
    EN: 'Knock-on effects, counted as introduced',
  },
  OLDER_DEBT: { VI: 'Tồn tại từ trước, không tính vào kết luận', EN: 'Older debt, not counted in the verdict' },
  MENDED: { VI: 'Đề xuất khắc phục được', EN: 'Mended by the proposal' },
};

const WORDS = {
  cut: { VI: 'Còn kết quả chưa được liệt kê.', EN: 'There are more findings than are listed.' },
  truncated: {
    VI: 'Còn đối tượng liên quan chưa được xem xét.',
    EN: 'There are more elements concerned than were looked at.',
  },
  onlyAdded: {
    VI: 'Chỉ xem xét phần được thêm mới: kết quả trên hệ thống hiện có dành cho cán bộ có quyền.',
    EN: 'Only what is added was looked at: findings on what is there are for officials.',
  },
} as const satisfies Record<string, Text>;

/**
 * What the operations of a proposal do to what is there, a part for each standing that there is.
 * @param linesOf - the lines of some findings, as all findings of a check are printed.
 * @param outcomes - what each outcome is called.
 */
export function changeSections<F>(
  { nodes: changes, totalCount }: ToldChanges<F>,
  { truncated, onlyAdded }: ToldCoverage,
  {
    language,
    linesOf,
    outcomes,
  }: {
    readonly language: Language;
    readonly linesOf: (findings: readonly F[]) => string[];
    readonly outcomes: Readonly<Record<FindingOutcome, Text>>;
  },
): { readonly title: string; readonly lines: readonly string[] }[] {
  const standings = new Set(changes.map(({ standing }) => standing));
  const sections = Array.from(standings, (standing) => {
    const of = changes.filter((each) => each.standing === standing);
    const lines = of.flatMap(({ before, after, finding }) => {
      const turn = [before, after].map((each) => (each === null ? '–' : outcomes[each][language])).join(' → ');
      return [`${finding.subject?.name ?? ''}: ${turn}`, ...linesOf([finding]).map((line) => `  ${line}`)];
    });
    return { title: STANDINGS[standing][language], lines };
  });
  const isCut = totalCount > changes.length;
  const notes = [
    isCut && WORDS.cut[language],
    truncated && WORDS.truncated[language],
    onlyAdded && WORDS.onlyAdded[language],
  ];
  const lines = notes.filter((note) => note !== false);
  const title = { VI: 'Phạm vi xem xét thay đổi', EN: 'How far changes were looked at' }[language];
  return lines.length === 0 ? sections : [...sections, { title, lines }];
}
