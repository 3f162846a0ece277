/** Where nothing better is known. */
const FRONT_PAGE = '/';
const LENGTH_MAXIMUM = 2_000;
/** Nothing that an address has not: browsers take some of it away, and what is left may lead elsewhere. */
const NO_SIGN_OF_A_PATH = /[\p{Cc}\p{Zs}\p{Zl}\p{Zp}\\]/u;
/** A second slash at the beginning, plain or written in another way, begins the name of another host. */
const OTHER_HOST = /^\/(?:[/\\]|%(?:25)*(?:2f|5c))/i;
/** What is shown at the first part of a path; everything else is a file, data or a way in. */
const PAGES: ReadonlySet<string> = new Set(['index.html', 'explorer', 'explorer.html', 'desk']);
const SOMEWHERE = 'http://somewhere.invalid';

/**
 * Where somebody goes once signed in: a page of this service, whatever was asked for.
 * @returns the front page where what was asked for is anything else than one of its pages.
 */
export function returnPath(asked: string | null | undefined): string {
  if (asked?.startsWith('/') !== true || asked.length > LENGTH_MAXIMUM) return FRONT_PAGE;
  if (NO_SIGN_OF_A_PATH.test(asked) || !URL.canParse(asked, SOMEWHERE)) return FRONT_PAGE;
  const { origin, pathname, search, hash } = new URL(asked, SOMEWHERE);
  const path = `${pathname}${search}${hash}`;
  // Both as it was written and as it is read: `/.//host` is read as `//host`.
  const isElsewhere = origin !== SOMEWHERE || OTHER_HOST.test(asked) || OTHER_HOST.test(path);
  return isElsewhere || !isPage(pathname) ? FRONT_PAGE : path;
}

function isPage(pathname: string): boolean {
  return pathname === FRONT_PAGE || PAGES.has(pathname.split('/')[1] ?? '');
}
