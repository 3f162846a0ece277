import { parse } from 'csv-parse/sync';
import { readLanguageData } from '../../src/duplicates/language-data.reader.js';
import { readReferenceText } from '../../src/runtime/reference-file.js';
import { seededRandom } from '../support/seeded-random.js';
import type { SeededRandom } from '../support/seeded-random.js';

/** A title that nobody wrote. */
export interface SyntheticTitle {
  readonly title: string;
  readonly description: string | null;
  readonly agency: string;
  /** Place of the title that this one says again in other words; undefined for those that say something of their own. */
  readonly copyOf: number | undefined;
}

/** What a title says, apart from its verb, place and year. */
interface Content {
  /** Verbs of one kind of work: a copy that does something else would be no duplicate. */
  readonly verbs: readonly string[];
  /** Ways to say the function, the first is used by the original. */
  readonly functionNames: readonly string[];
  readonly object: string;
  readonly beneficiary: string;
}

interface Vocabulary {
  /** By capability, the ways it is called. */
  readonly functions: readonly (readonly string[])[];
  /** Runs of two to four words of real names and descriptions. */
  readonly phrases: readonly string[];
  /** By kind of work. */
  readonly verbs: readonly (readonly string[])[];
  /** Words that no dictionary has, as names of products, places and programmes are. */
  readonly inventions: readonly string[];
  readonly agencies: readonly string[];
}

const SEED = 20261130;
const INVENTIONS = 40_000;
const WARDS = 600;
/** One of so many titles is a copy of an earlier one. */
const COPY_EVERY = 50;
const NEW_VERBS = ['xây dựng', 'triển khai', 'phát triển', 'đầu tư', 'trang bị', 'thiết lập'];
const NOUNS = ['hệ thống', 'phần mềm', 'ứng dụng', 'nền tảng', 'cơ sở dữ liệu', 'hệ thống thông tin', 'dịch vụ', ''];
const BENEFICIARIES = [
  'cán bộ công chức', 'người dân', 'doanh nghiệp', 'học sinh', 'giáo viên', 'người bệnh', 'người cao tuổi',
  'hộ kinh doanh', 'lãnh đạo thành phố', 'khách du lịch', 'người lao động', 'hộ nghèo', 'nhà đầu tư', 'thanh niên',
  'trẻ em', 'nông dân', 'lái xe', 'thanh tra viên', 'kiểm lâm', 'lực lượng phòng cháy', 'tổ dân phố', 'hợp tác xã',
]; // prettier-ignore
const ONSETS = 'b c ch d đ g gi h kh l m n ng nh p ph qu r s t th tr v x'.split(' ');
const RIMES = 'a ai an ang anh ao ăm ăn âm ân âu e em en eo ê ên i im in inh o oa oan oc on ong ô ôi ôn ông ơi ơn u ung ư ưng ươi ương'.split(' '); // prettier-ignore

/**
 * Titles by recombination of what the City's systems, projects and capabilities are called: verb, function, object,
 * beneficiary, place and year, with invented words for the long tail of names that real lists have.
 */
export function syntheticTitles(count: number): SyntheticTitle[] {
  const random = seededRandom(SEED);
  const vocabulary = readVocabulary(random);
  const contents: Content[] = [];
  return Array.from({ length: count }, (_, at) => {
    const copyOf = at % COPY_EVERY === COPY_EVERY - 1 ? random.below(at) : undefined;
    const original = copyOf === undefined ? undefined : contents[copyOf];
    const content = original === undefined ? newContent(random, vocabulary) : reworded(random, original);
    contents.push(content);
    return { ...written(random, vocabulary, content), copyOf };
  });
}

function readVocabulary(random: SeededRandom): Vocabulary {
  const language = readLanguageData();
  const column = (file: string, name: string): string[] =>
    parse<Record<string, string>>(readReferenceText(file), { columns: true }).flatMap((row) => row[name] ?? []);
  const texts = [
    ...column('hcmc/systems.csv', 'name_vi'),
    ...column('hcmc/systems.csv', 'description_vi'),
    ...column('hcmc/projects.csv', 'title'),
  ];
  const syllable = (): string => oneOf(random, ONSETS) + oneOf(random, RIMES);
  const inventions = Array.from({ length: INVENTIONS }, () => `${syllable()} ${syllable()}`);
  const wards = Array.from({ length: WARDS }, (_, at) => `Ủy ban nhân dân phường ${inventions[at] ?? ''}`);
  return {
    functions: language.capabilities.map(({ nameVi, aliases }) => [nameVi.toLowerCase(), ...aliases]),
    phrases: [...new Set(texts.flatMap(phrasesOf))],
    verbs: [NEW_VERBS, NEW_VERBS, ...language.workWords.map(({ phrases }) => phrases)],
    inventions,
    agencies: [...column('hcmc/agencies.csv', 'name_vi'), ...language.places, ...wards],
  };
}

function phrasesOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{M}\d ]+/u)
    .flatMap((part) => {
      const words = part.split(' ').filter((word) => word !== '');
      return words.flatMap((_, at) => [2, 3, 4].map((length) => words.slice(at, at + length).join(' ')));
    })
    .filter((phrase) => phrase.includes(' '));
}

function oneOf(random: SeededRandom, items: readonly string[]): string {
  return items[random.below(items.length)] ?? '';
}

/** An invented word; few are frequent and many are rare, as words are. */
function invention(random: SeededRandom, { inventions }: Vocabulary): string {
  return inventions[Math.floor(inventions.length * random.next() ** 3)] ?? '';
}

function newContent(random: SeededRandom, vocabulary: Vocabulary): Content {
  const names = vocabulary.functions[random.below(vocabulary.functions.length)] ?? [];
  const isKnown = random.next() < 0.6;
  const first = random.below(names.length);
  const phrase = oneOf(random, vocabulary.phrases);
  return {
    verbs: vocabulary.verbs[random.below(vocabulary.verbs.length)] ?? NEW_VERBS,
    functionNames: isKnown ? [...names.slice(first), ...names.slice(0, first)] : [phrase],
    object: `${oneOf(random, vocabulary.phrases)}${random.next() < 0.6 ? ` ${invention(random, vocabulary)}` : ''}`,
    beneficiary: random.next() < 0.5 ? oneOf(random, BENEFICIARIES) : '',
  };
}

/** The same in other words: now and then another name of the function, a word less, nobody named who has use of it. */
function reworded(random: SeededRandom, { verbs, functionNames, object, beneficiary }: Content): Content {
  const words = object.split(' ');
  return {
    verbs,
    functionNames: random.next() < 0.3 ? [...functionNames.slice(1), ...functionNames.slice(0, 1)] : functionNames,
    object: random.next() < 0.2 ? words.slice(0, -1).join(' ') : object,
    beneficiary: random.next() < 0.3 ? '' : beneficiary,
  };
}

function written(
  random: SeededRandom,
  vocabulary: Vocabulary,
  { verbs, functionNames, object, beneficiary }: Content,
): Omit<SyntheticTitle, 'copyOf'> {
  const agency = oneOf(random, vocabulary.agencies);
  const title = [
    oneOf(random, verbs),
    oneOf(random, NOUNS),
    functionNames[0] ?? '',
    object,
    beneficiary === '' ? '' : `cho ${beneficiary}`,
    random.next() < 0.7 ? `tại ${agency}` : '',
    random.next() < 0.5 ? `năm ${2018 + random.below(12)}` : '',
  ].filter((part) => part !== '');
  const isDescribed = random.next() < 0.3;
  const description = isDescribed
    ? `${functionNames.at(-1) ?? ''} ${object}, ${oneOf(random, vocabulary.phrases)}, ${oneOf(random, vocabulary.phrases)}`
    : null;
  return { title: title.join(' '), description, agency };
}
