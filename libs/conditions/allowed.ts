import type { ASTNode } from '@marcbachmann/cel-js';
import { ConditionFault } from './condition-fault.ts';

/**
 * What may be called. What is not here could make a value grow with each step, or take time that nothing bounds: `matches`
 * backtracks, `map` and `cel.bind` double what they are given.
 */
const functions = new Set(
  (
    'changed has size int uint double string bool dyn type timestamp duration contains startsWith endsWith ' +
    'lowerAscii upperAscii trim indexOf lastIndexOf substring getFullYear getMonth getDate getDayOfMonth getDayOfWeek ' +
    'getDayOfYear getHours getMinutes getSeconds getMilliseconds'
  ).split(' '),
);

/** These go through a list. */
const loops = new Set(['all', 'exists', 'exists_one', 'filter']);
const mostLoopsInLoops = 2;

/** What an expression costs, as far as it shows without an event. */
export interface Shape {
  readonly nodes: number;
  /** How deep loops stand within loops; 0: there is none. */
  readonly loops: number;
}

/**
 * Looks through a whole expression.
 *
 * @throws {ConditionFault} When it calls what may not be called, or loops within loops within loops.
 */
export function shapeOf(source: string, node: ASTNode, within = 0): Shape {
  const called = calledBy(node);
  const isLoop = called !== undefined && loops.has(called);
  if (called !== undefined && !isLoop && !functions.has(called)) {
    throw new ConditionFault(`${called} cannot be called here`, source, node.range);
  }
  const depth = isLoop ? within + 1 : within;
  if (depth > mostLoopsInLoops) {
    throw new ConditionFault(`${called!} stands in too many others that go through a list`, source, node.range);
  }
  const parts = partsOf(node);
  // The list that is gone through is found once.
  const shapes = parts.map((part, index) => shapeOf(source, part, isLoop && index === 0 ? within : depth));
  return {
    nodes: shapes.reduce((sum, { nodes }) => sum + nodes, 1),
    loops: Math.max(depth, ...shapes.map(({ loops }) => loops)),
  };
}

function calledBy(node: ASTNode): string | undefined {
  return node.op === 'call' || node.op === 'rcall' ? node.args[0] : undefined;
}

/** The receiver of a call first. */
function partsOf({ args }: ASTNode): ASTNode[] {
  return [args].flat(3).filter(isNode);
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value;
}
