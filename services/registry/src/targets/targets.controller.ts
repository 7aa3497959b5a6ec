import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DatabaseClock } from '#database';
import type { TargetEntity } from '#orm';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { UuidPipe } from '../http/id.pipe.ts';
import { etagHeader, locationHeader, type Reply } from '../http/reply.ts';
import { etag, type VersionCondition } from '../http/version-condition.ts';
import { IfMatch, IfNoneMatch } from '../http/versioned.ts';
import { CreateTargetInput, PatchTargetInput } from './dto/target-input.dto.ts';
import { TargetPage, TargetQuery } from './dto/target-query.dto.ts';
import { TargetView, targetView } from './dto/target.dto.ts';
import { TargetSearch } from './target-search.ts';
import { Targets } from './targets.service.ts';

@ApiTags('targets')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/targets')
export class TargetsController {
  readonly #targets: Targets;
  readonly #search: TargetSearch;
  readonly #clock: DatabaseClock;

  constructor(targets: Targets, search: TargetSearch, clock: DatabaseClock) {
    this.#targets = targets;
    this.#search = search;
    this.#clock = clock;
  }

  @Post()
  @ApiOperation({ summary: 'Create a target' })
  @ApiCreatedResponse({
    type: TargetView,
    headers: { ...etagHeader, ...locationHeader },
  })
  @ApiProblems(409, 413, 415)
  async createTarget(
    @Body() input: CreateTargetInput,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TargetView> {
    const target = await this.#targets.create(input, caller);
    reply.header('location', `/api/v1/targets/${target.id}`);
    return this.#show(target, reply);
  }

  @Get()
  @ApiOperation({ summary: 'Find targets' })
  @ApiOkResponse({ type: TargetPage })
  async listTargets(@Query() query: TargetQuery): Promise<TargetPage> {
    const { targets, total } = await this.#search.find(query);
    const now = this.#clock.date();
    const items = targets.map(({ target, handlerCount }) => targetView(target, handlerCount, now));
    return { items, total, page: query.page, limit: query.limit };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A target' })
  @ApiOkResponse({ type: TargetView, headers: etagHeader })
  @ApiProblems(404)
  async getTarget(
    @Param('id', UuidPipe) id: string,
    @IfNoneMatch() isKnown: VersionCondition,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TargetView | undefined> {
    const target = await this.#targets.get(id);
    if (!isKnown(target.version)) return this.#show(target, reply);
    reply.header('etag', etag(target.version));
    reply.code(304);
    return undefined;
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a target; fields that are left out stay unchanged' })
  @ApiOkResponse({ type: TargetView, headers: etagHeader })
  @ApiProblems(404, 409, 412, 413, 415)
  async patchTarget(
    @Param('id', UuidPipe) id: string,
    @IfMatch() isMeant: VersionCondition,
    @Body() patch: PatchTargetInput,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TargetView> {
    return this.#show(await this.#targets.patch(id, patch, isMeant, caller), reply);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a target that no handler uses, archived ones not counted' })
  @ApiNoContentResponse()
  @ApiProblems(404, 409, 412)
  async deleteTarget(
    @Param('id', UuidPipe) id: string,
    @IfMatch() isMeant: VersionCondition,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    await this.#targets.delete(id, isMeant, caller);
  }

  async #show(target: TargetEntity, reply: Reply): Promise<TargetView> {
    reply.header('etag', etag(target.version));
    return targetView(target, await this.#search.count(target.id), this.#clock.date());
  }
}
