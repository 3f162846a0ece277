/** Somebody, as an issuer knows him. The issuer and the subject are who it is; the rest is how to call and reach him. */
export interface IssuedPerson {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string | null;
}

const NAME_MAXIMUM = 200;
const EMAIL_MAXIMUM = 254;

type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

/** The person behind claims that are believed. Somebody without a name is called as he signs in, at worst by his number. */
export function personOfClaims(issuer: string, claims: Claims): IssuedPerson {
  const name = textOf(claims['name'], NAME_MAXIMUM) ?? fullName(claims);
  const email = textOf(claims['email'], EMAIL_MAXIMUM);
  const isAddress = email !== undefined && /^[^\s@]+@[^\s@]+$/.test(email);
  return {
    issuer,
    subject: claims.sub,
    name: name ?? textOf(claims['preferred_username'], NAME_MAXIMUM) ?? claims.sub.slice(0, NAME_MAXIMUM),
    email: isAddress ? email : null,
  };
}

/** Family name first, as Vietnamese names are written. */
function fullName({ family_name: family, given_name: given }: Claims): string | undefined {
  const parts = [family, given].map((each) => textOf(each, NAME_MAXIMUM / 2)).filter((each) => each !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** A text that can be shown; undefined where nothing of it could. */
function textOf(value: unknown, maximum: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const shown = value
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return shown === '' ? undefined : shown.slice(0, maximum).trim();
}
