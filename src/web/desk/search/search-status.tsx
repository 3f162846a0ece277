import { Link } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { searchAddress } from '../addresses';
import type { ElementKind, SearchElementsQuery } from '../generated/documents';
import { useWriting } from '../language';

interface Props {
  readonly answer: SearchElementsQuery['search'];
  readonly text: string;
  readonly kind: ElementKind | undefined;
}

/** How much was found and how closely, told to screen readers as it changes. */
export function SearchStatus({ answer, text, kind }: Props) {
  const { t } = useTranslation();
  const { number, words } = useWriting();
  const total = number(answer.totalCount);
  const found =
    kind === undefined ? t('search.found', { total }) : t('search.foundOfKind', { total, kind: words.kind[kind] });
  return (
    <div className="search-status">
      <p role="status">
        {answer.totalCount === 0 ? (
          t('search.nothing', { text })
        ) : (
          <>
            <strong>{found}</strong>, {t(`search.match.${answer.match}`)}.
          </>
        )}
      </p>
      {answer.totalCount === 0 && <p className="muted">{t('search.nothingHint')}</p>}
      {answer.didYouMean !== null && (
        <p>
          <Link href={searchAddress(answer.didYouMean)}>{t('search.didYouMean', { text: answer.didYouMean })}</Link>
        </p>
      )}
    </div>
  );
}
