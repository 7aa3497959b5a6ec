import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { IdentifierPipe } from '../http/id.pipe.ts';
import type { Reply } from '../http/reply.ts';
import { acceptedOperation, locateOperation } from '../operations/accepted-operation.ts';
import { OperationView } from '../operations/dto/operation.dto.ts';
import { EventResumeInput } from './dto/failure-input.dto.ts';
import { FailureResume } from './failure-resume.ts';

@ApiTags('failures')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/events')
export class EventResumeController {
  readonly #resume: FailureResume;

  constructor(resume: FailureResume) {
    this.#resume = resume;
  }

  @Post(':id/resume')
  @HttpCode(202)
  @ApiBody({ type: EventResumeInput, required: false })
  @ApiOperation({
    summary: 'Resume a failed event where it stopped, with the same execution ids',
    description: 'An event that still waits, or has nothing left to resume, gets 409.',
  })
  @ApiAcceptedResponse(acceptedOperation)
  @ApiProblems(404, 409, 413, 415)
  async resumeEvent(
    @Param('id', IdentifierPipe) id: string,
    @Body() { note }: EventResumeInput,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<OperationView> {
    return locateOperation(await this.#resume.resumeEvent(id, note, caller), reply);
  }
}
