import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type Caller } from '../../access/caller.ts';
import { ApiProblems } from '../../http/api-problems.ts';
import { UuidPipe } from '../../http/id.pipe.ts';
import {
  MadeSigningSecretView,
  madeSigningSecretView,
  overlapOf,
  SigningSecretInput,
} from '../dto/signing-secret.dto.ts';
import { SigningSecrets } from './signing-secrets.service.ts';

@ApiTags('handlers')
@ApiProblems(400, 401, 403, 429, 503)
@Controller('api/v1/handlers/:id/signing-secrets')
export class SigningSecretsController {
  readonly #secrets: SigningSecrets;

  constructor(secrets: SigningSecrets) {
    this.#secrets = secrets;
  }

  @Post()
  @ApiOperation({
    summary: 'Create a secret that signs the calls of an HTTP handler; it is shown once',
    description:
      'Calls then carry `webhook-signature` (Standard Webhooks). A further secret replaces the earlier one, ' +
      'which also signs until the overlap ends.',
  })
  @ApiBody({ type: SigningSecretInput, required: false })
  @ApiCreatedResponse({ type: MadeSigningSecretView })
  @ApiProblems(404, 409, 413, 415)
  async makeSigningSecret(
    @Param('id', UuidPipe) id: string,
    @Body() input: SigningSecretInput,
    @CurrentCaller() caller: Caller,
  ): Promise<MadeSigningSecretView> {
    const { made, text } = await this.#secrets.make(id, overlapOf(input), caller);
    return madeSigningSecretView(made, text);
  }

  @Delete(':secretId')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Revoke a signing secret at once',
    description: 'Without a secret, calls are not signed.',
  })
  @ApiNoContentResponse()
  @ApiProblems(404)
  async revokeSigningSecret(
    @Param('id', UuidPipe) id: string,
    @Param('secretId', UuidPipe) secretId: string,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    await this.#secrets.revoke(id, secretId, caller);
  }
}
