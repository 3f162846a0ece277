import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { SECURITY_HEADERS } from './security-headers.js';

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

/** Serves the pages at `/` and what they load. */
export function serveWeb(app: NestExpressApplication): void {
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.set({ ...SECURITY_HEADERS, 'Content-Security-Policy': POLICY });
    next();
  });
  const { resolve } = createRequire(import.meta.url);
  const express = app.getHttpAdapter().getInstance();
  for (const [address, [packageName, file]] of Object.entries(VENDOR)) {
    const path = join(dirname(resolve(`${packageName}/package.json`)), file);
    express.get(address, (_request: Request, response: Response) => response.sendFile(path));
  }
  app.useStaticAssets(join(import.meta.dirname, '..', 'web'), { extensions: ['html'] });
}
