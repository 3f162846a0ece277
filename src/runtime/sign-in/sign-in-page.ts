import { html } from '../html.js';
import type { Html } from '../html.js';
import type { Language } from '../messages.js';
import { DEMO_MARK } from './sign-in-layout.js';
import type { SignInPage } from './sign-in-layout.js';

/** What the page offers, and what is known of whoever looks at it. */
export interface SignInOffer {
  readonly language: Language;
  /** A path of this service. */
  readonly returnTo: string;
  /** The name of the host at which people sign in. */
  readonly issuer: string | undefined;
  /** Whether the people at that host are none. */
  readonly isDemo: boolean;
  readonly hasAccounts: boolean;
  readonly isSignedIn: boolean;
  /** As it was typed before. */
  readonly userName: string;
  /** What went wrong, a sentence each. */
  readonly failures: readonly string[];
  readonly status: number;
}

const TEXTS = {
  VI: {
    title: 'Đăng nhập',
    demo: 'Đăng nhập bằng người dùng mẫu',
    issuer: 'Đăng nhập qua {host}',
    account: 'Tài khoản tại chỗ',
    userName: 'Tên đăng nhập',
    password: 'Mật khẩu',
    code: 'Mã 6 số của ứng dụng xác thực, hoặc một mã khôi phục',
    submit: 'Đăng nhập',
    signedIn: 'Bạn đang đăng nhập.',
    signOut: 'Đăng xuất',
    goOn: 'Tiếp tục',
    none: 'Chưa có cách đăng nhập nào: người vận hành cần đặt KHUNG_ISSUER, hoặc KHUNG_SECRET_KEY cho tài khoản tại chỗ.',
  },
  EN: {
    title: 'Sign in',
    demo: 'Sign in as a demo person',
    issuer: 'Sign in at {host}',
    account: 'Local account',
    userName: 'User name',
    password: 'Password',
    code: 'Code of 6 digits of your authenticator app, or a recovery code',
    submit: 'Sign in',
    signedIn: 'You are signed in.',
    signOut: 'Sign out',
    goOn: 'Go on',
    none: 'There is no way to sign in yet: the operator has to set KHUNG_ISSUER, or KHUNG_SECRET_KEY for local accounts.',
  },
} as const satisfies Record<Language, Readonly<Record<string, string>>>;
type Texts = (typeof TEXTS)[Language];

const NOTHING = html``;

/** The page on which somebody chooses how to sign in. */
export function signInPage(offer: SignInOffer): SignInPage {
  const { language, status, issuer, isDemo, hasAccounts, failures } = offer;
  const texts = TEXTS[language];
  const body = html`
    ${isDemo ? DEMO_MARK : NOTHING} ${failures.map((each) => html`<p class="failure" role="alert">${each}</p>`)}
    ${offer.isSignedIn ? signOutForm(texts, offer) : NOTHING}
    ${issuer === undefined ? NOTHING : issuerLink(texts, offer, issuer)}
    ${hasAccounts ? accountForm(texts, offer) : NOTHING}
    ${issuer === undefined && !hasAccounts ? html`<p>${texts.none}</p>` : NOTHING}
  `;
  return { status, language, title: texts.title, body };
}

function signOutForm(texts: Texts, { returnTo }: SignInOffer): Html {
  return html`<form method="post" action="/sign-out">
    <p>${texts.signedIn}</p>
    <p class="actions">
      <a class="button" href="${returnTo}">${texts.goOn}</a>
      <button class="button quiet">${texts.signOut}</button>
    </p>
  </form>`;
}

function issuerLink(texts: Texts, { isDemo, returnTo }: SignInOffer, host: string): Html {
  const label = isDemo ? texts.demo : texts.issuer.replace('{host}', () => host);
  const address = `/sign-in/issuer?return=${encodeURIComponent(returnTo)}`;
  return html`<p class="actions"><a class="button" href="${address}">${label}</a></p>`;
}

function accountForm(texts: Texts, { returnTo, userName }: SignInOffer): Html {
  return html`<form method="post" action="/sign-in/account">
    <input type="hidden" name="return" value="${returnTo}" />
    <fieldset>
      <legend>${texts.account}</legend>
      <div class="field">
        <label for="userName">${texts.userName}</label>
        <input id="userName" name="userName" value="${userName}" required autocomplete="username" spellcheck="false" />
      </div>
      <div class="field">
        <label for="password">${texts.password}</label>
        <input id="password" name="password" type="password" required autocomplete="current-password" />
      </div>
      <div class="field">
        <label for="code">${texts.code}</label>
        <input id="code" name="code" required autocomplete="one-time-code" spellcheck="false" />
      </div>
      <button class="button">${texts.submit}</button>
    </fieldset>
  </form>`;
}
