export * from './logger.ts';
export * from './metrics.ts';
export * from './nest-logger.ts';
export * from './readiness.ts';
