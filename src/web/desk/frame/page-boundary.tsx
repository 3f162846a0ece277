import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { Translation } from 'react-i18next';

interface Props {
  readonly children: ReactNode;
}

/** A page that fails says so in its place; the frame around it stays usable. */
export class PageBoundary extends Component<Props, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <Translation>
        {(t) => (
          <div className="notice bad" role="alert">
            <h1>{t('problem.brokenTitle')}</h1>
            <p>{t('problem.broken')}</p>
            <Button className="button" onPress={() => location.reload()}>
              {t('problem.reload')}
            </Button>
          </div>
        )}
      </Translation>
    );
  }
}
