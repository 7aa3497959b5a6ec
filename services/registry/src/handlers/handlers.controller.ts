import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DatabaseClock } from '#database';
import type { HandlerEntity } from '#orm';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { UuidPipe } from '../http/id.pipe.ts';
import { etagHeader, locationHeader, type Reply } from '../http/reply.ts';
import { etag, type VersionCondition } from '../http/version-condition.ts';
import { IfMatch, IfNoneMatch } from '../http/versioned.ts';
import { CreateHandlerInput, PatchHandlerInput } from './dto/handler-input.dto.ts';
import { HandlerOrderInput, HandlerOrderView } from './dto/handler-order.dto.ts';
import { HandlerPage, HandlerQuery } from './dto/handler-query.dto.ts';
import { ChangedHandlerView, HandlerView, handlerView } from './dto/handler.dto.ts';
import { HandlerOrder } from './handler-order.service.ts';
import { HandlerSearch } from './handler-search.ts';
import { Handlers } from './handlers.service.ts';
import { HandlerWarnings } from './warnings/handler-warnings.ts';

@ApiTags('handlers')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/handlers')
export class HandlersController {
  readonly #handlers: Handlers;
  readonly #search: HandlerSearch;
  readonly #order: HandlerOrder;
  readonly #warnings: HandlerWarnings;
  readonly #clock: DatabaseClock;

  constructor(
    handlers: Handlers,
    search: HandlerSearch,
    order: HandlerOrder,
    warnings: HandlerWarnings,
    clock: DatabaseClock,
  ) {
    this.#handlers = handlers;
    this.#search = search;
    this.#order = order;
    this.#warnings = warnings;
    this.#clock = clock;
  }

  @Post()
  @ApiOperation({ summary: 'Create a handler' })
  @ApiCreatedResponse({
    type: ChangedHandlerView,
    headers: { ...etagHeader, ...locationHeader },
  })
  @ApiProblems(409, 413, 415)
  async createHandler(
    @Body() input: CreateHandlerInput,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ChangedHandlerView> {
    const handler = await this.#handlers.create(input, caller);
    reply.header('location', `/api/v1/handlers/${handler.id}`);
    return this.#showChanged(handler, reply);
  }

  @Get()
  @ApiOperation({ summary: 'Find handlers' })
  @ApiOkResponse({ type: HandlerPage })
  async listHandlers(@Query() query: HandlerQuery): Promise<HandlerPage> {
    const { handlers, total } = await this.#search.find(query);
    return { items: handlers.map((handler) => this.#view(handler)), total, page: query.page, limit: query.limit };
  }

  @Put('order')
  @ApiOperation({ summary: 'Set the order in which the handlers of an event run, in one change' })
  @ApiOkResponse({ type: HandlerOrderView })
  @ApiProblems(413, 415)
  async orderHandlers(
    @Body() { event, ids }: HandlerOrderInput,
    @CurrentCaller() caller: Caller,
  ): Promise<HandlerOrderView> {
    const { revision, handlers } = await this.#order.set(event, ids, caller);
    return { revision, items: handlers.map((handler) => this.#view(handler)) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A handler' })
  @ApiOkResponse({ type: HandlerView, headers: etagHeader })
  @ApiProblems(404)
  async getHandler(
    @Param('id', UuidPipe) id: string,
    @IfNoneMatch() isKnown: VersionCondition,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<HandlerView | undefined> {
    const handler = await this.#handlers.get(id);
    if (!isKnown(handler.version)) return this.#show(handler, reply);
    reply.header('etag', etag(handler.version));
    reply.code(304);
    return undefined;
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a handler; fields that are left out stay unchanged' })
  @ApiOkResponse({ type: ChangedHandlerView, headers: etagHeader })
  @ApiProblems(404, 409, 412, 413, 415)
  async patchHandler(
    @Param('id', UuidPipe) id: string,
    @IfMatch() isMeant: VersionCondition,
    @Body() patch: PatchHandlerInput,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ChangedHandlerView> {
    return this.#showChanged(await this.#handlers.patch(id, patch, isMeant, caller), reply);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Archive a handler' })
  @ApiNoContentResponse()
  @ApiProblems(404, 412)
  async archiveHandler(
    @Param('id', UuidPipe) id: string,
    @IfMatch() isMeant: VersionCondition,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    await this.#handlers.archive(id, isMeant, caller);
  }

  async #showChanged(handler: HandlerEntity, reply: Reply): Promise<ChangedHandlerView> {
    const [warnings = []] = await this.#warnings.of([handler]);
    const view: ChangedHandlerView = this.#show(handler, reply);
    if (warnings.length > 0) view.warnings = warnings;
    return view;
  }

  #show(handler: HandlerEntity, reply: Reply): HandlerView {
    reply.header('etag', etag(handler.version));
    return this.#view(handler);
  }

  #view(handler: HandlerEntity): HandlerView {
    return handlerView(handler, this.#clock.date());
  }
}
