import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { IdentifierPipe } from '../http/id.pipe.ts';
import type { Reply } from '../http/reply.ts';
import { acceptedOperation, locateOperation } from '../operations/accepted-operation.ts';
import { OperationView } from '../operations/dto/operation.dto.ts';
import { DeferralCommands } from './deferral-commands.ts';
import { storedFilter } from './deferral-filter.ts';
import { DeferralOperations } from './deferral-operations.ts';
import { DeferralSearch } from './deferral-search.ts';
import { DeferralOperationInput, DeferralPreviewInput, DeferralPreviewView } from './dto/deferral-input.dto.ts';
import { DeferralKeyView, DeferralPage, DeferralQuery } from './dto/deferral.dto.ts';

@ApiTags('deferrals')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/deferrals')
export class DeferralsController {
  readonly #search: DeferralSearch;
  readonly #commands: DeferralCommands;
  readonly #operations: DeferralOperations;

  constructor(search: DeferralSearch, commands: DeferralCommands, operations: DeferralOperations) {
    this.#search = search;
    this.#commands = commands;
    this.#operations = operations;
  }

  @Get()
  @ApiOperation({ summary: 'Waiting keys, the longest waiting first' })
  @ApiOkResponse({ type: DeferralPage })
  async listDeferrals(@Query() query: DeferralQuery): Promise<DeferralPage> {
    return this.#search.find(query);
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'The number of waiting keys and events; changes nothing' })
  @ApiOkResponse({ type: DeferralPreviewView })
  async previewDeferrals(@Body() { filter }: DeferralPreviewInput): Promise<DeferralPreviewView> {
    return this.#search.count(storedFilter(filter));
  }

  @Post('retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Retry all waiting keys that match now, the longest waiting first' })
  @ApiAcceptedResponse(acceptedOperation)
  @ApiProblems(413, 415)
  async retryDeferrals(
    @Body() input: DeferralOperationInput,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<OperationView> {
    return locateOperation(await this.#operations.request('retry', input, caller), reply);
  }

  @Post('skip')
  @HttpCode(202)
  @ApiOperation({ summary: 'Skip the executions that the matching keys wait for; each counts as failed' })
  @ApiAcceptedResponse(acceptedOperation)
  @ApiProblems(413, 415)
  async skipDeferrals(
    @Body() input: DeferralOperationInput,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<OperationView> {
    return locateOperation(await this.#operations.request('skip', input, caller), reply);
  }

  @Post(':key/retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Retry a waiting key now, also while its circuit breaker is open' })
  @ApiAcceptedResponse({ type: DeferralKeyView, description: 'An executor carries it out' })
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
  @ApiOperation({ summary: 'Skip the execution that a key waits for; it counts as failed' })
  @ApiAcceptedResponse({ type: DeferralKeyView, description: 'An executor carries it out' })
  @ApiProblems(404, 409)
  async skipDeferral(
    @Param('key', IdentifierPipe) key: string,
    @CurrentCaller() caller: Caller,
  ): Promise<DeferralKeyView> {
    await this.#commands.skip(key, caller);
    return { key };
  }
}
