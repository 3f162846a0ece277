import { ListBoxItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { elementAddress } from '../addresses';
import { LineFacts } from '../element/line-facts';
import type { SearchElementsQuery } from '../generated/documents';
import { useWriting } from '../language';
import { Highlighted } from './highlighted';

type Found = SearchElementsQuery['search']['hits'][number];

interface Props {
  readonly id: string;
  readonly hit: Found;
}

/** One element that was found: an option of the list, and a link to its page. */
export function Hit({ id, hit }: Props) {
  const { element, highlights } = hit;
  const { language } = useWriting();
  const spansOf = (field: string) => highlights.find((highlight) => highlight.field === field)?.spans ?? [];
  const isEnglish = language === 'en' && element.nameEn !== null;
  const [title, titleField] = isEnglish ? [element.nameEn ?? '', 'nameEn'] : [element.name, 'name'];
  const [other, otherField] = isEnglish ? [element.name, 'name'] : [element.nameEn, 'nameEn'];
  return (
    <ListBoxItem id={id} className="hit" href={elementAddress(element.urn)} textValue={title}>
      <span className="hit-name">
        <span lang={isEnglish ? 'en' : 'vi'}>
          <Highlighted text={title} spans={spansOf(titleField)} />
        </span>
      </span>
      <span className="hit-more">
        {other !== null && other !== title && (
          <span className="hit-other" lang={isEnglish ? 'vi' : 'en'}>
            <Highlighted text={other} spans={spansOf(otherField)} />
          </span>
        )}
        <LineFacts element={element} />
        <HitReasons hit={hit} />
      </span>
    </ListBoxItem>
  );
}

/** Why it was found where that is not plain to see, and what took its place. */
function HitReasons({ hit }: { readonly hit: Found }) {
  const { t } = useTranslation();
  const { words } = useWriting();
  const elsewhere = hit.highlights.filter(({ field }) => field !== 'name' && field !== 'nameEn' && field !== 'urn');
  const loose = hit.reasons.filter(({ reading }) => reading === 'MISSPELT' || reading === 'TYPED_MARKS');
  return (
    <>
      {elsewhere.map(({ field, text, spans }) => (
        <span key={field} className="hit-reason">
          {t('search.also', { text: '' })}
          <Highlighted text={text} spans={spans} />
        </span>
      ))}
      {loose.map(({ typed, found, reading }) => (
        <span key={typed} className="hit-reason">
          {t('search.understood', { typed, found, reading: words.reading[reading] })}
        </span>
      ))}
      {hit.successors.length > 0 && (
        <span className="hit-reason">
          {t('search.replacedBy')}: {hit.successors.map(({ name }) => name).join(', ')}
        </span>
      )}
    </>
  );
}
