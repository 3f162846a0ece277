/** A value as it is written in a document; an operation is a word. */
export function literal(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  const fields = Object.entries(value).map(([key, each]) => `${key}: ${key === 'op' ? each : literal(each)}`);
  return `{ ${fields.join(', ')} }`;
}
