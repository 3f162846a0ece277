import { Injectable } from '@nestjs/common';
import { Registry, collectDefaultMetrics } from 'prom-client';
import { Durations, Tally, register } from './tally.js';
import type { Measure } from './tally.js';
import type { RequestEnd } from './request-trace.js';

/** Of the process: memory, garbage, the loop. One for all services in it, and not before somebody asks. */
let processMetrics: Registry | undefined;

/**
 * What is measured while the service runs, for Prometheus. Values of labels are of closed lists (routes, codes, names of the
 * schema): nothing that somebody sent is one.
 */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Tally(['method', 'route', 'status']);
  private readonly durations = new Durations('route');
  private readonly operations = new Tally(['field', 'outcome']);
  private readonly refusals = new Tally(['code', 'reason']);

  constructor() {
    const counts = [
      ['khung_requests_total', 'Requests by route and status', this.requests],
      ['khung_graphql_operations_total', 'Fields at the top of operations, by what became of these', this.operations],
      ['khung_refusals_total', 'What requests were refused for', this.refusals],
    ] as const;
    for (const [name, help, tally] of counts) {
      this.show({ name, help, type: 'counter', values: () => tally.values() });
    }
    const name = 'khung_request_seconds';
    const values = (): readonly object[] => this.durations.values(name);
    this.show({ name, help: 'How long requests took, by route', type: 'histogram', values });
  }

  /** Counts a request that has ended. */
  readonly ended = ({ method, route, status, milliseconds, refusal }: RequestEnd): void => {
    this.requests.add(method, route, `${status}`);
    this.durations.add(route, milliseconds / 1_000);
    if (refusal !== undefined) this.refused(refusal.code, refusal.reason);
  };

  /** @param field - of the schema's. @param outcome - OK, or the code of the first error. */
  operation(field: string, outcome: string): void {
    this.operations.add(field, outcome);
  }

  refused(code: string, reason: string): void {
    this.refusals.add(code, reason);
  }

  /** Has something told that is read when somebody asks. */
  show(measure: Measure): void {
    register(this.registry, measure);
  }

  /** All of it, in the text format of Prometheus. */
  async text(): Promise<string> {
    if (processMetrics === undefined) {
      processMetrics = new Registry();
      collectDefaultMetrics({ register: processMetrics });
    }
    return `${await this.registry.metrics()}\n${await processMetrics.metrics()}`;
  }
}

/** One number, without labels; undefined = nobody knows just now. */
export function gauge(name: string, help: string, read: () => number | undefined): Measure {
  return { name, help, type: 'gauge', values: () => valueOf(read()) };
}

function valueOf(value: number | undefined): readonly object[] {
  return value === undefined ? [] : [{ labels: {}, value }];
}
