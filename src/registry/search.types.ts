import { Field, Int, ObjectType } from '@nestjs/graphql';
import { SEARCH_FACETS } from '../core/similarity/search-facets.js';
import type { SearchFacetField } from '../core/similarity/search-facets.js';
import type { Highlight, SearchReason, Span } from '../core/similarity/search-explanation.js';
import type { WordReading } from '../core/similarity/search-query.js';
import type { SearchMatch } from '../core/similarity/search.js';
import { graphqlEnum } from '../runtime/graphql-enum.js';
import { CoverageType } from './coverage.types.js';
import type { Coverage } from './coverage.types.js';
import { ElementType } from './element.types.js';
import type { FoundBySearch } from './search.reader.js';
import type { SeenElement } from './seen.types.js';

export const SearchMatchEnum = graphqlEnum<SearchMatch>('SearchMatch', 'How closely hits are what was asked for.', {
  ALL_WORDS: 'They have every word as it was typed, or what it abbreviates. Có đủ mọi từ.',
  MISSPELT: 'They have every word, wrong letters looked past. Có đủ mọi từ sau khi sửa lỗi gõ.',
  SOME_WORDS: 'They have at least half of the words. Chỉ có một phần các từ.',
  NOTHING: 'Nothing comes near. Không tìm thấy.',
});

export const WordReadingEnum = graphqlEnum<WordReading>('WordReading', 'How a typed word was understood.', {
  WORD: 'As it stands, or as an abbreviation of what stands there. Đúng từ hoặc chữ viết tắt.',
  BEGINNING: 'As the beginning of a word. Phần đầu của từ.',
  INITIALS: 'As the initials of words. Các chữ cái đầu.',
  JOINED: 'As two words without the space between them. Hai từ viết liền.',
  TYPED_MARKS: 'As a word with keys of Telex or VNI left in it. Sót phím dấu Telex, VNI.',
  MISSPELT: 'As another word, one or two letters off. Sửa lỗi gõ.',
});

export const SearchFacetFieldEnum = graphqlEnum<SearchFacetField>('SearchFacetField', 'By what hits are counted.', {
  kind: 'Kind of element. Loại.',
  owner: 'Owning agency. Cơ quan chủ quản.',
  layer: "Layer of the city's framework. Lớp kiến trúc.",
  phase: 'Phase of life. Giai đoạn vòng đời.',
});

@ObjectType('SearchHighlight', { description: 'A text of a hit in which typed words stand.' })
export class SearchHighlightType implements Highlight {
  @Field(() => String, {
    description: 'name, nameEn, aliases.<number>, externalIds.<number>.value, urn (its own part) or description.',
  })
  field: string;

  @Field(() => String, { description: 'The text, with its marks.' })
  text: string;

  @Field(() => [[Int]], {
    description: 'Start and end of what was found, in UTF-16 units; in order, none overlapping.',
  })
  spans: readonly Span[];
}

@ObjectType('SearchReason', { description: 'Where a typed word was found, and how it was understood.' })
export class SearchReasonType implements Omit<SearchReason, 'term'> {
  @Field(() => String, { description: 'The typed word, without marks.' })
  typed: string;

  @Field(() => String, { description: 'What stands in the text for it.' })
  found: string;

  @Field(() => String, { description: 'The field, as in the highlights.' })
  field: string;

  @Field(() => WordReadingEnum, { description: 'How it was understood.' })
  reading: WordReading;
}

@ObjectType('SearchHit', { description: 'An element that was found, and why.' })
export class SearchHitType {
  @Field(() => ElementType, { description: 'The element.' })
  element: SeenElement;

  @Field(() => Int, { description: 'Its weight in the order of this answer; no measure beyond it.' })
  score: number;

  /** The search that found it. */
  search: FoundBySearch;
}

@ObjectType('SearchFacetBucket', { description: 'How many hits share one value.' })
export class SearchFacetBucketType {
  @Field(() => String, {
    description: 'Code of the kind or phase, number of the layer, urn of the owner; UNKNOWN where nobody has told.',
  })
  key: string;

  @Field(() => Int, { description: 'How many.' })
  count: number;

  @Field(() => ElementType, { nullable: true, description: 'The owner; null in other facets and where unknown.' })
  owner: SeenElement | null;
}

@ObjectType('SearchFacet', { description: 'All hits counted by one field; the counts sum up to the total.' })
export class SearchFacetType {
  @Field(() => SearchFacetFieldEnum, { description: `One of ${SEARCH_FACETS.join(', ')}.` })
  field: SearchFacetField;

  @Field(() => [SearchFacetBucketType], { description: 'The most frequent first.' })
  buckets: readonly SearchFacetBucketType[];
}

@ObjectType('SearchAnswer', { description: 'What a search found, best first.' })
export class SearchAnswerType {
  @Field(() => SearchMatchEnum, { description: 'How closely the hits are what was asked for.' })
  match: SearchMatch;

  @Field(() => Int, { description: 'Number of all hits, shown or not.' })
  totalCount: number;

  @Field(() => [SearchHitType], { description: 'The best hits.' })
  hits: readonly SearchHitType[];

  @Field(() => String, {
    nullable: true,
    description: 'What was probably meant, where a word was understood as another one.',
  })
  didYouMean: string | null;

  @Field(() => CoverageType, { description: 'How whole the landscape is that was searched.' })
  coverage: Coverage;
}
