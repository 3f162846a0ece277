import { ResolveField, Resolver } from '@nestjs/graphql';
import { LegalReferenceType, ResponsibilityType } from './accountability.types.js';
import { textOf } from '../core/landscape/attribute-values.js';
import { ElementType } from './element.types.js';
import { SeenElement, seenByUrn, seenRelationAt } from './seen.types.js';

/** Who answers for an element, and on which law it rests. */
@Resolver(() => ElementType)
export class AccountabilityResolver {
  @ResolveField(() => [ResponsibilityType], {
    description: 'Who answers for it, in the order in which they were told.',
  })
  responsibilities({ landscape, responsibilities }: SeenElement): ResponsibilityType[] {
    return responsibilities.map((each) => ({ ...each, agency: seenByUrn(landscape, each.agency) }));
  }

  @ResolveField(() => [LegalReferenceType], { description: 'The legal documents on which it rests.' })
  legalBasis({ landscape, seq }: SeenElement): LegalReferenceType[] {
    const found: LegalReferenceType[] = [];
    landscape.forEachOutgoing(seq, (kind, other, relationSeq) => {
      const legislation = kind === 'GOVERNED_BY' ? landscape.elementAt(other) : undefined;
      if (legislation?.kind !== 'LEGISLATION') return;
      const relation = seenRelationAt(landscape, relationSeq);
      const [article, note] = [textOf(relation, 'article'), textOf(relation, 'note')];
      found.push({ legislation: new SeenElement(landscape, legislation), article, note, relation });
    });
    return found;
  }
}
