import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ElementKind, SearchElementsQuery } from '../generated/documents';
import { useWriting } from '../language';
import { isKind } from './search-address';

const ALL = 'all';

interface Props {
  readonly answer: SearchElementsQuery['search'];
  readonly kind: ElementKind | undefined;
  readonly onKind: (kind: ElementKind | undefined) => void;
}

/** Narrows the search to one kind of those that occur. */
export function KindChoice({ answer, kind, onKind }: Props) {
  const { t } = useTranslation();
  const { number, words } = useWriting();
  const buckets = answer.facets.find(({ field }) => field === 'kind')?.buckets ?? [];
  const kinds = buckets.flatMap(({ key, count }) => (isKind(key) ? [{ key, count }] : []));
  if (kinds.length < 2 && kind === undefined) return null;
  if (kind !== undefined && !kinds.some(({ key }) => key === kind)) kinds.unshift({ key: kind, count: 0 });
  const choose = (keys: ReadonlySet<string | number>) => {
    const [chosen] = [...keys].map(String);
    onKind(chosen !== undefined && isKind(chosen) ? chosen : undefined);
  };
  return (
    <ToggleButtonGroup
      className="kinds"
      aria-label={t('search.kinds')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[kind ?? ALL]}
      onSelectionChange={choose}
    >
      <ToggleButton id={ALL} className="chip">
        {t('search.allKinds')}
      </ToggleButton>
      {kinds.map(({ key, count }) => (
        <ToggleButton key={key} id={key} className="chip">
          {words.kind[key]} <span className="count">{number(count)}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
