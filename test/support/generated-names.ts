import type { ElementKind } from '../../src/core/landscape/model.js';
import type { SeededRandom } from './seeded-random.js';

type Words = readonly [string, ...string[]];

const HEADS: Partial<Record<ElementKind, Words>> = {
  SYSTEM: ['Hệ thống thông tin', 'Phần mềm', 'Hệ thống', 'Phần mềm dùng chung', 'Hệ thống phần mềm'],
  PLATFORM: ['Nền tảng', 'Nền tảng dùng chung', 'Nền tảng số'],
  DATABASE: ['Cơ sở dữ liệu', 'Kho dữ liệu', 'Cơ sở dữ liệu chuyên ngành'],
  DIGITAL_SERVICE: ['Ứng dụng', 'Cổng thông tin', 'Cổng dịch vụ', 'Ứng dụng di động'],
  INFRASTRUCTURE: ['Trung tâm dữ liệu', 'Hạ tầng máy chủ', 'Hệ thống camera', 'Mạng truyền số liệu'],
};
const HEADS_OF_OTHERS: Words = ['Hệ thống'];

const ACTIONS: Words = [
  'quản lý',
  'theo dõi',
  'giám sát',
  'tra cứu',
  'thống kê',
  'tiếp nhận và xử lý',
  'cấp phép',
  'số hóa',
  'điều hành',
  'đánh giá',
  'chia sẻ dữ liệu',
  'báo cáo',
  'công khai',
  'đăng ký',
];

const SUBJECTS: Words = [
  'đất đai',
  'hộ tịch',
  'thủ tục hành chính',
  'bệnh án điện tử',
  'tiêm chủng',
  'học bạ',
  'tuyển sinh đầu cấp',
  'cán bộ, công chức, viên chức',
  'văn bản và điều hành',
  'đầu tư công',
  'hộ kinh doanh',
  'đăng ký doanh nghiệp',
  'cấp phép xây dựng',
  'quy hoạch đô thị',
  'hạ tầng kỹ thuật',
  'giao thông thông minh',
  'đèn chiếu sáng công cộng',
  'cây xanh đô thị',
  'thoát nước và ngập lụt',
  'chất lượng không khí',
  'chất thải rắn',
  'an toàn thực phẩm',
  'truy xuất nguồn gốc nông sản',
  'thú y và chăn nuôi',
  'thủy lợi',
  'lưu trú du lịch',
  'di tích và di sản văn hóa',
  'thư viện điện tử',
  'thể thao quần chúng',
  'lao động và việc làm',
  'bảo trợ xã hội',
  'người có công',
  'hộ nghèo',
  'phản ánh, kiến nghị',
  'khiếu nại, tố cáo',
  'thi đua khen thưởng',
  'tài sản công',
  'thu ngân sách',
  'thanh toán không dùng tiền mặt',
  'phòng họp không giấy',
  'hội nghị truyền hình',
  'thư điện tử công vụ',
  'chữ ký số',
  'định danh và xác thực',
  'an toàn thông tin',
  'phòng cháy chữa cháy',
  'an ninh trật tự',
  'đào tạo trực tuyến',
  'khoa học và công nghệ',
  'sở hữu trí tuệ',
];

const QUALIFIERS: Words = [
  '',
  '',
  '',
  ' trực tuyến',
  ' tập trung',
  ' trên nền bản đồ số',
  ' phiên bản 2',
  ' giai đoạn 2026-2030',
  ' trên thiết bị di động',
  ' có trí tuệ nhân tạo',
];

const SYLLABLES: Words = [
  'Tân',
  'Bình',
  'Phú',
  'An',
  'Hòa',
  'Thới',
  'Long',
  'Hiệp',
  'Đông',
  'Thạnh',
  'Mỹ',
  'Hưng',
  'Thuận',
  'Trung',
  'Xuân',
  'Lộc',
  'Vĩnh',
  'Phước',
  'Khánh',
  'Cát',
  'Minh',
  'Sơn',
  'Hải',
  'Thủy',
];

/** The ways people shorten what the generated names say. */
const ABBREVIATIONS: readonly (readonly [string, string])[] = [
  ['Hệ thống thông tin', 'HTTT'],
  ['Cơ sở dữ liệu', 'CSDL'],
  ['thủ tục hành chính', 'TTHC'],
  ['cán bộ, công chức, viên chức', 'CBCCVC'],
  ['quản lý', 'QL'],
  ['an toàn thông tin', 'ATTT'],
  ['phòng cháy chữa cháy', 'PCCC'],
];

/** A place name, another one for every number up to some 300,000. */
export function placeName(number: number): string {
  const { length } = SYLLABLES;
  const count = number < length ** 2 ? 2 : number < length ** 3 + length ** 2 ? 3 : 4;
  const rest = number - (count === 2 ? 0 : length ** 2 + (count === 4 ? length ** 3 : 0));
  const digits = Array.from({ length: count }, (_, position) => Math.floor(rest / length ** position) % length);
  return digits.map((digit) => SYLLABLES[digit] ?? '').join(' ');
}

/** A name as systems of agencies have them: what it is, what it does, on what, where. */
export function systemName(random: SeededRandom, kind: ElementKind, place: string): string {
  const head = random.pick(HEADS[kind] ?? HEADS_OF_OTHERS);
  return `${head} ${random.pick(ACTIONS)} ${random.pick(SUBJECTS)}${random.pick(QUALIFIERS)} ${place}`;
}

/** The same name as somebody else would write it: shortened, or without its last words. */
export function anotherSpelling(random: SeededRandom, name: string): string {
  const shortened = ABBREVIATIONS.reduce((text, [long, short]) => text.replace(long, short), name);
  const words = shortened.split(' ');
  return random.next() < 0.5 && words.length > 5 ? words.slice(0, -2).join(' ') : shortened;
}
