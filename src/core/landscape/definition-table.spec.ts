import { definition } from '../../../test/support/change-sets.js';
import { urnOf } from '../../../test/support/landscapes.js';
import type { AttributeRecord } from './attribute-record.js';
import { DefinitionTable } from './definition-table.js';

const record = (key: string, more: object = {}): AttributeRecord => ({
  urn: urnOf(`attribute-${key}`),
  definition: definition(key, more),
  revision: 1,
});
const change = (after: AttributeRecord): { urn: string; after: AttributeRecord } => ({ urn: after.urn, after });
const pack = new Map([['hosting', definition('hosting')]]);

describe('the definitions of a landscape', () => {
  it('are those of the pack and those made at run time, in order of urn', () => {
    const table = DefinitionTable.of(pack).with([change(record('b')), change(record('a'))]);
    expect([...table.byKey.keys()]).toEqual(['hosting', 'a', 'b']);
    expect([...table.made.keys()]).toEqual(['urn:khung:attribute-a', 'urn:khung:attribute-b']);
    expect(table.with([])).toBe(table);
    const fewer = table.with([{ urn: 'urn:khung:attribute-a', after: undefined }]);
    expect([...fewer.byKey.keys()]).toEqual(['hosting', 'b']);
    expect(table.byKey.has('a')).toBe(true);
  });

  it('keep the meaning that a newer pack gives to a key that somebody had defined', () => {
    const table = DefinitionTable.of(pack).with([change(record('hosting', { nameVi: 'khác' }))]);
    expect(table.byKey.get('hosting')?.nameVi).toBe('hosting');
  });

  it('can be cut down to some, and are the same where nothing is cut', () => {
    const table = DefinitionTable.of(pack).with([change(record('a', { visibility: 'GOVERNMENT' }))]);
    const open = table.only(({ visibility }) => visibility === 'PUBLIC');
    expect([[...open.byKey.keys()], open.made.size]).toEqual([['hosting'], 0]);
    expect(open.only(() => true)).toBe(open);
    expect(table.only(() => false).byKey.size).toBe(0);
  });
});
