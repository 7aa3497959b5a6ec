import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { decodeBillingEvent, partitionKeyHeader, type BillingEvent, type EventEnvelope } from '#contracts';
import { DatabaseClock } from '#database';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { AcceptedEvent, EventInput } from './dto/event-input.dto.ts';
import { EventPlanView, eventPlanView, ResumePlanInput } from './dto/event-plan.dto.ts';
import { checkInput } from '../http/input.pipe.ts';
import { readJsonObject } from '../http/json-body.ts';
import { envelopeOf, type EventRequest } from './event-envelope.ts';
import { RequestPreviews } from '../handlers/preview/previews.ts';
import { EventPlanner, type EventPlan } from './event-plan.service.ts';
import { EventPublisher } from './event-publisher.ts';
import { PublishAudit } from './publish-audit.ts';
import { asksForResume, ResumePlanner } from './resume-plan.ts';

const partitionKey = {
  name: partitionKeyHeader,
  required: false,
  description:
    "Events with the same key run one after another; the client's id by convention. At most 255 bytes of UTF-8",
};

@ApiTags('events')
@ApiProblems(400, 401, 403, 413, 415, 429, 503)
@Controller('api/v1/events')
export class EventsController {
  readonly #publisher: EventPublisher;
  readonly #planner: EventPlanner;
  readonly #resumePlanner: ResumePlanner;
  readonly #audit: PublishAudit;
  readonly #previews: RequestPreviews;
  readonly #clock: DatabaseClock;

  constructor(
    publisher: EventPublisher,
    planner: EventPlanner,
    resumePlanner: ResumePlanner,
    audit: PublishAudit,
    previews: RequestPreviews,
    clock: DatabaseClock,
  ) {
    this.#publisher = publisher;
    this.#planner = planner;
    this.#resumePlanner = resumePlanner;
    this.#audit = audit;
    this.#previews = previews;
    this.#clock = clock;
  }

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Publish an event, as the billing system does' })
  @ApiConsumes('application/json', 'application/cloudevents+json')
  @ApiBody({ type: EventInput })
  @ApiHeader(partitionKey)
  @ApiHeader({ name: 'traceparent', required: false, description: 'W3C trace context, passed on to the handlers' })
  @ApiAcceptedResponse({ type: AcceptedEvent, description: 'RabbitMQ has confirmed it' })
  async publishEvent(
    @Body() content: Buffer,
    @Req() request: EventRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<AcceptedEvent> {
    const event = await this.#publisher.publish(content, this.#envelopeOf(request));
    await this.#audit.record(caller, event);
    return { id: event.id };
  }

  @Post('plan')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'The handlers that an event would run, in order, and those that it would not, with the reason; runs nothing',
    description: 'With `resume`: which handlers a resume of this event would run, as they are now.',
  })
  @ApiConsumes('application/json', 'application/cloudevents+json')
  @ApiExtraModels(EventInput, ResumePlanInput)
  @ApiBody({ schema: { oneOf: [{ $ref: getSchemaPath(EventInput) }, { $ref: getSchemaPath(ResumePlanInput) }] } })
  @ApiHeader(partitionKey)
  @ApiOkResponse({ type: EventPlanView })
  @ApiProblems(404)
  async planEvent(@Body() content: Buffer, @Req() request: EventRequest): Promise<EventPlanView> {
    if (asksForResume(content)) {
      const { resume } = await checkInput(ResumePlanInput, readJsonObject(content));
      const { event, plan } = await this.#resumePlanner.plan(resume);
      return this.#shown(event, plan);
    }
    const event = decodeBillingEvent(content, this.#envelopeOf(request));
    return this.#shown(event, await this.#planner.plan(event));
  }

  async #shown(event: BillingEvent, plan: EventPlan): Promise<EventPlanView> {
    return eventPlanView(event, plan, await this.#previews.ofAll(plan.runs, event), this.#clock.date());
  }

  #envelopeOf(request: EventRequest): EventEnvelope {
    return { ...envelopeOf(request), arrivedAt: this.#clock.now() };
  }
}
