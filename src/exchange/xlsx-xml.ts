import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { SaxesParser } from 'saxes';

/** An element of a workbook's XML, as its start tag tells. */
export interface Tag {
  /** Without a namespace prefix: workbooks of some tools write `x:row`. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is told about a document while it is read. */
export interface XmlListener {
  open?(tag: Tag): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** What of a document is read before others have their turn. Characters. */
const PART = 65_536;

/**
 * Reads an XML document and tells what stands in it, in order. Entities that a document declares itself are refused by the
 * parser, so none can grow.
 * @throws Error of the parser where the document is not well formed.
 */
export async function readXml(source: Readable | string, listener: XmlListener): Promise<void> {
  const parser = parserOf(listener);
  for await (const part of partsOf(source)) {
    parser.write(part);
    await setImmediate();
  }
  parser.close();
}

function parserOf(listener: XmlListener): SaxesParser {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => listener.open?.({ name: localName(name), attributes }));
  parser.on('closetag', ({ name }) => listener.close?.(localName(name)));
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  return parser;
}

async function* partsOf(source: Readable | string): AsyncGenerator<string> {
  if (typeof source === 'string') {
    for (let at = 0; at < source.length; at += PART) yield source.slice(at, at + PART);
    return;
  }
  const decoder = new TextDecoder();
  // A stream without an encoding gives bytes.
  for await (const bytes of source as AsyncIterable<Uint8Array>) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** An attribute by its name without prefix, such as the `r:id` of a sheet; undefined where it is missing. */
export function attributeOf({ attributes }: Tag, name: string): string | undefined {
  const own = attributes[name];
  if (own !== undefined) return own;
  const prefixed = Object.keys(attributes).find((each) => each.endsWith(`:${name}`));
  return prefixed === undefined ? undefined : attributes[prefixed];
}
