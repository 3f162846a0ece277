import { startTestService } from './support/service.js';
import type { AskOptions, TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

interface Committed {
  readonly commitChangeSet: {
    readonly revision: number | null;
    readonly changeSet: { readonly author: string; readonly hash: string; readonly at: string } | null;
    readonly operations: readonly {
      readonly op: string;
      readonly urn: string;
      readonly before: unknown;
      readonly after: unknown;
    }[];
    readonly userErrors: readonly {
      readonly code: string;
      readonly reason: string;
      readonly message: string;
      readonly path: readonly string[];
    }[];
  };
}

async function commit(
  input: object,
  options: AskOptions = { asAdministrator: true },
): Promise<Committed['commitChangeSet']> {
  const { data, errors } = await service.ask<Committed>(
    `mutation Commit($input: CommitChangeSetInput!) { commitChangeSet(input: $input) {
      revision changeSet { author hash at } operations { op urn before after } userErrors { code reason message path }
    } }`,
    { ...options, variables: { input: { reason: 'Kiểm thử', ...input } } },
  );
  if (data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data.commitChangeSet;
}

async function revision(): Promise<number> {
  const { data } = await service.ask<{ landscape: { revision: number } }>('{ landscape { revision } }');
  return data?.landscape.revision ?? Number.NaN;
}

const system = (urn: string, more: object = {}): object => ({
  op: 'ADD',
  urn,
  value: { kind: 'SYSTEM', name: `Hệ thống ${urn}`, ...more },
});
const relation = (kind: string, source: string, target: string): object => ({
  op: 'ADD',
  urn: `${source}.${kind.toLowerCase().replaceAll('_', '-')}.${target.slice('urn:khung:'.length)}`,
  value: { kind, source, target },
});

describe('a change set', () => {
  it('is committed whole, read at once, and told with its hash', async () => {
    const before = await revision();
    const committed = await commit({
      operations: [
        { ...system('urn:khung:moi'), source: 'Công văn 1', confidence: 'MEDIUM' },
        relation('USES_PLATFORM', 'urn:khung:moi', 'urn:khung:hcm-lgsp'),
      ],
    });
    expect(committed).toMatchObject({ revision: before + 1, userErrors: [], changeSet: { author: 'administrator' } });
    expect(committed.changeSet?.hash).toMatch(/^[0-9a-f]{64}$/);
    const { data } = await service.ask(`{ element(urn: "urn:khung:moi") {
      __typename name sources { field source confidence } relations { nodes { kind target { urn } } }
    } }`);
    expect(data).toEqual({
      element: {
        __typename: 'System',
        name: 'Hệ thống urn:khung:moi',
        sources: expect.arrayContaining([{ field: 'name', source: 'Công văn 1', confidence: 'MEDIUM' }]),
        relations: { nodes: [{ kind: 'USES_PLATFORM', target: { urn: 'urn:khung:hcm-lgsp' } }] },
      },
    });
  });

  it('says on a dry run what it would do, and does nothing', async () => {
    const before = await revision();
    const told = await commit({
      operations: [{ op: 'UPDATE', urn: 'urn:khung:hcm-lgsp', path: 'layer', value: 1 }],
      dryRun: true,
    });
    expect(told).toMatchObject({ revision: before + 1, changeSet: null, operations: [{ before: 2, after: 1 }] });
    expect(await revision()).toBe(before);
  });

  it('is refused to the public', async () => {
    const refused = await commit({ operations: [system('urn:khung:cong-khai')] }, {});
    expect(refused.userErrors).toMatchObject([{ code: 'FORBIDDEN', reason: 'NOT_PERMITTED' }]);
  });
});

describe('bad input is told with a code, a sentence and a path, and nothing is half-written', () => {
  const good = system('urn:khung:tot');
  it.each([
    ['a malformed urn', system('lgsp'), 'VALIDATION', 'URN_MALFORMED', 'operations.1.urn'],
    ['an unknown urn', { op: 'REMOVE', urn: 'urn:khung:khong-co' }, 'NOT_FOUND', 'URN_UNKNOWN', 'operations.1.urn'],
    ['a taken urn', system('urn:khung:hcm-lgsp'), 'CONFLICT', 'URN_TAKEN', 'operations.1.urn'],
    [
      'an unknown kind',
      system('urn:khung:x', { kind: 'SYSTEMS' }),
      'VALIDATION',
      'VALUE_NOT_ALLOWED',
      'operations.1.value.kind',
    ],
    [
      'an unknown field',
      system('urn:khung:x', { nmae: 'X' }),
      'VALIDATION',
      'FIELD_UNKNOWN',
      'operations.1.value.nmae',
    ],
    [
      'an unknown attribute',
      system('urn:khung:x', { attributes: { hostin: 'FILE' } }),
      'VALIDATION',
      'ATTRIBUTE_UNKNOWN',
      'operations.1.value.attributes.hostin',
    ],
    [
      'a layer out of bounds',
      system('urn:khung:x', { layer: 5 }),
      'VALIDATION',
      'VALUE_OUT_OF_BOUNDS',
      'operations.1.value.layer',
    ],
    [
      'a record marked state secret',
      system('urn:khung:x', { attributes: { stateSecret: true } }),
      'REFUSED_CONTENT',
      'STATE_SECRET',
      'operations.1.value.attributes.stateSecret',
    ],
    [
      'an illegal relation',
      relation('OWNED_BY', 'urn:khung:hcm-qlvb', 'urn:khung:hcm-lgsp'),
      'ILLEGAL_RELATION',
      'RELATION_ILLEGAL',
      'operations.1.value.kind',
    ],
    [
      'a relation to nothing',
      relation('DEPENDS_ON', 'urn:khung:hcm-qlvb', 'urn:khung:khong-co'),
      'NOT_FOUND',
      'RELATION_END_UNKNOWN',
      'operations.1.value.target',
    ],
    [
      'a part of itself',
      relation('PART_OF', 'urn:khung:hcm-kho-du-lieu', 'urn:khung:hcm-csdl-dat-dai'),
      'ILLEGAL_RELATION',
      'PART_OF_CYCLE',
      'operations.1.value.target',
    ],
    [
      'a removal of what others hold on to',
      { op: 'REMOVE', urn: 'urn:khung:hcm-lgsp' },
      'CONFLICT',
      'ELEMENT_STILL_RELATED',
      'operations.1.urn',
    ],
  ])('%s', async (_what, operation, code, reason, path) => {
    const before = await revision();
    const { userErrors, changeSet } = await commit({ operations: [good, operation] });
    expect(changeSet).toBeNull();
    expect(userErrors).toHaveLength(1);
    expect(userErrors[0]).toMatchObject({ code, reason });
    expect(userErrors[0]?.path.join('.')).toBe(path);
    expect(await revision()).toBe(before);
    const english = await commit({ operations: [good, operation] }, { asAdministrator: true, language: 'en' });
    expect(english.userErrors[0]?.message).not.toBe(userErrors[0]?.message);
    const { data } = await service.ask('{ element(urn: "urn:khung:tot") { urn } }');
    expect(data).toEqual({ element: null });
  });

  it('a stale revision, of the operation’s own target only', async () => {
    const seen = await revision();
    await commit({ operations: [{ op: 'UPDATE', urn: 'urn:khung:hcm-1022', path: 'nameEn', value: '1022 portal' }] });
    const other = await commit({
      expectedRevision: seen,
      operations: [{ op: 'UPDATE', urn: 'urn:khung:hcm-qlvb', path: 'nameEn', value: 'Documents' }],
    });
    expect(other.userErrors).toEqual([]);
    const stale = await commit({
      expectedRevision: seen,
      operations: [{ op: 'UPDATE', urn: 'urn:khung:hcm-1022', path: 'nameEn', value: 'Hotline' }],
    });
    expect(stale.userErrors).toMatchObject([{ code: 'CONFLICT', reason: 'STALE_REVISION', path: ['operations', '0'] }]);
  });

  it('an empty reason and an empty list', async () => {
    expect((await commit({ operations: [good], reason: ' ' })).userErrors).toMatchObject([{ path: ['reason'] }]);
    expect((await commit({ operations: [] })).userErrors).toMatchObject([{ path: ['operations'] }]);
  });
});
