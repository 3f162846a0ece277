import * as fc from 'fast-check';
import { AuditChainCheck, AuditFaults } from './audit-chain.js';
import type { AuditFault } from './audit-chain.js';
import { nextRecord } from './audit-record.js';
import type { AuditHead, AuditRecord } from './audit-record.js';

function chainOf(length: number): AuditRecord[] {
  const records: AuditRecord[] = [];
  let head: AuditHead = { number: 0, hash: '' };
  for (let place = 1; place <= length; place += 1) {
    const at = `2026-11-30T08:00:00.${String(place).padStart(6, '0')}Z`;
    const payload = { hash: `${place}`.padStart(64, 'a'), revision: place };
    const by = { actor: 'officer', agency: place % 3 === 0 ? 'urn:khung:so-y-te' : null, person: null };
    const record = nextRecord(head, { kind: 'CHANGE_SET', by, subject: `${place}`, payload }, at);
    records.push(record);
    head = record;
  }
  return records;
}

function faultsOf(records: readonly AuditRecord[], head: AuditHead): readonly AuditFault[] {
  const faults = new AuditFaults();
  const check = new AuditChainCheck(faults);
  for (const record of records) check.add(record);
  check.end(head);
  return faults.told;
}

const WHOLE = chainOf(10_000);
const HEAD: AuditHead = WHOLE.at(-1) ?? { number: 0, hash: '' };
const TEXTS = ['at', 'kind', 'actor', 'agency', 'subject', 'payload', 'nonce', 'previousHash', 'hash'] as const;

/** What is said of a record of which one byte of a field was changed. */
const SAID: Readonly<Record<string, string>> = { hash: 'HASH_CHANGED', previousHash: 'LINK_CHANGED' };

/** One bit of one byte of a text, as the database would hand it out. */
function flipped(text: string, at: number, bit: number): string {
  const bytes = Buffer.from(text, 'utf8');
  bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit);
  return bytes.toString('utf8');
}

it('finds nothing in a chain that is whole', () => {
  expect(faultsOf(WHOLE, HEAD)).toEqual([]);
  expect(faultsOf([], { number: 0, hash: '' })).toEqual([]);
});

it('finds and names one flipped byte anywhere in 10,000 records', () => {
  const position = fc.record({
    place: fc.oneof(fc.integer({ min: 0, max: WHOLE.length - 1 }), fc.constantFrom(0, 1, 9_998, 9_999)),
    field: fc.constantFrom(...TEXTS),
    at: fc.nat(),
    bit: fc.integer({ min: 0, max: 7 }),
  });
  fc.assert(
    fc.property(position, ({ place, field, at, bit }) => {
      const record = WHOLE[place];
      const text = record?.[field];
      fc.pre(record !== undefined && typeof text === 'string' && text !== '');
      const spoilt = WHOLE.with(place, { ...record, [field]: flipped(text ?? '', at, bit) });
      const kind = SAID[field] ?? 'CONTENT_CHANGED';
      expect(faultsOf(spoilt, HEAD)).toEqual([{ kind, number: record.number }]);
    }),
    { numRuns: 60 },
  );
}, 120_000);

it('finds a byte of any record of a short chain, in every field and at every place', () => {
  const short = chainOf(5);
  const head = short.at(-1) ?? HEAD;
  for (const [place, record] of short.entries()) {
    for (const field of TEXTS) {
      const text = record[field] ?? '';
      for (let at = 0; at < Buffer.byteLength(text); at += 1) {
        const spoilt = short.with(place, { ...record, [field]: flipped(text, at, at % 8) });
        const kind = SAID[field] ?? 'CONTENT_CHANGED';
        expect(faultsOf(spoilt, head)).toEqual([{ kind, number: record.number }]);
      }
    }
  }
});

describe('a chain in which', () => {
  const short = chainOf(6);
  const head = short.at(-1) ?? HEAD;
  const [first, second, third, fourth, fifth, sixth] = short as [
    AuditRecord,
    AuditRecord,
    AuditRecord,
    AuditRecord,
    AuditRecord,
    AuditRecord,
  ];

  it.each<[string, AuditRecord[], AuditHead, AuditFault[]]>([
    [
      'records are missing in the middle',
      [first, second, fifth, sixth],
      head,
      [{ kind: 'RECORD_MISSING', number: 3, through: 4 }],
    ],
    ['the first is missing', short.slice(1), head, [{ kind: 'RECORD_MISSING', number: 1, through: 1 }]],
    ['the last are missing', short.slice(0, 4), head, [{ kind: 'RECORD_MISSING', number: 5, through: 6 }]],
    ['all are missing', [], head, [{ kind: 'RECORD_MISSING', number: 1, through: 6 }]],
    [
      'a number stands twice',
      [first, second, second, ...short.slice(2)],
      head,
      [{ kind: 'RECORD_OUT_OF_PLACE', number: 2 }],
    ],
    ['the head has another hash', short, { ...head, hash: 'f'.repeat(64) }, [{ kind: 'HEAD_CHANGED', number: 6 }]],
    [
      'a value that was none is one',
      short.with(2, { ...third, person: 'x' }),
      head,
      [{ kind: 'CONTENT_CHANGED', number: 3 }],
    ],
    [
      'a record was written anew, with its hash',
      short.with(2, nextRecord(second, { ...third, kind: 'EXPORT', by: third, payload: {} }, third.at)),
      head,
      [{ kind: 'LINK_BROKEN', number: 4 }],
    ],
    [
      'two neighbours were changed',
      short.with(2, { ...third, subject: 'x' }).with(3, { ...fourth, subject: 'x' }),
      head,
      [
        { kind: 'CONTENT_CHANGED', number: 3 },
        { kind: 'CONTENT_CHANGED', number: 4 },
      ],
    ],
    [
      'the record before a gap was changed',
      [first, { ...second, subject: 'x' }, fourth, fifth, sixth],
      head,
      [
        { kind: 'CONTENT_CHANGED', number: 2 },
        { kind: 'RECORD_MISSING', number: 3, through: 3 },
      ],
    ],
  ])('%s', (_what, records, ended, faults) => {
    expect(faultsOf(records, ended)).toEqual(faults);
  });

  it('more is wrong than is told one by one is counted', () => {
    const faults = new AuditFaults();
    for (let number = 1; number <= 1_500; number += 1) faults.add({ kind: 'CONTENT_CHANGED', number });
    expect([faults.told.length, faults.count]).toEqual([1_000, 1_500]);
  });
});
