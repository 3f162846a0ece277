import { Injectable } from '@nestjs/common';
import type { Actor } from '../core/access/actor.js';
import type { LandscapeView } from '../core/access/view.js';
import { RegistryError } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import type { Proposal } from '../core/landscape/proposal.js';
import { MATCH_BANDS } from '../core/similarity/match-band.js';
import { UNBOUNDED_WORK } from '../core/work-budget.js';
import { DuplicatesReader } from '../duplicates/duplicates.reader.js';
import type { ProposalTwin } from '../duplicates/duplicates.reader.js';
import type { PlanContext, PlanLine, PlanList } from '../exchange/plan-list.types.js';
import { toProposal } from '../portfolio/proposal.types.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { toUserError } from '../runtime/messages.js';
import type { Language } from '../runtime/messages.js';
import { inSlices } from '../runtime/slices.js';
import { todayInVietnam } from '../runtime/today.js';
import type { PlanLineAnswer, PlanListAnswer, PlanQuestion, PlanVerdict } from './plan-answer.types.js';
import { ProposalCheckReader } from './proposal-check.reader.js';
import type { CheckOptions } from './proposal-check.reader.js';
import type { ProposalCheckType } from './review.types.js';

/** Matches that are shown for a line, and other lines. */
const SHOWN = 3;

/** Who asks, and how. */
export interface PlanListOrder {
  readonly actor: Actor;
  readonly language: Language;
  /** Ends the work when nobody waits for it any more. */
  readonly signal: AbortSignal;
}

/** A list, and what the registry says of its lines. */
export interface CheckedPlanList {
  readonly list: PlanList;
  readonly answer: PlanListAnswer;
}

/** A line that is checked, or why it can not be. */
interface DraftedLine {
  readonly line: PlanLine;
  readonly proposal: Proposal | undefined;
  readonly problems: readonly Issue[];
}

/** By what the lines are judged. */
interface JudgedBy extends Pick<CheckOptions, 'today' | 'cover'> {
  readonly landscape: LandscapeView;
}

/** Checks every line of a list as a proposal is checked, and the lines against each other. */
@Injectable()
export class PlanListCheckReader {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly definitions: AttributeDefinitionReader,
    private readonly duplicates: DuplicatesReader,
    private readonly checks: ProposalCheckReader,
  ) {}

  /**
   * The answer to a list, on what the caller may see and nothing else, while others have their turn.
   * @returns undefined where the signal ended the work.
   * @throws RegistryError where the list can not be read at all.
   */
  async check(
    read: (context: PlanContext) => Promise<PlanList>,
    { actor, language, signal }: PlanListOrder,
  ): Promise<CheckedPlanList | undefined> {
    const landscape = await this.landscapes.read(actor);
    if (signal.aborted) return undefined;
    const list = await read({ landscape, definitions: this.definitions.all });
    if (signal.aborted) return undefined;
    const today = todayInVietnam();
    const judged = { landscape, today, cover: await this.checks.prepare(landscape, today, { actor, language }) };
    if (signal.aborted) return undefined;
    try {
      return { list, answer: await inSlices(this.answerSteps(judged, list, language), signal) };
    } catch (error) {
      if (signal.aborted && error === signal.reason) return undefined;
      throw error;
    }
  }

  private *answerSteps(
    { landscape, today, cover }: JudgedBy,
    list: PlanList,
    language: Language,
  ): Generator<void, PlanListAnswer> {
    const drafted = list.sheets.flatMap(({ lines }) => lines.map((line) => this.draft(line)));
    const proposals = drafted.flatMap(({ line, proposal }) => (proposal === undefined ? [] : [{ line, proposal }]));
    const twins = yield* this.duplicates.amongThemselves(
      landscape,
      proposals.map(({ proposal }) => proposal),
    );
    const lines: PlanLineAnswer[] = [];
    let objectsKnown = 0;
    let at = 0;
    for (const { line, proposal, problems } of drafted) {
      const told = problems.map((each) => toUserError(each, language));
      if (proposal === undefined) {
        lines.push(lineAnswer(line, landscape, null, told));
        continue;
      }
      // The number of lines is what bounds the work of a list.
      const setting = { today, cover, language, work: UNBOUNDED_WORK, candidates: SHOWN };
      const check = this.checks.check(landscape, proposal, setting);
      objectsKnown = check.duplicates.coverage.objectsKnown;
      const inList = (twins[at++] ?? []).slice(0, SHOWN).map((twin) => twinOf(twin, proposals));
      lines.push(lineAnswer(line, landscape, { ...verdictOf(check, landscape, language), inList }, told));
      yield;
    }
    const notes = list.notes.map((each) => toUserError(each, language));
    return { revision: landscape.revision, objectsKnown, counts: countsOf(lines), lines, notes };
  }

  /** A line as a proposal: its title is its one component. */
  private draft(line: PlanLine): DraftedLine {
    const { title, objective, scope, agency, investmentForm, workType, layer, decidedOn, problems } = line;
    if (title === '') return { line, proposal: undefined, problems };
    const input = {
      title,
      objective,
      agency,
      investmentForm,
      workType,
      decidedOn,
      components: [{ name: title, description: scope, layer }],
      budget: [{ year: line.year, amount: line.budget }],
      answers: [...line.answers],
    };
    try {
      return { line, proposal: toProposal(input, this.definitions.all, [line.sheet]), problems };
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      const refused = error.issues.map((each) => ({ ...each, path: [line.sheet, `${line.line}`] }));
      return { line, proposal: undefined, problems: [...problems, ...refused] };
    }
  }
}

function lineAnswer(
  line: PlanLine,
  landscape: LandscapeView,
  verdict: PlanVerdict | null,
  problems: PlanLineAnswer['problems'],
): PlanLineAnswer {
  const { sheet, line: row, number, title, agencyText, budget, year } = line;
  const agency = named(landscape, line.agency);
  return { sheet, line: row, number, title, agency, agencyText, budget, year, verdict, problems };
}

function named(landscape: LandscapeView, urn: string | null): { urn: string; name: string } | null {
  const element = urn === null ? undefined : landscape.elementByUrn(urn);
  return element === undefined ? null : { urn: element.urn, name: element.name };
}

function verdictOf(
  check: ProposalCheckType,
  landscape: LandscapeView,
  language: Language,
): Omit<PlanVerdict, 'inList'> {
  const [component] = check.duplicates.byComponent;
  const alike = component?.candidates.filter(({ band }) => band !== 'DISTINCT') ?? [];
  return {
    band: component?.band ?? 'TOO_LITTLE_TO_JUDGE',
    advice: component?.advice ?? null,
    matches: alike.map(({ match, score, band, advice }) => ({
      urn: match.urn,
      name: match.name,
      score: Math.round(score * 100) / 100,
      band,
      advice,
    })),
    selfCheck: check.selfCheck,
    conditions: check.conditionsSuggested,
    missing: missingOf(check, landscape, language),
  };
}

/** What is missing of the proposal itself, once each, in the order in which it was asked for. */
function missingOf(
  { duplicates, findings }: ProposalCheckType,
  landscape: LandscapeView,
  language: Language,
): PlanQuestion[] {
  const found = new Map<string, PlanQuestion>();
  const add = (question: string | null | undefined, askedFrom: PlanQuestion['askedFrom']): void => {
    if (question !== null && question !== undefined && !found.has(question))
      found.set(question, { question, askedFrom });
  };
  for (const { element, question } of duplicates.coverage.missing) if (element === null) add(question, null);
  for (const { missingFacts } of findings) {
    for (const { question, askedFrom } of missingFacts) {
      add(language === 'VI' ? question?.vi : question?.en, named(landscape, askedFrom));
    }
  }
  return [...found.values()];
}

function twinOf(
  { at, score, band }: ProposalTwin,
  proposals: readonly { readonly line: PlanLine }[],
): PlanVerdict['inList'][number] {
  const { sheet, line, title } = proposals[at]?.line ?? { sheet: '', line: 0, title: '' };
  return { sheet, line, title, score: Math.round(score * 100) / 100, band };
}

function countsOf(lines: readonly PlanLineAnswer[]): PlanListAnswer['counts'] {
  const count = (band: string): number =>
    lines.filter(({ verdict }) => (verdict?.band ?? 'UNREADABLE') === band).length;
  const bands = [...MATCH_BANDS, 'UNREADABLE'] as const;
  // Every band is a key.
  return Object.fromEntries(bands.map((band) => [band, count(band)])) as PlanListAnswer['counts'];
}
