import { useTranslation } from 'react-i18next';
import type { AskedFactFragment } from '../generated/documents';
import { useWriting } from '../language';
import { ElementLink } from './element-link';

interface Props {
  readonly facts: readonly AskedFactFragment[];
  /** How many there are, shown or not. */
  readonly total: number;
}

/** Facts that nobody has told, as questions, each with whom to ask. */
export function AskedFacts({ facts, total }: Props) {
  const { t } = useTranslation();
  const { number } = useWriting();
  return (
    <>
      <ul className="asked">
        {facts.map((fact) => (
          <AskedFact key={`${fact.field} ${fact.relation?.urn ?? ''}`} fact={fact} />
        ))}
      </ul>
      {facts.length < total && (
        <p className="muted">{t('missing.partial', { shown: number(facts.length), total: number(total) })}</p>
      )}
    </>
  );
}

function AskedFact({ fact }: { readonly fact: AskedFactFragment }) {
  const { t } = useTranslation();
  const { words } = useWriting();
  const { field, question, askedFrom, relation } = fact;
  return (
    <li>
      <p className="question">{question ?? field}</p>
      {relation !== null && (
        <p className="muted">
          {t('missing.ofRelation', { relation: words.relation[relation.kind], other: relation.target.name })}
        </p>
      )}
      <p className="muted">
        {askedFrom === null ? (
          t('missing.askUnknown')
        ) : (
          <>
            {t('missing.ask')}: <ElementLink element={askedFrom} />
          </>
        )}
      </p>
    </li>
  );
}
