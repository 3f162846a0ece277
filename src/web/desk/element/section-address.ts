import { useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import { SECTIONS, elementAddress } from '../addresses';
import type { Section } from '../addresses';

/** The router tells of its own moves by the names of the browser's calls. */
const MOVES = ['hashchange', 'popstate', 'pushState', 'replaceState'] as const;

function listen(told: () => void): () => void {
  for (const move of MOVES) addEventListener(move, told);
  return () => {
    for (const move of MOVES) removeEventListener(move, told);
  };
}

/** Which part of an element the address names; the facts where it names none. */
export function useSection(urn: string): readonly [section: Section, open: (section: Section) => void] {
  const hash = useSyncExternalStore(listen, () => location.hash.slice(1));
  const [, navigate] = useLocation();
  const sections = Object.keys(SECTIONS) as Section[];
  const section = sections.find((name) => SECTIONS[name] === hash) ?? 'facts';
  return [section, (opened) => navigate(elementAddress(urn, opened), { replace: true })];
}
