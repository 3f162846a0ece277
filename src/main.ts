import 'reflect-metadata';
import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { AppModule } from './app.module.js';
import { TABLES } from './data-source.js';
import { RulePackReader } from './compliance/rule-pack.reader.js';
import { ReferenceWriter } from './portfolio/reference.writer.js';
import { ConfigWrong } from './runtime/config.js';
import type { Config } from './runtime/config.js';
import { Authenticator } from './runtime/authentication.js';
import { BODY_MAXIMUM, BODY_OF_WRITERS_MAXIMUM, isOfWriter, jsonOf } from './runtime/request-body.js';
import { People } from './runtime/identity/people.js';
import { InputPipe } from './runtime/input.pipe.js';
import { openDoors } from './runtime/front-door.js';
import type { Door } from './runtime/front-door.js';
import { originDoor } from './runtime/origins.js';
import { rateDoors } from './runtime/request-rate.js';
import { graphqlDoor } from './runtime/graphql.server.js';
import { ServiceLog, openLog, requestLine } from './runtime/log.js';
import type { Log } from './runtime/log.js';
import { Metrics } from './runtime/metrics.js';
import { requestTrace } from './runtime/request-trace.js';
import { openDatabase } from './runtime/database.js';
import type { Database } from './runtime/database.js';
import { Jobs } from './runtime/jobs.js';
import { Shutdown } from './runtime/shutdown.js';
import { DEMO_ISSUER, developmentIssuerDoor } from './runtime/sign-in/development-issuer-door.js';
import { IssuerSignIn } from './runtime/sign-in/issuer-sign-in.js';
import { serveWeb } from './runtime/static-web.js';
import { TrustedAnswers } from './runtime/trusted-answers.js';
import { trustedDocumentDoor } from './runtime/trusted-document.server.js';
import { LandscapeReader } from './registry/landscape.reader.js';

/**
 * Milliseconds for which a connection without a question is kept: longer than proxies keep theirs (a minute), or one of
 * them sends its next question into a connection that is just being closed.
 */
const KEEP_ALIVE = 65_000;

/** A year, for which browsers that came by HTTPS come by nothing else. */
const PROTECTED_SECONDS = 31_536_000;

/** A running service. */
export interface Service {
  /** Where it answers on this machine. */
  readonly url: string;
  readonly revision: number;
  readonly database: Database;
  /** Says that the service is not ready any more, before it is closed. */
  announceEnd(): void;
  /** Ends what has begun, within a limit, and closes the database. */
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
  const isWriters = (request: IncomingMessage): boolean => isJson(request) && isOfWriter(request, authenticator);
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

/** A door that takes nothing: each request is numbered, and told of when it is over. */
function traceOf(app: NestExpressApplication, config: Config, log: Log): Door {
  const authenticator = app.get(Authenticator, { strict: false });
  const trace = requestTrace(
    (request) => authenticator.roleOf(request),
    [app.get(Metrics, { strict: false }).ended, requestLine(log, config)],
  );
  const isProtected = config.publicUrl?.startsWith('https:') === true;
  return (request, response) => {
    if (isProtected) response.setHeader('Strict-Transport-Security', `max-age=${PROTECTED_SECONDS}`);
    trace(request, response);
    return false;
  };
}

function trustedDoor(app: NestExpressApplication): Door {
  const landscapes = app.get(LandscapeReader, { strict: false });
  return trustedDocumentDoor({
    answers: app.get(TrustedAnswers, { strict: false }),
    authenticator: app.get(Authenticator, { strict: false }),
    pin: async (context) => {
      const { revision, at } = await landscapes.forRequest(context);
      return { revision, at, recorded: Object.values(landscapes.positions).join(' ') };
    },
  });
}

/** What demo people did stays, and so does what they let in: tokens, roles of others. @throws ConfigWrong. */
async function requireNoDemoPeople({ source }: Database): Promise<void> {
  const known: unknown[] = await source.query('select id from person where issuer = $1 limit 1', [DEMO_ISSUER]);
  if (known.length === 0) return;
  throw new ConfigWrong(
    `Cơ sở dữ liệu này đã được chạy thử với người dùng mẫu, nên không dùng cho dữ liệu thật: mã và vai trò do họ cấp vẫn còn đó. Hãy bắt đầu với thư mục dữ liệu hoặc cơ sở dữ liệu khác.
This database was tried out with demo people, so it is not for real data: tokens and roles that they gave are still in it. Begin with another data folder or database.`,
  );
}

/** Serves an open database; closing the service closes it too. */
export async function serveOn(database: Database, config: Config): Promise<Service> {
  if (config.isProduction) await requireNoDemoPeople(database);
  const log = openLog(config);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(config, database), {
    logger: new ServiceLog(log),
    abortOnError: false,
    // Only JSON is read for everybody: a file that is sent as a form would be taken apart before anybody could read it.
    bodyParser: false,
  });
  app.useGlobalPipes(new InputPipe());
  readBodies(app, app.get(Authenticator, { strict: false }));
  app.disable('x-powered-by');
  serveWeb(app, (request) => app.get(Authenticator, { strict: false }).mayExplore(request, config));
  await app.init();
  const revision = await app.get(ReferenceWriter, { strict: false }).loadIfEmpty();
  // Loading has looked at the database: rules that were published and can not be used stop the start.
  void app.get(RulePackReader, { strict: false }).inUse;
  await app.get(Jobs, { strict: false }).goOn();
  const shutdown = new Shutdown(app.getHttpServer());
  const signIn = app.get(IssuerSignIn, { strict: false });
  // Whoever was let in without a secret stays in no longer than that is asked for.
  if (!config.demoPeople) await app.get(People, { strict: false }).endSessionsOf(DEMO_ISSUER);
  const authenticator = app.get(Authenticator, { strict: false });
  const rate = rateDoors(config.requestsPerMinute, authenticator);
  openDoors(app.getHttpServer(), {
    first: [traceOf(app, config, log), shutdown.door, originDoor(config.allowedOrigins), rate.ofStrangers],
    look: (request, response) => authenticator.identify(request, response),
    doors: [rate.ofCallers, developmentIssuerDoor(() => signIn.demoIssuer), trustedDoor(app), graphqlDoor(app)],
  });
  app.getHttpServer().keepAliveTimeout = KEEP_ALIVE;
  await app.listen(config.port, config.host);
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  const url = `http://localhost:${port}`;
  signIn.listensAt(url);
  database.lock?.announce(port);
  return {
    url,
    revision,
    database,
    announceEnd: () => shutdown.announce(),
    close: async () => {
      await shutdown.drain();
      await app.close();
      await database.close();
      log.flush();
    },
  };
}
