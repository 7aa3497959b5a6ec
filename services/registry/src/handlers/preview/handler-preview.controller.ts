import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { answerIn, memberTexts, partitionKeyHeader, type BillingEvent } from '#contracts';
import { AnswerRules } from '#outcomes';
import { Redaction } from '#redaction';
import { envelopeOf, type EventRequest } from '../../events/event-envelope.ts';
import { ApiProblems } from '../../http/api-problems.ts';
import { UuidPipe } from '../../http/id.pipe.ts';
import { checkInput } from '../../http/input.pipe.ts';
import { inheritedNames, parseJsonObject } from '../../http/json-body.ts';
import { InvalidInput } from '../../domain-error.ts';
import { shownKept } from '../../journal/shown-kept.ts';
import { HandlerTestInput } from '../dto/handler-test.dto.ts';
import { Handlers } from '../handlers.service.ts';
import { eventOrSample, readTestEvent } from '../test-event.ts';
import { DraftPreviewBody, DraftPreviewInput, type DraftHandlerInput } from './draft-input.dto.ts';
import type { DraftAnswerInput } from './draft-input.dto.ts';
import { draftTask } from './draft-task.ts';
import { RequestPreviews } from './previews.ts';
import { DraftPreviewView, RequestPreviewView, type JudgementView } from './request-preview.dto.ts';

/** Stands for the id that a handler does not have yet. */
const noId = '00000000-0000-0000-0000-000000000000';

const headers = [
  { name: partitionKeyHeader, required: false, description: 'Partition key of the event' },
  { name: 'traceparent', required: false, description: 'W3C trace context of the event' },
] as const;

@ApiTags('handlers')
@ApiProblems(400, 401, 403, 413, 415, 429, 503)
@Controller('api/v1/handlers')
export class HandlerPreviewController {
  readonly #handlers: Handlers;
  readonly #previews: RequestPreviews;
  readonly #redaction: Redaction;

  constructor(handlers: Handlers, previews: RequestPreviews, redaction: Redaction) {
    this.#handlers = handlers;
    this.#previews = previews;
    this.#redaction = redaction;
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({
    summary: 'The request of a handler that is not saved, and what its rules make of an answer; sends nothing',
  })
  @ApiConsumes('application/json')
  @ApiBody({ type: DraftPreviewBody })
  @ApiHeader(headers[0])
  @ApiHeader(headers[1])
  @ApiOkResponse({ type: DraftPreviewView })
  async previewDraft(@Body() content: Buffer, @Req() request: EventRequest): Promise<DraftPreviewView> {
    // The event is read from its own text, where numbers have all digits; its fields may have any names.
    const input = Object.fromEntries(Object.entries(parseJsonObject(content)).filter(([name]) => name !== 'event'));
    const inherited = inheritedNames(input);
    if (inherited.length > 0) throw new InvalidInput(inherited);
    const { handler, answer } = await checkInput(DraftPreviewInput, input);
    const task = draftTask(handler);
    const given = memberTexts(content.toString('utf8')).get('event');
    const event = eventOrSample(given, envelopeOf(request), handler.event);
    const draft = { id: noId, task, format: handler.format ?? 'native', signingSecrets: [] };
    const preview: DraftPreviewView = await this.#previews.of(draft, event);
    if (answer) preview.judgement = this.#judged(handler, answer, event);
    return preview;
  }

  @Post(':id/preview')
  @HttpCode(200)
  @ApiOperation({
    summary: 'The request that this handler would send, for a sample or for your event; sends nothing',
    description: 'Secrets and the values of redacted fields are `***`.',
  })
  @ApiConsumes('application/json')
  @ApiBody({ type: HandlerTestInput, required: false })
  @ApiHeader(headers[0])
  @ApiHeader(headers[1])
  @ApiOkResponse({ type: RequestPreviewView })
  @ApiProblems(404)
  async previewHandler(
    @Param('id', UuidPipe) id: string,
    @Body() content: Buffer,
    @Req() request: EventRequest,
  ): Promise<RequestPreviewView> {
    const handler = await this.#handlers.get(id);
    return this.#previews.of(handler, readTestEvent(content, envelopeOf(request), handler.event));
  }

  #judged(
    { outcomes = [], keep = {} }: DraftHandlerInput,
    answer: DraftAnswerInput,
    event: BillingEvent,
  ): JudgementView {
    const { response, attempt = 1, maybe = false } = answer;
    const shown = { ...event, body: this.#redaction.json(event.body) };
    const rules = new AnswerRules({ outcomes, keep });
    const ruled = rules.of({
      ...answerIn(response)!,
      event: shown,
      results: [],
      attempt,
      maybe,
    });
    const values = ruled.kept();
    const redacted = rules.sources.filter(([, source]) => this.#redaction.mentions(source)).map(([name]) => name);
    const kept = values === undefined ? null : { values, redacted };
    return { rule: ruled.rule?.index ?? null, kept: shownKept(kept, [], this.#redaction), faults: [...ruled.faults] };
  }
}
