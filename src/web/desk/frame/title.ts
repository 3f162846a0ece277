import { useEffect } from 'react';

/** Names the page in the window, its history and to screen readers. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · Khung`;
  }, [title]);
}
