import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { partitionKeyHeader } from '#contracts';
import { Redaction } from '#redaction';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { envelopeOf, type EventRequest } from '../events/event-envelope.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { UuidPipe } from '../http/id.pipe.ts';
import { HandlerTestInput, TestedAttemptView, testedAttemptView } from './dto/handler-test.dto.ts';
import { HandlerTester } from './handler-tester.ts';
import { readTestEvent } from './test-event.ts';

@ApiTags('handlers')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/handlers')
export class HandlerTestController {
  readonly #tester: HandlerTester;
  readonly #redaction: Redaction;

  constructor(tester: HandlerTester, redaction: Redaction) {
    this.#tester = tester;
    this.#redaction = redaction;
  }

  @Post(':id/test')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Run only this handler, on a sample or on your event, and get the result',
    description:
      'An executor calls the handler once. The journal marks the attempt as a test. A disabled handler can be ' +
      'tested; an archived one gets 409.',
  })
  @ApiConsumes('application/json')
  @ApiBody({ type: HandlerTestInput, required: false })
  @ApiHeader({
    name: partitionKeyHeader,
    required: false,
    description: 'Partition key for the journal; a test neither waits for other events of the key nor delays them',
  })
  @ApiHeader({ name: 'traceparent', required: false, description: 'W3C trace context, passed on to the handler' })
  @ApiOkResponse({ type: TestedAttemptView, description: 'The attempt, successful or not' })
  @ApiProblems(404, 409, 413, 415)
  async testHandler(
    @Param('id', UuidPipe) id: string,
    @Body() content: Buffer,
    @Req() request: EventRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<TestedAttemptView> {
    const handler = await this.#tester.tryable(id);
    const event = readTestEvent(content, envelopeOf(request), handler.event);
    return testedAttemptView(await this.#tester.try(handler, event, caller), event.body, this.#redaction);
  }
}
