import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import { problemKind, problemMessage } from '../client';

interface Props {
  readonly error: CombinedError;
  readonly onRetry: () => void;
}

/** Why something is not there, in the words of the service where it has any, and what the reader can do. */
export function ProblemNotice({ error, onRetry }: Props) {
  const { t } = useTranslation();
  const kind = problemKind(error);
  if (kind === 'forbidden') {
    return <NoPermission message={problemMessage(error)} />;
  }
  return (
    <div className="notice bad" role="alert">
      <p className="notice-title">{t(`problem.${kind}Title`)}</p>
      <p>{problemMessage(error) ?? t('problem.lost')}</p>
      {kind !== 'refused' && (
        <Button className="button" onPress={onRetry}>
          {t('frame.retry')}
        </Button>
      )}
    </div>
  );
}

/** What this reader may not see. */
export function NoPermission({ message }: { readonly message: string | undefined }) {
  const { t } = useTranslation();
  return (
    <div className="notice">
      <p className="notice-title">{t('problem.forbiddenTitle')}</p>
      <p>{t('problem.forbidden')}</p>
      {message !== undefined && <p className="muted">{message}</p>}
    </div>
  );
}
