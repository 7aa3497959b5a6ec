import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { catalogReloadPattern } from '#contracts';
import { RunningExecutors } from '../executors/running-executors.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { CatalogChannel } from './catalog-channel.ts';
import { Catalog } from './catalog.service.ts';
import { CatalogView, catalogView, RevisionView } from './dto/catalog.dto.ts';

@ApiTags('catalog')
@ApiProblems(401, 503)
@Controller('api/v1/catalog')
export class CatalogController {
  readonly #catalog: Catalog;
  readonly #channel: CatalogChannel;
  readonly #executors: RunningExecutors;

  constructor(catalog: Catalog, channel: CatalogChannel, executors: RunningExecutors) {
    this.#catalog = catalog;
    this.#channel = channel;
    this.#executors = executors;
  }

  @Get()
  @ApiOperation({ summary: 'The revision of the catalog, and the one that each running executor has in force' })
  @ApiOkResponse({ type: CatalogView })
  async getCatalog(): Promise<CatalogView> {
    return catalogView(await this.#catalog.current(), await this.#executors.list());
  }

  @Post('reload')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ask every executor to load the catalog again' })
  @ApiAcceptedResponse({ type: RevisionView, description: 'RabbitMQ has taken the request' })
  async reloadCatalog(): Promise<RevisionView> {
    const { revision } = await this.#catalog.current();
    await this.#channel.send(catalogReloadPattern, { revision });
    return { revision };
  }
}
