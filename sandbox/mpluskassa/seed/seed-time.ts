/** When the pretended shop was set up: the time of every seeded record. */
export const seedTime = '2026-01-05T08:30:00.000Z';
