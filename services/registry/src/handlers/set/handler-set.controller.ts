import { Body, Controller, Get, Headers, HttpCode, Post, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '../../access/caller.ts';
import { ApiProblems } from '../../http/api-problems.ts';
import { etag, ifMatch } from '../../http/version-condition.ts';
import { HandlerSetInput } from './dto/handler-set-input.dto.ts';
import { changeView, handlerInSetView, HandlerSetResultView, HandlerSetView } from './dto/handler-set.dto.ts';
import { HandlerWarnings } from '../warnings/handler-warnings.ts';
import { HandlerSet } from './handler-set.service.ts';
import type { SetPlan } from './set-plan.ts';

interface Reply {
  header(name: string, value: string): unknown;
}

const etagHeader = { ETag: { description: 'The revision of the catalog', schema: { type: 'string' } } };

@ApiTags('handlers')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/handlers/set')
export class HandlerSetController {
  readonly #set: HandlerSet;
  readonly #warnings: HandlerWarnings;

  constructor(set: HandlerSet, warnings: HandlerWarnings) {
    this.#set = set;
    this.#warnings = warnings;
  }

  @Get()
  @ApiOperation({ summary: 'Export all handlers that are not archived, as a set that can be imported' })
  @ApiOkResponse({ type: HandlerSetView, headers: etagHeader })
  async getHandlerSet(@Res({ passthrough: true }) reply: Reply): Promise<HandlerSetView> {
    const { revision, handlers } = await this.#set.get();
    reply.header('etag', etag(revision));
    return { revision, defaultTimeoutMs: this.#set.defaultTimeoutMs, handlers: handlers.map(handlerInSetView) };
  }

  @Put()
  @ApiOperation({ summary: 'Import a set of handlers in one change, or change nothing' })
  @ApiHeader({ name: 'If-Match', required: false, description: 'ETag of the set that you read' })
  @ApiOkResponse({ type: HandlerSetResultView, headers: etagHeader })
  @ApiProblems(412, 413, 415)
  async applyHandlerSet(
    @Body() { handlers, prune = false }: HandlerSetInput,
    @Headers('if-match') condition: string | undefined,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<HandlerSetResultView> {
    return this.#show(await this.#set.apply({ handlers, prune }, ifMatch(condition), caller), reply);
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'Preview the changes of a set; changes nothing' })
  @ApiOkResponse({ type: HandlerSetResultView, headers: etagHeader })
  @ApiProblems(413, 415)
  async previewHandlerSet(
    @Body() { handlers, prune = false }: HandlerSetInput,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<HandlerSetResultView> {
    return this.#show(await this.#set.preview({ handlers, prune }), reply);
  }

  async #show(
    { revision, changes, unchanged }: SetPlan & { revision: number },
    reply: Reply,
  ): Promise<HandlerSetResultView> {
    const warnings = await this.#warnings.of(changes.map(({ after }) => after));
    reply.header('etag', etag(revision));
    return { revision, changes: changes.map((change, index) => changeView(change, warnings[index] ?? [])), unchanged };
  }
}
