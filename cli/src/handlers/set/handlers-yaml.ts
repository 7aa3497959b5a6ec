import { Document, isMap, isNode, isScalar, visit, type YAMLMap } from 'yaml';
import { handlerDefaults, taskTraits, usualReleasePerSecond } from '#contracts';
import type { HandlerInSetView, HandlerSetView } from '#sdk';

const head = ' For "provisor handlers apply". Fields with their default value are left out.';
/** A task up to this number of characters is on one line. */
const lineWidth = 80;

/** `apply` keeps these as they are when they are left out, so that they are always written. */
const alwaysWritten = new Set(['status', 'priority']);

/** The values of fields that a target leaves out. */
const targetDefaults = {
  description: '',
  headers: {},
  secretHeaders: [],
  tls: null,
  auth: null,
  rate: null,
  maxConcurrency: null,
  windows: [],
  releasePerSecond: usualReleasePerSecond,
};

/** All handlers and targets as YAML, with the fields that differ from their defaults. Applying it makes the same. */
export function handlersYaml({ handlers, targets, defaultTimeoutMs }: HandlerSetView): string {
  const defaults = { ...handlerDefaults, timeoutMs: defaultTimeoutMs };
  const document = new Document({
    ...(targets.length > 0 && { targets: targets.map((target) => without(target, targetDefaults)) }),
    handlers: handlers.map((handler) => chosenFields(handler, defaults)),
  });
  document.commentBefore = head;
  visit(document, {
    Seq: (key, sequence, path) => {
      const isHandlers = path.length === 2 && isMap(sequence.items[0]);
      if (isHandlers) for (const item of sequence.items.slice(1)) if (isNode(item)) item.spaceBefore = true;
    },
    Pair: (_key, { key, value }) => {
      if (isScalar(key) && key.value === 'task' && isMap(value)) value.flow = isShort(value);
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function chosenFields(handler: HandlerInSetView, defaults: object): object {
  const fields = without(handler, defaults, alwaysWritten);
  return { ...fields, task: without(handler.task, taskTraits[handler.task.type].defaults) };
}

/** The fields that do not have their default value. */
function without(fields: object, defaults: object, kept: ReadonlySet<string> = new Set()): object {
  const byName: Readonly<Record<string, unknown>> = { ...defaults };
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => kept.has(name) || !(name in byName) || JSON.stringify(value) !== JSON.stringify(byName[name]),
    ),
  );
}

function isShort(task: YAMLMap): boolean {
  const text = JSON.stringify(task);
  return text.length <= lineWidth && !text.includes('\\n');
}
