/** Keys of words are checked by the compiler, against the English ones. */
import 'i18next';
import type { words } from './known.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof words;
  }
}
