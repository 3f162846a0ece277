import { useState } from 'react';
import { Autocomplete, Button, Input, Label, SearchField, Text } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useTitle } from '../frame/title';
import { BrowseKind } from './browse-kind';
import { BrowseKinds } from './browse-kinds';
import { Hits } from './hits';
import { useSearchAddress } from './search-address';

/** Search as one types. What is typed stands in the address, so that it survives a failure and can be sent to others. */
export function SearchPage() {
  const { t } = useTranslation();
  const { asked, kind, go } = useSearchAddress();
  const [text, setText] = useState(asked);
  const [seen, setSeen] = useState(asked);
  // The address was changed by something else than the field: a link, or the way back.
  if (seen !== asked) {
    setSeen(asked);
    if (text.trim() !== asked) setText(asked);
  }
  const type = (typed: string) => {
    setText(typed);
    go({ text: typed.trim(), kind });
  };
  useTitle(asked === '' ? t('search.title') : `${asked} · ${t('search.title')}`);
  return (
    <div className="search">
      <h1>{t('search.title')}</h1>
      <p className="lead">{t('search.lead')}</p>
      <Autocomplete inputValue={text} onInputChange={type} disableAutoFocusFirst>
        <SearchField className="search-field" autoFocus>
          <Label>{t('search.label')}</Label>
          <div className="search-box">
            <Input />
            <Button aria-label={t('search.clear')} className="clear">
              <span aria-hidden="true">×</span>
            </Button>
          </div>
          <Text slot="description" className="muted">
            {t('search.hint')}
          </Text>
        </SearchField>
        {asked !== '' && <Hits text={asked} kind={kind} onKind={(to) => go({ text: asked, kind: to })} />}
      </Autocomplete>
      {asked === '' && kind === undefined && <BrowseKinds />}
      {asked === '' && kind !== undefined && <BrowseKind key={kind} kind={kind} />}
    </div>
  );
}
