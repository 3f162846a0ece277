import { BEFORE, INTENTS, LAW, NEW_ORDER } from './support/city-of-2025.js';
import { startTestService } from './support/service.js';
import type { AskOptions, TestService } from './support/service.js';

const DAY_BEFORE = '2025-06-30';
const DAY_AFTER = '2025-07-02';
const urn = (id: string): string => `urn:khung:${id}`;

interface Consequence {
  readonly type: string;
  readonly elementUrn: string;
  readonly element: { readonly name: string } | null;
  readonly relationKind: string | null;
  readonly from: { readonly name: string } | null;
  readonly to: { readonly name: string } | null;
  readonly toUrn: string | null;
  readonly question: string | null;
  readonly askedFrom: { readonly name: string } | null;
}

interface Payload {
  readonly preview: {
    readonly effectiveOn: string;
    readonly operationCount: number;
    readonly counts: readonly { readonly type: string; readonly count: number; readonly operations: number }[];
    readonly consequences: { readonly totalCount: number; readonly nodes: readonly Consequence[] };
  } | null;
  readonly changeSet: { readonly revision: number; readonly operations: { readonly totalCount: number } } | null;
  readonly revision: number | null;
  readonly userErrors: readonly { readonly code: string; readonly reason: string; readonly path: readonly string[] }[];
}

const REORGANISE = `mutation Reorganise($input: ReorganiseAgenciesInput!, $types: [ReorganisationConsequenceType!]) {
  reorganiseAgencies(input: $input) {
    preview {
      effectiveOn operationCount counts { type count operations }
      consequences(types: $types, first: 500) {
        totalCount
        nodes {
          type elementUrn element { name } relationKind from { name } to { name } toUrn question askedFrom { name }
          concerned { name }
        }
      }
    }
    changeSet { revision operations { totalCount } }
    revision
    userErrors { code reason message path }
  }
}`;

let service: TestService;

async function ask<T>(query: string, variables: object = {}, options: AskOptions = {}): Promise<T> {
  const { data, errors } = await service.ask<T>(query, { asAdministrator: true, variables, ...options });
  if (data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data;
}

async function reorganise(input: object, types?: readonly string[], options?: AskOptions): Promise<Payload> {
  const variables = { input: { effectiveOn: NEW_ORDER, reason: 'Sắp xếp đơn vị hành chính', ...input }, types };
  return (await ask<{ reorganiseAgencies: Payload }>(REORGANISE, variables, options)).reorganiseAgencies;
}

async function revision(): Promise<number> {
  return (await ask<{ landscape: { revision: number } }>('{ landscape { revision } }')).landscape.revision;
}

async function ownersOn(validOn: string | null): Promise<Record<string, string | undefined>> {
  const query = `query Owners($asOf: AsOf) {
    ${['q1-ioc', 'thu-kho-bd', 'thu-kho-vt', 'thu-trang-dk']
      .map((id, at) => `o${at}: element(urn: "${urn(id)}", asOf: $asOf) { urn owner { name } }`)
      .join('\n')}
  }`;
  const found = await ask<Record<string, { urn: string; owner: { name: string } | null }>>(query, {
    asOf: validOn === null ? null : { validOn },
  });
  return Object.fromEntries(Object.values(found).map((each) => [each.urn, each.owner?.name]));
}

/** All that the landscape says of its elements and relations. */
async function content(): Promise<unknown> {
  const pages: unknown[] = [];
  for (const list of ['elements', 'relations']) {
    for (let after: string | null = null; ;) {
      const fields =
        list === 'elements'
          ? 'name aliases level: kind lifecycle { phases { phase from } }'
          : 'kind validFrom validTo status';
      const query = `query Page($after: String) {
        page: ${list}(first: 500, after: $after) { nodes { urn ${fields} } pageInfo { hasNextPage endCursor } }
      }`;
      const { page }: { page: { nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } = await ask(
        query,
        { after },
      );
      pages.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
  }
  return pages;
}

interface Agency {
  readonly name: string;
  readonly level: string | null;
  readonly parent: { readonly name: string } | null;
  readonly children: readonly { readonly name: string }[];
  readonly predecessors: readonly { readonly name: string }[];
  readonly successors: readonly { readonly name: string }[];
  readonly all: readonly { readonly name: string }[];
}

async function agency(id: string, validOn?: string): Promise<Agency> {
  const query = `query Agency($urn: URN!, $asOf: AsOf) {
    element(urn: $urn, asOf: $asOf) {
      name
      ... on Agency {
        level parent { name } children { name } predecessors { name } successors { name }
        all: successors(transitive: true) { name }
      }
    }
  }`;
  const asOf = validOn === undefined ? null : { validOn };
  return (await ask<{ element: Agency }>(query, { urn: urn(id), asOf })).element;
}

async function search(words: string): Promise<{ name: string; successors: { name: string }[] }[]> {
  const query = `query Search($words: String!) {
    elements(search: $words, filter: { kind: [AGENCY] }, first: 50) {
      nodes { name ... on Agency { successors { name } } }
    }
  }`;
  return (await ask<{ elements: { nodes: { name: string; successors: { name: string }[] }[] } }>(query, { words }))
    .elements.nodes;
}

const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name);

beforeAll(async () => {
  service = await startTestService();
  const { commitChangeSet } = await ask<{ commitChangeSet: { userErrors: object[] } }>(
    `mutation Before($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { userErrors { message path } } }`,
    { input: { reason: 'Đơn vị trước sắp xếp', operations: BEFORE } },
  );
  expect(commitChangeSet.userErrors).toEqual([]);
});
afterAll(() => service.close());

describe('the reorganisation of the city on 1 July 2025', () => {
  let before: unknown;
  let start = 0;
  let made = 0;

  it('is previewed without changing anything: what moves, what ends, who is asked for what is left', async () => {
    [before, start] = [await content(), await revision()];
    const { preview, changeSet, revision: next, userErrors } = await reorganise({ intents: INTENTS, dryRun: true });
    expect(userErrors).toEqual([]);
    expect([changeSet, next, preview?.effectiveOn]).toEqual([null, start + 1, NEW_ORDER]);
    const counts = preview?.counts ?? [];
    expect(counts.reduce((sum, { operations }) => sum + operations, 0)).toBe(preview?.operationCount);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(preview?.consequences.totalCount);
    for (const { type, count } of counts) {
      const listed = preview?.consequences.nodes.filter((each) => each.type === type) ?? [];
      expect([type, listed.length]).toEqual([type, count]);
    }
    expect(await revision()).toBe(start);
    expect(await content()).toEqual(before);
  });

  it('tells each thing that moves from whom to whom, and only the types that are asked for', async () => {
    const { preview } = await reorganise({ intents: INTENTS, dryRun: true }, ['MOVES', 'ORPHANED']);
    const told = preview?.consequences.nodes.map(({ type, element, relationKind, from, to, toUrn }) =>
      [type, relationKind, element?.name, from?.name, to?.name ?? toUrn].join(' | '),
    );
    expect(told).toEqual(
      expect.arrayContaining([
        'MOVES | OWNED_BY | Kho dữ liệu thử nghiệm của Bình Dương | UBND tỉnh Bình Dương | Ủy ban nhân dân Thành phố Hồ Chí Minh',
        'MOVES | OWNED_BY | Trung tâm điều hành thông minh Quận 1 (8 hệ thống) | UBND Quận 1 | UBND phường Sài Gòn',
        'MOVES | OWNED_BY | Trang thông tin thử nghiệm của phường Đa Kao | UBND Phường Đa Kao | urn:khung:ubnd-phuong-tan-dinh',
      ]),
    );
    expect(new Set(preview?.consequences.nodes.map(({ type }) => type))).toEqual(new Set(['MOVES', 'ORPHANED']));
  });

  it('asks the parent who takes over what was assigned to nobody, in the language of the request', async () => {
    const intents = [{ split: { from: urn('cu-da-kao'), into: [urn('ubnd-phuong-sai-gon')] } }];
    for (const [language, text] of [
      ['vi', 'Cơ quan nào tiếp nhận "Trang thông tin thử nghiệm của phường Đa Kao" từ UBND Phường Đa Kao?'],
      ['en', 'Which agency takes over "Trang thông tin thử nghiệm của phường Đa Kao" from UBND Phường Đa Kao?'],
    ] as const) {
      const { preview } = await reorganise({ intents, dryRun: true }, ['ORPHANED'], { language });
      expect(preview?.consequences.nodes.map(({ question }) => question)).toEqual([text]);
      expect(preview?.consequences.nodes[0]?.askedFrom?.name).toBe('UBND Quận 1');
    }
  });

  it('is carried out as one change set', async () => {
    const input = { intents: INTENTS, legalBasis: urn(LAW), confidence: 'MEDIUM', expectedRevision: start };
    const { changeSet, preview, userErrors } = await reorganise(input);
    expect(userErrors).toEqual([]);
    made = changeSet?.revision ?? 0;
    expect(made).toBe(start + 1);
    expect(changeSet?.operations.totalCount).toBe(preview?.operationCount ?? -1);
    const founded = preview?.consequences.nodes.filter(({ type }) => type === 'FOUNDS');
    expect(founded?.map(({ element }) => element?.name)).toEqual(['UBND phường Cầu Ông Lãnh', 'UBND phường Tân Định']);
  });

  it('gives the old owners the day before and the new ones the day after', async () => {
    expect(await ownersOn(DAY_BEFORE)).toEqual({
      [urn('q1-ioc')]: 'UBND Quận 1',
      [urn('thu-kho-bd')]: 'UBND tỉnh Bình Dương',
      [urn('thu-kho-vt')]: 'UBND tỉnh Bà Rịa - Vũng Tàu',
      [urn('thu-trang-dk')]: 'UBND Phường Đa Kao',
    });
    const now = {
      [urn('q1-ioc')]: 'UBND phường Sài Gòn',
      [urn('thu-kho-bd')]: 'Ủy ban nhân dân Thành phố Hồ Chí Minh',
      [urn('thu-kho-vt')]: 'Ủy ban nhân dân Thành phố Hồ Chí Minh',
      [urn('thu-trang-dk')]: 'UBND phường Tân Định',
    };
    expect(await ownersOn(DAY_AFTER)).toEqual(now);
    expect(await ownersOn(null)).toEqual(now);
  });

  it.each([
    ['Quận 1', 'UBND Quận 1', ['Sài Gòn', 'Bến Thành', 'Cầu Ông Lãnh', 'Tân Định']],
    ['quan 1', 'UBND Quận 1', ['Sài Gòn', 'Bến Thành', 'Cầu Ông Lãnh', 'Tân Định']],
    ['Đa Kao', 'UBND Phường Đa Kao', ['Sài Gòn', 'Tân Định']],
    ['Nguyễn Thái Bình', 'UBND Phường Nguyễn Thái Bình', ['Sài Gòn', 'Bến Thành']],
    ['Cô Giang', 'UBND Phường Cô Giang', ['Cầu Ông Lãnh']],
    ['Huyện Côn Đảo', 'UBND Huyện Côn Đảo', ['Côn Đảo']],
    ['Bình Dương', 'UBND tỉnh Bình Dương', ['Thành phố Hồ Chí Minh']],
  ])('%s is still found, and leads to what took its place', async (words, name, successors) => {
    const hit = (await search(words)).find((each) => each.name === name);
    const found = names(hit?.successors ?? []).toSorted();
    expect(found).toHaveLength(successors.length);
    for (const each of successors) expect(found.join(', ')).toContain(each);
  });

  it('keeps the lines of succession, both ways and to the end', async () => {
    expect(names((await agency('ubnd-tphcm')).predecessors)).toEqual([
      'UBND tỉnh Bình Dương',
      'UBND tỉnh Bà Rịa - Vũng Tàu',
    ]);
    expect(names((await agency('ubnd-phuong-sai-gon')).predecessors)).toEqual([
      'UBND Quận 1',
      'UBND Phường Bến Nghé',
      'UBND Phường Đa Kao',
      'UBND Phường Nguyễn Thái Bình',
    ]);
    const district = await agency('ubnd-quan-2');
    expect(names(district.successors)).toEqual(['UBND Thành phố Thủ Đức']);
    expect(names(district.all)).toEqual(
      expect.arrayContaining(['UBND Thành phố Thủ Đức', 'UBND phường An Khánh', 'UBND phường Thủ Đức']),
    );
  });

  it('answers with the order of each day: who was part of what, and who was not there yet', async () => {
    const old = await agency('cu-da-kao', DAY_BEFORE);
    expect([old.parent?.name, names(old.successors)]).toEqual(['UBND Quận 1', []]);
    expect((await agency('cu-da-kao', DAY_AFTER)).parent).toBeNull();
    expect((await agency('ubnd-quan-1', DAY_BEFORE)).children).toHaveLength(10);
    expect((await agency('ubnd-quan-1')).children).toEqual([]);
    expect((await agency('ubnd-phuong-tan-dinh')).parent?.name).toBe('Ủy ban nhân dân Thành phố Hồ Chí Minh');
    expect(await agency('ubnd-phuong-tan-dinh', DAY_BEFORE)).toBeNull();
    expect((await agency('cu-con-dao')).level).toBe('FORMER_DISTRICT');
  });

  it('names the law as the source, and as a basis of the successors', async () => {
    const { relations } = await ask<{ relations: { nodes: { provenance: string; confidence: string }[] } }>(
      `{ relations(filter: { kind: [REPLACES], target: { urn: ["${urn('cu-da-kao')}"] } }) { nodes { provenance confidence } } }`,
    );
    expect(relations.nodes).toEqual([
      { provenance: 'Nghị quyết 202/2025/QH15', confidence: 'MEDIUM' },
      { provenance: 'Nghị quyết 202/2025/QH15', confidence: 'MEDIUM' },
    ]);
  });

  it('can not be done again: those that ended can not end twice', async () => {
    const { userErrors, preview, changeSet } = await reorganise({ intents: [INTENTS[0]] });
    expect(userErrors.map(({ code, reason, path }) => [code, reason, path.join('.')])).toEqual([
      ['CONFLICT', 'AGENCY_ENDED', 'intents.0.merge.from.0'],
      ['CONFLICT', 'AGENCY_ENDED', 'intents.0.merge.from.1'],
    ]);
    expect([preview?.operationCount, changeSet]).toEqual([0, null]);
  });

  it('is undone by reverting its change set, and all is as it was', async () => {
    const { revertChangeSet } = await ask<{ revertChangeSet: { userErrors: object[]; conflicts: object[] } }>(
      `mutation Undo($input: RevertChangeSetInput!) {
        revertChangeSet(input: $input) { userErrors { message path } conflicts { urn } }
      }`,
      { input: { revision: made, reason: 'Hoàn tác' } },
    );
    expect(revertChangeSet).toEqual({ userErrors: [], conflicts: [] });
    expect(await content()).toEqual(before);
    expect(await ownersOn(null)).toEqual(await ownersOn(DAY_BEFORE));
  });
});

describe('a reorganisation that can not be', () => {
  const mergeInto = (into: string, from: string): object => ({ merge: { into: urn(into), from: [urn(from)] } });

  it.each([
    ['an unknown successor', { intents: [mergeInto('khong-co', 'cu-da-kao')] }, 'NOT_FOUND intents.0.merge.into'],
    ['a system as a successor', { intents: [mergeInto('q1-ioc', 'cu-da-kao')] }, 'VALIDATION intents.0.merge.into'],
    [
      'a circle of wholes and parts',
      { intents: [{ transfer: { what: [urn('ubnd-quan-1')], to: urn('cu-da-kao') } }] },
      'ILLEGAL_RELATION intents.0',
    ],
    [
      'a year for a day',
      { intents: [mergeInto('ubnd-tphcm', 'cu-da-kao')], effectiveOn: '2025' },
      'VALIDATION effectiveOn',
    ],
    ['no steps', { intents: [] }, 'VALIDATION intents'],
    ['no reason', { intents: [mergeInto('ubnd-tphcm', 'cu-da-kao')], reason: ' ' }, 'VALIDATION reason'],
    [
      'a law that is none',
      { intents: [mergeInto('ubnd-tphcm', 'cu-da-kao')], legalBasis: urn('q1-ioc') },
      'VALIDATION legalBasis',
    ],
    [
      'what changed since it was looked at',
      { intents: [mergeInto('ubnd-tphcm', 'cu-da-kao')], expectedRevision: 1 },
      'CONFLICT intents.0',
    ],
    [
      'a name that is too long',
      { intents: [{ rename: { agency: urn('cu-da-kao'), name: 'a'.repeat(501) } }] },
      'LIMIT_EXCEEDED intents.0',
    ],
  ])('%s is told with a code, and nothing changes', async (_what, input, expected) => {
    const start = await revision();
    const { userErrors, changeSet } = await reorganise(input);
    expect(changeSet).toBeNull();
    const [first] = userErrors;
    expect(`${first?.code} ${first?.path.join('.')}`).toBe(expected);
    expect(await revision()).toBe(start);
  });

  it('a step that is no step, or two, does not pass the schema, and neither does a day that is not', async () => {
    const start = await revision();
    const rename = { agency: urn('cu-da-kao'), name: 'Tên' };
    for (const input of [
      { intents: [{}] },
      { intents: [{ rename, merge: { into: urn('a'), from: [] } }] },
      { intents: [{ rename }], effectiveOn: '2025-02-30' },
    ]) {
      const variables = { input: { effectiveOn: NEW_ORDER, reason: 'Thử', ...input } };
      const { errors } = await service.ask(REORGANISE, { asAdministrator: true, variables });
      expect(errors?.[0]?.extensions['code']).toEqual(expect.stringMatching(/VALIDATION|BAD_USER_INPUT/));
    }
    expect(await revision()).toBe(start);
  });

  it('is not for everybody', async () => {
    const intents = [mergeInto('ubnd-tphcm', 'cu-da-kao')];
    const { userErrors, preview } = await reorganise({ intents, dryRun: true }, undefined, { asAdministrator: false });
    expect([userErrors[0]?.code, preview]).toEqual(['FORBIDDEN', null]);
  });

  it('but a new name keeps the old one, and both are found', async () => {
    const rename = { agency: urn('cu-thanh-xuan'), name: 'UBND Phường Tên Thử' };
    const { userErrors } = await reorganise({ intents: [{ rename }] });
    expect(userErrors).toEqual([]);
    expect(names(await search('Thạnh Xuân'))).toContain('UBND Phường Tên Thử');
    expect(names(await search('Tên Thử'))).toContain('UBND Phường Tên Thử');
  });

  it('moves what was committed in the moment before, too', async () => {
    const commit = async (operations: readonly object[]): Promise<number> => {
      const { commitChangeSet } = await ask<{ commitChangeSet: { revision: number; userErrors: object[] } }>(
        `mutation Add($input: CommitChangeSetInput!) {
          commitChangeSet(input: $input) { revision userErrors { message path } }
        }`,
        { input: { reason: 'Thử', operations } },
      );
      expect(commitChangeSet.userErrors).toEqual([]);
      return commitChangeSet.revision;
    };
    const add = (id: string, value: object): object => ({ op: 'ADD', urn: urn(id), value });
    let before = 0;
    for (let at = 0; at < 5; at += 1) {
      const [old, next, system] = [`thu-cu-${at}`, `thu-moi-${at}`, `thu-ht-${at}`];
      await commit([
        add(old, { kind: 'AGENCY', name: `UBND phường Cũ ${at}` }),
        add(next, { kind: 'AGENCY', name: `UBND phường Mới ${at}` }),
        add(system, { kind: 'SYSTEM', name: `Hệ thống ${at}` }),
      ]);
      const owned = { kind: 'OWNED_BY', source: urn(system), target: urn(old) };
      const [revision, { changeSet, userErrors }] = await Promise.all([
        commit([add(`thu-so-huu-${at}`, owned)]),
        reorganise({ intents: [mergeInto(next, old)] }),
      ]);
      expect(userErrors).toEqual([]);
      if (revision > (changeSet?.revision ?? 0)) continue;
      before += 1;
      const found = await ask<{ element: { owner: { name: string } } }>(
        `query Owner($urn: URN!) { element(urn: $urn) { owner { name } } }`,
        { urn: urn(system) },
      );
      expect(found.element.owner.name).toBe(`UBND phường Mới ${at}`);
    }
    expect(before).toBeGreaterThan(0);
  });
});
