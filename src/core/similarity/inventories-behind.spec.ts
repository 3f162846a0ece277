import { element, relation, urnOf } from '../../../test/support/landscapes.js';
import { CASES, PAIR_MODEL, proposalOf } from '../../../test/proposals/proposal-cases.js';
import type { Element } from '../landscape/model.js';
import type { Proposal } from '../landscape/proposal.js';
import { LandscapeSnapshot } from '../landscape/snapshot.js';
import { readLanguageData } from '../../duplicates/language-data.reader.js';
import { findDuplicates } from './duplicate-answer.js';
import { inventoriesBehind } from './inventories-behind.js';
import { buildSimilarityIndex } from './similarity-index.js';

const [anyCase] = CASES;
if (anyCase === undefined) throw new Error('there are no cases');
const base = proposalOf(anyCase.given);

function asked(name: string, agency: string | null): Proposal {
  const component = { id: 'c1', name, description: null, capability: null, layer: null };
  return {
    ...base,
    title: name,
    workType: 'BUILD',
    components: [component],
    agency: agency === null ? null : urnOf(agency),
  };
}
function behind(proposal: Proposal, owner: Partial<Element>): (readonly [string, string | null])[] {
  const landscape = LandscapeSnapshot.of(
    [
      element(1, { urn: urnOf('owner'), kind: 'AGENCY', name: 'Sở Một', level: 'DEPARTMENT', ...owner }),
      element(2, { urn: urnOf('proposer'), kind: 'AGENCY', name: 'Sở Hai', level: 'DEPARTMENT' }),
      element(3, { name: 'Thư điện tử công vụ' }),
    ],
    [relation(1, [3, 1], { kind: 'OWNED_BY' })],
  );
  const index = buildSimilarityIndex(landscape, readLanguageData());
  const answer = findDuplicates(index, proposal, { model: PAIR_MODEL, candidateLimit: 20 });
  return inventoriesBehind(landscape, answer).map(({ agency, declaredOn }) => [agency.urn, declaredOn]);
}

describe('the lists that an answer stands on', () => {
  it.each<[string, Proposal, Partial<Element>, (readonly [string, string | null])[]]>([
    [
      'are those of the proposer and of the owner of the best candidate',
      asked('Thư điện tử công vụ', 'proposer'),
      {},
      [
        ['urn:khung:proposer', null],
        ['urn:khung:owner', null],
      ],
    ],
    [
      'tell the day on which they were declared complete',
      asked('Thư điện tử công vụ', null),
      { attributes: { inventoryDeclaredCompleteOn: '2026-10-01' } },
      [['urn:khung:owner', '2026-10-01']],
    ],
    ['are told once', asked('Thư điện tử công vụ', 'owner'), {}, [['urn:khung:owner', null]]],
    [
      'are not those of agencies that are no more',
      asked('Thư điện tử công vụ', null),
      { level: 'FORMER_DISTRICT' },
      [],
    ],
    ['are not those of owners of what is not alike', asked('Vườn thực vật ba chiều', null), {}, []],
    ['are not those of an agency that nobody knows', asked('Vườn thực vật ba chiều', 'nobody'), {}, []],
  ])('%s', (_, ...[proposal, owner, expected]) => {
    expect(behind(proposal, owner)).toEqual(expected);
  });
});
