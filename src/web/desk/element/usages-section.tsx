import { useTranslation } from 'react-i18next';
import { Paged } from '../frame/paged';
import { ElementUsagesDocument } from '../generated/documents';
import type { ElementUsagesQuery, UsagePageFragment } from '../generated/documents';
import { useWriting } from '../language';
import { usePages } from '../pages';
import { ConfidenceMark } from './confidence-mark';
import { ElementLink } from './element-link';
import type { ElementSeen } from './element-seen';
import { SourceText } from './source-text';

const PAGE = 50;
type Usage = UsagePageFragment['nodes'][number];

/** Who uses a system; of an agency, what it uses. */
export function UsagesSection({ element }: { readonly element: ElementSeen }) {
  const { t } = useTranslation();
  const { urn } = element;
  const isAgency = element.kind === 'AGENCY';
  const list = usePages({
    query: ElementUsagesDocument,
    variables: (after) => ({ urn, first: PAGE, after }),
    pick: usagesOf,
    listKey: urn,
  });
  const title = t(isAgency ? 'usages.byAgency' : 'usages.ofSystem');
  return (
    <section aria-labelledby="usages-title">
      <h2 id="usages-title">{title}</h2>
      <Paged
        list={list}
        empty={<p className="unknown">{t(isAgency ? 'usages.noneByAgency' : 'usages.none')}</p>}
        absent={<p>{t('usages.senseless')}</p>}
      >
        {(usages) => <UsageTable title={title} isAgency={isAgency} usages={usages} />}
      </Paged>
    </section>
  );
}

/** Agencies use and systems are used; other kinds have neither. */
function usagesOf({ element }: ElementUsagesQuery): UsagePageFragment | undefined {
  if (element === null) return undefined;
  if ('usages' in element) return element.usages;
  return 'uses' in element ? element.uses : undefined;
}

interface TableProps {
  readonly title: string;
  readonly isAgency: boolean;
  readonly usages: readonly Usage[];
}

function UsageTable({ title, isAgency, usages }: TableProps) {
  const { t } = useTranslation();
  const who = t(isAgency ? 'usages.system' : 'usages.agency');
  return (
    <table className="table">
      <caption className="hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{who}</th>
          <th scope="col">{t('usages.localName')}</th>
          <th scope="col">{t('usages.phase')}</th>
          <th scope="col">{t('usages.users')}</th>
          <th scope="col">{t('relations.source')}</th>
        </tr>
      </thead>
      <tbody>
        {usages.map((usage) => (
          <UsageRow key={usage.urn} who={who} isAgency={isAgency} usage={usage} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly who: string;
  readonly isAgency: boolean;
  readonly usage: Usage;
}

function UsageRow({ who, isAgency, usage }: RowProps) {
  const { t } = useTranslation();
  const { number, day, words } = useWriting();
  const { localName, userCount, phase, validFrom, relation } = usage;
  const unknown = <span className="unknown">{t('element.unknownShort')}</span>;
  return (
    <tr>
      <td data-label={who}>
        <ElementLink element={isAgency ? usage.system : usage.agency} />
      </td>
      <td data-label={t('usages.localName')}>{localName ?? unknown}</td>
      <td data-label={t('usages.phase')}>
        {words.phase[phase]}
        {validFrom !== null && <div className="muted small">{t('element.since', { day: day(validFrom) })}</div>}
      </td>
      <td data-label={t('usages.users')}>{userCount === null ? unknown : number(userCount)}</td>
      <td data-label={t('relations.source')}>
        <ConfidenceMark confidence={relation.confidence} />
        <div className="muted small">
          {relation.provenance === null ? t('relations.noSource') : <SourceText text={relation.provenance} />}
        </div>
      </td>
    </tr>
  );
}
