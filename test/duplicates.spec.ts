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

const READING = `query ($draft: ProposalInput!) {
  duplicateCandidates(draft: $draft) {
    titleReading { capabilities { capability { code } confidence field span } work { workType source words { text } } }
    byComponent { reading {
      declaredCapability { code nameVi nameEn }
      capabilities { capability { code nameEn } confidence field span text }
      passedOver { why field span text } passedOverCount
      work { workType source words { text field span } }
    } }
  }
}`;

describe('what was read of a draft', () => {
  it('is told by component and for the title, with places and words', async () => {
    const draft = {
      title: 'Nâng cấp hệ thống thư điện tử của Sở Xây dựng tại Hà Nội',
      components: [
        {
          name: 'Thư điện tử công vụ',
          description: 'Kết nối trục liên thông',
          capability: 'urn:khung:capability-email',
        },
        { name: 'Vườn thực vật' },
      ],
    };
    const { data, errors } = await service.ask<{ duplicateCandidates: object }>(READING, { variables: { draft } });
    expect(errors).toBeUndefined();
    expect(data?.duplicateCandidates).toMatchObject({
      titleReading: {
        capabilities: [{ capability: { code: 'EMAIL' }, confidence: 'NAME_HEAD', field: 'title', span: [18, 29] }],
        work: { workType: 'UPGRADE', source: 'TITLE', words: { text: 'Nâng cấp' } },
      },
      byComponent: [
        {
          reading: {
            declaredCapability: { code: 'EMAIL', nameVi: 'Thư điện tử công vụ' },
            capabilities: [{ capability: { code: 'EMAIL' }, text: 'Thư điện tử công vụ' }, { field: 'description' }],
            work: { workType: 'UPGRADE', source: 'TITLE', words: { field: 'title', span: [0, 8] } },
          },
        },
        { reading: { declaredCapability: null, capabilities: [], passedOverCount: 0, passedOver: [] } },
      ],
    });
  });
});

const EXPLAINED = `query ($draft: ProposalInput!) {
  duplicateCandidates(draft: $draft) {
    byComponent { band summaryVi summaryEn candidates {
      band because explanationVi explanationEn
      whatWouldChange {
        up { band distance sentenceVi sentenceEn } down { band distance sentenceVi }
        signals { name band sentenceVi }
        facts { kind band isContinuation workTypes capability { code } layer sentenceVi sentenceEn }
      }
    } }
  }
}`;

describe('a candidate of a draft', () => {
  it('is explained in sentences of both languages, with what would change its band', async () => {
    const draft = {
      title: 'Trục liên thông của Sở',
      workType: 'BUILD',
      components: [{ name: 'Trục tích hợp dữ liệu' }, { name: 'Phần mềm' }, { name: 'Vườn thực vật ba chiều' }],
    };
    const { data, errors } = await service.ask<{ duplicateCandidates: { byComponent: readonly object[] } }>(EXPLAINED, {
      variables: { draft },
    });
    expect(errors).toBeUndefined();
    const [bus, software, garden] = data?.duplicateCandidates.byComponent ?? [];
    const explanationVi = expect.stringMatching(
      /^"Trục tích hợp dữ liệu" và ".*" \(.*\) cùng .*đề nghị: dùng lại/,
    ) as string;
    expect(bus).toMatchObject({ summaryVi: explanationVi });
    expect((bus as { candidates: readonly object[] }).candidates[0]).toMatchObject({
      band: 'DUPLICATE',
      because: 'ALIKE',
      explanationVi,
      explanationEn: expect.stringMatching(/advice: use it as it is\.$/) as string,
      whatWouldChange: {
        up: null,
        down: { band: 'OVERLAP', sentenceVi: expect.stringMatching(/giảm đi quá \d+,\d\d/) as string },
        facts: expect.arrayContaining([
          {
            kind: 'WORK_TYPE',
            band: 'RELATED',
            isContinuation: false,
            workTypes: ['UPGRADE', 'OPERATE', 'MAINTAIN', 'CONSULT', 'RETIRE'],
            capability: null,
            layer: null,
            sentenceVi:
              'Nếu loại công việc là nâng cấp, vận hành, bảo trì, tư vấn hoặc thu hồi thì xếp loại "Có liên quan".',
            sentenceEn: expect.stringMatching(
              /^Were the kind of work upgrading, .* or withdrawing, .* "Related"\.$/,
            ) as string,
          },
          expect.objectContaining({ kind: 'MATCH_RETIRED', band: 'RELATED' }),
        ]) as object[],
      },
    });
    expect(software).toMatchObject({
      band: 'TOO_LITTLE_TO_JUDGE',
      summaryVi: expect.stringMatching(/hãy nêu tên chức năng/) as string,
      summaryEn: expect.stringMatching(/^Too little to judge "Phần mềm": name the function/) as string,
    });
    expect(garden).toMatchObject({ summaryEn: expect.stringMatching(/among the \d+ objects known/) as string });
  });
});

describe('duplicates of what is registered', () => {
  const OF = `query Of($subject: URN, $draft: ProposalInput) {
    duplicateCandidates(subject: $subject, draft: $draft) {
      byComponent { component { name } band candidates { match { urn } } }
      coverage { missing { field element { urn } } }
    }
  }`;

  interface Found {
    readonly duplicateCandidates: {
      readonly byComponent: readonly {
        readonly component: { readonly name: string };
        readonly candidates: readonly { readonly match: { readonly urn: string } }[];
      }[];
      readonly coverage: { readonly missing: readonly { readonly field: string; readonly element: object | null }[] };
    };
  }

  it('are found as of a draft, without the thing itself', async () => {
    const { data } = await service.ask<Found>(OF, { variables: { subject: 'urn:khung:hcm-lgsp' } });
    const [only, ...others] = data?.duplicateCandidates.byComponent ?? [];
    expect(others).toEqual([]);
    expect(only?.component.name).toContain('LGSP');
    const found = only?.candidates.map(({ match }) => match.urn) ?? [];
    expect(found.length).toBeGreaterThan(0);
    expect(found).not.toContain('urn:khung:hcm-lgsp');
    expect(data?.duplicateCandidates.coverage.missing.every(({ element }) => element !== null)).toBe(true);
  });

  it.each([
    ['both', { subject: 'urn:khung:hcm-lgsp', draft: { title: 'Trục liên thông' } }, 'ARGUMENTS_EXCLUSIVE', 'subject'],
    ['neither', {}, 'VALUE_MISSING', 'draft'],
    ['what is not there', { subject: 'urn:khung:khong-co' }, 'URN_UNKNOWN', 'subject'],
    ['an agency', { subject: 'urn:khung:so-xay-dung' }, 'REFERENCE_OF_WRONG_KIND', 'subject'],
  ])('are not sought of %s', async (_what, variables, reason, field) => {
    const { errors } = await service.ask(OF, { variables });
    expect(errors).toMatchObject([{ extensions: { reason, path: [field] } }]);
  });
});
