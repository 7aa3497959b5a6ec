import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { IdentifierPipe } from '../http/id.pipe.ts';
import { DeferralCommands } from './deferral-commands.ts';
import { DeferralSearch } from './deferral-search.ts';
import {
  DeferralKeyView,
  DeferralPage,
  DeferralPreviewInput,
  DeferralPreviewView,
  DeferralQuery,
} from './dto/deferral.dto.ts';

@ApiTags('deferrals')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/deferrals')
export class DeferralsController {
  readonly #search: DeferralSearch;
  readonly #commands: DeferralCommands;

  constructor(search: DeferralSearch, commands: DeferralCommands) {
    this.#search = search;
    this.#commands = commands;
  }

  @Get()
  @ApiOperation({ summary: 'Keys that wait, the one that has waited longest first' })
  @ApiOkResponse({ type: DeferralPage })
  async listDeferrals(@Query() query: DeferralQuery): Promise<DeferralPage> {
    return this.#search.find(query);
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'How many keys and events wait; changes nothing' })
  @ApiOkResponse({ type: DeferralPreviewView })
  async previewDeferrals(@Body() { filter }: DeferralPreviewInput): Promise<DeferralPreviewView> {
    return this.#search.count(filter);
  }

  @Post(':key/retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Try what a key waits for now, whatever its circuit says' })
  @ApiAcceptedResponse({ type: DeferralKeyView, description: 'An executor sees to it' })
  @ApiProblems(404, 409)
  async retryDeferral(
    @Param('key', IdentifierPipe) key: string,
    @CurrentCaller() caller: Caller,
  ): Promise<DeferralKeyView> {
    await this.#commands.retry(key, caller);
    return { key };
  }

  @Post(':key/skip')
  @HttpCode(202)
  @ApiOperation({ summary: 'Give up the execution that a key waits for, as though its attempts were used up' })
  @ApiAcceptedResponse({ type: DeferralKeyView, description: 'An executor sees to it' })
  @ApiProblems(404, 409)
  async skipDeferral(
    @Param('key', IdentifierPipe) key: string,
    @CurrentCaller() caller: Caller,
  ): Promise<DeferralKeyView> {
    await this.#commands.skip(key, caller);
    return { key };
  }
}
