import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { IdentifierPipe, UuidPipe } from '../http/id.pipe.ts';
import { locationHeader, type Reply } from '../http/reply.ts';
import { EventReplayInput, ReplayInput } from './dto/replay-input.dto.ts';
import { ReplayPreviewInput, ReplayPreviewView } from './dto/replay-preview.dto.ts';
import { ReplayPage, ReplayQuery, ReplayView } from './dto/replay.dto.ts';
import { readEventReplay } from './event-replay-input.ts';
import { ReplayPreview } from './replay-preview.ts';
import { ReplaySearch } from './replay-search.ts';
import { Replays } from './replays.service.ts';

const accepted = {
  type: ReplayView,
  description: 'An executor carries it out; GET it again for its progress',
  headers: locationHeader,
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
  @ApiOperation({ summary: 'Replay an event; its executions have new ids' })
  @ApiAcceptedResponse(accepted)
  @ApiProblems(404, 413, 415)
  async replayEvent(
    @Param('id', IdentifierPipe) id: string,
    @Body() content: Buffer,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ReplayView> {
    const replay = await readEventReplay(content);
    return locate(await this.#replays.replayEvent(id, replay, caller), reply);
  }

  @Post('replays')
  @HttpCode(202)
  @ApiOperation({ summary: 'Replay all events that match, the oldest first' })
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
  @ApiOperation({ summary: 'The number of events that a replay would run; replays nothing' })
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
  @ApiOperation({ summary: 'A replay, with its progress' })
  @ApiOkResponse({ type: ReplayView })
  @ApiProblems(404)
  async getReplay(@Param('id', UuidPipe) id: string): Promise<ReplayView> {
    return this.#search.get(id);
  }

  @Delete('replays/:id')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Cancel a replay; events that were already sent continue',
    description: 'A finished replay stays unchanged.',
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
