/** Words of up to where a system was read. */
export const position = {
  counter: 'the next change is number {{number}}',
  counterMore: 'the next change is number {{number}}; more are waiting',
  lastChange: 'last change read:',
  ofRecord: 'of the record {{id}}',
  first: 'first reading, at record {{place}}',
  begun: 'at the beginning: no change was read yet',
  other: 'known to the hub',
  details: 'Technical details',
} as const;
