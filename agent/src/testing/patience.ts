/** How tests wait until something is so: in small steps, and long enough for a machine that has other work. */
export const PATIENCE = { timeout: 30_000, interval: 20 };
