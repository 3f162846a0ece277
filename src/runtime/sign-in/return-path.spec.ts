import { returnPath } from './return-path.js';

describe('after signing in', () => {
  it.each([
    ['/', '/'],
    ['/explorer.html', '/explorer.html'],
    ['/explorer.html?example=impact#top', '/explorer.html?example=impact#top'],
    ['/?q=Sở', '/?q=S%E1%BB%9F'],
    ['/desk', '/desk'],
    ['/desk//b?to=https://other.example//c', '/desk//b?to=https://other.example//c'],
    ['/a/../desk/b', '/desk/b'],
  ])('one goes back to %s', (asked, path) => {
    expect(returnPath(asked)).toBe(path);
  });

  it.each([
    [null],
    [undefined],
    [''],
    ['explorer.html'],
    ['https://other.example/'],
    ['javascript:alert(1)'],
    ['//other.example'],
    ['///other.example'],
    ['/\\other.example'],
    ['\\\\other.example'],
    ['/%2fother.example'],
    ['/%2Fother.example'],
    ['/%5cother.example'],
    ['/%252fother.example'],
    ['/%25255Cother.example'],
    ['/.//other.example'],
    ['/..//other.example'],
    ['/a/..//other.example'],
    ['/%2e//other.example'],
    ['/\t/other.example'],
    ['/\n/other.example'],
    ['\t//other.example'],
    ['/a\r\nSet-Cookie: a=b'],
    ['/a b'],
    ['/\u00a0/other.example'],
    ['/sign-in'],
    ['/sign-in/callback?code=1'],
    ['/sign-in?return=/sign-in'],
    ['/sign-out'],
    ['/backup'],
    ['/exports/elements.csv?kind=SYSTEM'],
    ['/imports'],
    ['/metrics'],
    ['/graphql?query={me{role}}'],
    ['/development-issuer/auth'],
    ['/desk/../backup'],
    ['/explorer.html.exe'],
    [`/${'a'.repeat(2_000)}`],
  ])('one goes to no other place: %j', (asked) => {
    expect(returnPath(asked)).toBe('/');
  });
});
