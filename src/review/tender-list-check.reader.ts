import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import { ownerOf } from '../core/landscape/landscape.js';
import type { Element } from '../core/landscape/model.js';
import { PROCUREMENT_STATES, procurementOf } from '../core/landscape/procurement.js';
import type { ProcurementState } from '../core/landscape/procurement.js';
import { respondentOf } from '../core/landscape/respondent.js';
import { TENDER_OUTCOMES } from '../core/similarity/tender-match.js';
import type { TenderCandidate, TenderMatcher, TenderOutcome } from '../core/similarity/tender-match.js';
import { DuplicatesReader } from '../duplicates/duplicates.reader.js';
import { TenderListReader } from '../exchange/tender-list.reader.js';
import type { TenderLine, TenderList } from '../exchange/tender-list.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { toUserError } from '../runtime/messages.js';
import type { Language } from '../runtime/messages.js';
import { inSlices } from '../runtime/slices.js';
import { todayInVietnam } from '../runtime/today.js';
import type { PlanQuestion } from './plan-answer.types.js';
import type { PlanListOrder } from './plan-list-check.reader.js';
import type { TenderLineAnswer, TenderListAnswer, TenderProject } from './tender-answer.types.js';

/** Other projects that are shown for a line. */
const SHOWN = 3;

/** A list, and what the registry says of its lines. */
export interface CheckedTenderList {
  readonly list: TenderList;
  readonly answer: TenderListAnswer;
}

/** Finds the registered project of every line of a list of tenders, and whether it was checked. */
@Injectable()
export class TenderListCheckReader {
  constructor(
    private readonly landscapes: LandscapeReader,
    private readonly tenders: TenderListReader,
    private readonly duplicates: DuplicatesReader,
  ) {}

  /**
   * The answer to a list, on what the caller may see and nothing else, while others have their turn.
   * @returns undefined where the signal ended the work.
   * @throws RegistryError where the list can not be read at all.
   */
  async check(bytes: Buffer, { actor, language, signal }: PlanListOrder): Promise<CheckedTenderList | undefined> {
    const landscape = await this.landscapes.read(actor);
    if (signal.aborted) return undefined;
    const list = await this.tenders.read(bytes, landscape);
    if (signal.aborted) return undefined;
    await this.duplicates.prepare(landscape);
    if (signal.aborted) return undefined;
    try {
      return { list, answer: await inSlices(this.answerSteps(landscape, list, language), signal) };
    } catch (error) {
      if (signal.aborted && error === signal.reason) return undefined;
      throw error;
    }
  }

  private *answerSteps(
    landscape: LandscapeView,
    list: TenderList,
    language: Language,
  ): Generator<void, TenderListAnswer> {
    const matcher = this.duplicates.tenderMatcher(landscape);
    yield;
    const lines: TenderLineAnswer[] = [];
    for (const line of list.sheets.flatMap((sheet) => sheet.lines)) {
      lines.push(lineAnswer(landscape, matcher, line, language));
      yield;
    }
    return {
      revision: landscape.revision,
      projectsKnown: matcher.projectsKnown,
      form: this.tenders.source(language),
      counts: countsOf<TenderOutcome>(
        TENDER_OUTCOMES,
        lines.map(({ outcome }) => outcome),
      ),
      projects: projectsOf(lines),
      lines,
      notes: list.notes.map((each) => toUserError(each, language)),
    };
  }
}

function lineAnswer(
  landscape: LandscapeView,
  matcher: TenderMatcher,
  line: TenderLine,
  language: Language,
): TenderLineAnswer {
  const { outcome, by, confidence, project, candidates, unknownCodes } = matcher.match(line);
  const { sheet, line: row, number, title, agencyText, codes } = line;
  return {
    sheet,
    line: row,
    number,
    title,
    codes: codes.map(({ value }) => value),
    agency: line.agency === null ? null : named(landscape.elementByUrn(line.agency)),
    agencyText,
    outcome,
    by,
    confidence,
    unknownCodes,
    project: project === null ? null : projectType(landscape, project),
    candidates: candidates.slice(0, SHOWN).map((each) => projectType(landscape, each)),
    candidateCount: candidates.length,
    missing: project === null ? [] : missingOf(landscape, project.project, language),
    problems: line.problems.map((each) => toUserError(each, language)),
  };
}

function named(element: Element | undefined): { urn: string; name: string } | null {
  return element === undefined ? null : { urn: element.urn, name: element.name };
}

function projectType(landscape: LandscapeView, candidate: TenderCandidate): TenderProject {
  const { project, codes, otherCodes, likeness, words, differing, unshared, sameAgency } = candidate;
  const { state, checkedOn, tenderedOn } = procurementOf(project, todayInVietnam());
  return {
    urn: project.urn,
    name: project.name,
    agency: named(ownerOf(landscape, project.seq)),
    codes,
    otherCodes,
    likeness: likeness === null ? null : Math.round(likeness * 100) / 100,
    words,
    differing,
    unshared,
    sameAgency: sameAgency ?? null,
    state,
    checkedOn,
    tenderedOn,
  };
}

/** The questions about a project; what one may not read is not asked of one either. */
function missingOf(landscape: LandscapeView, project: Element, language: Language): PlanQuestion[] {
  return procurementOf(project, todayInVietnam()).missing.flatMap((key) => {
    const definition = landscape.definitions.byKey.get(key);
    if (definition === undefined || !landscape.mayReadValuesOf(key)) return [];
    const question = language === 'VI' ? definition.questionVi : definition.questionEn;
    return [{ question, askedFrom: named(respondentOf(landscape, project, definition.askedFrom)) }];
  });
}

/** The projects that were found, each once. */
function projectsOf(lines: readonly TenderLineAnswer[]): TenderListAnswer['projects'] {
  const states = new Map(lines.flatMap(({ project }) => (project === null ? [] : [[project.urn, project.state]])));
  return countsOf<ProcurementState>(PROCUREMENT_STATES, [...states.values()]);
}

function countsOf<T extends string>(keys: readonly T[], found: readonly string[]): Readonly<Record<T, number>> {
  const counts = keys.map((key) => [key, found.filter((each) => each === key).length] as const);
  // Every key is counted.
  return Object.fromEntries(counts) as Record<T, number>;
}
