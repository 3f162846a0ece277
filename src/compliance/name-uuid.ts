import { createHash } from 'node:crypto';

/** The namespace of the ids of this registry: version 5 of `khung` in the namespace of domain names. */
const NAMESPACE = Buffer.from('2f6f4c1cf2a2520f84c7492936b6bbe7', 'hex');

/** The id of a name, of version 5 of RFC 4122: the same name is the same id everywhere and for ever. */
export function nameUuid(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
