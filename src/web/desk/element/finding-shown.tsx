import { useTranslation } from 'react-i18next';
import type { ElementFindingsQuery } from '../generated/documents';
import { useWriting } from '../language';
import { AskedFacts } from './asked-facts';
import { ElementLink } from './element-link';
import { SourceText } from './source-text';

type Findings = NonNullable<NonNullable<ElementFindingsQuery['element']>['findings']>;
type Finding = Findings['nodes'][number];

/** One finding: the rule, what it says, what it rests on, what is missing and how to pass. */
export function FindingShown({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  const { language, day, words } = useWriting();
  const { rule, effectiveOutcome, since, changesToPass, missingFacts } = finding;
  const inLanguage = (vi: string, en: string) => (language === 'vi' ? vi : en);
  const enforcement = words.enforcement[rule.enforcement];
  return (
    <li className="finding">
      <p className="finding-head">
        <span className={`outcome ${effectiveOutcome.toLowerCase()}`}>{words.outcome[effectiveOutcome]}</span>
        {since !== null && <span className="muted">{t('findings.since', { day: day(since) })}</span>}
        {finding.provisional && <span className="muted">{t('findings.provisional')}</span>}
      </p>
      <h3>
        {rule.code} · {inLanguage(rule.titleVi, rule.titleEn)}
      </h3>
      <p>{inLanguage(finding.sentenceVi, finding.sentenceEn)}</p>
      <p className="muted small">{t('findings.severity', { severity: words.severity[rule.severity], enforcement })}</p>
      {finding.waiver !== null && (
        <p>
          {t('findings.waived', {
            id: finding.waiver.id,
            agency: finding.waiver.agency?.name ?? t('element.unknownShort'),
            day: day(finding.waiver.validTo),
          })}
        </p>
      )}
      <Citations citations={rule.citations} />
      {missingFacts.length > 0 && <p className="small-title">{t('findings.missing')}</p>}
      {missingFacts.length > 0 && <AskedFacts facts={missingFacts} total={missingFacts.length} />}
      {changesToPass.length > 0 && <p className="small-title">{t('findings.ways')}</p>}
      {changesToPass.length > 0 && (
        <ul className="plain">
          {changesToPass.map((way) => (
            <li key={way.sentenceVi}>{inLanguage(way.sentenceVi, way.sentenceEn)}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** What a rule rests on; what nobody compared with the signed text says so. */
function Citations({ citations }: { readonly citations: Finding['rule']['citations'] }) {
  const { t } = useTranslation();
  const { words } = useWriting();
  return (
    <>
      <p className="small-title">{t('findings.citation')}</p>
      <ul className="plain">
        {citations.map(({ instrument, article, text, url, verification }, at) => (
          <li key={at}>
            {instrument !== null && <ElementLink element={instrument} />}
            {article !== null && `, ${article}`}
            {instrument === null && article === null ? text : `: ${text}`}{' '}
            <span className={`verification ${verification.toLowerCase()}`}>{words.verification[verification]}</span>
            {url !== null && (
              <div className="muted small">
                <SourceText text={url} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
