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
  @ApiOperation({ summary: 'API keys, the newest first, including revoked and expired ones' })
  @ApiOkResponse({ type: ApiKeyList })
  async listApiKeys(): Promise<ApiKeyList> {
    return { items: (await this.#keys.list()).map(apiKeyView) };
  }

  @Post()
  @ApiOperation({ summary: 'Create an API key; it is shown once' })
  @ApiCreatedResponse({ type: MadeApiKeyView })
  @ApiProblems(413, 415)
  async createApiKey(@Body() input: ApiKeyInput, @CurrentCaller() caller: Caller): Promise<MadeApiKeyView> {
    const { entity, key } = await this.#keys.create(keyDraft(input), caller);
    return madeApiKeyView(entity, key);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Revoke an API key and end its sessions',
    description: 'The last valid key of an admin cannot be revoked (409).',
  })
  @ApiNoContentResponse()
  @ApiProblems(404, 409)
  async revokeApiKey(@Param('id', UuidPipe) id: string, @CurrentCaller() caller: Caller): Promise<void> {
    await this.#keys.revoke(id, caller);
  }
}
