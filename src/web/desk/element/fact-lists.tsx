import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWriting } from '../language';
import { ElementLink } from './element-link';
import type { ElementSeen } from './element-seen';

interface Props {
  readonly element: ElementSeen;
}

/** Who answers for the element, and until when. */
export function Responsibilities({ element }: Props) {
  const { t } = useTranslation();
  const { day, words } = useWriting();
  return (
    <FactList title={t('facts.responsibilities')}>
      {element.responsibilities.map(({ role, agency, from, until }, at) => (
        <li key={at}>
          {words.responsibility[role]}: {agency === null ? t('facts.agencyUnknown') : <ElementLink element={agency} />}
          {from !== null && `, ${t('element.since', { day: day(from) })}`}
          {until !== null && `, ${t('facts.until', { day: day(until) })}`}
        </li>
      ))}
    </FactList>
  );
}

/** The legal documents that the element rests on. */
export function LegalBasis({ element }: Props) {
  const { t } = useTranslation();
  return (
    <FactList title={t('facts.law')}>
      {element.legalBasis.map(({ legislation, article, note }, at) => (
        <li key={at}>
          <ElementLink element={legislation} />
          {article !== null && `, ${article}`}
          {note !== null && `: ${note}`}
        </li>
      ))}
    </FactList>
  );
}

/** What other registers call the element. */
export function OtherCodes({ element }: Props) {
  const { t } = useTranslation();
  const { words } = useWriting();
  return (
    <FactList title={t('facts.codes')}>
      {element.externalIds.map(({ scheme, value, recordType }) => (
        <li key={`${scheme} ${value}`}>
          {scheme}: <code>{value}</code>
          {recordType !== null && ` (${words.recordType[recordType]})`}
        </li>
      ))}
    </FactList>
  );
}

function FactList({ title, children }: { readonly title: string; readonly children: readonly ReactNode[] }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children.length === 0 ? <p className="unknown">{t('facts.none')}</p> : <ul className="plain">{children}</ul>}
    </section>
  );
}
