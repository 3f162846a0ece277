import { Link, Switch, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Account } from './account';
import { chooseLanguage, useWriting } from '../language';
import { useDarkTheme } from '../theme';

/** What stands above every page: where one is, the language, the light, and as whom one looks. */
export function Header() {
  const { t } = useTranslation();
  return (
    <>
      <a className="skip" href="#main" onClick={toContent}>
        {t('frame.skip')}
      </a>
      <header className="top">
        <div className="bar">
          <Link className="brand" href="/tim">
            <img src="/icon.svg" alt="" width={32} height={32} />
            <span>Khung</span>
          </Link>
          <nav aria-label={t('frame.navigation')}>
            <Link href="/tim">{t('frame.find')}</Link>
            <a href="/">{t('frame.frontPage')}</a>
            <a href="/explorer.html">{t('frame.explorer')}</a>
          </nav>
          <div className="choices">
            <DarkChoice />
            <LanguageChoice />
          </div>
          <Account />
        </div>
      </header>
    </>
  );
}

/** The address has a section behind `#` already: the focus is moved without touching it. */
function toContent(event: React.MouseEvent) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function LanguageChoice() {
  const { t } = useTranslation();
  const { language } = useWriting();
  return (
    <ToggleButtonGroup
      className="languages"
      aria-label={t('frame.language')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[language]}
      onSelectionChange={(keys) => void chooseLanguage(keys.has('en') ? 'en' : 'vi')}
    >
      <ToggleButton id="vi">
        <span lang="vi">Tiếng Việt</span>
      </ToggleButton>
      <ToggleButton id="en">
        <span lang="en">English</span>
      </ToggleButton>
    </ToggleButtonGroup>
  );
}

function DarkChoice() {
  const { t } = useTranslation();
  const [isDark, choose] = useDarkTheme();
  return (
    <Switch className="switch" isSelected={isDark} onChange={choose}>
      <span className="track" aria-hidden="true">
        <span className="knob" />
      </span>
      {t('frame.dark')}
    </Switch>
  );
}
