import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RegistryError } from '../../core/errors.js';
import { isFromElsewhere } from '../authentication.js';
import { SessionCookie } from '../identity/session-cookie.js';
import { languageOf } from '../messages.js';
import { endedPage, enrolledPage, enrolmentPage } from './enrolment-page.js';
import { Enrolments } from './enrolment.js';
import { codeAddress } from './one-time-codes.js';
import { formOf } from './sign-in-form.js';
import { sendPage } from './sign-in-layout.js';
import { failureOf } from './sign-in-sessions.js';

/** Where somebody is in setting an account up. */
interface Shown {
  readonly code: string;
  readonly sealed?: string;
  readonly status?: number;
  readonly failures?: readonly string[];
}

/** Has people set up their local accounts, once each, with the administrator's link. */
@Controller('sign-in/enrol')
export class EnrolmentController {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly cookie: SessionCookie,
  ) {}

  /** Looks only: programs that follow links in mails do no harm. */
  @Get()
  async page(@Query('code') code: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.show(request, response, { code: typeof code === 'string' ? code : '' });
  }

  @Post()
  async finish(@Req() request: Request, @Res() response: Response): Promise<void> {
    try {
      // Said before anything is looked at: the link is as good as it was.
      if (isFromElsewhere(request, this.cookie.origin)) throw RegistryError.of('CROSS_SITE');
      await this.finishWith(await formOf(request), request, response);
    } catch (error) {
      const failure = failureOf(error, request, response);
      const language = languageOf(request.headers['accept-language']);
      sendPage(response, endedPage(language, failure.status, failure.failures));
    }
  }

  /** What was mistyped is asked for again; everything else is thrown. */
  private async finishWith(form: URLSearchParams, request: Request, response: Response): Promise<void> {
    const text = (name: string): string => form.get(name) ?? '';
    const [code, sealed] = [text('enrolment'), text('sealed')];
    try {
      const typed = { password: text('password'), repeated: text('repeated'), sealed, code: text('code') };
      const recovery = await this.enrolments.finish(code, typed);
      sendPage(response, enrolledPage(languageOf(request.headers['accept-language']), recovery));
    } catch (error) {
      if (!(error instanceof RegistryError) || error.issues[0].path.length === 0) throw error;
      await this.show(request, response, { code, sealed, ...failureOf(error, request, response) });
    }
  }

  private async show(
    request: Request,
    response: Response,
    { code, sealed, status = 200, failures = [] }: Shown,
  ): Promise<void> {
    const language = languageOf(request.headers['accept-language']);
    try {
      const enrolment = await this.enrolments.open(code);
      const known = this.enrolments.secretOf(enrolment, sealed ?? '');
      const { userName } = enrolment;
      const address = codeAddress(known.secret, userName);
      sendPage(response, enrolmentPage({ language, status, code, userName, address, failures, ...known }));
    } catch (error) {
      const failure = failureOf(error, request, response);
      sendPage(response, endedPage(language, failure.status, failure.failures));
    }
  }
}
