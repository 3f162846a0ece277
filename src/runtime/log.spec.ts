import pino from 'pino';
import { NumberedFailure, ServiceLog } from './log.js';

/** What is written while something is said. */
function written(say: (log: ServiceLog) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  say(new ServiceLog(pino({ base: null }, { write: (line) => lines.push(line) })));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a line of the log', () => {
  it('says who says it, and of a failure its number', () => {
    const thrown = new TypeError("Cannot read properties of undefined (reading 'urn')");
    const [line] = written((log) => log.error(new NumberedFailure('7', thrown), undefined, 'GraphQL'));
    expect(line).toMatchObject({ id: '7', context: 'GraphQL', msg: expect.stringContaining("(reading 'urn')") });
    expect(line?.['msg']).toContain('log.spec');
  });

  it.each([
    ['a database', 'invalid input syntax for type date: "Nguyễn Văn \\"An\\""'],
    ['a parser', 'Unexpected token, "{"name": "Nguyễn Văn An"" is not valid JSON'],
  ])('has none of the values that %s puts into its message', (_who, message) => {
    for (const said of [new NumberedFailure('7', new Error(message)), new Error(message), message]) {
      const [line] = written((log) => log.error(said, undefined, 'Jobs'));
      expect(JSON.stringify(line)).not.toMatch(/Nguyễn|An/);
    }
  });

  it('has the stack that comes with a message', () => {
    expect(written((log) => log.error('Boom', 'at there', 'Jobs'))).toMatchObject([{ msg: 'Boom\nat there' }]);
  });
});
