import { useEffect, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';
import { searchAddress } from '../addresses';
import type { ElementKind } from '../generated/documents';
import { wordsVi } from '../texts/words-vi';

/** A pause in typing after which the search is asked. */
const PAUSE_MS = 200;

interface Asked {
  readonly text: string;
  readonly kind: ElementKind | undefined;
}

/** Whether a word of an address is the code of a kind. */
export function isKind(word: string): word is ElementKind {
  return Object.hasOwn(wordsVi.kind, word);
}

/** What the address asks for, and how to ask for something else, after a pause in typing. */
export function useSearchAddress() {
  const asked = new URLSearchParams(useSearch());
  const text = asked.get('q')?.trim() ?? '';
  const word = asked.get('loai');
  const kind = word !== null && isKind(word) ? word : undefined;
  const [, navigate] = useLocation();
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);
  const go = (to: Asked) => {
    clearTimeout(waiting.current);
    waiting.current = setTimeout(
      () => navigate(searchAddress(to.text, to.kind), { replace: true }),
      to.text === text ? 0 : PAUSE_MS,
    );
  };
  return { asked: text, kind, go };
}
