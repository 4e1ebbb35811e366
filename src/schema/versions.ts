/** Words that drafts and versions of mappings and value lists share. */
import { enumeration } from './enumeration.js';

export const VersionState = enumeration('VersionState', 'Where a version stands.', [
  'DRAFT',
  'PUBLISHED',
  'SUPERSEDED',
]);
export const ChangeKind = enumeration('ChangeKind', 'How something differs.', ['ADDED', 'REMOVED', 'CHANGED']);
