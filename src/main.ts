import 'reflect-metadata';
import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { AppModule } from './app.module.js';
import { TABLES } from './data-source.js';
import { RulePackReader } from './compliance/rule-pack.reader.js';
import { ReferenceWriter } from './portfolio/reference.writer.js';
import type { Config } from './runtime/config.js';
import { Authenticator } from './runtime/authentication.js';
import { BODY_MAXIMUM, BODY_OF_WRITERS_MAXIMUM, isOfWriter, jsonOf } from './runtime/request-body.js';
import { InputPipe } from './runtime/input.pipe.js';
import { openDoors } from './runtime/front-door.js';
import { originDoor } from './runtime/origins.js';
import { rateDoor } from './runtime/request-rate.js';
import { graphqlDoor } from './runtime/graphql.server.js';
import { openDatabase } from './runtime/database.js';
import type { Database } from './runtime/database.js';
import { Jobs } from './runtime/jobs.js';
import { serveWeb } from './runtime/static-web.js';
import { TrustedAnswers } from './runtime/trusted-answers.js';
import { trustedDocumentDoor } from './runtime/trusted-document.server.js';
import { LandscapeReader } from './registry/landscape.reader.js';

/**
 * Milliseconds for which a connection without a question is kept: longer than proxies keep theirs (a minute), or one of
 * them sends its next question into a connection that is just being closed.
 */
const KEEP_ALIVE = 65_000;

/** A running service. */
export interface Service {
  /** Where it answers on this machine. */
  readonly url: string;
  readonly revision: number;
  readonly database: Database;
  close(): Promise<void>;
}

/**
 * Opens and migrates the database, loads the reference pack into an empty one, and answers HTTP.
 * @throws FolderLocked where another process has the embedded database open.
 */
export async function startService(config: Config): Promise<Service> {
  const database = await openDatabase(config, TABLES);
  try {
    return await serveOn(database, config);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What the web framework reads of JSON is bounded by who asks, and read, as at the doors before it. */
function readBodies(app: NestExpressApplication, authenticator: Authenticator): void {
  const isWriters = (request: IncomingMessage): boolean =>
    isJson(request) && isOfWriter(request.headers, authenticator);
  app.useBodyParser('raw', { limit: BODY_OF_WRITERS_MAXIMUM, type: isWriters });
  app.useBodyParser('raw', { limit: BODY_MAXIMUM, type: isJson });
  app.use(readJson);
}

function readJson(request: Request, _response: Response, next: NextFunction): void {
  const body: unknown = request.body;
  if (Buffer.isBuffer(body)) request.body = jsonOf(body);
  next();
}

function isJson({ headers }: IncomingMessage): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '');
}

/** Serves an open database; closing the service closes it too. */
export async function serveOn(database: Database, config: Config): Promise<Service> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(config, database), {
    logger: ['error', 'warn'],
    abortOnError: false,
    // Only JSON is read for everybody: a file that is sent as a form would be taken apart before anybody could read it.
    bodyParser: false,
  });
  app.useGlobalPipes(new InputPipe());
  readBodies(app, app.get(Authenticator, { strict: false }));
  app.disable('x-powered-by');
  serveWeb(app);
  await app.init();
  const revision = await app.get(ReferenceWriter, { strict: false }).loadIfEmpty();
  // Loading has looked at the database: rules that were published and can not be used stop the start.
  void app.get(RulePackReader, { strict: false }).inUse;
  await app.get(Jobs, { strict: false }).goOn();
  const landscapes = app.get(LandscapeReader, { strict: false });
  const trusted = trustedDocumentDoor({
    answers: app.get(TrustedAnswers, { strict: false }),
    authenticator: app.get(Authenticator, { strict: false }),
    pin: async (context) => {
      const { revision, at } = await landscapes.forRequest(context);
      return { revision, at, recorded: Object.values(landscapes.positions).join(' ') };
    },
  });
  const authenticator = app.get(Authenticator, { strict: false });
  openDoors(app.getHttpServer(), [
    originDoor(config.allowedOrigins),
    rateDoor(config.requestsPerMinute, authenticator),
    trusted,
    graphqlDoor(app),
  ]);
  app.getHttpServer().keepAliveTimeout = KEEP_ALIVE;
  await app.listen(config.port, config.host);
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  database.lock?.announce(port);
  return {
    url: `http://localhost:${port}`,
    revision,
    database,
    close: async () => {
      await app.close();
      await database.close();
    },
  };
}
