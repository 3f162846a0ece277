import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWriting } from '../language';
import type { Words } from '../texts/words';
import { ConfidenceMark } from './confidence-mark';
import { ElementLink } from './element-link';
import type { ElementSeen } from './element-seen';
import { FactValue } from './fact-value';
import { LegalBasis, OtherCodes, Responsibilities } from './fact-lists';
import { hasOwner } from './owned-kinds';
import { sourceListOf } from './source-list';
import type { Sourced } from './source-list';
import { SourceText } from './source-text';

interface Props {
  readonly element: ElementSeen;
}

/** Every value that is known, how sure it is and from where; what nobody has told says so. */
export function FactsSection({ element }: Props) {
  const { t } = useTranslation();
  const { words } = useWriting();
  const list = sourceListOf(element);
  return (
    <>
      <section aria-labelledby="facts-title">
        <h2 id="facts-title">{t('facts.title')}</h2>
        <dl className="facts">
          {ownFacts(element, t, words).map(({ field, name, value }) => (
            <Fact key={field} name={name} sourced={list.of(field)}>
              {value}
            </Fact>
          ))}
          {element.attributes.map(({ key, name, value, unit }) => (
            <Fact key={`attributes.${key}`} name={name} sourced={list.of(`attributes.${key}`)}>
              <FactValue value={value} unit={unit} />
            </Fact>
          ))}
        </dl>
      </section>
      <Responsibilities element={element} />
      <LegalBasis element={element} />
      <OtherCodes element={element} />
      <section aria-labelledby="sources-title">
        <h2 id="sources-title">{t('facts.sources')}</h2>
        {list.sources.length === 0 && <p>{t('facts.noSource')}</p>}
        <ol className="sources">
          {list.sources.map((source) => (
            <li key={source}>
              <SourceText text={source} />
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

function Fact(props: { readonly name: string; readonly sourced: Sourced | undefined; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { name, sourced, children } = props;
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>
        <div className="fact-value">{children ?? <span className="unknown">{t('facts.unknown')}</span>}</div>
        {sourced !== undefined && (
          <div className="fact-source">
            <ConfidenceMark confidence={sourced.confidence} />
            {sourced.number !== null && <span>{t('facts.source', { number: sourced.number })}</span>}
          </div>
        )}
      </dd>
    </div>
  );
}

interface OwnFact {
  readonly field: string;
  readonly name: string;
  /** Null where nobody has told. */
  readonly value: ReactNode;
}

type Translate = ReturnType<typeof useTranslation>['t'];

/** The values that every element has a place for, known or not. */
function ownFacts(element: ElementSeen, t: Translate, words: Words): readonly OwnFact[] {
  const { layer, owner, aliases } = element;
  return [
    { field: 'kind', name: t('facts.kind'), value: words.kind[element.kind] },
    { field: 'name', name: t('facts.name'), value: element.name },
    { field: 'nameEn', name: t('facts.nameEn'), value: element.nameEn },
    { field: 'aliases', name: t('facts.aliases'), value: aliases.length === 0 ? null : aliases.join('; ') },
    ...(hasOwner(element.kind) ? [ownerFact(owner, t)] : []),
    { field: 'layer', name: t('facts.layer'), value: layer === null ? null : t('facts.layerOf', { layer }) },
    ...('securityLevel' in element ? [securityFact(element.securityLevel, t)] : []),
    { field: 'visibility', name: t('facts.visibility'), value: words.visibility[element.visibility] },
  ];
}

function ownerFact(owner: ElementSeen['owner'], t: Translate): OwnFact {
  return { field: 'owner', name: t('facts.owner'), value: owner === null ? null : <ElementLink element={owner} /> };
}

function securityFact(
  level: { readonly approved: number | null; readonly proposed: number | null },
  t: Translate,
): OwnFact {
  const { approved, proposed } = level;
  const ofProposed = proposed === null ? null : t('facts.securityProposed', { level: proposed });
  const value = approved === null ? ofProposed : t('facts.securityApproved', { level: approved });
  return { field: 'securityLevel', name: t('facts.security'), value };
}
