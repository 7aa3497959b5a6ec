import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { catalogReloadPattern } from '#contracts';
import type { RegistrySettings } from '#settings';
import { CurrentCaller, type Caller } from '../access/caller.ts';
import { Audit } from '../audit/audit.service.ts';
import { RunningExecutors } from '../executors/running-executors.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { SETTINGS } from '../runtime/tokens.ts';
import { CatalogChannel } from './catalog-channel.ts';
import { Catalog } from './catalog.service.ts';
import { CatalogView, catalogView, RevisionView } from './dto/catalog.dto.ts';

@ApiTags('catalog')
@ApiProblems(401, 403, 429, 503)
@Controller('api/v1/catalog')
export class CatalogController {
  readonly #catalog: Catalog;
  readonly #channel: CatalogChannel;
  readonly #executors: RunningExecutors;
  readonly #audit: Audit;
  readonly #searchFields: readonly string[];

  constructor(
    catalog: Catalog,
    channel: CatalogChannel,
    executors: RunningExecutors,
    audit: Audit,
    @Inject(SETTINGS) { searchFields }: Pick<RegistrySettings, 'searchFields'>,
  ) {
    this.#catalog = catalog;
    this.#channel = channel;
    this.#executors = executors;
    this.#audit = audit;
    this.#searchFields = searchFields.map(({ name }) => name);
  }

  @Get()
  @ApiOperation({
    summary: 'The revision of the catalog, the revision that each running executor uses, and the indexed fields',
  })
  @ApiOkResponse({ type: CatalogView })
  async getCatalog(): Promise<CatalogView> {
    return catalogView(await this.#catalog.current(), this.#searchFields, await this.#executors.list());
  }

  @Post('reload')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ask every executor to load the catalog again' })
  @ApiAcceptedResponse({ type: RevisionView, description: 'RabbitMQ has confirmed the request' })
  async reloadCatalog(@CurrentCaller() caller: Caller): Promise<RevisionView> {
    const { revision } = await this.#catalog.current();
    await this.#channel.send(catalogReloadPattern, { revision });
    const subject = { type: 'catalog', id: 'catalog' } as const;
    await this.#audit.record(caller, { action: 'catalog.reload', subject, after: { revision } });
    return { revision };
  }
}
