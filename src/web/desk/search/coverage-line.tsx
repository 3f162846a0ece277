import { useTranslation } from 'react-i18next';
import type { CoverageVerdict } from '../generated/documents';
import { useWriting } from '../language';

interface Props {
  readonly coverage: {
    readonly verdict: CoverageVerdict;
    readonly objectsKnown: number;
    readonly missingCount: number;
  };
  readonly isSearch?: boolean;
}

/** Among how much an answer was sought, and how far it can be trusted. */
export function CoverageLine({ coverage, isSearch = false }: Props) {
  const { t } = useTranslation();
  const { number, words } = useWriting();
  const said = { objects: number(coverage.objectsKnown), verdict: words.coverage[coverage.verdict] };
  return (
    <p className="coverage muted">
      {isSearch ? t('search.coverage', said) : t('search.coverageBrowse', said)}
      {coverage.missingCount > 0 && ` ${t('search.coverageMissing', { missing: number(coverage.missingCount) })}`}
    </p>
  );
}
