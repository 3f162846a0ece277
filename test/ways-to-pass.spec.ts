import type { Json } from '../src/core/landscape/model.js';
import { daysLater } from '../src/core/landscape/calendar-day.js';
import { contextOf, evaluateRule } from '../src/core/policy/finding.js';
import type { FactType } from '../src/core/policy/fact-type.js';
import { isErasure } from '../src/core/policy/needed-change.js';
import type { FactNow, NeededChange, Way } from '../src/core/policy/needed-change.js';
import { outcomeOf } from '../src/core/policy/checked-case.js';
import { worldOfExample } from '../src/core/policy/rule-pack.js';
import type { CheckedCase } from '../src/core/policy/checked-case.js';
import type { CheckedRule } from '../src/core/policy/rule-pack.js';
import type { RuleExample } from '../src/core/policy/rule.js';
import type { Facts } from '../src/core/policy/value.js';
import { isFactSet } from '../src/core/policy/value.js';
import type { WayWords } from '../src/compliance/fact-text.js';
import { RegimeReader } from '../src/compliance/regime.reader.js';
import { checkedPack } from '../src/compliance/rule-pack.reader.js';
import { ConditionText } from '../src/compliance/condition-text.js';
import { waySentence } from '../src/compliance/way-text.js';
import { AttributeDefinitionReader } from '../src/registry/attribute-definition.reader.js';
import { readReferenceRulePack } from '../src/runtime/reference-file.js';

const definitions = new AttributeDefinitionReader().all;
const checked = checkedPack(readReferenceRulePack('hcmc/rule-pack.json'), definitions, new RegimeReader().reference);
const { pack } = checked;
/** The day that the examples of a pack are asked on. */
const TODAY = '2026-12-01';

interface Case {
  readonly rule: CheckedRule;
  readonly checkedCase: CheckedCase;
  readonly example: RuleExample;
  readonly ways: readonly Way[];
}

function waysOf(rule: CheckedRule, checkedCase: CheckedCase, { facts, graph }: RuleExample): readonly Way[] {
  const subject = { kind: checkedCase.kind, urn: null, name: 'X', values: facts, respondents: NOBODY };
  const always: CheckedRule = {
    ...rule,
    regimes: null,
    rule: { ...rule.rule, effectiveFrom: null, effectiveTo: null },
  };
  const context = contextOf(null, worldOfExample(graph, checked.reference));
  return evaluateRule(always, subject, context, checked.questions)?.explanation.changes() ?? [];
}
const NOBODY = { OWNER: null, OPERATOR: null, SELF: null };

/** Every example of every rule that does not pass, once for each case. */
const cases: readonly Case[] = checked.rules.flatMap((rule) =>
  rule.rule.cases.flatMap(({ appliesTo: [kind], examples }) => {
    const checkedCase = rule.cases.get(kind);
    const open = examples.filter(({ outcome }) => outcome === 'FAIL' || outcome === 'NEEDS_EVIDENCE');
    if (checkedCase === undefined) return [];
    return open.map((example) => ({ rule, checkedCase, example, ways: waysOf(rule, checkedCase, example) }));
  }),
);
const ways = cases.flatMap((each) => each.ways.map((way) => ({ ...each, way })));

/** The way to a fact with indexes: `flows.channels` of the item `flows[0].channels[1]` is `flows[0].channels[1]`. */
function placeOf({ path }: FactNow, item: string): string {
  let place = '';
  let rest = path;
  for (const segment of item.split('.')) {
    const name = segment.replace(/\[\d+\]$/, '');
    if (rest !== name && !rest.startsWith(`${name}.`)) break;
    place = place === '' ? segment : `${place}.${segment}`;
    rest = rest.slice(name.length + 1);
  }
  return [place, rest].filter((part) => part !== '').join('.');
}

/** Facts with another value at a place. */
function placed(facts: Json | undefined, place: readonly string[], value: Json): Json {
  const [step, ...rest] = place;
  if (step === undefined) return value;
  if (isFactSet(facts) && step === 'complete') return { ...facts, complete: value === true };
  if (isFactSet(facts)) return { ...facts, items: placed(facts.items, place, value) };
  if (Array.isArray(facts)) {
    return facts.map((each: Json, index) => (index === Number(step) ? placed(each, rest, value) : each));
  }
  const record = typeof facts === 'object' && facts !== null ? (facts as Facts) : {};
  return { ...record, [step]: placed(record[step], rest, value) };
}

function stepsOf(place: string): string[] {
  return place.split(/[.[\]]+/).filter((step) => step !== '');
}

/** Every value that the conditions of a way compare with, and those next to them. */
function boundsOf(way: Way): readonly Json[] {
  const written = way.flatMap(({ condition, now }) => [
    ...[...condition.constants.values()].flat(),
    ...now.map(({ value }) => value),
  ]);
  return written.flatMap((value): readonly Json[] => {
    if (typeof value === 'number') return [value, value + 1];
    return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? [value, daysLater(value, -1)] : [value];
  });
}

/** Values that somebody may give a fact: never none, and of a day that is not open no day before today. */
function valuesFor({ type, known }: FactNow, way: Way): readonly Json[] {
  const bounds = boundsOf(way);
  switch (type.kind) {
    case 'DATE':
      return known ? [TODAY, daysLater(TODAY, 1)] : [TODAY, ...bounds.filter(isDay)];
    case 'LIST':
      return [...listsOf(type.of, bounds), []];
    case 'SET':
      return [[], ...listsOf(type.of, bounds)].map((each) => ({ items: each, complete: true }));
    default:
      return scalarsOf(type, bounds);
  }
}

function listsOf(of: FactType, bounds: readonly Json[]): readonly (readonly Json[])[] {
  const one = scalarsOf(of, bounds);
  return [...one.map((item) => [item]), ...(of.kind === 'TEXT' ? [['a', 'b', 'c']] : [])];
}

function scalarsOf(type: FactType, bounds: readonly Json[]): readonly Json[] {
  switch (type.kind) {
    case 'BOOLEAN':
      return [true, false];
    case 'ENUM':
      return type.values;
    case 'INT':
      return [...bounds.filter((each) => typeof each === 'number'), 1];
    case 'DATE':
      return [TODAY];
    case 'RECORD':
      return [
        Object.fromEntries(
          Object.entries(type.fields).map(([key, field]) => [key, scalarsOf(field, bounds)[0] ?? null]),
        ),
      ];
    default:
      return [...bounds.filter((each) => typeof each === 'string'), 'x'];
  }
}

function isDay(value: Json): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}

/** Whether some values of the facts that a way changes, all else as it is, make the rule pass. */
function passes({ checkedCase, example, way }: (typeof ways)[number]): boolean {
  const world = worldOfExample(example.graph, checked.reference);
  const changing = new Map<string, FactNow>();
  for (const { now, condition } of way) {
    for (const fact of now) {
      const isFixed = fact.known && checkedCase.given.has(fact.path);
      if (!isFixed) changing.set(placeOf(fact, condition.item), fact);
    }
  }
  let found: readonly Facts[] = [example.facts];
  for (const [place, fact] of changing) {
    const values = valuesFor(fact, way);
    const isKnownDay = fact.known && fact.value !== null && fact.type.kind === 'DATE';
    found = found.flatMap((facts) => [
      ...(isKnownDay ? [facts] : []),
      ...(fact.known && fact.type.kind === 'SET' ? [placed(facts, stepsOf(`${place}.complete`), true) as Facts] : []),
      ...values.map((value) => placed(facts, stepsOf(place), value) as Facts),
    ]);
    if (found.length > 20_000) return false;
  }
  return found.some((facts) => outcomeOf(checkedCase, facts, world) === 'PASS');
}

function told({ rule, example, way }: (typeof ways)[number]): string {
  return `${rule.rule.code} ${JSON.stringify(example.facts)}: ${way.map(({ needed }) => needed).join(' & ')}`;
}

function wordsOf({ rule }: CheckedRule): WayWords {
  return { ...pack, ...rule, definitions, nameOf: (urn) => `tên của ${urn.length}` };
}

/** What is said of a rule's examples, with the names that they give. */
function sentencesOf(code: string): readonly string[] {
  const own = ways.filter(({ rule }) => rule.rule.code === code);
  return own.map(({ rule, way }) => waySentence(way, { ...wordsOf(rule), nameOf: () => undefined }, 'VI'));
}

/** Rules of which some failure can not be undone by anything that may still be done, and why. */
const BEYOND_REPAIR: Readonly<Record<string, string>> = {
  'R-01': 'the assessment had to come before the decision',
  'R-09': 'the term ended',
  'R-20': 'the approval had to come before the operation',
  'R-27': 'the sixty days are over',
  'R-31': 'the code of the owner is its own to put right',
  'R-41': 'what kind of work it is does not change',
  'R-43': 'the terms of appraisal and approval are over',
  'R-44': 'the contract ended',
  'R-45': 'the source code had to come before the acceptance',
  'R-48': 'the twenty days are over',
  'R-49': 'the report is due in January',
  'R-52': 'what was decided, and that nothing was, is given',
  'R-61': 'the controls had to come before the operation',
};

describe('ways to pass', () => {
  it('are there for nearly every rule', () => {
    expect(cases.length).toBeGreaterThan(300);
    const without = cases.filter(({ example, ways: own }) => example.outcome === 'FAIL' && own.length === 0);
    expect([...new Set(without.map(({ rule }) => rule.rule.code))].toSorted()).toEqual(Object.keys(BEYOND_REPAIR));
  });

  it('make the rule pass, by what may still be done, and with all else as it is', () => {
    expect(ways.filter((each) => !passes(each)).map(told)).toEqual([]);
  });

  it('name what moves, and not what is given or stays as it is', () => {
    const text = ({ rule }: (typeof ways)[number]): ConditionText => new ConditionText(wordsOf(rule), 'VI');
    const isWrong = (each: (typeof ways)[number]): boolean =>
      each.way.some((change) => {
        const path = change.isKept ? undefined : text(each).ofChange(change)?.path;
        const subject = change.now.find((fact) => fact.path === path);
        return subject !== undefined && !subject.moves && !(subject.isGiven && change.isTold);
      });
    expect(ways.filter(isWrong).map(told)).toEqual([]);
    expect(sentencesOf('R-43')).toContainEqual(
      expect.stringMatching(/Ngày thẩm định xong kế hoạch thuê – hiện: 03\/08\/2026; cần: không sớm hơn “Ngày trình/),
    );
    expect(sentencesOf('R-43')).toContainEqual(
      expect.stringMatching(/Ngày phê duyệt kế hoạch thuê – hiện: 04\/08\/2026; cần: không sớm hơn “Ngày thẩm định/),
    );
    expect(sentencesOf('R-61')).toContainEqual(
      expect.stringMatching(/Ngày phê duyệt cấp độ – hiện: 20\/09\/2026; cần: không sớm hơn “Ngày ban hành quy chế/),
    );
  });

  it('ask of a given fact that nobody knows to be told, whatever it is', () => {
    const given = ways.flatMap((each) => each.way.filter(({ now }) => now.length > 0 && now.every((f) => f.isGiven)));
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter(({ isTold, isKept }) => !isTold && !isKept).map(({ needed }) => needed)).toEqual([]);
    expect(given.filter(({ isTold, now }) => isTold && now.some(({ known }) => known))).toEqual([]);
    expect(sentencesOf('R-60')).toContain('Phân hệ tiếp nhận: Cấp độ an toàn của phần – hiện: chưa rõ; cần: cho biết.');
    expect(sentencesOf('R-20')).toContain('Ngày đưa vào vận hành – hiện: chưa rõ; cần: cho biết.');
    expect(sentencesOf('R-27')).toContain('Ngày bắt đầu xử lý dữ liệu cá nhân – hiện: chưa rõ; cần: cho biết.');
  });

  it('never erase a fact, nor ask that it be absent', () => {
    const erasing = (change: NeededChange): boolean =>
      isErasure(change.condition.expression) || /== null|!has/.test(change.needed);
    expect(ways.filter(({ way }) => way.some(erasing)).map(told)).toEqual([]);
  });

  it('are told in two languages without a word of code', () => {
    const code = /self\.|params\.|null|true|false|&&|\|\||[=!<>]=|\{|[a-z][a-z]+[A-Z]|[A-Z]+_[A-Z]+/;
    const sentences = ways.map((each) => {
      const words = wordsOf(each.rule);
      return { way: told(each), vi: waySentence(each.way, words, 'VI'), en: waySentence(each.way, words, 'EN') };
    });
    expect(sentences.filter(({ vi, en }) => code.test(vi) || code.test(en))).toEqual([]);
    expect(
      sentences.filter(({ vi, en }) => vi === en || !/[à-ỹđ]/i.test(vi) || !vi.endsWith('.') || !en.endsWith('.')),
    ).toEqual([]);
  });

  it('say of a day that has to be there by today that it is done', () => {
    const sentences = ways.map(({ rule, way }) => waySentence(way, wordsOf(rule), 'VI'));
    expect(sentences.filter((each) => each.includes('hôm nay'))).toEqual([]);
    expect(sentencesOf('R-42')).toContain(
      'Ngày phê duyệt kế hoạch thuê – hiện: 01/01/2030; cần: đã thực hiện (ngày ghi nhận không ở tương lai).',
    );
  });

  it('say of a term that is over that what was done in time is put on record', () => {
    expect(sentencesOf('R-09')).toContain(
      'Ngày chuẩn hóa xong dữ liệu – hiện: chưa rõ; nếu đã làm không muộn hơn 31/12/2025 [Hạn chuẩn hóa dữ liệu] thì ghi nhận.',
    );
    const replaced = sentencesOf('R-22').filter((each) => each.includes('hiện: tiêu chuẩn khác; cần: TCVN 11930'));
    expect(replaced).toEqual([]);
    expect(sentencesOf('R-22')).toContainEqual(expect.stringContaining('nếu đã làm trước 19/08/2026'));
    expect(sentencesOf('R-27')).toContainEqual(expect.stringMatching(/– nếu không quá 60 ngày thì ghi nhận/));
  });

  it('put the name of an item before its own facts only', () => {
    const sentences = sentencesOf('R-60');
    expect(sentences.filter((each) => each.includes('Phân hệ tiếp nhận: Cấp độ an toàn được phê duyệt'))).toEqual([]);
    expect(sentences).toContainEqual(
      expect.stringContaining(
        'Cấp độ an toàn được phê duyệt – hiện: 2; cần: tối thiểu “Phân hệ tiếp nhận: Cấp độ an toàn của phần” (hiện: 3)',
      ),
    );
  });

  it('are put in plain words, and quote nothing within quotes', () => {
    const sentences = ways.map(({ rule, way }) => waySentence(way, wordsOf(rule), 'VI'));
    expect(sentences.filter((each) => /“[^”]*“/.test(each))).toEqual([]);
    expect(sentencesOf('R-17')).toContain(
      'Mô hình giấy phép phần mềm – hiện: theo số người dùng; cần: không phải “theo số người dùng”.',
    );
  });

  it('say how many items of a long list they do not tell', () => {
    const long = cases.find(({ rule, example }) => rule.rule.code === 'R-03' && 'components' in example.facts);
    const [field = ''] = Object.entries(long?.example.facts ?? {}).flatMap(([k, v]) => (isFactSet(v) ? [k] : []));
    const items = Array.from({ length: 12 }, (_, index) => ({ name: `Phần ${index}`, layer: null }));
    const facts = { ...long?.example.facts, [field]: { items, complete: true } };
    const own = long === undefined ? [] : waysOf(long.rule, long.checkedCase, { ...long.example, facts });
    const words = long === undefined ? undefined : wordsOf(long.rule);
    expect(own.map((way) => words && waySentence(way, words, 'VI'))).toContainEqual(
      expect.stringMatching(/; và 2 mục khác\.$/),
    );
  });

  it('leave the code of an owner to its owner', () => {
    const needed = ways.filter(({ rule, checkedCase }) => rule.rule.code === 'R-31' && checkedCase.kind === 'PROJECT');
    expect(needed.flatMap(({ way }) => way).filter(({ isTold }) => !isTold)).toEqual([]);
  });

  it('tell apart what is unknown and what is declared absent', () => {
    const sentence = (code: string, facts: Facts): string => {
      const each = ways.find(
        ({ rule, example }) => rule.rule.code === code && JSON.stringify(example.facts) === JSON.stringify(facts),
      );
      return each === undefined ? '' : waySentence(each.way, wordsOf(each.rule), 'VI');
    };
    expect(sentence('R-38', { ipv6Ready: null })).toBe('Hỗ trợ IPv6 – hiện: không có; cần: có.');
    expect(sentence('R-38', {})).toBe('Hỗ trợ IPv6 – hiện: chưa rõ; cần: có.');
    expect(sentence('R-38', { ipv6Ready: false })).toBe('Hỗ trợ IPv6 – hiện: không; cần: có.');
  });

  it('are put in names: every fact that rules read has one, and every word that they compare with', () => {
    const facts = new Set(ways.flatMap(({ way }) => way.flatMap(({ now }) => now.map(({ path }) => path))));
    expect([...facts].filter((path) => !definitions.has(path) && pack.names[path] === undefined)).toEqual([]);
    const words = ways.flatMap(({ way }) => way.flatMap(({ oneOf }) => oneOf ?? []));
    const codes = words.filter((word) => typeof word === 'string').filter((word) => /^[A-Z_]{3,}$/.test(word));
    expect(codes.filter((word) => pack.words[word] === undefined)).toEqual([]);
  });
});
