import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ownerOf } from '../core/landscape/landscape.js';
import type { Verdict } from '../core/similarity/advice.js';
import { READINGS_TO_TELL } from '../core/similarity/what-would-change.js';
import type { ChangingFact, NextBand } from '../core/similarity/what-would-change.js';
import type { Language } from '../runtime/messages.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { DuplicatesReader } from './duplicates.reader.js';
import { ComponentMatchType, DuplicateCandidateType } from './duplicates.types.js';
import type { FoundCandidate } from './duplicates.types.js';
import { explanationText, nothingFoundText, tooLittleText } from './explanation-text.js';
import { decisiveSignalText, factText, nextBandText } from './what-would-change-text.js';
import { WhatWouldChangeType } from './what-would-change.types.js';
import type { ChangingFactType } from './what-would-change.types.js';

/** What reading a sign of a text costs, in looks at a record. */
const LOOKS_A_SIGN = 5;
/** What judging a pair costs beside, in looks at a record. */
const LOOKS_A_PAIR = 400;

const LANGUAGES = { sentenceVi: 'VI', sentenceEn: 'EN' } as const;
type Sentences = Readonly<Record<keyof typeof LANGUAGES, string>>;

function inBoth(text: (language: Language) => string): Sentences {
  return { sentenceVi: text(LANGUAGES.sentenceVi), sentenceEn: text(LANGUAGES.sentenceEn) };
}

/** A candidate in words, and what would make it something else. Worked out for whoever asks. */
@Resolver(() => DuplicateCandidateType)
export class CandidateExplanationResolver {
  constructor(private readonly duplicates: DuplicatesReader) {}

  @ResolveField(() => String, {
    description:
      'Three sentences to be read aloud, in Vietnamese: what is the same, in the words of the proposal, what speaks against it, and why it has its band and its advice.',
  })
  explanationVi(@Parent() candidate: FoundCandidate): string {
    return explained(this.duplicates, candidate, 'VI');
  }

  @ResolveField(() => String, { description: 'The same three sentences in English.' })
  explanationEn(@Parent() candidate: FoundCandidate): string {
    return explained(this.duplicates, candidate, 'EN');
  }

  @ResolveField(() => WhatWouldChangeType, {
    description: 'How near the next bands are, and which signals and facts decide between them.',
  })
  whatWouldChange(@Parent() candidate: FoundCandidate, @Context() context: RequestContext): WhatWouldChangeType {
    const { asked, component, match } = candidate;
    const { title, objective } = asked.proposal;
    const signs = [title, objective, component.name, component.description].join('').length;
    workOf(context).spend(READINGS_TO_TELL * (LOOKS_A_PAIR + LOOKS_A_SIGN * signs));
    const told = this.duplicates.whatWouldChange(asked.landscape, { ...asked, component }, candidate.entry);
    return {
      up: told.up && nextBandType('UP', told.up),
      down: told.down && nextBandType('DOWN', told.down),
      signals: told.signals.map((each) => ({
        ...each,
        ...inBoth((language) => decisiveSignalText(each.name, each, language)),
      })),
      facts: told.facts.map((each) => this.factType(each, match.name)),
    };
  }

  private factType({ fact, ...verdict }: ChangingFact, match: string): ChangingFactType {
    const code = fact.kind === 'CAPABILITY' ? fact.capability : undefined;
    return {
      ...verdictOnly(verdict),
      kind: fact.kind,
      workTypes: fact.kind === 'WORK_TYPE' ? fact.workTypes : [],
      capability: code === undefined ? null : (this.duplicates.capability(code) ?? null),
      layer: fact.kind === 'LAYER' ? fact.layer : null,
      ...inBoth((language) => {
        const capabilityName = (each: string): string => this.duplicates.capabilityName(each, language);
        return factText(fact, verdict, { match, capabilityName }, language);
      }),
    };
  }
}

/** A function in words. */
@Resolver(() => ComponentMatchType)
export class ComponentSummaryResolver {
  constructor(private readonly duplicates: DuplicatesReader) {}

  @ResolveField(() => String, {
    description:
      'What to say of the function, in Vietnamese: how its best candidate is explained, that nothing was found, or that too little was said.',
  })
  summaryVi(@Parent() match: ComponentMatchType): string {
    return summaryText(this.duplicates, match, 'VI');
  }

  @ResolveField(() => String, { description: 'The same in English.' })
  summaryEn(@Parent() match: ComponentMatchType): string {
    return summaryText(this.duplicates, match, 'EN');
  }
}

function nextBandType(way: 'UP' | 'DOWN', next: NextBand): NextBand & Sentences {
  return { ...next, ...inBoth((language) => nextBandText(way, next, language)) };
}

function verdictOnly({ band, isContinuation }: Verdict): Verdict {
  return { band, isContinuation };
}

function explained(duplicates: DuplicatesReader, candidate: FoundCandidate, language: Language): string {
  const { asked, component, match } = candidate;
  const setting = {
    component: component.name,
    owner: ownerOf(asked.landscape, match.seq)?.name,
    thresholds: duplicates.thresholds,
    capabilityName: (code: string): string => duplicates.capabilityName(code, language),
  };
  return explanationText(candidate, setting, language);
}

function summaryText(
  duplicates: DuplicatesReader,
  { component, band, candidates: [best], asked }: ComponentMatchType,
  language: Language,
): string {
  if (band === 'TOO_LITTLE_TO_JUDGE') return tooLittleText(component.name, language);
  if (best !== undefined && best.band !== 'DISTINCT') return explained(duplicates, best, language);
  return nothingFoundText(component.name, duplicates.objectsKnown(asked.landscape), language);
}
