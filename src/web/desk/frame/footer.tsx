import { useTranslation } from 'react-i18next';

export function Footer() {
  const { t } = useTranslation();
  return (
    <footer>
      <p>{t('frame.advice')}</p>
    </footer>
  );
}
