import type { ReactNode } from 'react';

interface Props {
  readonly text: string;
  /** Start and end of each part that was found, in order, none overlapping. */
  readonly spans: readonly (readonly number[])[];
}

/** A text with what was found in it marked. */
export function Highlighted({ text, spans }: Props) {
  const parts: ReactNode[] = [];
  let done = 0;
  for (const [start = 0, end = 0] of spans) {
    parts.push(text.slice(done, start), <mark key={start}>{text.slice(start, end)}</mark>);
    done = end;
  }
  return (
    <>
      {parts}
      {text.slice(done)}
    </>
  );
}
