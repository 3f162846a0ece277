import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const QUERY = `query Ask($draft: ProposalInput!, $first: Int, $after: String) {
  duplicateCandidates(draft: $draft) {
    modelVersion
    byComponent {
      component { id name }
      band advice totalCount truncated suggestedCondition
      candidates {
        id score logOdds band isContinuation advice reach gaps
        match { urn name }
        signals { name contribution evidence { text subjectField spanInSubject matchField spanInMatch capability } }
      }
    }
    candidates(first: $first, after: $after) { totalCount truncated nodes { id } pageInfo { hasNextPage endCursor } }
    coverage { verdict objectsKnown missing { field question } }
  }
}`;

interface Candidate {
  readonly id: string;
  readonly match: { readonly urn: string; readonly name: string };
  readonly signals: readonly {
    readonly evidence: readonly {
      readonly text: string;
      readonly subjectField: string | null;
      readonly spanInSubject: readonly [number, number] | null;
    }[];
  }[];
}
interface Answer {
  readonly duplicateCandidates: {
    readonly byComponent: readonly {
      readonly band: string;
      readonly advice: string | null;
      readonly suggestedCondition: string | null;
      readonly candidates: readonly Candidate[];
    }[];
    readonly candidates: {
      readonly totalCount: number;
      readonly nodes: readonly { readonly id: string }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
    readonly coverage: { readonly verdict: string; readonly objectsKnown: number };
  };
}

async function ask(variables: unknown): Promise<Answer['duplicateCandidates']> {
  const { data, errors } = await service.ask<Answer>(QUERY, { variables });
  if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data.duplicateCandidates;
}

describe('duplicates of a draft', () => {
  const draft = {
    title: 'Trục liên thông của Sở',
    agency: 'urn:khung:so-xay-dung',
    workType: 'BUILD',
    investmentForm: 'SYSTEM_INVESTMENT',
    components: [
      { name: 'Trục tích hợp dữ liệu', description: 'Kết nối các phần mềm của Sở' },
      { name: 'Vườn thực vật ba chiều' },
    ],
  };

  it('come by component, with advice, condition, words and coverage', async () => {
    const { byComponent, coverage } = await ask({ draft });
    const [bus, garden] = byComponent;
    expect(bus).toMatchObject({ band: 'DUPLICATE', advice: 'REUSE_AS_IS' });
    expect(bus?.candidates[0]?.match.urn).toBe('urn:khung:hcm-lgsp');
    expect(bus?.suggestedCondition).toContain('Dùng lại');
    const words = bus?.candidates[0]?.signals.flatMap(({ evidence }) => evidence) ?? [];
    const inName = words.filter(({ subjectField }) => subjectField === 'name');
    expect(inName.length).toBeGreaterThan(0);
    for (const { text, spanInSubject } of inName)
      expect('Trục tích hợp dữ liệu'.slice(...(spanInSubject ?? []))).toBe(text);
    expect(garden).toMatchObject({ band: 'DISTINCT', advice: 'BUILD_NEW', suggestedCondition: null, candidates: [] });
    expect(coverage.verdict).toBe('LOWER_BOUND');
    expect(coverage.objectsKnown).toBeGreaterThan(100);
  });

  it('come as one list in pages too', async () => {
    const whole = await ask({ draft });
    const page = await ask({ draft, first: 1 });
    expect(page.candidates.nodes).toEqual(whole.candidates.nodes.slice(0, 1));
    expect(page.candidates.totalCount).toBe(whole.candidates.totalCount);
    const next = await ask({ draft, first: 1, after: page.candidates.pageInfo.endCursor });
    expect(next.candidates.nodes).toEqual(whole.candidates.nodes.slice(1, 2));
  });

  it('give no advice where too little is said', async () => {
    const { byComponent } = await ask({ draft: { title: 'Hệ thống thông tin' } });
    expect(byComponent).toMatchObject([{ band: 'TOO_LITTLE_TO_JUDGE', advice: null, candidates: [] }]);
  });
});
