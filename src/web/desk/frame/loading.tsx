import { ProgressBar } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

/** Something is on its way. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <ProgressBar className="loading" isIndeterminate aria-label={t('frame.loading')}>
      <span className="shimmer" aria-hidden="true" />
      {t('frame.loading')}
    </ProgressBar>
  );
}
