import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { SECTIONS } from '../addresses';
import type { Section } from '../addresses';
import { useWriting } from '../language';
import type { ElementSeen } from './element-seen';
import { FactsSection } from './facts-section';
import { FindingsSection } from './findings-section';
import { HistorySection } from './history-section';
import { MissingSection } from './missing-section';
import { ProjectsSection } from './projects-section';
import { RelationsSection } from './relations-section';
import { useSection } from './section-address';
import { TreatmentSection } from './treatment-section';
import { UsagesSection } from './usages-section';

interface Props {
  readonly element: ElementSeen;
}

/** The parts of an element, one at a time: each asks its own question only when it is opened. */
export function ElementSections({ element }: Props) {
  const { t } = useTranslation();
  const { number } = useWriting();
  const [section, open] = useSection(element.urn);
  const { missingCount } = element.dataQuality;
  return (
    <Tabs className="sections" selectedKey={section} onSelectionChange={(key) => open(key as Section)}>
      <TabList className="tab-list" aria-label={t('element.sections')}>
        {(Object.keys(SECTIONS) as Section[]).map((name) => (
          <Tab key={name} id={name} className="tab">
            {t(`section.${name}`)}
            {name === 'missing' && missingCount > 0 && <span className="count">{number(missingCount)}</span>}
          </Tab>
        ))}
      </TabList>
      <TabPanel id={section} className="panel">
        {panelOf(section, element)}
      </TabPanel>
    </Tabs>
  );
}

function panelOf(section: Section, element: ElementSeen): ReactNode {
  const { urn } = element;
  switch (section) {
    case 'facts':
      return <FactsSection element={element} />;
    case 'relations':
      return <RelationsSection urn={urn} />;
    case 'usages':
      return <UsagesSection element={element} />;
    case 'projects':
      return <ProjectsSection urn={urn} />;
    case 'judgement':
      return (
        <>
          <TreatmentSection urn={urn} />
          <FindingsSection urn={urn} />
        </>
      );
    case 'missing':
      return <MissingSection element={element} />;
    case 'history':
      return <HistorySection element={element} />;
  }
}
