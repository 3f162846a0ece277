import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RegistryError } from '../../core/errors.js';
import { isFromElsewhere } from '../authentication.js';
import { SessionCookie } from '../identity/session-cookie.js';
import { AccountSignIn } from './account-sign-in.js';
import { returnPath } from './return-path.js';
import { formOf } from './sign-in-form.js';
import { SignInPages } from './sign-in-pages.js';
import { SignInSessions, sendOn } from './sign-in-sessions.js';

/** Signs people in who have a local account. */
@Controller('sign-in/account')
export class AccountController {
  constructor(
    private readonly accounts: AccountSignIn,
    private readonly cookie: SessionCookie,
    private readonly sessions: SignInSessions,
    private readonly pages: SignInPages,
  ) {}

  /** Where a page is asked for again after the form was sent. */
  @Get()
  toPage(@Res() response: Response): void {
    sendOn(response, '/sign-in');
  }

  @Post()
  async signIn(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.pages.orAgain(request, response, { returnTo: '/' }, async () => {
      // A page elsewhere could sign its visitors in as somebody who then reads what they type.
      if (isFromElsewhere(request, this.cookie.origin)) throw RegistryError.of('CROSS_SITE');
      const form = await formOf(request);
      const [userName, returnTo] = [form.get('userName') ?? '', returnPath(form.get('return'))];
      await this.pages.orAgain(request, response, { returnTo, userName }, async () => {
        const typed = { userName, password: form.get('password') ?? '', code: form.get('code') ?? '' };
        // Not what proxies say of others: anybody writes that.
        const address = request.socket.remoteAddress ?? '';
        const { person, passwordHash } = await this.accounts.accountOf({ ...typed, address });
        await this.sessions.begin(request, response, { person, passwordHash });
        sendOn(response, returnTo);
      });
    });
  }
}
