import { useEffect, useRef } from 'react';
import { Link, Meter } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { elementAddress } from '../addresses';
import { useWriting } from '../language';
import { ElementLink } from './element-link';
import type { ElementSeen } from './element-seen';
import { LifecycleBar } from './lifecycle-bar';
import { hasOwner } from './owned-kinds';

/** What an element is, whose it is, where it stands in its life, and how much of it is known. */
export function ElementHead({ element }: { readonly element: ElementSeen }) {
  const { t } = useTranslation();
  const { language, words } = useWriting();
  const heading = useRef<HTMLHeadingElement>(null);
  // A new page begins at its heading, for the keyboard and for screen readers.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [element.urn]);
  const isEnglish = language === 'en' && element.nameEn !== null;
  const other = isEnglish ? element.name : element.nameEn;
  return (
    <header className="element-head">
      <p className="kind-line">
        <span className="kind">{words.kind[element.kind]}</span>
        <code>{element.urn}</code>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {isEnglish ? element.nameEn : element.name}
      </h1>
      {other !== null && (
        <p className="other-name" lang={isEnglish ? 'vi' : 'en'}>
          {other}
        </p>
      )}
      {hasOwner(element.kind) && <Owner owner={element.owner} />}
      <p className="description">
        {element.description === null ? (
          <span className="unknown">{t('element.noDescription')}</span>
        ) : (
          <span lang="vi">{element.description}</span>
        )}
      </p>
      <div className="standing">
        <LifecycleBar lifecycle={element.lifecycle} />
        <Known element={element} />
      </div>
    </header>
  );
}

function Owner({ owner }: { readonly owner: ElementSeen['owner'] }) {
  const { t } = useTranslation();
  return (
    <p className="owner">
      {owner === null ? (
        <span className="unknown">{t('element.ownerUnknown')}</span>
      ) : (
        <>
          {t('element.owner')}: <ElementLink element={owner} />
        </>
      )}
    </p>
  );
}

/** How much of what should be known is, and when its owner last confirmed it. */
function Known({ element }: { readonly element: ElementSeen }) {
  const { t } = useTranslation();
  const { number, day, words } = useWriting();
  const { completeness, missingCount, freshness, attestedOn } = element.dataQuality;
  const percent = t('element.knownPercent', { percent: Math.floor(completeness * 100) });
  return (
    <section className="known" aria-labelledby="known-title">
      <h2 id="known-title">{t('element.known')}</h2>
      <Meter className="meter" aria-labelledby="known-title" value={completeness} maxValue={1} valueLabel={percent}>
        <span className="meter-value">{percent}</span>
        <span className="meter-track" aria-hidden="true">
          <span className="meter-fill" style={{ width: `${String(completeness * 100)}%` }} />
        </span>
      </Meter>
      <p>
        {missingCount === 0 ? (
          t('element.nothingMissing')
        ) : (
          <Link href={elementAddress(element.urn, 'missing')}>
            {t('element.missingSome', { total: number(missingCount) })}
          </Link>
        )}
      </p>
      <p className="muted">
        {words.freshness[freshness]}
        {attestedOn !== null && `. ${t('element.confirmedOn', { day: day(attestedOn) })}`}
      </p>
    </section>
  );
}
