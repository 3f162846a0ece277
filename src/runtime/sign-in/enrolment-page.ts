import { html } from '../html.js';
import type { Language } from '../messages.js';
import type { SignInPage } from './sign-in-layout.js';

/** What the page on which an account is set up shows. */
export interface EnrolmentOffer {
  readonly language: Language;
  readonly status: number;
  /** Of the administrator's link. */
  readonly code: string;
  readonly userName: string;
  /** For the app, as people type it. */
  readonly secret: string;
  /** The same as an address that an app opens. */
  readonly address: string;
  readonly sealed: string;
  /** What went wrong, a sentence each. */
  readonly failures: readonly string[];
}

const TEXTS = {
  VI: {
    title: 'Thiết lập tài khoản',
    password: 'Mật khẩu mới (từ 12 ký tự; một câu dễ nhớ là tốt nhất)',
    repeated: 'Nhập lại mật khẩu',
    app: 'Thêm tài khoản này vào ứng dụng xác thực trên điện thoại: mở liên kết dưới đây, hoặc nhập khóa bằng tay.',
    open: 'Mở trong ứng dụng xác thực',
    key: 'Khóa',
    code: 'Mã 6 số mà ứng dụng đang hiện',
    submit: 'Thiết lập',
    done: 'Tài khoản đã sẵn sàng',
    recovery: 'Mã khôi phục, mỗi mã dùng một lần khi mất điện thoại. Hãy cất kỹ: các mã này chỉ hiện một lần.',
    signIn: 'Đăng nhập',
    ended: 'Không thiết lập được',
  },
  EN: {
    title: 'Set up the account',
    password: 'New password (12 characters or more; a sentence is best remembered)',
    repeated: 'The password again',
    app: 'Add this account to the authenticator app on your telephone: open the link below, or type the key.',
    open: 'Open in the authenticator app',
    key: 'Key',
    code: 'The code of 6 digits that the app shows now',
    submit: 'Set up',
    done: 'The account is ready',
    recovery:
      'Recovery codes, each for once, for when the telephone is lost. Keep them well: they are shown this once.',
    signIn: 'Sign in',
    ended: 'It can not be set up',
  },
} as const satisfies Record<Language, Readonly<Record<string, string>>>;

/** The page on which the owner of an account chooses the password and adds the second factor. */
export function enrolmentPage(offer: EnrolmentOffer): SignInPage {
  const texts = TEXTS[offer.language];
  const body = html`
    ${offer.failures.map((each) => html`<p class="failure" role="alert">${each}</p>`)}
    <form method="post" action="/sign-in/enrol">
      <input type="hidden" name="enrolment" value="${offer.code}" />
      <input type="hidden" name="sealed" value="${offer.sealed}" />
      <fieldset>
        <legend>${offer.userName}</legend>
        <input type="hidden" name="userName" value="${offer.userName}" autocomplete="username" />
        <div class="field">
          <label for="password">${texts.password}</label>
          <input id="password" name="password" type="password" required minlength="12" autocomplete="new-password" />
        </div>
        <div class="field">
          <label for="repeated">${texts.repeated}</label>
          <input id="repeated" name="repeated" type="password" required minlength="12" autocomplete="new-password" />
        </div>
        <div class="field">
          <p>${texts.app}</p>
          <p><a href="${offer.address}">${texts.open}</a></p>
          <p>${texts.key}: <code>${offer.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
        </div>
        <div class="field">
          <label for="code">${texts.code}</label>
          <input id="code" name="code" required inputmode="numeric" autocomplete="one-time-code" />
        </div>
        <button class="button">${texts.submit}</button>
      </fieldset>
    </form>
  `;
  return { status: offer.status, language: offer.language, title: texts.title, body };
}

/** The page that tells the recovery codes. */
export function enrolledPage(language: Language, codes: readonly string[]): SignInPage {
  const texts = TEXTS[language];
  const body = html`
    <p>${texts.recovery}</p>
    <ul class="codes">
      ${codes.map((each) => html`<li><code>${each}</code></li> `)}
    </ul>
    <p class="actions"><a class="button" href="/sign-in">${texts.signIn}</a></p>
  `;
  return { status: 200, language, title: texts.done, body };
}

/** The page for a link that sets nothing up. */
export function endedPage(language: Language, status: number, failures: readonly string[]): SignInPage {
  const body = html`${failures.map((each) => html`<p class="failure" role="alert">${each}</p>`)}`;
  return { status, language, title: TEXTS[language].ended, body };
}
