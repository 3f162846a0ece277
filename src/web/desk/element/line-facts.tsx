import { useTranslation } from 'react-i18next';
import type { ElementLineFragment } from '../generated/documents';
import { useWriting } from '../language';
import { hasOwner } from './owned-kinds';

/** Kind, owner and phase of an element on one line. */
export function LineFacts({ element }: { readonly element: ElementLineFragment }) {
  const { t } = useTranslation();
  const { words } = useWriting();
  const { kind, owner, lifecycle } = element;
  return (
    <span className="line-facts">
      <span className="kind">{words.kind[kind]}</span>
      {hasOwner(kind) && <span>{owner?.name ?? t('element.ownerUnknown')}</span>}
      <span>{words.phase[lifecycle.phase]}</span>
    </span>
  );
}
