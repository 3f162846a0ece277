import { useTranslation } from 'react-i18next';
import { useWriting } from '../language';
import { SourceText } from './source-text';

interface Props {
  readonly value: unknown;
  readonly unit: string | null;
}

const DATE = /^\d{4}(-\d{2}){0,2}$/;

/** A value of an attribute, whatever its type; one that was declared absent says so. */
export function FactValue({ value, unit }: Props) {
  const { t } = useTranslation();
  const { number, day } = useWriting();
  if (value === null || value === undefined) return <span>{t('facts.absent')}</span>;
  if (Array.isArray(value)) {
    return (
      <ul className="values">
        {value.map((item: unknown, at) => (
          <li key={at}>
            <FactValue value={item} unit={unit} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === 'boolean') return <span>{value ? t('facts.yes') : t('facts.no')}</span>;
  if (typeof value === 'number') return <span>{withUnit(number(value), unit)}</span>;
  if (typeof value !== 'string') return <code>{JSON.stringify(value)}</code>;
  return DATE.test(value) && value.length > 4 ? <span>{day(value)}</span> : <SourceText text={withUnit(value, unit)} />;
}

function withUnit(text: string, unit: string | null): string {
  return unit === null ? text : `${text} ${unit}`;
}
