import type { ReactNode } from 'react';

/** A source in its own words, with the addresses in it as links. */
export function SourceText({ text }: { readonly text: string }) {
  const parts: ReactNode[] = text.split(/(https?:\/\/[^\s;]+)/).map((part, at) =>
    at % 2 === 1 ? (
      <a key={at} href={part} rel="noreferrer">
        {part}
      </a>
    ) : (
      part
    ),
  );
  return <span className="source-text">{parts}</span>;
}
