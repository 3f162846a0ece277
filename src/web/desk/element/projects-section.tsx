import { useTranslation } from 'react-i18next';
import { Paged } from '../frame/paged';
import { RelationTable } from './relation-table';
import { useRelations } from './relations-section';

/** The projects that touch an element, by what they do to it. */
export function ProjectsSection({ urn }: { readonly urn: string }) {
  const { t } = useTranslation();
  const list = useRelations(urn, { other: { kind: ['PROJECT'] } });
  return (
    <section aria-labelledby="projects-title">
      <h2 id="projects-title">{t('projects.title')}</h2>
      <Paged list={list} empty={<p className="unknown">{t('projects.none')}</p>}>
        {(relations) => <RelationTable title={t('projects.title')} urn={urn} relations={relations} />}
      </Paged>
    </section>
  );
}
