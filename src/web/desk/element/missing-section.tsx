import { useTranslation } from 'react-i18next';
import { AskedFacts } from './asked-facts';
import type { ElementSeen } from './element-seen';

/** What is missing of an element, and whom to ask. */
export function MissingSection({ element }: { readonly element: ElementSeen }) {
  const { t } = useTranslation();
  const { missing, missingCount } = element.dataQuality;
  return (
    <section aria-labelledby="missing-title">
      <h2 id="missing-title">{t('missing.title')}</h2>
      {missingCount === 0 && <p>{t('missing.none')}</p>}
      <AskedFacts facts={missing} total={missingCount} />
    </section>
  );
}
