import { Controller, Get, Header, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiProblems } from '../http/api-problems.ts';
import { UuidPipe } from '../http/id.pipe.ts';
import { RejectedMessageView, RejectedPage, RejectedQuery } from './dto/rejected.dto.ts';
import { RejectedMessages } from './rejected-messages.ts';

@ApiTags('journal')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/rejected')
export class RejectedController {
  readonly #messages: RejectedMessages;

  constructor(messages: RejectedMessages) {
    this.#messages = messages;
  }

  @Get()
  @ApiOperation({ summary: 'Rejected messages, the newest first' })
  @ApiOkResponse({ type: RejectedPage })
  async listRejected(@Query() query: RejectedQuery): Promise<RejectedPage> {
    return this.#messages.find(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'A rejected message' })
  @ApiOkResponse({ type: RejectedMessageView })
  @ApiProblems(404)
  async getRejected(@Param('id', UuidPipe) id: string): Promise<RejectedMessageView> {
    return this.#messages.get(id);
  }

  @Get(':id/body')
  @Header('x-content-type-options', 'nosniff')
  @ApiOperation({ summary: 'The body of a rejected message, byte for byte; redacted fields are masked' })
  @ApiOkResponse({ content: { 'application/octet-stream': { schema: {} } } })
  @ApiProblems(404)
  async getRejectedBody(
    @Param('id', UuidPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { length, pieces } = await this.#messages.body(id, (release) => reply.raw.once('close', release));
    return new StreamableFile(pieces, {
      type: 'application/octet-stream',
      // Whatever it holds, a browser is to save it, not to show it.
      disposition: `attachment; filename="rejected-${id}.bin"`,
      length,
    });
  }
}
