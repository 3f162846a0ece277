import type { Confidence } from '../generated/documents';
import { useWriting } from '../language';

/** How sure a value is, in words; the colour only repeats them. */
export function ConfidenceMark({ confidence }: { readonly confidence: Confidence }) {
  const { words } = useWriting();
  return <span className={`confidence ${confidence.toLowerCase()}`}>{words.confidence[confidence]}</span>;
}
