const USER_NAME = /^[a-z0-9][a-z0-9._-]{2,59}$/;
/** What a user name is made of, for whoever chooses one. */
export const USER_NAME_EXPECTED = 'a-z 0-9 . _ - (3 - 60)';

/** A user name as it is kept, looked for and counted, however it was typed. */
export function userNameOf(typed: string): string {
  return typed.normalize('NFC').trim().toLowerCase();
}

/** Whether an account can have this name. */
export function isUserName(name: string): boolean {
  return USER_NAME.test(name);
}
