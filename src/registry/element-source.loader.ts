import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { DataSource, In } from 'typeorm';
import type { ValueSource } from '../core/landscape/model.js';
import type { RequestContext } from '../runtime/request-context.js';
import { ElementRow } from './element.entity.js';

type Sources = Readonly<Record<string, ValueSource>>;

/** Where the values of elements are known from: kept in the database, read in one statement for a whole list. */
@Injectable()
export class ElementSourceLoader {
  private readonly loaders = new WeakMap<RequestContext, DataLoader<number, Sources>>();

  constructor(private readonly database: DataSource) {}

  load(seq: number, context: RequestContext): Promise<Sources> {
    let loader = this.loaders.get(context);
    if (loader === undefined) {
      loader = new DataLoader((seqs) => this.read(seqs));
      this.loaders.set(context, loader);
    }
    return loader.load(seq);
  }

  private async read(seqs: readonly number[]): Promise<Sources[]> {
    const rows = await this.database
      .getRepository(ElementRow)
      .find({ select: { seq: true, sources: true }, where: { seq: In([...seqs]) } });
    const found = new Map(rows.map(({ seq, sources }) => [seq, sources]));
    return seqs.map((seq) => found.get(seq) ?? {});
  }
}
