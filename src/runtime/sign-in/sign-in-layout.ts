import type { ServerResponse } from 'node:http';
import { html } from '../html.js';
import type { Html } from '../html.js';
import type { Language } from '../messages.js';
import { SECURITY_HEADERS } from '../security-headers.js';

/** Nothing is run; forms go nowhere else; how it looks comes from here. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A page of its own, with the answer that it is. */
export interface SignInPage {
  readonly status: number;
  readonly language: Language;
  readonly title: string;
  readonly body: Html;
}

/** Sends a page of the sign-in: in the look of the others, without a script, and kept by nobody. */
export function sendPage(response: ServerResponse, { status, language, title, body }: SignInPage): void {
  const page = html`<!doctype html>
    <html lang="${language.toLowerCase()}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Khung</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/style.css" />
        <link rel="stylesheet" href="/sign-in.css" />
      </head>
      <body>
        <header class="top">
          <div class="bar">
            <a class="brand" href="/"><img src="/icon.svg" alt="" width="28" height="28" /> Khung</a>
          </div>
        </header>
        <main id="main">
          <section class="sign-in">
            <h1>${title}</h1>
            ${body}
          </section>
        </main>
      </body>
    </html>`.text;
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'Content-Security-Policy': POLICY,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(page),
    'Cache-Control': 'no-store',
  });
  response.end(page);
}

/** Stands wherever nobody has to show who he is. */
export const DEMO_MARK: Html = html`<div class="demo" role="note">
  <p><strong>BẢN THỬ NGHIỆM - người dùng mẫu, không dùng cho dữ liệu thật</strong></p>
  <p lang="en"><strong>TRIAL - demo people, not for real data</strong></p>
</div>`;
