/** How often an executor writes that it runs, milliseconds. */
export const heartbeatIntervalMs = 5_000;

/** An executor that missed three heartbeats is taken for gone. */
export const heartbeatLifeSeconds = (3 * heartbeatIntervalMs) / 1_000;
