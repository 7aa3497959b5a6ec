import { writeFileSync } from 'node:fs';
import { eventTypes } from '../../dist/libs/contracts/index.js';

// Writes the JSON Schemas of what events carry to a file, each under the id of its event type, as an OpenAPI document of which types
// can be made.
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: event-data-schemas.mjs FILE');

const schemas = Object.fromEntries(eventTypes.map(({ id, schema }) => [id, schema]));
const info = { title: 'What events carry', version: '1' };
writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info, paths: {}, components: { schemas } }, undefined, 2));
