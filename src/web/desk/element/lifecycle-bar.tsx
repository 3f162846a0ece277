import { useTranslation } from 'react-i18next';
import type { LifecyclePhase } from '../generated/documents';
import { useWriting } from '../language';
import type { ElementSeen } from './element-seen';

/** The way of a life from plan to end. Being suspended is no step of it and stands there only where it happened. */
const WAY: readonly LifecyclePhase[] = ['PLAN', 'PILOT', 'PHASE_IN', 'ACTIVE', 'SUSPENDED', 'PHASE_OUT', 'END_OF_LIFE'];

/** Where an element stands in its life, with the days that are known. */
export function LifecycleBar({ lifecycle }: { readonly lifecycle: ElementSeen['lifecycle'] }) {
  const { t } = useTranslation();
  const { day, words } = useWriting();
  const { phase: now, phases } = lifecycle;
  const recorded = new Map(phases.map(({ phase, from }) => [phase, from]));
  const steps = WAY.filter((phase) => phase !== 'SUSPENDED' || now === phase || recorded.has(phase));
  const since = (from: string | null) =>
    from === null ? t('element.sinceUnknown') : t('element.since', { day: day(from) });
  return (
    <section className="lifecycle" aria-labelledby="lifecycle-title">
      <h2 id="lifecycle-title">{t('element.lifecycle')}</h2>
      <ol>
        {steps.map((phase) => {
          const from = recorded.get(phase);
          return (
            <li key={phase} aria-current={phase === now ? 'step' : undefined}>
              <span className="phase">{words.phase[phase]}</span>
              {from !== undefined && <span className="phase-day">{since(from)}</span>}
            </li>
          );
        })}
      </ol>
      {now === 'UNKNOWN' && <p className="unknown">{t('element.phaseUnknown')}</p>}
    </section>
  );
}
