import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblems } from '../../http/api-problems.ts';
import { Unauthenticated } from '../access-errors.ts';
import { CurrentCaller, type Caller } from '../caller.ts';
import { FailedAttempts } from '../failed-attempts.ts';
import { ApiKeys } from '../keys/api-keys.service.ts';
import { refuseOtherPages } from '../origin.ts';
import { SessionView, sessionView, SignInInput } from './dto/session.dto.ts';
import { beginCookie, endCookie } from './session-cookie.ts';
import { Sessions } from './sessions.service.ts';

@ApiTags('access')
@ApiProblems(401, 403, 429, 503)
@Controller('api/v1/session')
export class SessionController {
  readonly #keys: ApiKeys;
  readonly #sessions: Sessions;
  readonly #failed: FailedAttempts;

  constructor(keys: ApiKeys, sessions: Sessions, failed: FailedAttempts) {
    this.#keys = keys;
    this.#sessions = sessions;
    this.#failed = failed;
  }

  @Post()
  @HttpCode(200)
  @ApiSecurity({})
  @ApiOperation({
    summary: 'Sign in: exchange an API key for a cookie',
    description:
      'For browsers. The session ends after one hour without requests, after twelve hours, or when its key is ' +
      'revoked. The registry accepts its changes only from pages of this host.',
  })
  @ApiOkResponse({
    type: SessionView,
    headers: { 'Set-Cookie': { description: 'HttpOnly; SameSite=Strict', schema: { type: 'string' } } },
  })
  @ApiProblems(400, 413, 415)
  async signIn(
    @Body() { key }: SignInInput,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    refuseOtherPages(request);
    const holder = await this.#keys.find(key);
    if (!holder) {
      this.#failed.count('sign_in', request.ip);
      throw new Unauthenticated('invalid API key: unknown, revoked or expired');
    }
    const { session, token } = await this.#sessions.begin(holder, request.ip);
    reply.header('set-cookie', beginCookie(token, request));
    return sessionView(session);
  }

  @Get()
  @ApiOperation({ summary: 'The signed-in caller, with name and role' })
  @ApiOkResponse({ type: SessionView })
  getSession(@CurrentCaller() caller: Caller): SessionView {
    return sessionView(caller);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out; does nothing without a session' })
  @ApiNoContentResponse()
  async signOut(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.#sessions.end(caller);
    reply.header('set-cookie', endCookie(request));
  }
}
