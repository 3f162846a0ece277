import { Field, Float, InputType, Int } from '@nestjs/graphql';
import { Exclude, Type } from 'class-transformer';
import { ArrayMaxSize, IsInt, IsOptional, IsString, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { issue, refuse } from '../core/errors.js';
import type { Issue } from '../core/errors.js';
import { hasControlSigns, mendedText } from '../core/garbled-text.js';
import { closestWord } from '../core/closest-word.js';
import { checkAttribute } from '../core/landscape/attribute.js';
import type { AttributeDefinitions } from '../core/landscape/attribute.js';
import { isUrn } from '../core/landscape/model.js';
import type { Json, Urn } from '../core/landscape/model.js';
import type { InvestmentForm, Proposal, ProposalComponent, WorkType } from '../core/landscape/proposal.js';
import { isJson } from '../core/landscape/record-fields.js';
import { ChangeOperationInput } from '../registry/change-set.types.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { DateScalar, JsonScalar, MoneyScalar } from '../runtime/scalars.js';

export const InvestmentFormEnum = graphqlEnum<InvestmentForm>('InvestmentForm', 'The legal form of the spending.', {
  SYSTEM_INVESTMENT: 'A project that invests in a system. Dự án đầu tư hệ thống.',
  PURCHASE: 'A purchase. Dự án mua sắm.',
  LEASE_READY_MADE: 'A lease of a service that the market has. Thuê dịch vụ sẵn có.',
  LEASE_CUSTOM: 'A lease of a service made to order. Thuê dịch vụ theo yêu cầu riêng.',
  RECURRENT_BUDGET: 'Work from the recurrent budget. Kinh phí chi thường xuyên.',
  OTHER: 'Another form. Khác.',
  UNKNOWN: 'Not said. Chưa rõ.',
});

export const WorkTypeEnum = graphqlEnum<WorkType>('WorkType', 'What is done.', {
  BUILD: 'Something new is built. Xây dựng mới.',
  UPGRADE: 'Something that exists is upgraded or extended. Nâng cấp, mở rộng.',
  ROLL_OUT: 'Something that exists is taken to more users. Triển khai.',
  OPERATE: 'Something is kept running. Vận hành.',
  MAINTAIN: 'Something is maintained. Bảo trì.',
  CONSULT: 'Advice, surveys, supervision. Tư vấn.',
  RETIRE: 'Something is withdrawn. Thu hồi.',
  UNKNOWN: 'Not said. Chưa rõ.',
});

const TEXT_MAXIMUM = 10_000;
const COMPONENTS_MAXIMUM = 50;
const LIST_MAXIMUM = 500;

@InputType({ description: 'One function that the project will deliver.' })
export class ComponentInput {
  @Field(() => String, { description: 'Name of the function.' })
  @IsString()
  @MaxLength(500)
  name: string;

  @Field(() => String, { nullable: true, description: 'What it does, for whom, with which data.' })
  @IsOptional()
  @MaxLength(TEXT_MAXIMUM)
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Capability of the catalogue that it serves, by urn.' })
  capability?: string | null;

  @Field(() => Int, { nullable: true, description: "Layer (1-4) of the city's framework; 0 where it is in none." })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(4)
  layer?: number | null;
}

@InputType({ description: 'One line of the budget.' })
export class BudgetLineInput {
  @Field(() => Int, { nullable: true, description: 'Year.' })
  @IsOptional()
  @Min(1900)
  @Max(2200)
  year?: number | null;

  @Field(() => String, { nullable: true, description: 'Source of the money.' })
  source?: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Whole dong.' })
  amount?: number | null;

  @Field(() => Float, { nullable: true, description: 'Part of the total that this line pays, 0 to 1.' })
  @IsOptional()
  @Min(0)
  @Max(1)
  share?: number | null;
}

@InputType({ description: 'An answer to a question about the project.' })
export class AnswerInput {
  @Field(() => String, { description: 'Key of the attribute that is asked for, for example hosting.' })
  field: string;

  @Field(() => JsonScalar, { nullable: true, description: 'The answer; null is declared absent.' })
  // Any JSON: nothing of its shape is checked by class, and its keys may be names of JavaScript too.
  @Exclude()
  value?: unknown;
}

@InputType({
  description: 'What an agency wants to do. What is not said is unknown, and the answer says what it would change.',
})
export class ProposalInput {
  @Field(() => String, { description: 'Title, as it will stand on the paper.' })
  @IsString()
  @MaxLength(500)
  title: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  @IsOptional()
  @MaxLength(TEXT_MAXIMUM)
  objective?: string | null;

  @Field(() => String, { nullable: true, description: 'The agency that proposes it, by urn.' })
  agency?: string | null;

  @Field(() => InvestmentFormEnum, { nullable: true, description: 'The legal form.' })
  investmentForm?: InvestmentForm | null;

  @Field(() => WorkTypeEnum, { nullable: true, description: 'What is done.' })
  workType?: WorkType | null;

  @Field(() => [ComponentInput], {
    nullable: true,
    description: 'The functions it will deliver; without them it is judged by its title alone.',
  })
  @IsOptional()
  @ArrayMaxSize(COMPONENTS_MAXIMUM)
  @ValidateNested({ each: true })
  @Type(() => ComponentInput)
  components?: ComponentInput[] | null;

  @Field(() => [BudgetLineInput], { nullable: true, description: 'The budget.' })
  @IsOptional()
  @ArrayMaxSize(LIST_MAXIMUM)
  @ValidateNested({ each: true })
  @Type(() => BudgetLineInput)
  budget?: BudgetLineInput[] | null;

  @Field(() => DateScalar, { nullable: true, description: 'Day of the decision; without it the law of today is used.' })
  decidedOn?: string | null;

  @Field(() => [ChangeOperationInput], {
    nullable: true,
    description: 'What it adds, changes and retires, as operations on the landscape.',
  })
  @IsOptional()
  @ArrayMaxSize(LIST_MAXIMUM)
  @Type(() => ChangeOperationInput)
  operations?: ChangeOperationInput[] | null;

  @Field(() => [AnswerInput], { nullable: true, description: 'Answers to questions about the project.' })
  @IsOptional()
  @ArrayMaxSize(LIST_MAXIMUM)
  @Type(() => AnswerInput)
  answers?: AnswerInput[] | null;
}

function urnOrNull(value: string | null | undefined, path: readonly string[], issues: Issue[]): Urn | null {
  if (value === null || value === undefined || value === '') return null;
  if (isUrn(value)) return value;
  issues.push(issue('URN_MALFORMED', path, { value }));
  return null;
}

/**
 * The proposal of an input.
 * @param path - the way to the input in what the caller sent.
 * @throws RegistryError with everything that is wrong with it.
 */
export function toProposal(input: ProposalInput, definitions: AttributeDefinitions, path: readonly string[]): Proposal {
  const issues: Issue[] = [];
  const title = input.title.trim();
  if (title === '') issues.push(issue('VALUE_MISSING', [...path, 'title'], { field: 'title' }));
  issues.push(...unreadable('title', title, path), ...unreadable('objective', input.objective, path));
  const components = toComponents(input, title, path, issues);
  const proposal: Proposal = {
    title,
    objective: textOrNull(input.objective),
    agency: urnOrNull(input.agency, [...path, 'agency'], issues),
    investmentForm: input.investmentForm ?? 'UNKNOWN',
    workType: input.workType ?? 'UNKNOWN',
    components,
    budget: (input.budget ?? []).map(({ year, source, amount, share }) => ({
      year: year ?? null,
      source: source ?? null,
      amount: amount ?? null,
      share: share ?? null,
    })),
    decidedOn: input.decidedOn ?? null,
    operations: input.operations ?? [],
    answers: toAnswers(input.answers ?? [], definitions, [...path, 'answers'], issues),
  };
  refuse(issues);
  return proposal;
}

/** Most of a text that is quoted back to whoever wrote it. */
const QUOTED = 200;

/** What of a text can not be read: taken as it is, it would be compared as words that nobody wrote. */
function unreadable(field: string, text: string | null | undefined, path: readonly string[]): Issue[] {
  if (text === null || text === undefined) return [];
  const mended = mendedText(text);
  if (mended !== undefined) {
    return [issue('TEXT_GARBLED', [...path, field], { field, suggestion: mended.slice(0, QUOTED) })];
  }
  return hasControlSigns(text) ? [issue('TEXT_CONTROL_SIGNS', [...path, field], { field })] : [];
}

/**
 * A text that is given beside a proposal; null where nothing is said.
 * @throws RegistryError where nobody could read it.
 */
export function readableOrNull(field: string, text: string | null | undefined, path: readonly string[]): string | null {
  refuse(unreadable(field, text, path));
  return textOrNull(text);
}

function textOrNull(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function toComponents(
  { components }: ProposalInput,
  title: string,
  path: readonly string[],
  issues: Issue[],
): [ProposalComponent, ...ProposalComponent[]] {
  const found = (components ?? []).map(({ name, description, capability, layer }, index) => {
    const at = [...path, 'components', `${index}`];
    if (name.trim() === '') issues.push(issue('VALUE_MISSING', [...at, 'name'], { field: 'name' }));
    issues.push(...unreadable('name', name, at), ...unreadable('description', description, at));
    return {
      id: `c${index + 1}`,
      name: name.trim(),
      description: textOrNull(description),
      capability: urnOrNull(capability, [...at, 'capability'], issues),
      layer: layer ?? null,
    };
  });
  const [first, ...rest] = found;
  if (first !== undefined) return [first, ...rest];
  return [{ id: 'c1', name: title, description: null, capability: null, layer: null }];
}

function toAnswers(
  answers: readonly AnswerInput[],
  definitions: AttributeDefinitions,
  path: readonly string[],
  issues: Issue[],
): Record<string, Json> {
  const known: Record<string, Json> = {};
  const keys = [...definitions.values()].filter(({ appliesTo }) => appliesTo.includes('PROJECT')).map(({ key }) => key);
  for (const [index, { field, value }] of answers.entries()) {
    const at = [...path, `${index}`];
    const definition = keys.includes(field) ? definitions.get(field) : undefined;
    if (definition === undefined) {
      const params = { key: field, kind: 'PROJECT', suggestion: closestWord(field, keys) };
      issues.push(issue('ATTRIBUTE_UNKNOWN', [...at, 'field'], params));
    } else if (value === undefined || !isJson(value)) {
      issues.push(issue('VALUE_MISSING', [...at, 'value'], { field }));
    } else {
      const wrong = checkAttribute(definition, value, [...at, 'value']);
      if (wrong === undefined) known[field] = value;
      else issues.push(wrong);
    }
  }
  return known;
}
