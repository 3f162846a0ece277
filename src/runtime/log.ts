import type { LoggerService } from '@nestjs/common';
import pino from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { Config } from './config.js';
import type { RequestListener } from './request-trace.js';

/** What the service writes down of itself: who reads it may be anybody who runs machines. */
export type Log = Logger;

/** Characters of lines that wait for each other: to write one alone costs more than to make it. */
const TOGETHER = 16_000;
/** Milliseconds for which lines wait. */
const WAIT = 500;
const STANDARD_ERROR = 2;

/**
 * Opens the log: a line of JSON for each event in production, and one that people read in development. It goes to the
 * standard error, for the standard output belongs to what a command answers.
 */
export function openLog({ logLevel, isProduction }: Pick<Config, 'logLevel' | 'isProduction'>): Log {
  const form = { level: logLevel, base: null, formatters: { level: (label: string) => ({ level: label }) } };
  if (!isProduction) return pino(form, READABLE);
  const lines = new Lines(pino.destination({ dest: STANDARD_ERROR, sync: true }));
  const log = pino(form, lines);
  linesOf.set(log, lines);
  return log;
}

/** Where the lines of JSON of a log go. */
const linesOf = new WeakMap<Log, DestinationStream>();

/** Has lines wait for each other. Those of what went wrong do not wait. */
class Lines implements DestinationStream {
  private text = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly out: DestinationStream) {}

  write(line: string): void {
    this.text += line;
    if (this.text.length >= TOGETHER) this.flushSync();
    else this.timer ??= setTimeout(() => this.flushSync(), WAIT).unref();
  }

  /** Called by the library, too. */
  flushSync(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { text } = this;
    this.text = '';
    if (text !== '') this.out.write(text);
  }

  flush(): void {
    this.flushSync();
  }
}

/** Writes a line for each request; in development for whoever asks for it, since a person sees what he asked. */
export function requestLine(log: Log, { isProduction }: Pick<Config, 'isProduction'>): RequestListener {
  if (!log.isLevelEnabled(isProduction ? 'info' : 'debug')) return () => undefined;
  const lines = linesOf.get(log);
  if (lines !== undefined) return writtenTo(lines);
  return ({ method, route, status, milliseconds, id }) =>
    log.debug({ status, ms: rounded(milliseconds), id }, `${method} ${route}`);
}

/** Put together here: none of the values can hold what would have to be escaped, and the library takes longer than an answer. */
function writtenTo(out: DestinationStream): RequestListener {
  return ({ id, method, route, status, milliseconds, bytes, role, isWhole }) => {
    const what = `"id":"${id}","method":"${method}","route":"${route}","status":${status}`;
    const how = `"ms":${rounded(milliseconds)},"bytes":${bytes},"role":"${role}"${isWhole ? '' : ',"cut":true'}`;
    out.write(`{"level":"info","time":${Date.now()},${what},${how},"msg":"request"}\n`);
  };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** For whoever sits before it: the moment, how bad, where, what. */
const READABLE: DestinationStream = {
  write: (line) => {
    const { level, time, context, msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
    const at = new Date(Number(time)).toISOString().slice(11, 19);
    const place = typeof context === 'string' ? `[${context}] ` : '';
    const others = Object.entries(rest).map(([name, value]) => ` ${name}=${String(value)}`);
    process.stderr.write(`${at} ${String(level).toUpperCase().padEnd(5)} ${place}${String(msg)}${others.join('')}\n`);
  },
};

/** Something that went wrong, under the number by which a caller may ask for it. */
export class NumberedFailure {
  constructor(
    readonly id: string,
    readonly thrown: unknown,
  ) {}
}

/** What the framework and the services say, as lines of the log. */
export class ServiceLog implements LoggerService {
  constructor(private readonly lines: Log) {}

  /** The framework says so of everything that it sets up. */
  log(message: unknown, ...more: readonly unknown[]): void {
    this.lines.debug(...told(message, more));
  }

  error(message: unknown, ...more: readonly unknown[]): void {
    this.lines.error(...told(message, more));
    this.lines.flush();
  }

  warn(message: unknown, ...more: readonly unknown[]): void {
    this.lines.warn(...told(message, more));
    this.lines.flush();
  }

  debug(message: unknown, ...more: readonly unknown[]): void {
    this.lines.debug(...told(message, more));
  }

  verbose(message: unknown, ...more: readonly unknown[]): void {
    this.lines.trace(...told(message, more));
  }

  fatal(message: unknown, ...more: readonly unknown[]): void {
    this.lines.fatal(...told(message, more));
    this.lines.flush();
  }
}

/** The last of what comes with a message is who says it; a stack may come before. */
function told(message: unknown, more: readonly unknown[]): [object, string] {
  const context = more.at(-1);
  const stack = more.length > 1 && typeof more[0] === 'string' ? `\n${more[0]}` : '';
  const numbered = message instanceof NumberedFailure;
  const text = `${textOf(numbered ? message.thrown : message)}${stack}`;
  return [
    { ...(typeof context === 'string' && { context }), ...(numbered && { id: message.id }) },
    withoutValues(text),
  ];
}

function textOf(message: unknown): string {
  if (message instanceof Error) return message.stack ?? message.message;
  return typeof message === 'string' ? message : String(message);
}

/**
 * Databases and parsers put what they were given between these marks: it may be somebody's name, or what he looked for. They
 * do so without regard for marks in it, so all is left out from the first to the last, and the stack is kept.
 */
function withoutValues(text: string): string {
  const stack = text.indexOf('\n    at ');
  const message = stack < 0 ? text : text.slice(0, stack);
  return message.replace(/".*"/s, '"…"') + (stack < 0 ? '' : text.slice(stack));
}
