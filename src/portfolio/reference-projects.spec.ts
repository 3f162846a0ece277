import { readFileSync } from 'node:fs';
import { normalisedAgencyName } from '../core/agency-name.js';
import type { AttributeDefinition } from '../core/landscape/attribute.js';
import type { Element } from '../core/landscape/model.js';
import { targetsOf } from '../core/landscape/landscape.js';
import { planChangeSet } from '../core/landscape/plan-change-set.js';
import { LandscapeSnapshot } from '../core/landscape/snapshot.js';
import { readReferenceLandscape, referenceLandscapeOperations } from '../registry/reference-landscape.reader.js';
import { readReferenceProjects, referenceProjectOperations } from './reference-projects.js';

const definitionList: readonly AttributeDefinition[] = JSON.parse(
  readFileSync(new URL('../reference/national/attributes.json', import.meta.url), 'utf8'),
);
const definitions = new Map(definitionList.map((each) => [each.key, each]));
const files = readReferenceProjects();

const operations = [...referenceLandscapeOperations(readReferenceLandscape()), ...referenceProjectOperations(files)];
const planned = planChangeSet(
  LandscapeSnapshot.empty(),
  { operations },
  { definitions, at: '2026-11-23T00:00:00.000Z', counters: { element: 1, relation: 1 } },
);
if ('issues' in planned) throw new Error(JSON.stringify(planned.issues));
const landscape = LandscapeSnapshot.empty().with(planned.plan.delta);
const projects = [...landscape.elements()].filter((each) => each.kind === 'PROJECT');

function project(id: string): Element {
  const found = landscape.elementByUrn(`urn:khung:${id}`);
  if (found === undefined) throw new Error(`no project ${id}`);
  return found;
}
/** A title or a name without brackets, case and marks. */
function words(text: string): string {
  return normalisedAgencyName(text.replace(/\([^)]*\)/g, ''));
}
function related(id: string, kind: 'OWNED_BY' | 'DELIVERS'): string[] {
  return targetsOf(landscape, project(id).seq, kind).map((each) => each.urn);
}

describe('the reference projects', () => {
  it('are the 62 projects of the city, all accepted by the write path', () => {
    expect(projects).toHaveLength(62);
    expect(projects.every((each) => each.attributes['sourceUrl'] !== undefined)).toBe(true);
  });

  it.each([
    ['p0321', 'so-tttt'],
    ['p0128', 'so-tttt'],
    ['p0129', 'vp-ubnd'],
    ['p0126', 'ubnd-tphcm'],
    ['p0087', 'cong-an-tp'],
    ['p0225', 'tt-cds'],
    ['p0320', 'ubnd-quan-9'],
    ['p0329', 'ubnd-thanh-pho-thu-duc'],
    ['p0273', 'cong-an-phuong-tan-hung'],
  ])('%s is owned by %s, whose name its source writes another way', (id, agency) => {
    expect(related(id, 'OWNED_BY')).toEqual([`urn:khung:${agency}`]);
    expect(project(id).attributes).not.toHaveProperty('ownerText');
  });

  it.each([
    ['p0094', 'TP. Hồ Chí Minh'],
    ['p0095', 'TP. Hồ Chí Minh (suy từ ngữ cảnh)'],
    ['p0274', 'UBND phường Tân Thới Nhất (quận 12)'],
    ['p0281', 'Trung tâm Quản lý đường hầm sông Sài Gòn / Sở Xây dựng TP.HCM (đơn vị chưa xác minh)'],
    ['p0030', 'Tổng công ty Cổ phần Dịch vụ Kỹ thuật Dầu khí Việt Nam'],
  ])('%s keeps the words of its source where they name no one known agency', (id, text) => {
    expect(related(id, 'OWNED_BY')).toEqual([]);
    expect(project(id).attributes['ownerText']).toBe(text);
  });

  it('has either an owner or the words of the source, for every project', () => {
    for (const each of projects) {
      const owners = targetsOf(landscape, each.seq, 'OWNED_BY').length;
      expect([each.urn, owners + (each.attributes['ownerText'] === undefined ? 0 : 1)]).toEqual([each.urn, 1]);
    }
  });

  it('reads the type of work only from a title that says it, and says that it is a reading', () => {
    const readings = operations.filter((each) => each.path === 'attributes.workType');
    expect(readings.map((each) => each.value)).toContain('UPGRADE');
    for (const { urn, value, confidence } of readings) {
      const title = landscape.elementByUrn(urn)?.name.toLowerCase();
      expect(title).toMatch(value === 'UPGRADE' ? /nâng cấp/ : /^xây dựng/);
      expect(confidence).toBe('LOW');
    }
    expect(project('p0125').attributes).not.toHaveProperty('workType');
  });

  it('does not say which lease it is where the title only says lease', () => {
    expect(project('p0021').attributes).toMatchObject({ kindText: 'thuê dịch vụ' });
    expect(project('p0021').attributes).not.toHaveProperty('investmentForm');
  });

  it('delivers a system only where the title names it', () => {
    const delivered = projects.flatMap((each) =>
      targetsOf(landscape, each.seq, 'DELIVERS').map((system) => [each.name, system.name] as const),
    );
    expect(delivered).toHaveLength(16);
    for (const [title, system] of delivered) expect(words(title)).toContain(words(system));
    expect(related('p0128', 'DELIVERS')).toEqual(['urn:khung:hcm-tthc']);
    expect(related('p0321', 'DELIVERS')).toEqual([]);
  });

  it('keeps tender codes as codes of the system that gave them', () => {
    expect(project('p0079').externalIds).toEqual([
      { scheme: 'MUASAMCONG-IB', value: 'IB2500627668', recordType: null },
    ]);
  });

  it('holds a budget in whole dong, and none where the source gives none', () => {
    expect(project('p0126').attributes['budgetVnd']).toBe(1_638_000_000_000);
    expect(project('p0321').attributes).not.toHaveProperty('budgetVnd');
  });
});

describe('the name of an agency', () => {
  it.each([
    ['Sở TT&TT TP.HCM', 'sở thông tin và truyền thông'],
    ['Công an TP. Hồ Chí Minh', 'công an'],
    ['Công an Thành phố', 'công an'],
    ['Trung tâm Chuyển đổi số Thành phố Hồ Chí Minh (DXC)', 'trung tâm chuyển đổi số'],
    ['UBND thành phố Thủ Đức', 'ubnd thành phố thủ đức'],
    ['Ủy ban nhân dân Thành phố Hồ Chí Minh', 'ubnd'],
    ['TP. Hồ Chí Minh', ''],
    ['UBND phường X (quận 12)', 'ubnd phường x (quận 12)'],
  ])('%s is compared as "%s"', (name, compared) => {
    expect(normalisedAgencyName(name)).toBe(compared);
  });

  it('stands for no agency where two agencies share it', () => {
    const row = { name_vi: 'Sở X' };
    const [projectRow] = files.projects;
    if (projectRow === undefined) throw new Error('no project');
    const given = referenceProjectOperations({
      projects: [{ ...projectRow, agency: 'Sở X TP.HCM', delivers: '' }],
      agencies: [
        { ...row, id: 'a' },
        { ...row, id: 'b' },
      ],
    });
    expect(given.map((each) => each.urn)).toEqual(['urn:khung:p0021']);
    expect(given[0]?.value).toMatchObject({ attributes: { ownerText: 'Sở X TP.HCM' } });
  });
});
