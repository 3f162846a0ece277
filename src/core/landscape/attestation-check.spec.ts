import { describe, expect, it } from '@jest/globals';
import { addOf, remove, told, update } from '../../../test/support/change-sets.js';
import { element, landscapeOf, relation, urnOf } from '../../../test/support/landscapes.js';
import { attestationIssues, attestationOperations, isAttestation } from './attestation-check.js';
import type { AttestationRequest } from './attestation-check.js';

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

function issuesOf(more: Partial<AttestationRequest>): string[] {
  const nothing = { confirmed: [], flowsComplete: [], inventoryComplete: false, corrections: [] };
  const request = { agency: AGENCY, on: TODAY, ...nothing, expectedRevision: null, ...more };
  return told(attestationIssues(CITY, request, TODAY));
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

  const owned = (source: string): object => ({ kind: 'OWNED_BY', source, target: AGENCY });

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

describe('what an attestation writes', () => {
  const said = attestationOperations({
    agency: AGENCY,
    on: TODAY,
    confirmed: [OWN],
    flowsComplete: [OWN],
    inventoryComplete: true,
    corrections: [update(OWN, 'name', 'Mới')],
    expectedRevision: null,
  });

  it('is the day, in three attributes', () => {
    expect(said).toEqual([
      update(OWN, 'attributes.attestedOn', TODAY),
      update(OWN, 'attributes.flowsDeclaredCompleteOn', TODAY),
      update(AGENCY, 'attributes.inventoryDeclaredCompleteOn', TODAY),
    ]);
    expect([isAttestation(CITY, AGENCY, said), isAttestation(CITY, OTHER, said)]).toEqual([true, false]);
  });

  it.each([
    update(OWN, 'name', TODAY),
    update(AGENCY, 'attributes.attestedOn', TODAY),
    update(FOREIGN, 'attributes.attestedOn', TODAY),
    update(OTHER, 'attributes.inventoryDeclaredCompleteOn', TODAY),
    remove(OWN, 'attributes.attestedOn'),
    remove(OWN),
  ])('is nothing else: $op $urn $path', (operation) => {
    expect(isAttestation(CITY, AGENCY, [operation])).toBe(false);
  });
});
