import { useTranslation } from 'react-i18next';
import type { ElementRelationsQuery } from '../generated/documents';
import { useWriting } from '../language';
import { ConfidenceMark } from './confidence-mark';
import { ElementLink } from './element-link';
import { LineFacts } from './line-facts';
import { SourceText } from './source-text';

type Seen = NonNullable<ElementRelationsQuery['element']>['relations']['nodes'][number];

interface Props {
  readonly title: string;
  /** The element from which they are looked at. */
  readonly urn: string;
  readonly relations: readonly Seen[];
}

/** Relations with their state and source. Each row reads as a sentence: the end that acts comes first. */
export function RelationTable({ title, urn, relations }: Props) {
  const { t } = useTranslation();
  return (
    <table className="table relations">
      <caption className="hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('relations.relation')}</th>
          <th scope="col">{t('relations.other')}</th>
          <th scope="col">{t('relations.state')}</th>
          <th scope="col">{t('relations.source')}</th>
        </tr>
      </thead>
      <tbody>
        {relations.map((relation) => (
          <RelationRow key={relation.urn} urn={urn} relation={relation} />
        ))}
      </tbody>
    </table>
  );
}

function RelationRow({ urn, relation }: { readonly urn: string; readonly relation: Seen }) {
  const { t } = useTranslation();
  const { words } = useWriting();
  const { source, target, kind, confidence, provenance } = relation;
  const isOutgoing = source.urn === urn;
  const other = isOutgoing ? target : source;
  const said = words.relation[kind];
  return (
    <tr>
      <td data-label={t('relations.relation')}>{isOutgoing ? said : t('relations.toThis', { relation: said })}</td>
      <td data-label={t('relations.other')}>
        <ElementLink element={other} />
        <LineFacts element={other} />
      </td>
      <td data-label={t('relations.state')}>
        <RelationState relation={relation} />
      </td>
      <td data-label={t('relations.source')}>
        <ConfidenceMark confidence={confidence} />
        <div className="muted small">
          {provenance === null ? t('relations.noSource') : <SourceText text={provenance} />}
        </div>
      </td>
    </tr>
  );
}

/** Whether it is in use, how badly it is needed, over which channels and since when. */
function RelationState({ relation }: { readonly relation: Seen }) {
  const { t } = useTranslation();
  const { day, words } = useWriting();
  const { status, strength, channels, validFrom, validTo } = relation;
  const said = [
    words.strength[strength],
    ...(channels.length > 0
      ? [t('relations.channels', { channels: channels.map((channel) => words.channel[channel]).join(', ') })]
      : []),
    ...(validFrom === null ? [] : [t('element.since', { day: day(validFrom) })]),
    ...(validTo === null ? [] : [t('facts.until', { day: day(validTo) })]),
  ];
  return (
    <>
      <div>{words.relationStatus[status]}</div>
      {said.map((text) => (
        <div key={text} className="muted small">
          {text}
        </div>
      ))}
    </>
  );
}
