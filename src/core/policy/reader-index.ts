import type { ReadKey } from './reading-landscape.js';

const NONE: readonly number[] = [];

/**
 * Who read what. It may name somebody who once read something and does not any more, but never leaves anybody out: whoever
 * is asked for nothing says what he said before. What is out of date is dropped once it is as much as the rest.
 */
export class ReaderIndex {
  private byKey = new Map<ReadKey, number[]>();
  private readonly bySeq = new Map<number, readonly ReadKey[]>();
  private current = 0;
  private outdated = 0;

  /** The seqs of those who may have read something; one may stand there twice. */
  of(key: ReadKey): readonly number[] {
    return this.byKey.get(key) ?? NONE;
  }

  /** What somebody reads from now on, in place of what he read; nothing = he is gone. */
  replace(seq: number, reads: readonly ReadKey[]): void {
    const before = this.bySeq.get(seq) ?? [];
    if (reads.length === 0) this.bySeq.delete(seq);
    else this.bySeq.set(seq, reads);
    const gone = new Set(before);
    for (const key of reads) if (!gone.delete(key)) this.add(key, seq);
    this.current += reads.length - before.length;
    this.outdated += gone.size;
    if (this.outdated > this.current) this.rebuild();
  }

  private add(key: ReadKey, seq: number): void {
    const known = this.byKey.get(key);
    if (known === undefined) this.byKey.set(key, [seq]);
    else known.push(seq);
  }

  private rebuild(): void {
    this.byKey = new Map();
    for (const [seq, reads] of this.bySeq) for (const key of reads) this.add(key, seq);
    this.outdated = 0;
  }
}
