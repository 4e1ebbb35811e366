/** Alerts begin and end by themselves, and no subscription tells of it: what the pages show is asked for again. */
export const everyMs = 15_000;
