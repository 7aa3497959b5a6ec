import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { IdentifierPipe, UuidPipe } from '../http/id.pipe.ts';
import { EventReplayInput, ReplayInput } from './dto/replay-input.dto.ts';
import { ReplayPreviewInput, ReplayPreviewView } from './dto/replay-preview.dto.ts';
import { ReplayPage, ReplayQuery, ReplayView } from './dto/replay.dto.ts';
import { ReplayPreview } from './replay-preview.ts';
import { ReplaySearch } from './replay-search.ts';
import { Replays } from './replays.service.ts';

interface Reply {
  header(name: string, value: string): unknown;
}

const accepted = {
  type: ReplayView,
  description: 'An executor sees to it; ask for it again to see how far it is',
  headers: { Location: { description: 'Where it is', schema: { type: 'string' } } },
} as const;

@ApiTags('replays')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1')
export class ReplaysController {
  readonly #replays: Replays;
  readonly #search: ReplaySearch;
  readonly #preview: ReplayPreview;

  constructor(replays: Replays, search: ReplaySearch, preview: ReplayPreview) {
    this.#replays = replays;
    this.#search = search;
    this.#preview = preview;
  }

  @Post('events/:id/replay')
  @HttpCode(202)
  @ApiBody({ type: EventReplayInput, required: false })
  @ApiOperation({ summary: 'Handle an event once more; each of its executions is a new one' })
  @ApiAcceptedResponse(accepted)
  @ApiProblems(404, 413, 415)
  async replayEvent(
    @Param('id', IdentifierPipe) id: string,
    @Body() { handlerIds }: EventReplayInput,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ReplayView> {
    return locate(await this.#replays.replayEvent(id, handlerIds, caller), reply);
  }

  @Post('replays')
  @HttpCode(202)
  @ApiOperation({ summary: 'Handle the events once more that a filter finds, the oldest first' })
  @ApiAcceptedResponse(accepted)
  @ApiProblems(413, 415)
  async createReplay(
    @Body() { filter, handlerIds }: ReplayInput,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ReplayView> {
    return locate(await this.#replays.replay(filter, handlerIds, caller), reply);
  }

  @Post('replays/preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'How many events a filter finds that could be handled once more; replays nothing' })
  @ApiOkResponse({ type: ReplayPreviewView })
  @ApiProblems(413, 415)
  async previewReplay(@Body() { filter }: ReplayPreviewInput): Promise<ReplayPreviewView> {
    return this.#preview.count(filter);
  }

  @Get('replays')
  @ApiOperation({ summary: 'Replays, the newest first' })
  @ApiOkResponse({ type: ReplayPage })
  async listReplays(@Query() query: ReplayQuery): Promise<ReplayPage> {
    return this.#search.find(query);
  }

  @Get('replays/:id')
  @ApiOperation({ summary: 'A replay, and how far it is' })
  @ApiOkResponse({ type: ReplayView })
  @ApiProblems(404)
  async getReplay(@Param('id', UuidPipe) id: string): Promise<ReplayView> {
    return this.#search.get(id);
  }

  @Delete('replays/:id')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send nothing more of a replay; what was sent goes its way',
    description: 'One that is finished stays as it is.',
  })
  @ApiAcceptedResponse({ type: ReplayView })
  @ApiProblems(404)
  async cancelReplay(@Param('id', UuidPipe) id: string, @CurrentCaller() caller: Caller): Promise<ReplayView> {
    return this.#replays.cancel(id, caller);
  }
}

function locate(replay: ReplayView, reply: Reply): ReplayView {
  reply.header('location', `/api/v1/replays/${replay.id}`);
  return replay;
}
