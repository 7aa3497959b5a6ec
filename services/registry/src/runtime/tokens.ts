/** Injection tokens of what the process was started with. */
export const SETTINGS = Symbol('settings');
export const LOGGER = Symbol('logger');
/** Undefined while traces are off. */
export const TRACER = Symbol('tracer');
