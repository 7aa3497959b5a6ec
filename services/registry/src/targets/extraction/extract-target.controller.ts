import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DatabaseClock } from '#database';
import { CurrentCaller, type Caller } from '../../access/caller.ts';
import { handlerView } from '../../handlers/dto/handler.dto.ts';
import { ApiProblems } from '../../http/api-problems.ts';
import { UuidPipe } from '../../http/id.pipe.ts';
import { locationHeader, type Reply } from '../../http/reply.ts';
import type { VersionCondition } from '../../http/version-condition.ts';
import { IfMatch } from '../../http/versioned.ts';
import { targetView } from '../dto/target.dto.ts';
import { ExtractedTargetView, ExtractTargetInput } from '../dto/extracted-target.dto.ts';
import { TargetExtraction } from './target-extraction.ts';

@ApiTags('targets')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/handlers')
export class ExtractTargetController {
  readonly #extraction: TargetExtraction;
  readonly #clock: DatabaseClock;

  constructor(extraction: TargetExtraction, clock: DatabaseClock) {
    this.#extraction = extraction;
    this.#clock = clock;
  }

  @Post(':id/extract-target')
  @ApiOperation({ summary: "Make a target of a handler's URL, headers and certificates, in one change" })
  @ApiCreatedResponse({
    type: ExtractedTargetView,
    headers: locationHeader,
  })
  @ApiProblems(404, 409, 412, 413, 415)
  async extractTarget(
    @Param('id', UuidPipe) id: string,
    @Body() { name }: ExtractTargetInput,
    @IfMatch() isMeant: VersionCondition,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ExtractedTargetView> {
    const { target, handler } = await this.#extraction.extract(id, name, isMeant, caller);
    reply.header('location', `/api/v1/targets/${target.id}`);
    const now = this.#clock.date();
    return { target: targetView(target, 1, now), handler: handlerView(handler, now) };
  }
}
