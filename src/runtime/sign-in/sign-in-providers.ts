import type { Provider } from '@nestjs/common';
import { Authenticator } from '../authentication.js';
import type { Config } from '../config.js';
import { People } from '../identity/people.js';
import { SessionCookie } from '../identity/session-cookie.js';
import { Sessions } from '../identity/sessions.js';
import { AccountSignIn } from './account-sign-in.js';
import { AccountController } from './account.controller.js';
import { EnrolmentController } from './enrolment.controller.js';
import { Enrolments } from './enrolment.js';
import { IssuerSignIn } from './issuer-sign-in.js';
import { LocalAccounts } from './local-accounts.js';
import { SecretKey } from './secret-key.js';
import { SignInController } from './sign-in.controller.js';
import { SignInFlows } from './sign-in-flow.js';
import { SignInPages } from './sign-in-pages.js';
import { SignInSessions } from './sign-in-sessions.js';

/** The doors of the sign-in. */
export const SIGN_IN_CONTROLLERS = [SignInController, AccountController, EnrolmentController];

/** The parts of the sign-in. */
export function signInProviders(config: Config): Provider[] {
  return [
    { provide: IssuerSignIn, useFactory: (people: People) => new IssuerSignIn(config, people), inject: [People] },
    { provide: SignInFlows, useValue: new SignInFlows(config.secretKey, config.publicUrl) },
    {
      provide: SignInSessions,
      useFactory: (...parts: ConstructorParameters<typeof SignInSessions>) => new SignInSessions(...parts),
      inject: [Authenticator, Sessions, SessionCookie, People],
    },
    {
      provide: SignInPages,
      useFactory: (...parts: ConstructorParameters<typeof SignInPages>) => new SignInPages(...parts),
      inject: [IssuerSignIn, SignInSessions, SecretKey],
    },
    { provide: SecretKey, useValue: new SecretKey(config) },
    LocalAccounts,
    AccountSignIn,
    Enrolments,
  ];
}
