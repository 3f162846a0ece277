import { addOf, remove, told, update } from '../../../test/support/change-sets.js';
import { element, landscapeOf, relation, urnOf } from '../../../test/support/landscapes.js';
import { attestationIssues, attestationOperations, isAttestation } from './attestation-check.js';
import type { AttestationFacts } from './attestation-check.js';
import type { AttestationRequest } from './attestation.js';
import type { Element, Relation } from './model.js';
import type { Operation } from './operation.js';
import type { LandscapeSnapshot } from './snapshot.js';

const TODAY = '2026-11-29';
const AGENCY = urnOf('e1');
const OTHER = urnOf('e2');
const OWN = urnOf('e3');
const FOREIGN = urnOf('e4');
const DATED = { attestedOn: '2026-11-20', flowsDeclaredCompleteOn: '2026-11' };

/** Two agencies with a system each, and an agency that is no more. */
const CITY = landscapeOf(
  [
    element(1, { kind: 'AGENCY' }),
    element(2, { kind: 'AGENCY' }),
    element(3, { attributes: DATED, revision: 4 }),
    element(4),
    element(5, { kind: 'AGENCY', level: 'FORMER_DISTRICT' }),
    element(6, { kind: 'AGENCY', phases: [{ phase: 'END_OF_LIFE', from: '2025-07-01' }] }),
  ],
  [relation(1, [3, 1], { kind: 'OWNED_BY' }), relation(2, [4, 2], { kind: 'OWNED_BY' }), relation(3, [4, 3])],
);

const owned = (source: string): object => ({ kind: 'OWNED_BY', source, target: AGENCY });
const FLOW = { kind: 'EXCHANGES_DATA_WITH', source: OWN, target: FOREIGN };

/** The first two agencies with their systems, one more system and more relations; a list that was declared complete. */
function cityOf(
  more: readonly Relation[],
  attributes: Element['attributes'] = { inventoryDeclaredCompleteOn: '2026-11-01' },
): LandscapeSnapshot {
  const agency = element(1, { kind: 'AGENCY', attributes });
  const own = element(3, { attributes: attributes['inventoryDeclaredCompleteOn'] === undefined ? {} : DATED });
  return landscapeOf(
    [agency, element(2, { kind: 'AGENCY' }), own, element(4), element(7)],
    [
      relation(1, [3, 1], { kind: 'OWNED_BY' }),
      relation(2, [4, 2], { kind: 'OWNED_BY' }),
      relation(3, [4, 3]),
      ...more,
    ],
  );
}

function requestOf(more: Partial<AttestationRequest>): AttestationRequest {
  const nothing = { confirmed: [], flowsComplete: [], inventoryComplete: false, corrections: [] };
  return { agency: AGENCY, on: TODAY, ...nothing, expectedRevision: null, ...more };
}

function issuesOf(more: Partial<AttestationRequest>, facts: Partial<AttestationFacts> = {}, city = CITY): string[] {
  return told(attestationIssues(city, requestOf(more), { today: TODAY, waiting: [], looked: undefined, ...facts }));
}

describe('what an agency says of its records is refused', () => {
  it.each<[string, Partial<AttestationRequest>]>([
    ['ATTESTATION_EMPTY ', {}],
    ['URN_UNKNOWN agency', { agency: urnOf('khong-co') }],
    ['NOT_AN_AGENCY agency', { agency: OWN }],
    ['AGENCY_ENDED agency', { agency: urnOf('e5'), inventoryComplete: true }],
    ['AGENCY_ENDED agency', { agency: urnOf('e6'), inventoryComplete: true }],
    ['VALUE_OUT_OF_BOUNDS on', { on: '2026-11-30', inventoryComplete: true }],
    ['VALUE_OF_WRONG_TYPE on', { on: '2026-11', inventoryComplete: true }],
    ['REVISION_UNKNOWN expectedRevision', { expectedRevision: 99, inventoryComplete: true }],
    ['REVISION_UNKNOWN expectedRevision', { expectedRevision: -1, inventoryComplete: true }],
    // Where something is named twice, the one that is wrong keeps its place.
    ['URN_UNKNOWN confirmed.2', { confirmed: [OWN, OWN, urnOf('khong-co')] }],
    ['URN_UNKNOWN confirmed.1', { confirmed: [OWN, urnOf('khong-co')] }],
    ['ELEMENT_NOT_OWNED confirmed.0', { confirmed: [FOREIGN] }],
    ['ELEMENT_NOT_OWNED flowsComplete.0', { flowsComplete: [FOREIGN] }],
    ['ATTESTATION_OLDER confirmed.0', { confirmed: [OWN], on: '2026-11-19' }],
    ['ATTESTATION_OLDER flowsComplete.0', { flowsComplete: [OWN], on: '2026-10-31' }],
    ['STALE_REVISION confirmed.0', { confirmed: [OWN], expectedRevision: 1 }],
    ['STALE_REVISION inventoryComplete', { inventoryComplete: true, expectedRevision: 1 }],
    ['STALE_REVISION corrections.0.urn', { corrections: [update(OWN, 'name', 'Mới')], expectedRevision: 1 }],
    ['ATTESTATION_CONTRADICTION confirmed.0', { confirmed: [OWN], corrections: [update(OWN, 'name', 'Mới')] }],
    ['ATTESTATION_CONTRADICTION flowsComplete.0', { flowsComplete: [OWN], corrections: [remove(urnOf('r3'))] }],
    ['URN_UNKNOWN corrections.0.urn', { corrections: [update(urnOf('khong-co'), 'name', 'Mới')] }],
  ])('%s', (issue, more) => {
    expect(issuesOf(more)).toEqual([issue]);
  });

  it.each([
    ['a record of another', update(FOREIGN, 'name', 'Mới')],
    ['another agency', update(OTHER, 'name', 'Mới')],
    ['whose the record of another is', addOf(urnOf('moi'), owned(FOREIGN))],
    ['whose a record of another is no more', remove(urnOf('r2'))],
    // The value of a field says nothing of whom it belongs to.
    ['a record of another that names its own', update(FOREIGN, 'note', { source: OWN, target: OWN })],
    ['what attributes there are', addOf(urnOf('moi'), { kind: 'ATTRIBUTE_DEFINITION', key: 'moi' })],
    ['a record that is to be nobody’s', addOf(urnOf('moi'), { kind: 'SYSTEM', name: 'Mới' })],
  ])('where it corrects %s', (_what, correction) => {
    expect(issuesOf({ corrections: [correction] })).toEqual(['ELEMENT_NOT_OWNED corrections.0.urn']);
  });

  it('and not where it corrects itself, its own, what it forgot, and how they are related', () => {
    const founded = [addOf(urnOf('moi'), { kind: 'SYSTEM', name: 'Mới' }), addOf(urnOf('chu'), owned(urnOf('moi')))];
    const corrections = [
      update(AGENCY, 'description', 'Mới'),
      update(OWN, 'name', 'Mới'),
      remove(urnOf('r3')),
      remove(urnOf('r1')),
      ...founded,
    ];
    expect(issuesOf({ corrections })).toEqual([]);
  });

  it('and not where it is of the month that is known, or of a later day', () => {
    expect(issuesOf({ flowsComplete: [OWN], on: '2026-11-05' })).toEqual([]);
    expect(issuesOf({ confirmed: [OWN], flowsComplete: [OWN], inventoryComplete: true })).toEqual([]);
  });
});

describe('what was sent before and waits', () => {
  it.each<[string, Partial<AttestationRequest>, Operation]>([
    ['ATTESTATION_CONTRADICTION confirmed.0', { confirmed: [OWN] }, update(OWN, 'name', 'Mới')],
    ['ATTESTATION_CONTRADICTION flowsComplete.0', { flowsComplete: [OWN] }, remove(urnOf('r3'))],
    ['ATTESTATION_CONTRADICTION flowsComplete.0', { flowsComplete: [OWN] }, addOf(urnOf('moi'), FLOW)],
  ])('is not called right meanwhile: %s', (issue, more, waits) => {
    expect(issuesOf(more, { waiting: [waits] })).toEqual([issue]);
    expect(issuesOf(more, { waiting: [update(FOREIGN, 'name', 'Mới')] })).toEqual([]);
  });
});

describe('what changed since an agency looked', () => {
  const flow = relation(4, [3, 4], { kind: 'EXCHANGES_DATA_WITH', revision: 1 });
  const before = cityOf([flow]);
  const complete = { flowsComplete: [OWN], expectedRevision: 1 };

  it('are flows that came, that were changed, that are gone, in both directions', () => {
    const from = cityOf([relation(4, [3, 4], { kind: 'EXCHANGES_DATA_WITH', revision: 2 })]);
    const to = cityOf([flow, relation(5, [4, 3], { kind: 'EXCHANGES_DATA_WITH', revision: 2 })]);
    for (const now of [from, to, cityOf([])]) {
      expect(issuesOf(complete, { looked: before }, now)).toEqual(['STALE_REVISION flowsComplete.0']);
    }
    expect(issuesOf(complete, { looked: before }, before)).toEqual([]);
    expect(issuesOf({ confirmed: [OWN], expectedRevision: 1 }, { looked: before }, cityOf([]))).toEqual([]);
  });

  it('is what left the list', () => {
    const more = relation(6, [7, 1], { kind: 'OWNED_BY' });
    const declared = { inventoryComplete: true, expectedRevision: 1 };
    const looked = cityOf([more]);
    expect(issuesOf(declared, { looked }, cityOf([]))).toEqual(['STALE_REVISION inventoryComplete']);
    expect(issuesOf(declared, { looked }, looked)).toEqual([]);
  });
});

describe('what an attestation writes', () => {
  const said = attestationOperations(
    CITY,
    requestOf({
      confirmed: [OWN, OWN],
      flowsComplete: [OWN],
      inventoryComplete: true,
      corrections: [update(OWN, 'name', 'Mới')],
    }),
  );
  const isSaid = (agency: string, operations: readonly Operation[]): boolean =>
    isAttestation(CITY, agency, operations, TODAY);

  it('is the day, in three attributes', () => {
    expect(said).toEqual([
      update(OWN, 'attributes.attestedOn', TODAY),
      update(OWN, 'attributes.flowsDeclaredCompleteOn', TODAY),
      update(AGENCY, 'attributes.inventoryDeclaredCompleteOn', TODAY),
    ]);
    expect([isSaid(AGENCY, said), isSaid(OTHER, said)]).toEqual([true, false]);
  });

  it.each([
    update(OWN, 'name', TODAY),
    update(AGENCY, 'attributes.attestedOn', TODAY),
    update(FOREIGN, 'attributes.attestedOn', TODAY),
    update(OTHER, 'attributes.inventoryDeclaredCompleteOn', TODAY),
    remove(OWN, 'attributes.attestedOn'),
    remove(FOREIGN, 'attributes.flowsDeclaredCompleteOn'),
    remove(OTHER, 'attributes.inventoryDeclaredCompleteOn'),
    remove(OWN),
    remove(AGENCY),
    ...['2026-11', '2026-11-30', '2026-02-30', null, 7].map((day) => update(OWN, 'attributes.attestedOn', day)),
    update(AGENCY, 'attributes.inventoryDeclaredCompleteOn', null),
  ])('is nothing else: $op $urn $path $value', (operation) => {
    expect(isSaid(AGENCY, [operation])).toBe(false);
  });

  const LIST = remove(AGENCY, 'attributes.inventoryDeclaredCompleteOn');
  const FLOWS = remove(OWN, 'attributes.flowsDeclaredCompleteOn');

  it.each<[string, readonly Operation[], readonly Operation[]]>([
    ['its list where it owns something else', [LIST], [addOf(urnOf('chu'), owned(urnOf('moi')))]],
    ['its list where it owns something no more', [LIST], [remove(urnOf('r1'))]],
    ['its list where it owned something only until a day', [LIST], [update(urnOf('r1'), 'validTo', '2026-01')]],
    ['its list where something of it is no more', [LIST], [remove(OWN)]],
    ['the flows of its record where there is another', [FLOWS], [addOf(urnOf('moi'), FLOW)]],
    ['nothing where a record is described otherwise', [], [update(OWN, 'description', 'Mới'), remove(OWN, 'nameEn')]],
    ['nothing where something needs it', [], [remove(urnOf('r3'))]],
  ])('takes back %s', (_what, expected, corrections) => {
    const city = cityOf([]);
    const written = attestationOperations(city, requestOf({ corrections }));
    expect(written).toEqual(expected);
    expect(isAttestation(city, AGENCY, written, TODAY)).toBe(true);
    // What was never declared is not taken back.
    expect(attestationOperations(cityOf([], {}), requestOf({ corrections }))).toEqual([]);
  });
});
