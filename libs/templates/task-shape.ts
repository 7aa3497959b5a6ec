import { Budget, Fault, type VariableName, type Variables } from '#conditions';
import type { FieldError, Task, Tasks, TaskType } from '#contracts';
import { bodyPlace, usualContentType } from './places/body.ts';
import { headerPlace } from './places/header.ts';
import type { Place } from './places/place.ts';
import { addressPlace, subjectPlace } from './places/mail.ts';
import { argumentPlace, plainBody } from './places/plain.ts';
import { pathPlace, urlPlace } from './places/url.ts';
import { hasPlaceholders } from './scan.ts';
import { TemplateFault } from './template-fault.ts';
import { Template } from './template.ts';

/** A text of a task that may have placeholders. */
interface ShapedText {
  /** Where it stands in the task: `headers`, `x-id`. */
  readonly path: readonly string[];
  readonly text: string;
  readonly place: Place;
}

/** What of each type's task may have placeholders. */
const shapedTexts: { readonly [T in TaskType]: (task: Tasks[T]) => readonly ShapedText[] } = {
  script: ({ args }) => args.map((text, index) => ({ path: ['args', String(index)], text, place: argumentPlace })),
  http: ({ url, path, headers, body = null, contentType }) => [
    ...(url === undefined ? [] : [{ path: ['url'], text: url, place: urlPlace }]),
    ...(path === undefined ? [] : [{ path: ['path'], text: path, place: pathPlace }]),
    ...Object.entries(headers).map(([name, text]) => ({ path: ['headers', name], text, place: headerPlace })),
    ...(body === null ? [] : [{ path: ['body'], text: body, place: bodyPlace(contentType) }]),
  ],
  email: ({ to, cc, subject, text }) => [
    ...to.map((address, index) => ({ path: ['to', String(index)], text: address, place: addressPlace })),
    ...cc.map((address, index) => ({ path: ['cc', String(index)], text: address, place: addressPlace })),
    { path: ['subject'], text: subject, place: subjectPlace },
    { path: ['text'], text, place: plainBody },
  ],
};

function textsOf(task: Task): readonly ShapedText[] {
  return (shapedTexts[task.type] as (task: Task) => readonly ShapedText[])(task);
}

/** Whether calls of a task differ from event to event in more than the event that they carry. */
function isShaped({ path, text }: ShapedText): boolean {
  return path[0] === 'body' || hasPlaceholders(text);
}

/** What is wrong with the placeholders and the body of a task, by the fields of a handler. */
export function taskFaults(task: Task): FieldError[] {
  const faults: FieldError[] = [];
  for (const shaped of textsOf(task).filter(isShaped)) {
    try {
      new Template(shaped.text, shaped.place);
      if (isOfPersistentScript(task)) {
        faults.push({ field: fieldOf(shaped), message: 'takes no placeholder with mode persistent: read the event' });
      }
    } catch (error) {
      if (!(error instanceof TemplateFault)) throw error;
      faults.push({ field: fieldOf(shaped), message: error.message });
    }
  }
  return faults;
}

/** Its process outlives the event that it was started for. */
function isOfPersistentScript(task: Task): boolean {
  return task.type === 'script' && task.mode === 'persistent';
}

function fieldOf({ path }: ShapedText): string {
  return ['task', ...path].join('.');
}

/** A task for one event. */
export interface RenderedTask {
  readonly task: Task;
  /** What an HTTP call carries in place of the event. */
  readonly body?: string;
  /** Of that body. */
  readonly contentType?: string;
}

/** Why a task cannot be made for an event. */
export interface RenderFailure {
  /** The field of the handler, such as `task.body`. */
  readonly field: string;
  /** With the place in that field. */
  readonly message: string;
  /** What the event, or an earlier answer, does not have, as the expression names it. */
  readonly missing?: string;
}

interface Part {
  readonly path: readonly string[];
  readonly field: string;
  readonly template: Template;
}

/** A task whose calls are rendered for each event. */
export class TaskShape {
  /** The variables that it reads. */
  readonly reads: ReadonlySet<VariableName>;
  readonly #task: Task;
  readonly #parts: readonly Part[];

  /**
   * @param called The task with what is sent besides, such as headers of its target, which have no placeholders.
   * @throws {TemplateFault} When a text of the task is no template.
   */
  constructor(task: Task, called = task) {
    this.#task = called;
    this.#parts = textsOf(task)
      .filter(isShaped)
      .map((shaped) => {
        return { path: shaped.path, field: fieldOf(shaped), template: new Template(shaped.text, shaped.place) };
      });
    this.reads = new Set(this.#parts.flatMap(({ template }) => [...template.reads]));
  }

  /** Whether all calls are the same, but for the event that they carry. */
  get isPlain(): boolean {
    return this.#parts.length === 0;
  }

  /** The task for an event, within the steps of one budget. */
  render(variables: Variables): RenderedTask | RenderFailure {
    const budget = new Budget();
    let task = this.#task;
    for (const { path, field, template } of this.#parts) {
      const text = template.render(variables, budget);
      if (text instanceof Fault) return failure(field, text);
      task = replaced(task, path, text) as Task;
    }
    if (task.type !== 'http' || task.body == null) return { task };
    return { task, body: task.body, contentType: task.contentType ?? usualContentType };
  }
}

function failure(field: string, { message, missing }: Fault): RenderFailure {
  return missing === undefined ? { field, message } : { field, message, missing };
}

/** A copy of a document with another text in one place. */
function replaced(document: unknown, [name, ...rest]: readonly string[], text: string): unknown {
  if (name === undefined) return text;
  if (Array.isArray(document)) {
    return document.with(Number(name), replaced(document[Number(name)], rest, text));
  }
  const members = document as Record<string, unknown>;
  return { ...members, [name]: replaced(members[name], rest, text) };
}

/**
 * The shape of a task that was checked when it was saved; undefined when all calls of it are the same.
 *
 * @param called See {@link TaskShape}.
 */
export function shapeOf(task: Task, called = task): Pick<TaskShape, 'render'> | undefined {
  try {
    const shape = new TaskShape(task, called);
    return shape.isPlain ? undefined : shape;
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    // It fails for every event, so that operators notice.
    const [fault = { field: 'task', message: error.message }] = taskFaults(task);
    return { render: () => fault };
  }
}
