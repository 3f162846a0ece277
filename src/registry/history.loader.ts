import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import type { RequestContext } from '../runtime/request-context.js';
import { ChangeSetReader } from './change-set.reader.js';
import type { LogPage, LogRequest, LoggedObject, LoggedTable } from './change-set.reader.js';

type HistoryLoader = DataLoader<LoggedObject, LogPage, number>;

/** The histories of the objects of a list: read in one statement for all that are asked for the same page. */
@Injectable()
export class ObjectHistoryLoader {
  private readonly loaders = new WeakMap<RequestContext, Map<string, HistoryLoader>>();

  constructor(private readonly log: ChangeSetReader) {}

  /** The change sets that touched one object, each with the operations on it alone. */
  load(
    table: LoggedTable,
    { seq, urn }: LoggedObject,
    { request, context }: { readonly request: LogRequest; readonly context: RequestContext },
  ): Promise<LogPage> {
    let loaders = this.loaders.get(context);
    if (loaders === undefined) {
      loaders = new Map();
      this.loaders.set(context, loaders);
    }
    const key = `${table} ${request.first} ${request.before}`;
    let loader = loaders.get(key);
    if (loader === undefined) {
      loader = new DataLoader((objects) => this.log.logsOf(table, objects, request), {
        // A mutation may ask again after its own commit.
        cache: false,
      });
      loaders.set(key, loader);
    }
    return loader.load({ seq, urn });
  }
}
