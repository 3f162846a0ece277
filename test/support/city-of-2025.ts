/**
 * What became of the city on 1 July 2025, for tests: three provinces merged, districts abolished, wards and communes put
 * together anew. Provinces, districts and some of the new wards stand in the reference pack; the old wards stand here.
 *
 * Sources: Nghị quyết 202/2025/QH15 for the provinces, as `src/reference/hcmc/agencies.csv` names it; for the wards, the
 * table of old and new units published with vietnamese-provinces-database (MIT). That table names the old units of each
 * new one; a unit it names with several was divided, and what of it went where it does not say.
 */

export const NEW_ORDER = '2025-07-01';
export const LAW = 'nghi-quyet-202-2025-qh15';

interface OldUnit {
  readonly id: string;
  readonly name: string;
  readonly partOf: string;
}

const OLD_UNITS: readonly OldUnit[] = [
  { id: 'cu-ben-nghe', name: 'UBND Phường Bến Nghé', partOf: 'ubnd-quan-1' },
  { id: 'cu-da-kao', name: 'UBND Phường Đa Kao', partOf: 'ubnd-quan-1' },
  { id: 'cu-nguyen-thai-binh', name: 'UBND Phường Nguyễn Thái Bình', partOf: 'ubnd-quan-1' },
  { id: 'cu-ben-thanh', name: 'UBND Phường Bến Thành (cũ)', partOf: 'ubnd-quan-1' },
  { id: 'cu-pham-ngu-lao', name: 'UBND Phường Phạm Ngũ Lão', partOf: 'ubnd-quan-1' },
  { id: 'cu-cau-ong-lanh', name: 'UBND Phường Cầu Ông Lãnh (cũ)', partOf: 'ubnd-quan-1' },
  { id: 'cu-nguyen-cu-trinh', name: 'UBND Phường Nguyễn Cư Trinh', partOf: 'ubnd-quan-1' },
  { id: 'cu-cau-kho', name: 'UBND Phường Cầu Kho', partOf: 'ubnd-quan-1' },
  { id: 'cu-co-giang', name: 'UBND Phường Cô Giang', partOf: 'ubnd-quan-1' },
  { id: 'cu-tan-dinh', name: 'UBND Phường Tân Định (Quận 1)', partOf: 'ubnd-quan-1' },
  { id: 'cu-con-dao', name: 'UBND Huyện Côn Đảo', partOf: 'ubnd-tinh-br-vt' },
  { id: 'cu-thoi-an', name: 'UBND Phường Thới An (cũ)', partOf: 'ubnd-quan-12' },
  { id: 'cu-thanh-xuan', name: 'UBND Phường Thạnh Xuân', partOf: 'ubnd-quan-12' },
  { id: 'cu-tan-phong', name: 'UBND Phường Tân Phong', partOf: 'ubnd-quan-7' },
  { id: 'cu-tan-quy', name: 'UBND Phường Tân Quy', partOf: 'ubnd-quan-7' },
  { id: 'cu-tan-kieng', name: 'UBND Phường Tân Kiểng', partOf: 'ubnd-quan-7' },
];

const urn = (id: string): string => `urn:khung:${id}`;

function add(id: string, value: object): object {
  return { op: 'ADD', urn: urn(id), value };
}

/** Adds the old units, the law, and three systems made up for the test whose owners are to change. */
export const BEFORE: readonly object[] = [
  add(LAW, { kind: 'LEGISLATION', name: 'Nghị quyết 202/2025/QH15' }),
  ...OLD_UNITS.map(({ id, name }) => add(id, { kind: 'AGENCY', name, level: 'COMMUNE' })),
  ...OLD_UNITS.map(({ id, partOf }) =>
    add(`${id}.part-of.${partOf}`, { kind: 'PART_OF', source: urn(id), target: urn(partOf) }),
  ),
  ...[
    ['thu-kho-bd', 'Kho dữ liệu thử nghiệm của Bình Dương', 'ubnd-tinh-binh-duong'],
    ['thu-kho-vt', 'Kho dữ liệu thử nghiệm của Bà Rịa - Vũng Tàu', 'ubnd-tinh-br-vt'],
    ['thu-trang-dk', 'Trang thông tin thử nghiệm của phường Đa Kao', 'cu-da-kao'],
  ].flatMap(([id = '', name = '', owner = '']) => [
    add(id, { kind: 'SYSTEM', name }),
    add(`${id}.owned-by.${owner}`, { kind: 'OWNED_BY', source: urn(id), target: urn(owner) }),
  ]),
];

const merge = (into: string, from: readonly string[], formerLevel?: string): object => ({
  merge: { into: urn(into), from: from.map(urn), formerLevel },
});

function split(
  from: string,
  into: readonly string[],
  more: { readonly assignment?: readonly object[]; readonly formerLevel?: string } = {},
): object {
  return { split: { from: urn(from), into: into.map(urn), ...more } };
}
const found = (id: string, name: string): object => ({
  found: { agency: urn(id), name, level: 'COMMUNE', partOf: urn('ubnd-tphcm') },
});
const to = (what: string, successor: string): object => ({ what: urn(what), to: urn(successor) });

const [SAI_GON, BEN_THANH, CAU_ONG_LANH, TAN_DINH] = [
  'ubnd-phuong-sai-gon',
  'ubnd-phuong-ben-thanh',
  'ubnd-phuong-cau-ong-lanh',
  'ubnd-phuong-tan-dinh',
] as const;

/** The reorganisation itself. Who took over which system nobody says but for one, which the test makes up. */
export const INTENTS: readonly object[] = [
  merge('ubnd-tphcm', ['ubnd-tinh-binh-duong', 'ubnd-tinh-br-vt'], 'FORMER_PROVINCE'),
  found(CAU_ONG_LANH, 'UBND phường Cầu Ông Lãnh'),
  found(TAN_DINH, 'UBND phường Tân Định'),
  merge(SAI_GON, ['cu-ben-nghe']),
  merge(BEN_THANH, ['cu-ben-thanh', 'cu-pham-ngu-lao']),
  merge(CAU_ONG_LANH, ['cu-nguyen-cu-trinh', 'cu-cau-kho', 'cu-co-giang']),
  merge(TAN_DINH, ['cu-tan-dinh']),
  split('cu-da-kao', [SAI_GON, TAN_DINH], { assignment: [to('thu-trang-dk', TAN_DINH)] }),
  split('cu-nguyen-thai-binh', [SAI_GON, BEN_THANH]),
  split('cu-cau-ong-lanh', [BEN_THANH, CAU_ONG_LANH]),
  split('ubnd-quan-1', [SAI_GON, BEN_THANH, CAU_ONG_LANH, TAN_DINH], {
    assignment: [to('q1-ioc', SAI_GON)],
    formerLevel: 'FORMER_DISTRICT',
  }),
  merge('ubnd-dac-khu-con-dao', ['cu-con-dao'], 'FORMER_DISTRICT'),
  merge('ubnd-phuong-thoi-an', ['cu-thoi-an', 'cu-thanh-xuan']),
  merge('ubnd-phuong-tan-hung', ['cu-tan-phong', 'cu-tan-quy', 'cu-tan-kieng']),
  split('ubnd-thanh-pho-thu-duc', ['ubnd-phuong-an-khanh', 'ubnd-phuong-tang-nhon-phu', 'ubnd-phuong-thu-duc']),
];
