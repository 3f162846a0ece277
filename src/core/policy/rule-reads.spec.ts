import { checkRulePack } from './rule-pack.js';
import type { CheckedRulePack } from './rule-pack.js';
import { kindsListed, readsOf, waysAsked } from './rule-reads.js';
import { NO_REFERENCE } from './world.js';

const text = { vi: 'chữ', en: 'text' };
const question = { ...text, askedFrom: 'OWNER' };

/** A pack of one rule, of which nobody asks more than what it reads. */
function packOf(expression: string): CheckedRulePack {
  const citations = [{ text, confidence: 'HIGH', verification: 'UNVERIFIED' }];
  const examples = [
    { outcome: 'PASS', facts: { name: 'Đúng' } },
    { outcome: 'FAIL', facts: { name: 'Sai' } },
  ];
  const messages = { PASS: text, FAIL: text, NEEDS_EVIDENCE: text };
  const cases = [{ appliesTo: ['DATA_OBJECT'], expression, messages, examples }];
  const terms = { title: text, severity: 'MAJOR', enforcement: 'WARN', tier: 1 };
  const fields = ['name', 'urn', 'flows', 'relations', 'masters', 'platforms', 'nationalDatabases'];
  const document = {
    code: 'mau',
    version: '1',
    title: text,
    state: 'ACTIVE',
    questions: Object.fromEntries(fields.map((field) => [field, question])),
    words: {},
    evidence: {},
    rules: [{ ...terms, code: 'R', citations, fixHint: text, cases }],
  };
  const result = checkRulePack(document, new Map(), NO_REFERENCE);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.checked;
}

describe('what a rule reads', () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ['asks nothing but facts', 'self.name != "Sai"', [], []],
    [
      'names kinds of relation',
      'self.name == "Đúng" || (self.name == "Khác" && inCycle(self, ["PART_OF", "USES"]))',
      ['PART_OF', 'USES'],
      [],
    ],
    [
      'asks for what holds an original',
      'self.name == "Đúng" || (self.name == "Khác" && mastersOf(self).exists(m, false))',
      ['MASTERS'],
      [],
    ],
    [
      'asks for the platforms of a capability',
      'self.name == "Đúng" || (self.name == "Khác" && platformsFor("C-1").exists(p, false))',
      ['REALIZES'],
      ['CAPABILITY', 'PLATFORM'],
    ],
    [
      'asks for all of a kind',
      'self.name == "Đúng" || (self.name == "Khác" && nationalDatabases().exists(d, false))',
      [],
      ['DATABASE'],
    ],
  ])('where it %s', (_what, expression, ways, listed) => {
    const pack = packOf(expression);
    expect([[...waysAsked(pack)], [...kindsListed(pack)]]).toEqual([ways, listed]);
    const [rule] = pack.rules;
    const reads = rule && readsOf(rule, 'DATA_OBJECT');
    expect(reads?.facts.has('name')).toBe(true);
    expect(reads?.asksLandscape).toBe(ways.length + listed.length > 0);
    expect(rule && readsOf(rule, 'SYSTEM')).toBeUndefined();
  });
});
