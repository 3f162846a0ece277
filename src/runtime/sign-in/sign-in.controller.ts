import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { IssuerSignIn } from './issuer-sign-in.js';
import type { CallbackParams } from './issuer-sign-in.js';
import { returnPath } from './return-path.js';
import { SignInFlows } from './sign-in-flow.js';
import { SignInPages } from './sign-in-pages.js';
import { SignInSessions, sendOn } from './sign-in-sessions.js';

/** Of a parameter that may stand in an address several times, or not at all, what is one text. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Signs people in and out: pages for browsers, which work without scripts. */
@Controller()
export class SignInController {
  constructor(
    private readonly issuer: IssuerSignIn,
    private readonly flows: SignInFlows,
    private readonly sessions: SignInSessions,
    private readonly pages: SignInPages,
  ) {}

  /** The page on which one chooses how. */
  @Get('sign-in')
  page(@Query('return') asked: unknown, @Req() request: Request, @Res() response: Response): void {
    this.pages.send(request, response, { returnTo: returnPath(textOf(asked)) });
  }

  /** On to the issuer. */
  @Get('sign-in/issuer')
  async toIssuer(@Query('return') asked: unknown, @Req() request: Request, @Res() response: Response): Promise<void> {
    const returnTo = returnPath(textOf(asked));
    await this.pages.orAgain(request, response, { returnTo }, async () => {
      const path = `/sign-in/issuer?return=${encodeURIComponent(returnTo)}`;
      const elsewhere = this.issuer.elsewhere(request.headers.host, path);
      if (elsewhere !== undefined) {
        sendOn(response, elsewhere);
        return;
      }
      const { flow, header } = this.flows.begin(returnTo);
      const url = await this.issuer.urlFor(flow);
      response.appendHeader('Set-Cookie', header);
      sendOn(response, url);
    });
  }

  /** Back from the issuer. */
  @Get('sign-in/callback')
  async back(@Query() params: CallbackParams, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.pages.orAgain(request, response, { returnTo: '/' }, async () => {
      const flow = this.flows.resume(request.headers, textOf(params.state) ?? '');
      // One answer is taken for each sign-in, whatever comes of it.
      response.appendHeader('Set-Cookie', this.flows.ended());
      await this.pages.orAgain(request, response, { returnTo: flow.returnTo }, async () => {
        await this.sessions.beginFor(request, response, await this.issuer.personOf(flow, params));
        sendOn(response, flow.returnTo);
      });
    });
  }

  /** Where the way out is asked for as a page. */
  @Get('sign-out')
  toPage(@Res() response: Response): void {
    sendOn(response, '/sign-in');
  }

  /** Ends the session. */
  @Post('sign-out')
  async signOut(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.pages.orAgain(request, response, { returnTo: '/' }, async () => {
      await this.sessions.end(request, response);
      sendOn(response, '/');
    });
  }
}
