import { ERROR_CODES, REASONS, RegistryError, codeOf, issue } from './errors.js';

describe('what a caller can act on', () => {
  it('says for each reason what kind of wrong it is, and uses every kind', () => {
    expect(codeOf('URN_TAKEN')).toBe('CONFLICT');
    expect(codeOf('STATE_SECRET')).toBe('REFUSED_CONTENT');
    expect(new Set(Object.values(REASONS))).toEqual(new Set(ERROR_CODES));
  });

  it('names the reason and the way to the field, with values for the message', () => {
    expect(issue('URN_UNKNOWN', ['operations', '3', 'urn'], { urn: 'urn:khung:a' })).toEqual({
      reason: 'URN_UNKNOWN',
      path: ['operations', '3', 'urn'],
      params: { urn: 'urn:khung:a' },
    });
    expect(issue('DATABASE_UNAVAILABLE', [])).toEqual({ reason: 'DATABASE_UNAVAILABLE', path: [], params: {} });
  });

  it('tells in a thrown error all that is wrong, and what caused it', () => {
    const cause = new Error('socket closed');
    const error = new RegistryError(
      [issue('URN_UNKNOWN', ['operations', '3', 'urn']), issue('DATABASE_UNAVAILABLE', [])],
      { cause },
    );
    expect(error).toMatchObject({ name: 'RegistryError', cause });
    expect(error.message).toBe('URN_UNKNOWN at operations.3.urn; DATABASE_UNAVAILABLE at (input)');
  });

  it('throws one reason alone', () => {
    expect(RegistryError.of('NOT_PERMITTED', ['input'], { action: 'commit' }).issues).toEqual([
      { reason: 'NOT_PERMITTED', path: ['input'], params: { action: 'commit' } },
    ]);
    expect(RegistryError.of('DATABASE_UNAVAILABLE').issues).toEqual([
      { reason: 'DATABASE_UNAVAILABLE', path: [], params: {} },
    ]);
  });
});
