import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isScalar, parseAllDocuments, visit } from 'yaml';
import { rabbitmqImage } from '../../tools/servers/rabbitmq/docker.ts';
import { allBlocks, placeOf, root } from '../documentation/documents.ts';

/** An image, and where it is named. */
interface Mention {
  place: string;
  image: string;
}

const ours = /^provisor-(registry|executor)$/;
const pinned = /^(?<name>[a-z][a-z0-9./-]*):(?<version>[a-z0-9.-]+)@sha256:[0-9a-f]{64}$/;
/** PostgreSQL numbers its versions by two figures, everybody else here by three. */
const exactVersion = (name: string) => (name === 'postgres' ? /^\d+\.\d+(-|$)/ : /^\d+\.\d+\.\d+(-|$)/);

/** What a Dockerfile builds on, without its own stages. */
function inDockerfile(text: string): string[] {
  const defaults = new Map([...text.matchAll(/^ARG (\w+)=(\S+)/gm)].map(([, name = '', value = '']) => [name, value]));
  const stages = new Set<string>();
  const images = new Set<string>();
  for (const [, from = '', stage = ''] of text.matchAll(/^FROM (?:--\S+ )*(\S+)(?: AS (\S+))?/gim)) {
    if (!stages.has(from)) images.add(from.replace(/^\$\{(\w+)\}$/, (_, name: string) => defaults.get(name) ?? from));
    stages.add(stage);
  }
  return [...images];
}

/** Every `image` of a Compose file or a manifest, at whatever depth; `${NAME:-default}` is the default. */
function inYaml(text: string): string[] {
  const images: string[] = [];
  for (const document of parseAllDocuments(text, { logLevel: 'silent' })) {
    visit(document, {
      Pair(_, { key, value }) {
        if (isScalar(key) && key.value === 'image' && isScalar(value)) images.push(String(value.value));
      },
    });
  }
  return images.map((image) => image.replace(/^\$\{\w+:-(.*)\}$/, '$1'));
}

/** What `docker run` runs: the first word that is no option and no port. */
function inCommands(text: string): string[] {
  const runs = text.replaceAll(/\\\n/g, ' ').matchAll(/\bdocker run\s+(?:[^a-z]\S*\s+)*(\S+)/g);
  return [...runs].map(([, image = '']) => image);
}

/** By which a file of `docker/` is read; none for what names no image. */
function readerOf(file: string): ((text: string) => string[]) | undefined {
  if (file.endsWith('Dockerfile')) return inDockerfile;
  return /\.ya?ml$/.test(file) ? inYaml : undefined;
}

const files = readdirSync(join(root, 'docker'), { recursive: true, encoding: 'utf8' }).sort();
const inDocker = files.flatMap((file): Mention[] => {
  const images = readerOf(file)?.(readFileSync(join(root, 'docker', file), 'utf8')) ?? [];
  return images.map((image) => ({ place: join('docker', file), image }));
});
const inTools = [{ place: 'tools/servers/rabbitmq/docker.ts', image: rabbitmqImage }];
const blocks = await allBlocks();
const inGuides = blocks.flatMap((block) => {
  const reader = { sh: inCommands, dockerfile: inDockerfile, yaml: inYaml }[block.language];
  return (reader?.(block.text) ?? []).map((image): Mention => ({ place: placeOf(block), image }));
});
const others = [...inDocker, ...inTools, ...inGuides].filter(({ image }) => !ours.test(image));

describe('the images that are not ours', () => {
  it('are found in every kind of file that names one', () => {
    const names = others.map(({ place, image }) => `${place.replace(/:\d+$/, '')} ${image.replace(/[:@].*/, '')}`);
    expect(new Set(names)).toEqual(
      new Set([
        'docker/Dockerfile node',
        'docker/compose.yml postgres',
        'docker/compose.yml rabbitmq',
        'docker/compose.production.yml caddy',
        'docker/kubernetes/rabbitmq/cluster.yaml rabbitmq',
        'tools/servers/rabbitmq/docker.ts rabbitmq',
        'docs/traces.md jaegertracing/jaeger',
      ]),
    );
  });

  it.each(others)('are named by an exact version and a digest: in $place, $image', ({ image }) => {
    expect(image).toMatch(pinned);
    const { name = '', version = '' } = pinned.exec(image)?.groups ?? {};
    expect(version).toMatch(exactVersion(name));
  });

  it('are the same, to the digest, wherever they are named', () => {
    const images = [...new Set(others.map(({ image }) => image))];
    const names = images.map((image) => image.replace(/[:@].*/, ''));
    expect(images.filter((_, index) => names.indexOf(names[index] ?? '') !== index)).toEqual([]);
  });

  it('have no other version in the guides', () => {
    const images = others.map(({ image }) => image);
    const mentioned = blocks
      .filter(({ language }) => language === 'sh' || language === 'text')
      .flatMap((block) =>
        [...block.text.matchAll(/(?<![\w./@-])[a-z][\w./-]*:\d+\.\d[\w.-]*/g)].map(([image]) => image),
      );
    expect(mentioned).not.toEqual([]);
    expect(mentioned.filter((image) => !images.some((one) => one.startsWith(`${image}@`)))).toEqual([]);
  });
});
