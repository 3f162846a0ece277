import { readFileSync } from 'node:fs';
import type { AttributeDefinition } from '../core/landscape/attribute.js';
import { isLegal } from '../core/landscape/legality.js';
import { isUrn } from '../core/landscape/model.js';
import { phaseOn } from '../core/landscape/phase.js';
import type { Element, Relation } from '../core/landscape/model.js';
import { targetsOf } from '../core/landscape/landscape.js';
import { planChangeSet } from '../core/landscape/plan-change-set.js';
import { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { cell, codedCell, requiredCell } from './reference-files.reader.js';
import { readReferenceLandscape, referenceLandscapeOperations } from './reference-landscape.reader.js';

const definitionList: readonly AttributeDefinition[] = JSON.parse(
  readFileSync(new URL('../reference/national/attributes.json', import.meta.url), 'utf8'),
);
const definitions = new Map(definitionList.map((each) => [each.key, each]));
const files = readReferenceLandscape();
const operations = referenceLandscapeOperations(files);
const planned = planChangeSet(
  LandscapeSnapshot.empty(),
  { operations },
  { definitions, at: '2026-11-23T00:00:00.000Z', counters: { element: 1, relation: 1 } },
);
if ('issues' in planned) throw new Error(JSON.stringify(planned.issues));
const { plan } = planned;
const landscape = LandscapeSnapshot.empty().with(plan.delta);

const systemKinds = new Set(['SYSTEM', 'PLATFORM', 'DATABASE', 'DIGITAL_SERVICE', 'INFRASTRUCTURE']);
const systems = [...landscape.elements()].filter((each) => systemKinds.has(each.kind));
const pairs = new Set(files.relations.map((row) => `${row['source']} ${row['target']}`));
/** The relations of relations.csv: those between two systems. */
const systemRelations = [...landscape.relations()].filter(({ source, target }) => {
  const ends = [source, target].map((seq) => landscape.elementAt(seq)?.urn.replace('urn:khung:', ''));
  return pairs.has(ends.join(' '));
});

function element(id: string): Element {
  const found = landscape.elementByUrn(`urn:khung:${id}`);
  if (found === undefined) throw new Error(`no element ${id}`);
  return found;
}
function relation(id: string): Relation {
  const found = landscape.relationByUrn(`urn:khung:${id}`);
  if (found === undefined) throw new Error(`no relation ${id}`);
  return found;
}
function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
function ends(id: string, kind: 'OWNED_BY' | 'ASSOCIATED_WITH' | 'PART_OF' | 'REPLACES'): string[] {
  return targetsOf(landscape, element(id).seq, kind).map((each) => each.urn);
}

describe('the reference landscape', () => {
  it('is accepted whole by the write path and holds what its tables hold', () => {
    expect(landscape.elementCount).toBe(130 + 93 + 61);
    expect(systems).toHaveLength(130);
    expect(systemRelations).toHaveLength(114);
  });

  it('names every object once, with a well-formed urn', () => {
    const added = operations.filter((each) => each.op === 'ADD').map((each) => each.urn);
    expect(new Set(added).size).toBe(added.length);
    expect(added.filter((urn) => !isUrn(urn))).toEqual([]);
    expect(relation('hcm-tthc.uses-platform.hcm-lgsp').kind).toBe('USES_PLATFORM');
  });

  it('says the same in the same order every time', () => {
    expect(referenceLandscapeOperations(readReferenceLandscape())).toEqual(operations);
  });

  it('keeps 19 links whose nature nobody told, and 70 strengths that nobody knows', () => {
    const kinds = countBy(systemRelations.map((each) => each.kind));
    expect(kinds).toEqual(countBy(files.relations.map((row) => row['kind'] ?? '')));
    expect(kinds['ASSOCIATED_WITH']).toBe(19);
    expect(countBy(systemRelations.map((each) => each.strength))['UNKNOWN']).toBe(70);
  });

  it('has only relations that the legality table allows', () => {
    const illegal = [...landscape.relations()].filter((each) => {
      const source = landscape.elementAt(each.source);
      const target = landscape.elementAt(each.target);
      return source === undefined || target === undefined || !isLegal(each.kind, source.kind, target.kind);
    });
    expect(illegal).toEqual([]);
  });

  it('reads status, channel, confidence and reason of a relation', () => {
    expect(relation('hcm-lgsp.uses-platform.qg-ndxp')).toMatchObject({
      strength: 'SOFT',
      status: 'IN_USE',
      channels: ['NDXP'],
      confidence: 'HIGH',
      provenance: 'NDXP: "Thành phần trung tâm của hệ thống trung gian kết nối"',
    });
    expect(relation('hcm-hoi-nghi-th.runs-on.qg-tslcd').channels).toEqual(['TSLCD_VPN']);
    expect(relation('hcm-lgsp.runs-on.hcm-ttdl').channels).toEqual([]);
    expect(relation('hcm-theo-doi-kh.associated-with.hcm-cong-cds')).toMatchObject({
      status: 'PLANNED',
      confidence: 'LOW',
    });
    expect(relation('hcm-its.associated-with.hcm-kho-du-lieu').status).toBe('UNKNOWN');
  });
});

describe('a reference system', () => {
  it('has kind, layer and scope in the words of the registry', () => {
    expect(countBy(systems.map((each) => each.kind))).toEqual(
      countBy(
        files.systems.map(
          (row) => ({ service: 'DIGITAL_SERVICE' })[row['kind'] ?? ''] ?? (row['kind'] ?? '').toUpperCase(),
        ),
      ),
    );
    expect(element('hcm-lgsp')).toMatchObject({ kind: 'PLATFORM', layer: 2, attributes: { scope: 'CITY' } });
    expect(element('hcm-ttdl')).toMatchObject({ kind: 'INFRASTRUCTURE', layer: 1 });
    expect(element('qg-vneid').attributes['scope']).toBe('NATIONAL');
    expect(element('bd-tthc').attributes['scope']).toBe('FORMER_PROVINCE');
    expect(element('thoi-an-so').attributes['scope']).toBe('AGENCY');
  });

  it('is in the phase its status text was read as, and in none where it says none', () => {
    expect(countBy(systems.map((system) => phaseOn(system, null)))).toEqual({
      ACTIVE: 77,
      UNKNOWN: 24,
      PLAN: 17,
      PHASE_IN: 6,
      PILOT: 4,
      END_OF_LIFE: 2,
    });
    expect(element('hcm-csdl-fdi').phases).toEqual([]);
    expect(plan.sources.get('urn:khung:hcm-ban-do-covid')?.get('phases')?.confidence).toBe('LOW');
  });

  it('has been in its phase since a day only where the text says so, not since it was seen there', () => {
    expect(element('hcm-mo-phong')).toMatchObject({
      phases: [{ phase: 'ACTIVE', from: null }],
      attributes: { statusText: 'operational 2019' },
    });
    expect(element('hcm-pben-thanh-chatbot').phases).toEqual([{ phase: 'ACTIVE', from: '2025-10' }]);
    const dated = systems.filter((each) => each.phases.some((phase) => phase.from !== null));
    expect(dated).toHaveLength(6);
    for (const each of dated) expect(each.attributes['statusText']).toMatch(/từ|ra mắt|chuyển giao/);
  });

  it.each([
    ['hcm-lgsp', ['tt-cds']],
    ['qg-vneid', ['bo-cong-an']],
    ['qg-dvc', ['vp-chinh-phu']],
    ['bd-tthc', ['ubnd-tinh-binh-duong']],
    ['hcm-miniapp-dat-dai', []],
  ])('%s is owned by %j', (id, owners) => {
    expect(ends(id, 'OWNED_BY')).toEqual(owners.map((owner) => `urn:khung:${owner}`));
  });

  it('keeps the words of the source where they say more than one agency', () => {
    expect(element('hcm-miniapp-dat-dai').attributes['ownerText']).toContain('chưa rõ chủ quản');
    expect(element('qg-ndxp').attributes['ownerText']).toBe('Bộ KH&CN (trước: Bộ TT&TT)');
    expect(element('qg-vneid').attributes).not.toHaveProperty('ownerText');
  });

  it('is associated with an agency that is named beside its owner, not owned by it', () => {
    const agencyLinks = ['qg-dvc', 'qg-tslcd'].flatMap((id) => ends(id, 'ASSOCIATED_WITH'));
    expect(agencyLinks).toEqual(['urn:khung:bo-cong-an', 'urn:khung:cuc-buu-dien-tw']);
  });

  it('leaves out what nobody said', () => {
    expect(Object.keys(element('hcm-lgsp').attributes).toSorted()).toEqual(['scope', 'sourceUrl', 'statusText']);
    expect(element('hcm-lgsp').externalIds).toEqual([]);
  });
});

describe('a reference agency', () => {
  it('has a level only where its source says what it is', () => {
    const levels = countBy(
      [...landscape.elements()].filter((each) => each.kind === 'AGENCY').map((each) => each.level ?? 'null'),
    );
    expect(levels).toMatchObject({ PROVINCE: 1, FORMER_PROVINCE: 2, FORMER_DISTRICT: 24, COMMUNE: 11, null: 2 });
    expect(element('tt-gs-dk-giao-thong').level).toBeNull();
    expect(element('so-khcn').level).toBe('DEPARTMENT');
  });

  it('is part of its parent; a move that was only proposed is planned', () => {
    expect(ends('so-khcn', 'PART_OF')).toEqual(['urn:khung:ubnd-tphcm']);
    expect(relation('uy-ban-nvnonn.part-of.vp-ubnd')).toMatchObject({ status: 'PLANNED', confidence: 'LOW' });
    expect(relation('so-tttt.part-of.ubnd-tphcm').status).toBe('ENDED');
  });

  it('replaces the agencies it took over, as surely as the source says', () => {
    expect(ends('so-nong-nghiep-moi-truong', 'REPLACES')).toEqual(['urn:khung:so-tnmt', 'urn:khung:so-nnptnt']);
    expect(ends('ubnd-tphcm', 'REPLACES')).toEqual(['urn:khung:ubnd-tinh-binh-duong', 'urn:khung:ubnd-tinh-br-vt']);
    expect(relation('so-khcn.replaces.so-tttt').confidence).toBe('MEDIUM');
    expect(relation('shtp.replaces.ahtp')).toMatchObject({ status: 'UNKNOWN', confidence: 'LOW' });
  });

  it('carries its identifier codes, an inferred one with low confidence', () => {
    expect(element('ubnd-tphcm').externalIds).toEqual([
      { scheme: 'QD20-2020', value: 'H29', recordType: null },
      { scheme: 'QCVN102-2016', value: '000.00.00.H29', recordType: null },
    ]);
    expect(plan.sources.get('urn:khung:vp-ubnd')?.get('externalIds')?.confidence).toBe('LOW');
    expect(plan.sources.get('urn:khung:vp-ubnd')?.get('name')?.confidence).toBe('MEDIUM');
  });
});

describe('reference legislation', () => {
  it('stands with number, dates and how sure they are', () => {
    expect(element('nd-224-2026')).toMatchObject({
      kind: 'LEGISLATION',
      name: 'Nghị định 224/2026/NĐ-CP',
      attributes: { number: '224/2026/NĐ-CP', issuedOn: '2026-06-24', effectiveFrom: '2026-07-01' },
    });
    expect(element('nd-331-2026').attributes).not.toHaveProperty('effectiveFrom');
    expect(element('luat-148-2025').name).toBe('Luật 148/2025/QH15: Luật Chuyển đổi số');
    expect(plan.sources.get('urn:khung:luat-58-2024')?.get('name')).toEqual({ source: null, confidence: 'UNSOURCED' });
    expect(plan.sources.get('urn:khung:qd-3616-2025-ubnd')?.get('attributes.issuedOn')?.confidence).toBe('LOW');
  });
});

describe('a table that is wrong', () => {
  const agency = files.agencies[0] ?? {};
  const system = files.systems[0] ?? {};
  const empty = { agencies: [], systems: [], relations: [], lifecycle: [], ownerMap: [], legislation: [] };

  it('is refused where an owner is no known agency', () => {
    const given = { ...empty, agencies: [agency], systems: [{ ...system, owner: 'Sở X' }] };
    expect(() => referenceLandscapeOperations(given)).toThrow('owner of hcm-tthc: Sở X is no known agency');
  });

  it('is refused where a word is not in its list of codes', () => {
    expect(() => codedCell({ status: 'RUNNING' }, 'status', { ACTIVE: 1 })).toThrow('RUNNING is not one of ACTIVE');
  });

  it('is refused where a column is missing or a needed cell empty', () => {
    expect(() => cell({ id: 'a' }, 'name')).toThrow('no column name');
    expect(() => requiredCell({ id: '' }, 'id')).toThrow('id is empty');
    expect(cell({ id: '' }, 'id')).toBeUndefined();
  });
});
