/** Why the write guard holds a record back, in one sentence for people; translated in base/sentences/phrases-guard.ts. */
import type { Harm } from '../canonical/write-harm.js';

export const heldReasons: Readonly<Record<Harm, string>> = {
  ended:
    'Held back with many others: it would be switched off. It waits until somebody releases or drops the held run.',
  zeroed:
    'Held back with many others: its stock would go to zero. It waits until somebody releases or drops the held run.',
  repriced: 'Held back with many others: its price would jump. It waits until somebody releases or drops the held run.',
  blanked:
    'Held back with many others: filled fields would be emptied. It waits until somebody releases or drops the held run.',
  restored:
    'Held back after a restore: the target holds something that the hub cannot explain. It waits until somebody releases or drops the held run.',
};

/** Of a record whose held write was dropped. */
export const droppedReason = 'Somebody dropped the held write: the record stays as it is there until it changes again.';
