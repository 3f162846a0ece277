import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import type { ElementKind } from '../core/landscape/model.js';
import { RegistryError } from '../core/errors.js';
import { may } from '../core/access/decide.js';
import type { Citation, Enforcement, Rule, RulePack } from '../core/policy/rule.js';
import { kindsOf } from '../core/policy/rule.js';
import { LegislationType } from '../registry/element.types.js';
import { seenByUrn } from '../registry/seen.types.js';
import type { SeenElement } from '../registry/seen.types.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { ElementKindEnum } from '../registry/vocabulary.types.js';
import type { RequestContext } from '../runtime/request-context.js';
import { DateScalar } from '../runtime/scalars.js';
import { CitationType, EnforcementEnum, RulePackType, RuleType } from './compliance.types.js';
import { inLanguage } from './finding-text.js';
import { RulePackReader } from './rule-pack.reader.js';

/** The rules themselves; law is public. */
@Resolver(() => RulePackType)
export class RulePackResolver {
  constructor(
    private readonly packs: RulePackReader,
    private readonly landscapes: LandscapeReader,
  ) {}

  @Query(() => RulePackType, { description: "The city's rules in use, or as they were in an earlier version." })
  @Asks('reference.read')
  async rulePack(
    @Args('version', {
      type: () => String,
      nullable: true,
      description: 'A version of this release: 2026.1 as it was shipped, 2026.1+7 after event 7.',
    })
    version?: string | null,
  ): Promise<RulePack> {
    await this.landscapes.look();
    const { pack } = this.packs.checked;
    if (version === undefined || version === null || version === pack.version) return pack;
    const earlier = this.packs.ofVersion(version);
    if (earlier !== undefined) return earlier.checked.pack;
    const params = { version: version.slice(0, 100), newest: pack.version };
    throw RegistryError.of('RULE_PACK_UNKNOWN', ['version'], params);
  }

  @Query(() => RuleType, { nullable: true, description: 'A rule in use; null where none has the code.' })
  @Asks('reference.read')
  async rule(
    @Args('code', { type: () => String, description: 'Its code, for example R-07.' }) code: string,
  ): Promise<Rule | null> {
    await this.landscapes.look();
    return this.packs.checked.pack.rules.find((each) => each.code === code) ?? null;
  }

  @ResolveField(() => ID, { description: 'Code and version.' })
  id({ code, version }: RulePack): string {
    return `rule-pack:${code}:${version}`;
  }

  @ResolveField(() => String, { description: 'Its title in the language of the request.' })
  title(@Parent() { title }: RulePack, @Context() { language }: RequestContext): string {
    return inLanguage(title, language);
  }
}

/** One rule as the schema says it. */
@Resolver(() => RuleType)
export class RuleResolver {
  constructor(private readonly packs: RulePackReader) {}

  @ResolveField(() => ID, { description: 'Pack and code.' })
  id({ code }: Rule): string {
    return `rule:${this.packs.checked.pack.code}:${code}`;
  }

  @ResolveField(() => String, {
    description:
      'Number of its publication; the version of the pack that it came with, where it was not published here.',
  })
  version(rule: Rule): string {
    return this.packs.versionOf(rule).version;
  }

  @ResolveField(() => EnforcementEnum, {
    description: 'What its author asks for; a failure does no more than `enforcement` says.',
  })
  enforcementAsked(rule: Rule): Enforcement {
    return this.packs.versionOf(rule).asked;
  }

  @ResolveField(() => DateScalar, {
    nullable: true,
    description: 'First day on which it is not asked; null where it was not withdrawn.',
  })
  withdrawnFrom(rule: Rule): string | null {
    return this.packs.versionOf(rule).withdrawnFrom;
  }

  @ResolveField(() => String, { description: 'Vietnamese title.' })
  titleVi({ title }: Rule): string {
    return title.vi;
  }

  @ResolveField(() => String, { description: 'English title.' })
  titleEn({ title }: Rule): string {
    return title.en;
  }

  @ResolveField(() => [ElementKindEnum], { description: 'Kinds of subject that it speaks of.' })
  appliesTo(rule: Rule): ElementKind[] {
    return kindsOf(rule);
  }

  @ResolveField(() => [String], { description: 'Its conditions in the rule language, one for each case.' })
  expressions({ cases }: Rule): string[] {
    return cases.map(({ expression }) => expression);
  }

  @ResolveField(() => CitationType, { description: 'What it rests on.' })
  citation({ citations }: Rule): Citation {
    return citations[0];
  }

  @ResolveField(() => String, { description: 'What to do about a failure, in the language of the request.' })
  fixHint(@Parent() { fixHint }: Rule, @Context() { language }: RequestContext): string {
    return inLanguage(fixHint, language);
  }
}

/** What a rule rests on, joined with the record of the instrument. */
@Resolver(() => CitationType)
export class CitationResolver {
  constructor(private readonly landscapes: LandscapeReader) {}

  @ResolveField(() => LegislationType, {
    nullable: true,
    description: 'The instrument; null where it is no legal document, or has no record here.',
  })
  async instrument(
    @Parent() { instrument }: Citation,
    @Context() context: RequestContext,
  ): Promise<SeenElement | null> {
    if (instrument === null) return null;
    const record = seenByUrn(await this.landscapes.forRequest(context), instrument);
    return record?.kind === 'LEGISLATION' ? record : null;
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Who has read it in the signed text; null also for whoever may not know persons.',
  })
  verifiedBy(@Parent() { verifiedBy }: Citation, @Context() { actor }: RequestContext): string | null {
    return may(actor, 'person.read') ? verifiedBy : null;
  }

  @ResolveField(() => String, { description: 'What it says, in short, in the language of the request.' })
  text(@Parent() { text }: Citation, @Context() { language }: RequestContext): string {
    return inLanguage(text, language);
  }
}
