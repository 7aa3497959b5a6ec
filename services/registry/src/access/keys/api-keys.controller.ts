import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../http/api-problems.ts';
import { UuidPipe } from '../../http/id.pipe.ts';
import { CurrentCaller, type Caller } from '../caller.ts';
import { ApiKeys } from './api-keys.service.ts';
import { ApiKeyInput, ApiKeyList, apiKeyView, keyDraft, madeApiKeyView, MadeApiKeyView } from './dto/api-key.dto.ts';

@ApiTags('access')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/api-keys')
export class ApiKeysController {
  readonly #keys: ApiKeys;

  constructor(keys: ApiKeys) {
    this.#keys = keys;
  }

  @Get()
  @ApiOperation({ summary: 'API keys, the newest first, with those that were revoked or have expired' })
  @ApiOkResponse({ type: ApiKeyList })
  async listApiKeys(): Promise<ApiKeyList> {
    return { items: (await this.#keys.list()).map(apiKeyView) };
  }

  @Post()
  @ApiOperation({ summary: 'Make an API key, which is shown in the answer and never again' })
  @ApiCreatedResponse({ type: MadeApiKeyView })
  @ApiProblems(413, 415)
  async createApiKey(@Body() input: ApiKeyInput, @CurrentCaller() caller: Caller): Promise<MadeApiKeyView> {
    const { entity, key } = await this.#keys.create(keyDraft(input), caller);
    return madeApiKeyView(entity, key);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Revoke an API key: from now on it opens nothing, and its sessions have ended',
    description: 'The last key of an admin that opens anything is answered with 409.',
  })
  @ApiNoContentResponse()
  @ApiProblems(404, 409)
  async revokeApiKey(@Param('id', UuidPipe) id: string, @CurrentCaller() caller: Caller): Promise<void> {
    await this.#keys.revoke(id, caller);
  }
}
