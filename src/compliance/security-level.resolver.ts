import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { factsOfElement } from '../core/policy/element-facts.js';
import { readLevelTable, suggestLevel } from '../core/policy/security-level.js';
import type { LevelCriterion, LevelTable, SuggestedLevel } from '../core/policy/security-level.js';
import type { AttributeDefinitions } from '../core/landscape/attribute.js';
import { missingAttribute } from '../registry/asked-coverage.reader.js';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import type { CoverageVerdict } from '../registry/coverage.types.js';
import { OperatedElementType } from '../registry/element.types.js';
import { seenByUrn } from '../registry/seen.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { readReferenceJson } from '../runtime/reference-file.js';
import type { RequestContext } from '../runtime/request-context.js';
import { workOf } from '../runtime/request-work.js';
import { todayInVietnam } from '../runtime/today.js';
import { factLooks } from './fact-looks.js';
import { inLanguage } from './finding-text.js';
import { SuggestedSecurityLevelType } from './security-level.types.js';
import type { LevelCriterionType } from './security-level.types.js';

const FILE = 'national/security-levels.json';

/** What asking one criterion costs, in looks at a record. */
const LOOKS_A_CRITERION = 5;

/** The security level that law asks of something that is run. */
@Resolver(() => OperatedElementType)
export class SuggestedSecurityLevelResolver {
  private readonly table: LevelTable;

  constructor(private readonly definitions: AttributeDefinitionReader) {
    this.table = loadTable(definitions.all);
  }

  @ResolveField(() => SuggestedSecurityLevelType, {
    description: 'The security level that the criteria of law ask for, by the facts that may be seen.',
  })
  suggestedSecurityLevel(
    @Parent() system: SeenElement,
    @Context() context: RequestContext,
  ): SuggestedSecurityLevelType {
    const { landscape } = system;
    workOf(context).spend(LOOKS_A_CRITERION * this.table.length + factLooks(landscape, system.seq));
    const { values } = factsOfElement(landscape, system, this.definitions.all);
    const suggested = suggestLevel(this.table, values, todayInVietnam());
    const told = (criterion: LevelCriterion): LevelCriterionType => {
      const { level, mayReach, article, confidence, verification } = criterion;
      const text = inLanguage(criterion.question, context.language);
      const instrument = seenByUrn(landscape, criterion.instrument);
      return { text, level, mayReach, instrument, article, confidence, verification };
    };
    return {
      minimum: suggested.minimum,
      verdict: verdictOf(suggested),
      because: suggested.because.map(told),
      missing: suggested.missing.map((key) => missingAttribute(landscape, { element: system, key }, context.language)),
    };
  }
}

function verdictOf({ minimum, isFinal }: SuggestedLevel): CoverageVerdict {
  if (minimum === null) return 'UNKNOWN';
  return isFinal ? 'COMPLETE' : 'LOWER_BOUND';
}

/** @throws Error where the table that ships is wrong: that is our mistake, and stops the start. */
function loadTable(definitions: AttributeDefinitions): LevelTable {
  const { table, problems } = readLevelTable(readReferenceJson(FILE), definitions);
  if (problems.length === 0) return table;
  throw new Error(`${FILE}: ${problems.map(({ path, expected }) => `${path} must be ${expected}`).join('; ')}`);
}
