import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DatabaseClock } from '#database';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { HandlerView, handlerView } from '../handlers/dto/handler.dto.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { UuidPipe } from '../http/id.pipe.ts';
import { etagHeader, type Reply } from '../http/reply.ts';
import { etag, type VersionCondition } from '../http/version-condition.ts';
import { IfMatch } from '../http/versioned.ts';
import { TargetView, targetView } from '../targets/dto/target.dto.ts';
import { TargetSearch } from '../targets/target-search.ts';
import { HoldForecastInput, HoldForecastView } from './dto/hold-forecast.dto.ts';
import { HoldInput } from './dto/hold-input.dto.ts';
import { HoldList } from './dto/held.dto.ts';
import { HoldForecast } from './hold-forecast.ts';
import { HoldSearch } from './hold-search.ts';
import { Holds } from './holds.service.ts';

@ApiTags('holds')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1')
export class HoldsController {
  readonly #holds: Holds;
  readonly #search: HoldSearch;
  readonly #forecast: HoldForecast;
  readonly #targets: TargetSearch;
  readonly #clock: DatabaseClock;

  constructor(holds: Holds, search: HoldSearch, forecast: HoldForecast, targets: TargetSearch, clock: DatabaseClock) {
    this.#holds = holds;
    this.#search = search;
    this.#forecast = forecast;
    this.#targets = targets;
    this.#clock = clock;
  }

  @Get('holds')
  @ApiOperation({ summary: 'What is held, and the windows that begin within 8 days' })
  @ApiOkResponse({ type: HoldList })
  async listHolds(): Promise<HoldList> {
    return { items: await this.#search.list() };
  }

  @Post('holds/forecast')
  @HttpCode(200)
  @ApiOperation({ summary: 'The number of events that a hold would delay; holds nothing' })
  @ApiOkResponse({ type: HoldForecastView })
  @ApiProblems(413, 415)
  async forecastHold(@Body() input: HoldForecastInput): Promise<HoldForecastView> {
    return this.#forecast.get(input);
  }

  @Put('handlers/:id/hold')
  @ApiOperation({ summary: 'Hold a handler: it is not called, and its events wait in order' })
  @ApiOkResponse({ type: HandlerView, headers: etagHeader })
  @ApiProblems(404, 409, 412, 413, 415)
  async holdHandler(
    @Param('id', UuidPipe) id: string,
    @IfMatch() isMeant: VersionCondition,
    @Body() input: HoldInput,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<HandlerView> {
    const handler = await this.#holds.hold({ type: 'handler', id, isMeant }, input, caller);
    reply.header('etag', etag(handler.version));
    return handlerView(handler, this.#clock.date());
  }

  @Delete('handlers/:id/hold')
  @HttpCode(204)
  @ApiOperation({ summary: 'Release a handler; does nothing when it is not held' })
  @ApiNoContentResponse()
  @ApiProblems(404, 412)
  async releaseHandler(
    @Param('id', UuidPipe) id: string,
    @IfMatch() isMeant: VersionCondition,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    await this.#holds.release({ type: 'handler', id, isMeant }, caller);
  }

  @Put('targets/:id/hold')
  @ApiOperation({ summary: 'Hold a target: no handler calls it, and their events wait in order' })
  @ApiOkResponse({ type: TargetView, headers: etagHeader })
  @ApiProblems(404, 412, 413, 415)
  async holdTarget(
    @Param('id', UuidPipe) id: string,
    @IfMatch() isMeant: VersionCondition,
    @Body() input: HoldInput,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<TargetView> {
    const target = await this.#holds.hold({ type: 'target', id, isMeant }, input, caller);
    reply.header('etag', etag(target.version));
    return targetView(target, await this.#targets.count(id), this.#clock.date());
  }

  @Delete('targets/:id/hold')
  @HttpCode(204)
  @ApiOperation({ summary: 'Release a target; does nothing when it is not held' })
  @ApiNoContentResponse()
  @ApiProblems(404, 412)
  async releaseTarget(
    @Param('id', UuidPipe) id: string,
    @IfMatch() isMeant: VersionCondition,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    await this.#holds.release({ type: 'target', id, isMeant }, caller);
  }
}
