import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { numberHeader } from './request-number.js';
import { SECURITY_HEADERS } from './security-headers.js';
import { serveDesk } from './static-desk.js';

/** Files of npm packages that pages load, so that nothing comes from other hosts: address and file of the package. */
const VENDOR: Readonly<Record<string, readonly [packageName: string, file: string]>> = {
  '/vendor/graphiql/graphiql.min.js': ['graphiql', 'graphiql.min.js'],
  '/vendor/graphiql/graphiql.min.css': ['graphiql', 'graphiql.min.css'],
  '/vendor/react/umd/react.production.min.js': ['react', 'umd/react.production.min.js'],
  '/vendor/react-dom/umd/react-dom.production.min.js': ['react-dom', 'umd/react-dom.production.min.js'],
};

/** Scripts from here alone. Styles may be written by scripts: the explorer's editor places its cursor that way. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/** What the explorer answers whoever it is not for. */
const CLOSED = `<!doctype html>
<html lang="vi">
  <head><meta charset="utf-8" /><title>Khung</title><link rel="stylesheet" href="/style.css" /></head>
  <body>
    <main>
      <p>Công cụ tra cứu dành cho người đang có vai trò trong hệ thống. <a href="/sign-in?return=/explorer">Đăng nhập</a> · <a href="/">Về trang đầu</a> · <a href="/schema.gql">Lược đồ</a></p>
      <p lang="en">The explorer is for whoever acts in a role here. <a href="/sign-in?return=/explorer">Sign in</a> · <a href="/">Front page</a> · <a href="/schema.gql">Schema</a></p>
    </main>
  </body>
</html>
`;

/**
 * Serves the pages at `/` and what they load.
 * @param mayExplore - whether a request is of somebody whom the explorer is for.
 */
export function serveWeb(app: NestExpressApplication, mayExplore: (request: Request) => boolean): void {
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.set({ ...SECURITY_HEADERS, ...numberHeader(response), 'Content-Security-Policy': POLICY });
    next();
  });
  const { resolve } = createRequire(import.meta.url);
  const express = app.getHttpAdapter().getInstance();
  for (const [address, [packageName, file]] of Object.entries(VENDOR)) {
    const path = join(dirname(resolve(`${packageName}/package.json`)), file);
    express.get(address, (_request: Request, response: Response) => response.sendFile(path));
  }
  express.get(['/explorer', '/explorer.html'], (request: Request, response: Response, next: NextFunction) => {
    if (mayExplore(request)) next();
    else response.status(403).type('html').set('Cache-Control', 'no-store').send(CLOSED);
  });
  serveDesk(app);
  app.useStaticAssets(join(import.meta.dirname, '..', 'web'), { extensions: ['html'] });
}
