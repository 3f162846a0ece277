import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Loading } from '../frame/loading';
import { ProblemNotice } from '../frame/problem-notice';
import { ElementTreatmentDocument } from '../generated/documents';
import type { ElementTreatmentQuery } from '../generated/documents';
import { useWriting } from '../language';
import { AskedFacts } from './asked-facts';
import { ElementLink } from './element-link';

type Treatment = NonNullable<NonNullable<ElementTreatmentQuery['element']>['treatment']>;

/** What becomes of an element: what is proposed, what was decided, why, and what would make it surer. */
export function TreatmentSection({ urn }: { readonly urn: string }) {
  const { t } = useTranslation();
  const [{ data, error }, again] = useQuery({ query: ElementTreatmentDocument, variables: { urn } });
  return (
    <section aria-labelledby="treatment-title">
      <h2 id="treatment-title">{t('treatment.title')}</h2>
      {error !== undefined && <ProblemNotice error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {error === undefined && data === undefined && <Loading />}
      {error === undefined && data !== undefined && <TreatmentOrNone treatment={data.element?.treatment ?? null} />}
    </section>
  );
}

function TreatmentOrNone({ treatment }: { readonly treatment: Treatment | null }) {
  const { t } = useTranslation();
  if (treatment === null) return <p>{t('treatment.senseless')}</p>;
  return <TreatmentShown treatment={treatment} />;
}

function TreatmentShown({ treatment }: { readonly treatment: Treatment }) {
  const { t } = useTranslation();
  const { words } = useWriting();
  const { coverage } = treatment;
  return (
    <>
      <dl className="facts">
        <div className="fact">
          <dt>{t('treatment.proposed')}</dt>
          <dd>
            <strong>{words.treatment[treatment.proposed]}</strong>
            <div className="muted small">{words.coverage[coverage.verdict]}</div>
          </dd>
        </div>
        <div className="fact">
          <dt>{t('treatment.decided')}</dt>
          <dd>
            <Decided treatment={treatment} />
          </dd>
        </div>
      </dl>
      <Consequences treatment={treatment} />
      <h3>{t('treatment.because')}</h3>
      <ul className="plain">
        {treatment.because.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {coverage.missing.length > 0 && <h3>{t('treatment.missing')}</h3>}
      <AskedFacts facts={coverage.missing} total={coverage.missingCount} />
    </>
  );
}

/** By when, whom it concerns, and with what it goes together. */
function Consequences({ treatment }: { readonly treatment: Treatment }) {
  const { t } = useTranslation();
  const { number, day } = useWriting();
  const { dueOn, dependentCount, successor, withElements } = treatment;
  return (
    <ul className="plain">
      {dueOn !== null && <li>{t('treatment.dueOn', { day: day(dueOn) })}</li>}
      <li>{t('treatment.dependents', { total: number(dependentCount) })}</li>
      {successor !== null && (
        <li>
          {t('treatment.successor')}: <ElementLink element={successor} />
        </li>
      )}
      {withElements.map((element) => (
        <li key={element.urn}>
          {t('treatment.with')}: <ElementLink element={element} />
        </li>
      ))}
    </ul>
  );
}

function Decided({ treatment }: { readonly treatment: Treatment }) {
  const { t } = useTranslation();
  const { day, words } = useWriting();
  const { decided, decidedBy, decidedOn, legalBasis, legalNote } = treatment;
  if (decided === null) return <span className="unknown">{t('treatment.undecided')}</span>;
  const unknown = t('element.unknownShort');
  const by = { by: decidedBy ?? unknown, day: decidedOn === null ? unknown : day(decidedOn) };
  return (
    <>
      <strong>{words.treatment[decided]}</strong>
      <div className="muted small">
        {t('treatment.decidedBy', by)}
        {legalBasis !== null && (
          <div>
            <ElementLink element={legalBasis.legislation} />
            {legalBasis.article !== null && `, ${legalBasis.article}`}
          </div>
        )}
        {legalNote !== null && <div>{legalNote}</div>}
      </div>
    </>
  );
}
