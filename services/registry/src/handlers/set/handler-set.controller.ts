import { Body, Controller, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '../../access/caller.ts';
import { ApiProblems } from '../../http/api-problems.ts';
import type { Reply } from '../../http/reply.ts';
import { etag, type VersionCondition } from '../../http/version-condition.ts';
import { IfMatch } from '../../http/versioned.ts';
import { targetInSetView, targetSetView } from '../../targets/dto/target-set.dto.ts';
import { HandlerSetInput } from './dto/handler-set-input.dto.ts';
import { changeView, handlerInSetView, HandlerSetResultView, HandlerSetView } from './dto/handler-set.dto.ts';
import { HandlerWarnings } from '../warnings/handler-warnings.ts';
import { HandlerSet, type WholePlan } from './handler-set.service.ts';

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
  @ApiOperation({
    summary: 'Export all targets, and all handlers that are not archived, as a set that can be imported',
  })
  @ApiOkResponse({ type: HandlerSetView, headers: etagHeader })
  async getHandlerSet(@Res({ passthrough: true }) reply: Reply): Promise<HandlerSetView> {
    const { revision, handlers, targets } = await this.#set.get();
    const targetNames = new Map(targets.map(({ id, name }) => [id, name]));
    reply.header('etag', etag(revision));
    return {
      revision,
      defaultTimeoutMs: this.#set.defaultTimeoutMs,
      targets: targets.map(targetInSetView),
      handlers: handlers.map((handler) => handlerInSetView(handler, targetNames)),
    };
  }

  @Put()
  @ApiOperation({ summary: 'Import a set of handlers and targets in one change, or change nothing' })
  @ApiOkResponse({ type: HandlerSetResultView, headers: etagHeader })
  @ApiProblems(412, 413, 415)
  async applyHandlerSet(
    @Body() { handlers, targets, prune = false }: HandlerSetInput,
    @IfMatch() isMeant: VersionCondition,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<HandlerSetResultView> {
    return this.#show(await this.#set.apply({ handlers, targets, prune }, isMeant, caller), reply);
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'Preview the changes of a set; changes nothing' })
  @ApiOkResponse({ type: HandlerSetResultView, headers: etagHeader })
  @ApiProblems(413, 415)
  async previewHandlerSet(
    @Body() { handlers, targets, prune = false }: HandlerSetInput,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<HandlerSetResultView> {
    return this.#show(await this.#set.preview({ handlers, targets, prune }), reply);
  }

  async #show({ revision, changes, unchanged, targets }: WholePlan, reply: Reply): Promise<HandlerSetResultView> {
    const warnings = await this.#warnings.of(changes.map(({ after }) => after));
    reply.header('etag', etag(revision));
    return {
      revision,
      changes: changes.map((change, index) => changeView(change, warnings[index] ?? [], targets.names)),
      unchanged,
      targets: targetSetView(targets),
    };
  }
}
