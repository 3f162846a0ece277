import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

/** The desk as it was built: beside what is compiled, also where the service runs from its sources. */
const DESK = ['../web/desk', '../../dist/src/web/desk']
  .map((place) => join(import.meta.dirname, place))
  .find((place) => existsSync(join(place, 'assets')));

/** The names of its files change with what is in them: browsers keep them. */
const KEPT = { immutable: true, maxAge: '365d' } as const;

/** Serves the desk at `/desk`: every address below it is a page of its own making, so each gets its index. */
export function serveDesk(app: NestExpressApplication): void {
  if (DESK === undefined) return;
  const assets = join(DESK, 'assets');
  const express = app.getHttpAdapter().getInstance();
  express.get('/desk/assets/:file', packedFile(assets));
  app.useStaticAssets(assets, { ...KEPT, prefix: '/desk/assets', fallthrough: false, index: false });
  const index = join(DESK, 'index.html');
  express.get('/desk{/*page}', (_request: Request, response: Response) => {
    response.set('Cache-Control', 'no-cache').sendFile(index, { cacheControl: false });
  });
}

/** Gives a file as the build has packed it to whoever can unpack it. */
function packedFile(assets: string) {
  const packed = new Set(readdirSync(assets).filter((name) => name.endsWith('.gz')));
  return (request: Request<{ file: string }>, response: Response, next: NextFunction) => {
    const { file } = request.params;
    if (!packed.has(`${file}.gz`)) {
      next();
      return;
    }
    response.vary('Accept-Encoding');
    if (request.acceptsEncodings('gzip') === false) {
      next();
      return;
    }
    response
      .type(file)
      .set('Content-Encoding', 'gzip')
      .sendFile(join(assets, `${file}.gz`), KEPT);
  };
}
