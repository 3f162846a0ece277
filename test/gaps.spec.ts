import { startTestService } from './support/service.js';
import type { TestService } from './support/service.js';

const urn = (id: string): string => `urn:khung:${id}`;
const add = (id: string, value: object): object => ({ op: 'ADD', urn: urn(id), value });
const join = (id: string, kind: string, source: string, target: string): object =>
  add(id, { kind, source: urn(source), target: urn(target) });

const CITY = [
  add('so-a', { kind: 'AGENCY', name: 'Sở A', level: 'DEPARTMENT' }),
  add('he-thong-a', { kind: 'SYSTEM', name: 'Hệ thống A' }),
  add('nd-01', { kind: 'GAP', name: 'Chưa kết nối trục liên thông', attributes: { solution: 'Kết nối LGSP' } }),
  add('nd-02', { kind: 'GAP', name: 'Chưa có cơ sở dữ liệu dùng chung' }),
  add('nd-03', { kind: 'GAP', name: 'Đã khắc phục' }),
  add('nv-01', {
    kind: 'TASK',
    name: 'Kết nối Hệ thống A',
    attributes: { dueOn: '2026-10', verification: 'IN_PROGRESS', progressPercent: 40, proofSource: 'Biên bản 1' },
  }),
  add('nv-02', { kind: 'TASK', name: 'Nghiệm thu kết nối' }),
  add('nv-03', { kind: 'TASK', name: 'Việc đã xong', attributes: { dueOn: '2026-01', verifiedOn: '2026-02-01' } }),
  join('dong-1', 'CLOSES', 'nv-01', 'nd-01'),
  join('dong-2', 'CLOSES', 'nv-02', 'nd-01'),
  join('dong-3', 'CLOSES', 'nv-03', 'nd-03'),
  join('dong-4', 'CLOSES', 'nv-01', 'nd-02'),
  join('noi-dung', 'ASSOCIATED_WITH', 'nd-01', 'he-thong-a'),
  join('chu-tri', 'OWNED_BY', 'nv-01', 'so-a'),
];

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const { data } = await service.ask<{ commitChangeSet: { userErrors: unknown[] } }>(
    `mutation Commit($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { reason path } } }`,
    { asAdministrator: true, variables: { input: { reason: 'Kiểm thử', operations: CITY } } },
  );
  expect(data?.commitChangeSet.userErrors).toEqual([]);
});
afterAll(() => service.close());

const DAY = 'asOf: { validOn: "2026-11-25" }';

describe('gaps on the way to the target', () => {
  it('tell what they are about, who does what by when, and how far it is', async () => {
    const { data, errors } = await service.ask(`{ gaps(${DAY}) { totalCount progress { tasks overdue withoutDueDate
      progressPercent progressKnown byStage { stage count } }
      nodes { code content solution subjects { nodes { urn } } progress { tasks overdue }
        tasks { totalCount nodes { code name leadAgency { urn } dueOn isOverdue stage verifiedOn progressPercent proofSource
          closes { code } } } } } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      gaps: {
        totalCount: 3,
        progress: {
          tasks: 3,
          overdue: 1,
          withoutDueDate: 1,
          progressPercent: 40,
          progressKnown: 1,
          byStage: [
            { stage: 'UNKNOWN', count: 1 },
            { stage: 'NOT_STARTED', count: 0 },
            { stage: 'IN_PROGRESS', count: 1 },
            { stage: 'DONE_UNVERIFIED', count: 0 },
            { stage: 'VERIFIED', count: 1 },
          ],
        },
        nodes: [
          expect.objectContaining({
            code: 'ND-01',
            content: 'Chưa kết nối trục liên thông',
            solution: 'Kết nối LGSP',
            subjects: { nodes: [{ urn: urn('he-thong-a') }] },
            progress: { tasks: 2, overdue: 1 },
            tasks: {
              totalCount: 2,
              nodes: [
                {
                  code: 'NV-01',
                  name: 'Kết nối Hệ thống A',
                  leadAgency: { urn: urn('so-a') },
                  dueOn: '2026-10',
                  isOverdue: true,
                  stage: 'IN_PROGRESS',
                  verifiedOn: null,
                  progressPercent: 40,
                  proofSource: 'Biên bản 1',
                  closes: [{ code: 'ND-01' }, { code: 'ND-02' }],
                },
                expect.objectContaining({ code: 'NV-02', leadAgency: null, stage: 'UNKNOWN', isOverdue: false }),
              ],
            },
          }),
          expect.objectContaining({ code: 'ND-02' }),
          expect.objectContaining({ code: 'ND-03' }),
        ],
      },
    });
  });

  it('are open as long as a task is, or none is there', async () => {
    const codes = async (open: boolean): Promise<unknown> => {
      const { data } = await service.ask(`{ gaps(open: ${open}, ${DAY}) { nodes { code } } }`);
      return data;
    };
    expect(await codes(true)).toEqual({ gaps: { nodes: [{ code: 'ND-01' }, { code: 'ND-02' }] } });
    expect(await codes(false)).toEqual({ gaps: { nodes: [{ code: 'ND-03' }] } });
  });

  it('come in pages', async () => {
    const { data } = await service.ask<{ gaps: { pageInfo: { endCursor: string } } }>(
      `{ gaps(first: 2) { totalCount pageInfo { endCursor hasNextPage } } }`,
    );
    const { data: rest } = await service.ask(
      `{ gaps(first: 2, after: "${data?.gaps.pageInfo.endCursor}") { nodes { code } pageInfo { hasNextPage } } }`,
    );
    expect(rest).toEqual({ gaps: { nodes: [{ code: 'ND-03' }], pageInfo: { hasNextPage: false } } });
  });

  it('are closed by tasks and projects, and by nothing else', async () => {
    const { data } = await service.ask(
      `mutation Commit($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { reason } } }`,
      {
        asAdministrator: true,
        variables: { input: { reason: 'Sai', operations: [join('sai', 'CLOSES', 'he-thong-a', 'nd-01')] } },
      },
    );
    expect(data).toEqual({ commitChangeSet: { userErrors: [{ reason: 'RELATION_ILLEGAL' }] } });
  });
});
