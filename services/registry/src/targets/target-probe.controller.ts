import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { UuidPipe } from '../http/id.pipe.ts';
import { ProbedKeyView } from './dto/probed-key.dto.ts';
import { TargetProbe } from './target-probe.ts';

@ApiTags('targets')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/targets')
export class TargetProbeController {
  readonly #probe: TargetProbe;

  constructor(probe: TargetProbe) {
    this.#probe = probe;
  }

  @Post(':id/probe')
  @HttpCode(202)
  @ApiOperation({ summary: 'Call a target now, for the key that has waited longest' })
  @ApiAcceptedResponse({ type: ProbedKeyView, description: 'An executor carries it out' })
  @ApiProblems(404, 409)
  async probeTarget(@Param('id', UuidPipe) id: string, @CurrentCaller() caller: Caller): Promise<ProbedKeyView> {
    return { key: await this.#probe.probe(id, caller) };
  }
}
