import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { decodeBillingEvent, partitionKeyHeader, type EventEnvelope } from '#contracts';
import { DatabaseClock } from '#database';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { AcceptedEvent, EventInput } from './dto/event-input.dto.ts';
import { EventPlanView, eventPlanView } from './dto/event-plan.dto.ts';
import { envelopeOf, type EventRequest } from './event-envelope.ts';
import { EventPlanner } from './event-plan.service.ts';
import { EventPublisher } from './event-publisher.ts';
import { PublishAudit } from './publish-audit.ts';

const partitionKey = {
  name: partitionKeyHeader,
  required: false,
  description:
    "Events that share it are handled one after another; the client's id by convention. At most 255 bytes of UTF-8",
};

@ApiTags('events')
@ApiProblems(400, 401, 403, 413, 415, 429, 503)
@Controller('api/v1/events')
export class EventsController {
  readonly #publisher: EventPublisher;
  readonly #planner: EventPlanner;
  readonly #audit: PublishAudit;
  readonly #clock: DatabaseClock;

  constructor(publisher: EventPublisher, planner: EventPlanner, audit: PublishAudit, clock: DatabaseClock) {
    this.#publisher = publisher;
    this.#planner = planner;
    this.#audit = audit;
    this.#clock = clock;
  }

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Publish an event, as the billing system would' })
  @ApiConsumes('application/json', 'application/cloudevents+json')
  @ApiBody({ type: EventInput })
  @ApiHeader(partitionKey)
  @ApiHeader({ name: 'traceparent', required: false, description: 'W3C trace context, carried on to the handlers' })
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
  @ApiOperation({ summary: 'Which handlers an event would run, in order, and which not and why; runs nothing' })
  @ApiConsumes('application/json', 'application/cloudevents+json')
  @ApiBody({ type: EventInput })
  @ApiHeader(partitionKey)
  @ApiOkResponse({ type: EventPlanView })
  async planEvent(@Body() content: Buffer, @Req() request: EventRequest): Promise<EventPlanView> {
    const event = decodeBillingEvent(content, this.#envelopeOf(request));
    return eventPlanView(event, await this.#planner.plan(event), this.#clock.date());
  }

  #envelopeOf(request: EventRequest): EventEnvelope {
    return { ...envelopeOf(request), arrivedAt: this.#clock.now() };
  }
}
