import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { ApiProblems } from '../http/api-problems.ts';
import type { Reply } from '../http/reply.ts';
import { acceptedOperation, locateOperation } from '../operations/accepted-operation.ts';
import { OperationView } from '../operations/dto/operation.dto.ts';
import { FailureGroupList, FailureGroupQuery } from './dto/failure-group.dto.ts';
import {
  ChangedFailuresView,
  FailureAssignmentInput,
  FailureReopenInput,
  FailureResumeInput,
  FailureResumePreviewInput,
  FailureResumePreviewView,
  FailureSelectionInput,
  FailureSettlementInput,
} from './dto/failure-input.dto.ts';
import { FailureQuery } from './dto/failure-query.dto.ts';
import { FailurePage } from './dto/failure.dto.ts';
import { FailureDecisions } from './failure-decisions.ts';
import { selectionOf, type FailureSelection } from './failure-filter.ts';
import { FailureResume } from './failure-resume.ts';
import { FailureSearch } from './failure-search.ts';

@ApiTags('failures')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/failures')
export class FailuresController {
  readonly #search: FailureSearch;
  readonly #decisions: FailureDecisions;
  readonly #resume: FailureResume;

  constructor(search: FailureSearch, decisions: FailureDecisions, resume: FailureResume) {
    this.#search = search;
    this.#decisions = decisions;
    this.#resume = resume;
  }

  @Get()
  @ApiOperation({ summary: 'Failures, the newest first; without `state`, open failures' })
  @ApiOkResponse({ type: FailurePage })
  async listFailures(@Query() query: FailureQuery): Promise<FailurePage> {
    return this.#search.find(query);
  }

  @Get('groups')
  @ApiOperation({ summary: 'Failures by handler and reason, the largest group first' })
  @ApiOkResponse({ type: FailureGroupList })
  async listFailureGroups(@Query() query: FailureGroupQuery): Promise<FailureGroupList> {
    return { items: await this.#search.groups(query) };
  }

  @Post('settle')
  @HttpCode(200)
  @ApiOperation({ summary: 'Settle open failures: the work was done by hand, or is not needed' })
  @ApiOkResponse({ type: ChangedFailuresView })
  @ApiProblems(413, 415)
  async settleFailures(
    @Body() input: FailureSettlementInput,
    @CurrentCaller() caller: Caller,
  ): Promise<ChangedFailuresView> {
    return { changed: await this.#decisions.settle(await this.#selected(input), input.as, input.note, caller) };
  }

  @Post('reopen')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reopen failures that a person has settled' })
  @ApiOkResponse({ type: ChangedFailuresView })
  @ApiProblems(413, 415)
  async reopenFailures(
    @Body() input: FailureReopenInput,
    @CurrentCaller() caller: Caller,
  ): Promise<ChangedFailuresView> {
    return { changed: await this.#decisions.reopen(await this.#selected(input), caller) };
  }

  @Post('assign')
  @HttpCode(200)
  @ApiOperation({ summary: 'Assign open failures to a person, or remove the assignee' })
  @ApiOkResponse({ type: ChangedFailuresView })
  @ApiProblems(413, 415)
  async assignFailures(
    @Body() input: FailureAssignmentInput,
    @CurrentCaller() caller: Caller,
  ): Promise<ChangedFailuresView> {
    return { changed: await this.#decisions.assign(await this.#selected(input), input.assignee, caller) };
  }

  @Post('resume')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Resume failed events where they stopped, with the same execution ids',
    description: 'Each event runs in the order of its key. Handlers that succeeded do not run again.',
  })
  @ApiAcceptedResponse(acceptedOperation)
  @ApiProblems(413, 415)
  async resumeFailures(
    @Body() input: FailureResumeInput,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<OperationView> {
    return locateOperation(await this.#resume.resume(await this.#selected(input), input, caller), reply);
  }

  @Post('resume/preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'The number of failures, events and keys that a resume would affect; resumes nothing' })
  @ApiOkResponse({ type: FailureResumePreviewView })
  @ApiProblems(413, 415)
  async previewResume(@Body() input: FailureResumePreviewInput): Promise<FailureResumePreviewView> {
    return this.#resume.preview(await this.#selected(input));
  }

  #selected(input: FailureSelectionInput): Promise<FailureSelection> {
    return selectionOf(input, (q, filter) => this.#search.withText(q, filter));
  }
}
