import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { createLogger, createMetrics } from '#observability';
import { readRegistrySettings } from '#settings';
import { createHttpAdapter } from '../http/http-adapter.ts';
import { describeApi } from '../http/openapi.ts';
import { RegistryModule } from '../registry.module.ts';

// Writes the OpenAPI description of the registry to a file. The console's types are made from it, when there is neither
// a database nor a broker: Nest only looks at the modules, and makes none of what they provide.
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: main.js FILE');

const nowhere = { DATABASE_URL: 'postgres://nowhere/none', AMQP_URL: 'amqp://nowhere' };
const settings = readRegistrySettings(nowhere);
const app = await NestFactory.create(
  RegistryModule.with(settings, createLogger('registry', 'silent'), createMetrics()),
  createHttpAdapter([]),
  { preview: true, logger: false, abortOnError: false },
);
writeFileSync(file, JSON.stringify(describeApi(app), undefined, 2));
