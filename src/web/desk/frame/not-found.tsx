import { Link } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useTitle } from './title';

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation();
  useTitle(t('problem.notFoundTitle'));
  return (
    <div className="notice">
      <h1>{t('problem.notFoundTitle')}</h1>
      <p>{t('problem.notFound')}</p>
      <p>
        <Link href="/tim">{t('problem.toSearch')}</Link>
      </p>
    </div>
  );
}
