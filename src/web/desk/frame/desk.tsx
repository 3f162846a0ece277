import { useMemo } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { I18nextProvider } from 'react-i18next';
import { Provider } from 'urql';
import { Redirect, Route, Router, Switch, useLocation } from 'wouter';
import { BASE } from '../addresses';
import { clientFor } from '../client';
import { ElementPage } from '../element/element-page';
import { texts, useWriting } from '../language';
import { SearchPage } from '../search/search-page';
import { Footer } from './footer';
import { Header } from './header';
import { NotFound } from './not-found';
import { PageBoundary } from './page-boundary';

/** The desk: the frame that every page stands in, and which page stands at which address. */
export function Desk() {
  return (
    <I18nextProvider i18n={texts}>
      <Router base={BASE}>
        <Frame />
      </Router>
    </I18nextProvider>
  );
}

function Frame() {
  const { language, locale } = useWriting();
  const [place, navigate] = useLocation();
  const client = useMemo(() => clientFor(language), [language]);
  return (
    <I18nProvider locale={locale}>
      <RouterProvider navigate={navigate} useHref={(href) => (href.startsWith('/') ? `${BASE}${href}` : href)}>
        <Provider value={client}>
          <Header />
          <main id="main" tabIndex={-1}>
            <PageBoundary key={place}>
              <Pages />
            </PageBoundary>
          </main>
          <Footer />
        </Provider>
      </RouterProvider>
    </I18nProvider>
  );
}

function Pages() {
  return (
    <Switch>
      <Route path="/">
        <Redirect to="/tim" replace />
      </Route>
      <Route path="/tim">
        <SearchPage />
      </Route>
      <Route path="/doi-tuong/:urn">{({ urn }) => <ElementPage key={urn} urn={decodeURIComponent(urn)} />}</Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
