import type { ASTNode } from '@marcbachmann/cel-js';
import {
  arithmeticOperators,
  calculate,
  negated,
  resultKind,
  unfitMessage,
  type ArithmeticOperator,
} from './arithmetic.ts';
import { hasChanged } from './changed.ts';
import { ConditionFault } from './condition-fault.ts';
import { areEqual, areOrdered, isOrdered, orderings, type Ordering } from './equality.ts';
import { namedTypes } from './functions/conversions.ts';
import { rulesOf } from './functions/functions.ts';
import type { FunctionRule } from './functions/rule.ts';
import { isLoop, itemsOf, loopResults, type Loop } from './loops.ts';
import { isIn, itemAt, memberOf } from './members.ts';
import { OperationMeter, variableKinds, type Run, type Scope, type VariableName } from './scope.ts';
import { Fault, isNumeric, kindOf, maxInt, minInt, nameOf, quoted, Uint, type Kind, type Value } from './values.ts';

/** A part of a condition, ready to be evaluated. */
export interface Compiled {
  /** What kind of value it gives, as far as that is known without an event. */
  readonly kind: Kind | 'dyn';
  readonly run: Run;
}

/** The loop variables that a part can name, with the place of each in the scope. */
export type Locals = ReadonlyMap<string, number>;

/** Compiles the parts of one expression. */
export class Compiler {
  readonly #source: string;
  readonly #readable: readonly VariableName[];
  /** The variables that the expression names. */
  readonly reads = new Set<VariableName>();

  /** @param readable The variables that there are where the expression stands. */
  constructor(source: string, readable: readonly VariableName[]) {
    this.#source = source;
    this.#readable = readable;
  }

  /** @throws {ConditionFault} When the part cannot have a value, whatever the event. */
  compile(node: ASTNode, locals: Locals = new Map()): Compiled {
    switch (node.op) {
      case 'value':
        return this.#literal(node, node.args);
      case 'id':
        return this.#variable(node, node.args, locals);
      case '.':
        return this.#field(node, node.args, locals);
      case '[]':
        return this.#item(node, node.args, locals);
      case 'call':
        return this.#call(node, node.args[0], node.args[1], locals);
      case 'rcall':
        return isLoop(node.args[0])
          ? this.#loop(node, node.args[0], node.args[1], node.args[2], locals)
          : this.#function(node, 'method', node.args[0], [node.args[1], ...node.args[2]], locals);
      case 'list':
        return this.#list(node, node.args, locals);
      case 'map':
        return this.#map(node, node.args, locals);
      case '?:':
        return this.#ternary(node.args, locals);
      case '||':
        return this.#logical(node.op, true, node.args, locals);
      case '&&':
        return this.#logical(node.op, false, node.args, locals);
      case '!_':
        return this.#not(node, node.args, locals);
      case '-_':
        return this.#negation(node, node.args, locals);
      case '==':
      case '!=':
        return this.#equality(node, node.op, node.args, locals);
      case 'in':
        return this.#in(node, node.args, locals);
      default:
        return this.#binary(node, locals);
    }
  }

  #fault(message: string, node: ASTNode): ConditionFault {
    return new ConditionFault(message, this.#source, node.pos);
  }

  #literal(node: ASTNode, literal: unknown): Compiled {
    const value =
      typeof literal === 'object' && literal !== null && 'value' in literal
        ? new Uint(literal.value as bigint)
        : (literal as Value);
    if (typeof value === 'bigint' && value > maxInt)
      throw this.#fault(`${quoted(String(value))} does not fit into an int`, node);
    return { kind: kindOf(value), run: () => value };
  }

  #variable(node: ASTNode, name: string, locals: Locals): Compiled {
    const place = locals.get(name);
    if (place !== undefined) return { kind: 'dyn', run: ({ locals: values }) => values[place]! };
    return isVariable(name) ? this.#given(node, name) : this.#type(node, name);
  }

  #given(node: ASTNode, name: VariableName): Compiled {
    if (!this.#readable.includes(name)) {
      throw this.#fault(`${name} is not known here; there are ${this.#readable.join(', ')}`, node);
    }
    this.reads.add(name);
    return { kind: variableKinds[name], run: ({ variables }) => variables[name]!() };
  }

  #type(node: ASTNode, name: string): Compiled {
    const type = namedTypes.get(name);
    if (!type) throw this.#fault(`Unknown variable: ${quoted(name)}`, node);
    return { kind: 'type', run: () => type };
  }

  #field(node: ASTNode, [left, name]: readonly [ASTNode, string], locals: Locals): Compiled {
    const path = pathOf(node);
    if (path?.startsWith('google.') && !locals.has('google')) return this.#type(node, path);
    return this.#member(node, left, this.compile(left, locals), name);
  }

  #member(node: ASTNode, left: ASTNode, owner: Compiled, name: string): Compiled {
    if (owner.kind !== 'dyn' && owner.kind !== 'map') throw this.#fault(`${nameOf(owner.kind)} has no fields`, node);
    const place = node.pos;
    const path = `${pathOf(left) ?? '…'}.${name}`;
    return {
      kind: 'dyn',
      run: (scope) => {
        const value = owner.run(scope);
        if (value instanceof Fault) return value;
        scope.budget.spend(1, `the field ${quoted(name)}`, place, []);
        const member = memberOf(value, name);
        return member === undefined ? noSuchKey(scope, name, path, place) : member;
      },
    };
  }

  #item(node: ASTNode, [left, key]: readonly [ASTNode, ASTNode], locals: Locals): Compiled {
    const owner = this.compile(left, locals);
    if (key.op === 'value' && typeof key.args === 'string') return this.#member(node, left, owner, key.args);
    if (!['dyn', 'map', 'list'].includes(owner.kind)) throw this.#fault(`${nameOf(owner.kind)} has no items`, node);
    const index = this.compile(key, locals);
    return {
      kind: 'dyn',
      run: both(owner.run, index.run, '[…]', node, (value, at, meter) => itemAt(value, at, meter)),
    };
  }

  #call(node: ASTNode, name: string, args: readonly ASTNode[], locals: Locals): Compiled {
    if (name === 'has') return this.#has(node, args, locals);
    if (name === 'changed') return this.#changed(node, args, locals);
    return this.#function(node, 'function', name, args, locals);
  }

  #has(node: ASTNode, args: readonly ASTNode[], locals: Locals): Compiled {
    const [field] = args;
    if (args.length !== 1 || field?.op !== '.') throw this.#fault('has() takes a field, like data.name', node);
    const [left, name] = field.args;
    const owner = this.compile(left, locals);
    return {
      kind: 'bool',
      run: (scope) => {
        const value = owner.run(scope);
        if (value instanceof Fault) return value;
        scope.budget.spend(1, 'has', node.pos, []);
        return memberOf(value, name) !== undefined;
      },
    };
  }

  #changed(node: ASTNode, args: readonly ASTNode[], locals: Locals): Compiled {
    const [path] = args.map((argument) => this.compile(argument, locals));
    this.reads.add('data').add('previous');
    if (args.length !== 1 || (path!.kind !== 'dyn' && path!.kind !== 'string')) {
      throw this.#fault('changed() takes the path of a field, like "address.city"', node);
    }
    return {
      kind: 'bool',
      run: (scope) => {
        const value = path!.run(scope);
        if (value instanceof Fault) return value;
        if (typeof value !== 'string')
          return new Fault(`changed() takes a string, not ${nameOf(kindOf(value))}`, node.pos);
        const { data, previous } = scope.variables;
        const meter = new OperationMeter(scope.budget, `changed("${quoted(value)}")`, node.pos, []);
        return placed(hasChanged(value, data(), previous(), meter), scope, node.pos);
      },
    };
  }

  #function(
    node: ASTNode,
    style: FunctionRule['style'],
    name: string,
    args: readonly ASTNode[],
    locals: Locals,
  ): Compiled {
    const rules = rulesOf(style, name);
    if (rules.length === 0) throw this.#fault(`${quoted(name)} cannot be called here`, node);
    const parts = args.map((argument) => this.compile(argument, locals));
    const fitting = rules.filter(
      ({ takes }) => takes.length === parts.length && takes.every((kind, i) => mayBe(kind, parts[i]!.kind)),
    );
    if (fitting.length === 0)
      throw this.#fault(
        notTaken(
          name,
          style,
          rules,
          parts.map(({ kind }) => kind),
        ),
        node,
      );
    const gives = new Set(fitting.map((rule) => rule.gives));
    const runs = parts.map(({ run }) => run);
    const place = node.pos;
    return {
      kind: gives.size === 1 ? fitting[0]!.gives : 'dyn',
      run: (scope) => {
        const values: Value[] = [];
        for (const run of runs) {
          const value = run(scope);
          if (value instanceof Fault) return value;
          values.push(value);
        }
        const meter = new OperationMeter(scope.budget, name, place, values);
        meter.steps(callSteps);
        const rule = fitting.find(({ takes }) =>
          takes.every((kind, i) => kind === 'dyn' || kind === kindOf(values[i]!)),
        );
        return placed(
          rule ? rule.run(values, meter) : new Fault(notTaken(name, style, rules, values.map(kindOf))),
          scope,
          place,
        );
      },
    };
  }

  #loop(node: ASTNode, name: Loop, receiver: ASTNode, args: readonly ASTNode[], locals: Locals): Compiled {
    const [variable, body] = args;
    if (args.length !== 2 || variable?.op !== 'id') throw this.#fault(`${name} takes a name and a condition`, node);
    const range = this.compile(receiver, locals);
    if (!['dyn', 'map', 'list'].includes(range.kind)) {
      throw this.#fault(`${name} takes a list or a map, not ${nameOf(range.kind)}`, node);
    }
    // A name hides the one that it has outside. Loops within a loop have places of their own.
    const slot = Math.max(-1, ...locals.values()) + 1;
    const holds = this.#boolean(body!, name, new Map(locals).set(variable.args, slot));
    const place = node.pos;
    return {
      kind: name === 'filter' ? 'list' : 'bool',
      run: (scope) => {
        const value = range.run(scope);
        if (value instanceof Fault) return value;
        const meter = new OperationMeter(scope.budget, name, place, [value]);
        const items = itemsOf(value, name, meter);
        if (items instanceof Fault) return placed(items, scope, place);
        return loopResults[name](items, (item) => {
          meter.steps(iterationSteps);
          scope.locals[slot] = item;
          return holds(scope);
        });
      },
    };
  }

  #list(node: ASTNode, items: readonly ASTNode[], locals: Locals): Compiled {
    const runs = items.map((item) => this.compile(item, locals).run);
    return {
      kind: 'list',
      run: (scope) => {
        scope.budget.spend(1 + runs.length, 'a list', node.pos, []);
        const values: Value[] = [];
        for (const run of runs) {
          const value = run(scope);
          if (value instanceof Fault) return value;
          values.push(value);
        }
        return values;
      },
    };
  }

  #map(node: ASTNode, entries: readonly (readonly [ASTNode, ASTNode])[], locals: Locals): Compiled {
    const runs = entries.map(
      ([key, value]) => [this.compile(key, locals).run, this.compile(value, locals).run] as const,
    );
    return {
      kind: 'map',
      run: (scope) => {
        scope.budget.spend(5 * (1 + runs.length), 'a map', node.pos, []);
        const map = new Map<string | bigint | boolean, Value>();
        for (const [keyRun, valueRun] of runs) {
          const key = keyRun(scope);
          if (key instanceof Fault) return key;
          const value = valueRun(scope);
          if (value instanceof Fault) return value;
          const plain = key instanceof Uint ? key.value : key;
          if (typeof plain !== 'string' && typeof plain !== 'bigint' && typeof plain !== 'boolean') {
            return new Fault(`${nameOf(kindOf(key))} cannot be the key of a map`, node.pos);
          }
          if (map.has(plain)) return new Fault('a map has each key once', node.pos);
          map.set(plain, value);
        }
        return map;
      },
    };
  }

  #ternary([question, yes, no]: readonly [ASTNode, ASTNode, ASTNode], locals: Locals): Compiled {
    const condition = this.#boolean(question, '?', locals);
    const whenTrue = this.compile(yes, locals);
    const whenFalse = this.compile(no, locals);
    return {
      kind: whenTrue.kind === whenFalse.kind ? whenTrue.kind : 'dyn',
      run: (scope) => {
        const value = condition(scope);
        if (value instanceof Fault) return value;
        return value ? whenTrue.run(scope) : whenFalse.run(scope);
      },
    };
  }

  /**
   * What must be true or false.
   *
   * @param name What takes it, for messages.
   */
  #boolean(node: ASTNode, name: string, locals: Locals): (scope: Scope) => boolean | Fault {
    const { kind, run } = this.compile(node, locals);
    if (kind !== 'bool' && kind !== 'dyn') throw this.#fault(`${name} takes true or false, not ${nameOf(kind)}`, node);
    return (scope) => {
      const value = run(scope);
      if (typeof value === 'boolean' || value instanceof Fault) return value;
      return placed(new Fault(`${name} takes true or false, not ${nameOf(kindOf(value))}`), scope, node.pos) as Fault;
    };
  }

  /** `||` and `&&`: one side that decides is enough, even if the other has no value. */
  #logical(operator: string, deciding: boolean, [left, right]: readonly [ASTNode, ASTNode], locals: Locals): Compiled {
    const first = this.#boolean(left, operator, locals);
    const second = this.#boolean(right, operator, locals);
    return {
      kind: 'bool',
      run: (scope) => {
        scope.budget.spend(1, operator, left.pos, []);
        const one = first(scope);
        if (one === deciding) return one;
        const other = second(scope);
        return other === deciding || !(one instanceof Fault) ? other : one;
      },
    };
  }

  #not(node: ASTNode, operand: ASTNode, locals: Locals): Compiled {
    const run = this.#boolean(operand, '!', locals);
    return {
      kind: 'bool',
      run: (scope) => {
        scope.budget.spend(1, '!', node.pos, []);
        const value = run(scope);
        return value instanceof Fault ? value : !value;
      },
    };
  }

  #negation(node: ASTNode, operand: ASTNode, locals: Locals): Compiled {
    // The least int has no opposite, so that its digits alone are none.
    if (operand.op === 'value' && typeof operand.args === 'bigint') {
      const value = -operand.args;
      if (value < minInt) throw this.#fault(`${quoted(String(value))} does not fit into an int`, node);
      return { kind: 'int', run: () => value };
    }
    const { kind, run } = this.compile(operand, locals);
    if (kind !== 'dyn' && !isNumeric(kind)) throw this.#fault(`- does not take ${nameOf(kind)}`, node);
    return {
      kind: kind === 'uint' ? 'int' : kind,
      run: (scope) => {
        scope.budget.spend(2, '-', node.pos, []);
        const value = run(scope);
        return value instanceof Fault ? value : placed(negated(value), scope, node.pos);
      },
    };
  }

  #equality(node: ASTNode, operator: string, [left, right]: readonly [ASTNode, ASTNode], locals: Locals): Compiled {
    const one = this.compile(left, locals);
    const other = this.compile(right, locals);
    if (!mayBe(one.kind, other.kind) && !(isNumeric(one.kind) && isNumeric(other.kind))) {
      throw this.#fault(
        `${operator} compares ${nameOf(one.kind)} with ${nameOf(other.kind)}, which are never equal`,
        node,
      );
    }
    const wanted = operator === '==';
    return {
      kind: 'bool',
      run: both(one.run, other.run, operator, node, (a, b, meter) => {
        const equal = areEqual(a, b, meter);
        return equal instanceof Fault ? equal : equal === wanted;
      }),
    };
  }

  #in(node: ASTNode, [left, right]: readonly [ASTNode, ASTNode], locals: Locals): Compiled {
    const one = this.compile(left, locals);
    const other = this.compile(right, locals);
    if (!['dyn', 'list', 'map'].includes(other.kind))
      throw this.#fault(`in takes a list or a map, not ${nameOf(other.kind)}`, node);
    return { kind: 'bool', run: both(one.run, other.run, 'in', node, isIn) };
  }

  /** Arithmetic and comparisons. */
  #binary(node: ASTNode, locals: Locals): Compiled {
    const operator = node.op as ArithmeticOperator | Ordering;
    const isArithmetic = (arithmeticOperators as readonly string[]).includes(operator);
    if (!isArithmetic && !(orderings as readonly string[]).includes(operator)) {
      throw this.#fault(`${quoted(node.op)} cannot be used here`, node);
    }
    const [left, right] = node.args as [ASTNode, ASTNode];
    const one = this.compile(left, locals);
    const other = this.compile(right, locals);
    const kind = isArithmetic
      ? kindOfResult(operator as ArithmeticOperator, one.kind, other.kind)
      : orderedKind(one.kind, other.kind);
    if (!kind) throw this.#fault(unfitMessage(operator, one.kind, other.kind), node);
    const run = both(one.run, other.run, operator, node, (a, b, meter) => {
      if (isArithmetic) return calculate(operator as ArithmeticOperator, a, b, meter);
      const [kindA, kindB] = [kindOf(a), kindOf(b)];
      if (!areOrdered(kindA, kindB)) return new Fault(unfitMessage(operator, kindA, kindB));
      return isOrdered(operator as Ordering, a, b, meter);
    });
    return { kind, run };
  }
}

function isVariable(name: string): name is VariableName {
  return Object.hasOwn(variableKinds, name);
}

/** For what a call takes beside its work: to gather its arguments, and to find the rule for them. */
const callSteps = 4;
/** For an item of a loop, beside what its condition costs. */
const iterationSteps = 2;
/** To say why something has no value. */
const faultSteps = 10;

type Operation = (one: Value, other: Value, meter: OperationMeter) => Value | Fault;

/** Evaluates two operands, and then what is done with them. */
function both(left: Run, right: Run, name: string, node: ASTNode, operation: Operation): Run {
  const place = node.pos;
  return (scope) => {
    const one = left(scope);
    if (one instanceof Fault) return one;
    const other = right(scope);
    if (other instanceof Fault) return other;
    const meter = new OperationMeter(scope.budget, name, place, [one, other]);
    meter.steps(2);
    return placed(operation(one, other, meter), scope, place);
  };
}

/** A fault with its place, which costs more than a value. */
function placed(result: Value | Fault, scope: Scope, place: number): Value | Fault {
  if (!(result instanceof Fault)) return result;
  scope.budget.spend(faultSteps, 'a part without a value', place, []);
  return result.at(place);
}

function noSuchKey(scope: Scope, name: string, path: string, place: number): Value | Fault {
  return placed(new Fault(`No such key: ${quoted(name)}`, place, path), scope, place);
}

function mayBe(kind: Kind | 'dyn', other: Kind | 'dyn'): boolean {
  return kind === 'dyn' || other === 'dyn' || kind === other;
}

function kindOfResult(operator: ArithmeticOperator, one: Kind | 'dyn', other: Kind | 'dyn'): Kind | 'dyn' | undefined {
  return one === 'dyn' || other === 'dyn' ? 'dyn' : resultKind(operator, one, other);
}

function orderedKind(one: Kind | 'dyn', other: Kind | 'dyn'): Kind | undefined {
  return one === 'dyn' || other === 'dyn' || areOrdered(one, other) ? 'bool' : undefined;
}

function notTaken(
  name: string,
  style: FunctionRule['style'],
  rules: readonly FunctionRule[],
  given: readonly (Kind | 'dyn')[],
): string {
  const written = (takes: readonly string[]) =>
    style === 'method' ? `${takes[0]!}.${name}(${takes.slice(1).join(', ')})` : `${name}(${takes.join(', ')})`;
  return `there is no ${written(given)}; there is ${rules.map(({ takes }) => written(takes)).join(', ')}`;
}

/**
 * `google.protobuf.Timestamp`, of which each part is a node; a literal key in brackets counts as a name. Undefined when
 * it does not consist of names alone.
 */
function pathOf(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args;
  const member = memberIn(node);
  const before = member && pathOf(member.of);
  return before === undefined ? undefined : `${before}.${member!.name}`;
}

function memberIn(node: ASTNode): { of: ASTNode; name: string } | undefined {
  if (node.op === '.') return { of: node.args[0], name: node.args[1] };
  if (node.op !== '[]') return undefined;
  const [of, key] = node.args;
  return key.op === 'value' && typeof key.args === 'string' ? { of, name: key.args } : undefined;
}
