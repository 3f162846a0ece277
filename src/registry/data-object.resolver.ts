import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Asks } from '../runtime/access-action.js';
import { ageOrdering } from '../core/landscape/order.js';
import type { LandscapeView } from '../core/access/view.js';
import { ownerOf } from '../core/landscape/landscape.js';
import { MASTER_SCOPE, masterState, mastersOf } from '../core/landscape/masters.js';
import type { MasterState } from '../core/landscape/masters.js';
import type { Element } from '../core/landscape/model.js';
import type { Language } from '../runtime/messages.js';
import { PageArgs, mapPage, pageByPlace } from '../runtime/page.js';
import type { Page } from '../runtime/page.js';
import type { RequestContext } from '../runtime/request-context.js';
import { textOf } from '../core/landscape/attribute-values.js';
import type { Coverage, MissingFact } from './coverage.types.js';
import { DataMasterType, DataObjectConnectionType, MasterStateEnum } from './data-object.types.js';
import { DataObjectType } from './element.types.js';
import { LandscapeArgs } from './landscape-args.types.js';
import { LandscapeReader } from './landscape.reader.js';
import { SeenElement, SeenRelation, seenAt } from './seen.types.js';

const QUESTION: Readonly<Record<Language, string>> = {
  VI: 'Hệ thống nào giữ bản gốc của dữ liệu này?',
  EN: 'Which system holds the original of these data?',
};

/** What the question costs for each element, in looks at a record. */
const LOOKS = 5;

/** Kinds of data, and who holds the original of each. */
@Resolver(() => DataObjectType)
export class DataObjectResolver {
  constructor(private readonly landscapes: LandscapeReader) {}

  @ResolveField(() => [DataMasterType], { description: 'What holds the original, or did; in order of their making.' })
  masters(data: SeenElement): DataMasterType[] {
    const { landscape } = data;
    return mastersOf(landscape, data).map((master) => {
      const { source, status, validFrom, validTo } = master;
      const relation = new SeenRelation(landscape, master);
      const scope = textOf(master, MASTER_SCOPE);
      return { holder: seenAt(landscape, source), scope, status, validFrom, validTo, relation };
    });
  }

  @ResolveField(() => MasterStateEnum, {
    description: 'Who holds the original, on the day of the landscape it was read from.',
  })
  masterState(data: SeenElement): MasterState {
    return masterState(data.landscape, data, data.landscape.day);
  }

  @Query(() => DataObjectConnectionType, {
    description: 'Kinds of data by who holds their original: by default those without a master, or with two.',
  })
  @Asks('landscape.read')
  async dataObjectsByMaster(
    @Args('states', {
      type: () => [MasterStateEnum],
      defaultValue: ['NONE', 'CONTESTED'],
      description: 'In one of these states.',
    })
    states: MasterState[],
    @Args() page: PageArgs,
    @Args() at: LandscapeArgs,
    @Context() context: RequestContext,
  ): Promise<Page<SeenElement> & { coverage: Coverage }> {
    const landscape = await this.landscapes.forWork(context, at, LOOKS);
    const all = Array.from(landscape.elements()).filter(({ kind }) => kind === 'DATA_OBJECT');
    const stateOf = new Map(all.map((data) => [data.seq, masterState(landscape, data, landscape.day)]));
    const isIn = ({ seq }: Element, wanted: readonly MasterState[]): boolean =>
      wanted.some((state) => state === stateOf.get(seq));
    const found = all.filter((data) => isIn(data, states));
    const items = pageByPlace(found, ageOrdering(landscape), page, () => ['masters', states]);
    const without = all.filter((data) => isIn(data, ['NONE']));
    const coverage: Coverage = {
      verdict: all.length === 0 ? 'UNKNOWN' : 'LOWER_BOUND',
      objectsKnown: all.length,
      missing: without.map((data) => missingMaster(landscape, data, context.language)),
      attestedOn: null,
    };
    return { ...mapPage(items, (data) => new SeenElement(landscape, data)), coverage };
  }
}

function missingMaster(landscape: LandscapeView, data: Element, language: Language): MissingFact {
  const owner = ownerOf(landscape, data.seq);
  return {
    field: 'masters',
    question: QUESTION[language],
    element: new SeenElement(landscape, data),
    relation: null,
    askedFrom: owner === undefined ? null : new SeenElement(landscape, owner),
  };
}
