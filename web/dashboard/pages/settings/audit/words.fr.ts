/** What somebody has done, by the action that the audit notes; said once, for files of the audit too. */
import { auditWordsIn } from '../../../../../src/base/sentences/audit-words.ts';

export const audit = { did: auditWordsIn(2) };
