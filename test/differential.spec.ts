import type { Actor } from '../src/core/access/actor.js';
import { answeredCity } from './support/answered-city.js';
import { answerOf } from './support/answers.js';
import type { TestApplication } from './support/application.js';
import { NOT_ASKED, compare, writeQuestions } from './support/every-question.js';
import type { Questions } from './support/every-question.js';
import { ACTORS, city, isSystem, maySee } from './support/hidden-city.js';
import { literal } from './support/literal.js';

/**
 * What an actor may not see does not exist for him: every query there is answers him as it would in a registry that
 * never held it. Known exemptions: a urn that is taken can not be given again, and revisions count everybody's commits.
 */

/** R-16 as it would be were no system to run anywhere but with its agency. */
const TRIED = `{ previewRule(rule: { code: "R-16", title: { vi: "a", en: "a" }, severity: "MAJOR", enforcement: "WARN", tier: 1,
  citations: [{ text: { vi: "a", en: "a" }, confidence: "HIGH", verification: "UNVERIFIED" }], fixHint: { vi: "a", en: "a" },
  cases: [{ appliesTo: ["SYSTEM", "PROJECT"], expression: "self.hosting == \\"AGENCY_SERVER\\"",
    messages: { PASS: { vi: "a", en: "a" }, FAIL: { vi: "a", en: "a" }, NEEDS_EVIDENCE: { vi: "a", en: "a" } },
    examples: [{ outcome: "PASS", facts: { hosting: "AGENCY_SERVER" } }, { outcome: "FAIL", facts: { hosting: "CITY_DATA_CENTRE" } }] }] }) {
  hash subjects newlyFailing newlyPassing transitions { before after count }
  changes(first: 500) { totalCount nodes { element { urn } agency { urn } before after } }
  byAgency { agency { urn } newlyFailing newlyPassing changed }
  orphanedWaivers(first: 500) { totalCount nodes { failing waiver { id } } } } }`;

/** What nobody would be told any more were R-16 withdrawn. */
const WITHDRAWN = `{ previewRule(withdrawal: "R-16") { hash subjects transitions { before after count }
  changes(first: 500) { totalCount nodes { element { urn } agency { urn } before after } }
  orphanedWaivers(first: 500) { totalCount nodes { failing waiver { id } } } } }`;

const DUPLICATES = `dismissed(first: 500) { totalCount nodes { id match { urn } } } byComponent { band advice totalCount truncated suggestedCondition candidates { match { urn } case { id state } changedSinceDismissal score band
  reach gaps signals { name contribution evidence { text spanInMatch } } } } coverage { objectsKnown missing { field } }`;

/** Documents that ask for what the generated ones do not: hidden things by name, the past, other days. */
function documentsOn(hidden: string): string[] {
  const named = JSON.stringify(hidden);
  return [
    `{ element(urn: ${named}) { urn name } }`,
    `{ element(urn: ${named}, asOf: { revision: 1 }) { urn name } }`,
    `{ impactAnalysis(from: ${named}) { totalCount } }`,
    `{ shortestPaths(from: "urn:khung:hcm-lgsp", to: ${named}) { paths { steps { from { urn } } } } }`,
    `{ portfolioSimilarity(agency: ${named}) { state } }`,
    `{ capabilityOverlap(agencies: [${named}, "${city.agency}"]) { coverage { objectsKnown } } }`,
    `{ portfolioDuplicates { state duplicateCount overlapCount outsideCount tooLittleCount cutCount coverage { verdict objectsKnown missingCount }
        duplicateClusters(first: 500) { totalCount nodes { id size capability { code } strongest { score left { urn } right { urn } }
          members(first: 100) { nodes { element { urn } owner { urn } phase } } } } } }`,
    `{ portfolioSimilarity(agency: "${city.agency}") { agencies(first: 500) { totalCount nodes { agency { urn } similarity
        duplicatePairs overlapPairs sharedCapabilities { capability { code } own theirs } } } coverage { objectsKnown } } }`,
    `{ elements(filter: { urn: [${named}] }) { totalCount } }`,
    `{ elements(filter: { attribute: { key: "hiddenNumber", isKnown: true } }, first: 500) { totalCount nodes { urn } } }`,
    `{ elements(first: 500, asOf: { revision: 1 }) { totalCount nodes { urn owner { urn } attributes { key value } } } }`,
    `{ relations(first: 500) { totalCount nodes { urn source { urn } target { urn } crossAgency } } }`,
    `{ landscape(asOf: { validOn: "2025-01-01" }) { revision relationCount counts { key count } } }`,
    `{ impactAnalysis(from: "urn:khung:hcm-lgsp", direction: DEPENDENTS) { totalCount untypedCount
        impacted(first: 500) { nodes { element { urn } severity depth explanation { steps { relation { urn } } } } }
        coverage { verdict missingCount } } }`,
    `{ procurementChecks(first: 500) { totalCount counts { state count } coverage { objectsKnown missing { field } }
        nodes { state checkedOn tenderedOn project { urn } tenderCodes { value } missing { field askedFrom { urn } } } } }`,
    `{ procurementChecks(agency: ${named}) { totalCount } }`,
    `{ waivers(agency: ${named}) { totalCount } }`,
    `{ duplicateCandidates(subject: ${named}) { modelVersion } }`,
    `{ duplicateCandidates(subject: "urn:khung:hcm-lgsp") { ${DUPLICATES} } }`,
    `{ duplicateCandidates(draft: { title: "Hệ thống một cửa điện tử", agency: ${named} }) { ${DUPLICATES} } }`,
    `{ evidence(filter: { agency: ${named} }) { totalCount } }`,
    `{ evidence(filter: { subject: [${named}] }) { totalCount } }`,
    `{ evidence(first: 500) { totalCount nodes { id state verdict link subject { urn } agency { urn } events { reason } } } }`,
    `{ complianceReport(by: AGENCY) { rows { agency { urn } pass fail waived coverage } } }`,
    `{ complianceAssessment(subject: ${named}) { score } }`,
    `{ byLayer: complianceReport(by: LAYER) { rows { layer pass fail waived score scoreLow scoreHigh } }
        bySeverity: complianceReport(by: SEVERITY) { rows { severity pass fail waived score scoreLow scoreHigh } } }`,
    `{ waivers(first: 500) { totalCount nodes { id ruleCode agency { urn } wholeAgency failingCount isIdle state
        compensatingMeasure subjects(first: 500) { totalCount nodes { urn } } events { kind reason } } } }`,
    `{ elements(first: 500) { nodes { urn findings { nodes { outcome effectiveOutcome waiver { id } evidence { id } } } } } }`,
    `{ landscapeDifference(from: { revision: 1 }) { elementCount { added removed changed }
        elements(first: 500) { nodes { urn way fields { path } } } } }`,
  ];
}

const ATTESTATIONS: readonly string[] = [
  `{ attestationPage(agency: "${city.agency}") { agency { urn } inventoryDeclaredCompleteOn withoutDeclaredFlows
      campaigns { campaign { number } asked confirmed correctionsPending listDeclaredCompleteOn answeredLate state }
      records(first: 500) { totalCount nodes { element { urn } state attestedOn freshness missingCount changedSince } }
      worthAsking(first: 50) { worth dependentCount fact { field element { urn } } } corrections { totalCount }
      attestations { nodes { number revision confirmed(first: 500) { totalCount nodes { urn } } } } } }`,
  `{ attestationCampaigns(first: 10) { totalCount nodes { number closed
      agencies(first: 500) { totalCount nodes { agency { urn } asked confirmed correctionsPending state } } } } }`,
  '{ attestationCampaign(number: 1) { agencies(first: 500) { totalCount nodes { agency { urn } asked confirmed } } } }',
];

/** A proposal that changes much of what an actor sees: what rules say of it, of its neighbours, of those of its owners. */
function proposalOn(actor: Actor): string {
  const systems = city.records.filter(({ operation, value }) => {
    return operation.op === 'ADD' && isSystem(value) && maySee(actor, operation.urn);
  });
  const urns = systems.map(({ operation }) => operation.urn).slice(0, 30);
  const operations = urns.flatMap((urn, at): object[] => {
    const hosting = at % 2 === 0 ? 'CITY_DATA_CENTRE' : 'PUBLIC_CLOUD';
    const value = { kind: 'EXCHANGES_DATA_WITH', source: urn, target: urns[at + 1] ?? '', channels: ['FILE'] };
    return [
      { op: 'UPDATE', urn, path: 'name', value: `Tên khác ${at}` },
      ...(at % 3 === 0 ? [{ op: 'UPDATE', urn, path: 'attributes.hosting', value: hosting }] : []),
      ...(at % 5 === 0 && urns[at + 1] !== undefined ? [{ op: 'ADD', urn: `urn:khung:luong-thu-${at}`, value }] : []),
    ];
  });
  const added = { op: 'ADD', urn: 'urn:khung:he-thong-thu', value: { kind: 'SYSTEM', name: 'Thử' } };
  const agency = { op: 'UPDATE', urn: city.agency, path: 'name', value: 'Cơ quan khác' };
  const written = [...operations, added, agency].map((each) => literal(each)).join(', ');
  return `{ checkProposal(input: { title: "Kho thử nghiệm", operations: [${written}] }, tier: 3) {
    userErrors { message path } check { verdict changeCoverage { judged truncated onlyAdded }
      changeFindings(first: 100) { totalCount nodes { standing before after finding { rule { code } outcome sentenceVi effectiveOutcome explanation
        subject { urn name owner { urn } } missingFacts { field element { urn } askedFrom { urn } } } } } } } }`;
}

/** So many questions are asked by each actor, in both cities. */
const QUESTIONS = 2_000;
const SEED = 20_261_130;

/** Of the questions that each role asks, so many at least are answered with something, and so many would be answered otherwise were nothing hidden. */
const TELLING = { PUBLIC: 500, OFFICER: 850, LEGAL_OFFICER: 850, ARCHITECT: 1_000 };
const MATTERING = 400;

describe('what an actor may not see does not exist', () => {
  let whole: TestApplication;
  let questions: Questions;
  beforeAll(async () => {
    whole = await answeredCity(undefined);
    questions = writeQuestions(whole.schema, { count: QUESTIONS, seed: SEED });
  }, 120_000);
  afterAll(() => whole.close());

  it('whatever can be asked for, given, filtered by and chosen: all of it is asked', () => {
    expect(questions.texts.length).toBe(QUESTIONS);
    expect(questions.unused.toSorted()).toEqual(NOT_ASKED.toSorted());
  });

  describe.each(ACTORS.map((actor, at) => [`${actor.kind} (${at + 1})`, actor] as const))('for %s', (_name, actor) => {
    let seen: TestApplication;
    beforeAll(async () => {
      seen = await answeredCity(actor);
    }, 120_000);
    afterAll(() => seen.close());

    it(`in any answer to ${QUESTIONS} questions`, async () => {
      const { differing, telling, mattering, bugs } = await compare({ whole, seen, actor }, questions.texts);
      process.stdout.write(
        `${actor.kind}: ${QUESTIONS} questions, ${telling} told something, to ${mattering} what is hidden would matter\n`,
      );
      expect(bugs).toEqual([]);
      expect(differing).toEqual([]);
      // Else there would be nothing to see.
      expect(telling).toBeGreaterThanOrEqual(TELLING[actor.kind as keyof typeof TELLING]);
      expect(mattering).toBeGreaterThanOrEqual(MATTERING);
    }, 600_000);

    it('in what agencies are asked, and have said', async () => {
      for (const text of ATTESTATIONS) {
        const expected = await answerOf(seen, text, actor);
        expect([text, await answerOf(whole, text, actor)]).toEqual([text, expected]);
        const speaks = actor.kind === 'ARCHITECT' || (actor.kind === 'OFFICER' && actor.agency === city.agency);
        const isAllowed = text.includes('attestationPage') ? speaks : actor.kind !== 'PUBLIC';
        expect(expected.includes('NOT_PERMITTED')).toBe(!isAllowed);
      }
    }, 60_000);

    it('in what is waived', async () => {
      const text = `{ complianceReport(by: RULE) { rows { rule { code } fail waived } } waivers { totalCount } }`;
      const told = await answerOf(whole, text, actor);
      expect(told).toBe(await answerOf(seen, text, actor));
      if (actor.kind !== 'PUBLIC') expect(told).toMatch(/"waived":[1-9]/);
    });

    it('in what people made of duplicates', async () => {
      const text = `{ duplicateCases(first: 500) { totalCount nodes { id state reason band subject { urn } match { urn }
          history { reason } } }
        duplicateQuality { nodes { quarter decided bands { band called right decided precision recall } } } }`;
      const told = await answerOf(whole, text, actor);
      expect(told).toBe(await answerOf(seen, text, actor));
      if (actor.kind === 'PUBLIC') expect(told).toContain('NOT_PERMITTED');
      else expect(told).toMatch(/"totalCount":[1-9]/);
    });

    it('in what a rule would do', async () => {
      for (const text of [TRIED, WITHDRAWN]) {
        const told = await answerOf(whole, text, actor);
        expect(told).toBe(await answerOf(seen, text, actor));
        if (actor.kind === 'ARCHITECT' || actor.kind === 'LEGAL_OFFICER') {
          expect(told).toMatch(/"changes":\{"totalCount":[1-9]/);
        } else {
          expect(told).toContain('NOT_PERMITTED');
        }
      }
    });

    it('in why a finding came out so, and what would let it pass', async () => {
      const text = `{ elements(filter: { kind: [SYSTEM] }, first: 40) { nodes { urn findings(tier: 9) { nodes {
        rule { code } outcome explanation explanationTree missingFacts { field }
        changesToPass { changes { needed item oneOf now } sentenceVi sentenceEn } } } } } }`;
      const told = await answerOf(whole, text, actor);
      expect(told).toBe(await answerOf(seen, text, actor));
      if (actor.kind === 'PUBLIC') return;
      expect(told).not.toContain('"errors"');
      expect(told).toMatch(/"explanationTree":\{/);
      expect(told).toMatch(/"changesToPass":\[\{/);
    }, 120_000);

    it('in what evidence shows', async () => {
      const text = `{ evidence(first: 500) { totalCount nodes { state subject { urn } } }
        elements(filter: { kind: [SYSTEM] }, first: 500) { nodes { urn findings { nodes {
          rule { code } outcome evidence { verdict } } } } } }`;
      const told = await answerOf(whole, text, actor);
      expect(told).toBe(await answerOf(seen, text, actor));
      if (actor.kind !== 'PUBLIC') {
        for (const verdict of ['MET', 'NOT_MET']) expect(told).toContain(`"evidence":[{"verdict":"${verdict}"}]`);
      }
    });

    it('in what a proposal does to what is there', async () => {
      const text = proposalOn(actor);
      const told = await answerOf(whole, text, actor);
      expect(told).toBe(await answerOf(seen, text, actor));
      expect(told).toContain('"userErrors":[]');
      const standings = ['BY_CHANGE', 'OLDER_DEBT', 'MENDED'].filter((each) => told.includes(`"${each}"`));
      expect(standings).toEqual(actor.kind === 'PUBLIC' ? ['BY_CHANGE'] : ['BY_CHANGE', 'OLDER_DEBT', 'MENDED']);
    });

    it('when it is asked for by name, in the past, on another day, by its values', async () => {
      const hidden = [...city.classes.keys()].filter((urn) => !maySee(actor, urn));
      expect(hidden.length).toBeGreaterThan(5);
      // Most of them name nothing that is hidden: those are the same for each.
      const documents = new Set(hidden.slice(0, 5).flatMap(documentsOn));
      expect(documents.size).toBeGreaterThan(40);
      for (const text of documents) {
        expect([text, await answerOf(whole, text, actor)]).toEqual([text, await answerOf(seen, text, actor)]);
      }
    }, 300_000);
  });
});
