/** What a route shows, loaded when it is opened: the code and the words of all its parts, so that nothing of it waits for words when it is there. */
import { lazyRouteComponent } from '@tanstack/react-router';
import i18next from 'i18next';
import type { words } from '../words/known.ts';

/** Those of `common` and `kinds` are always there. */
export type PageWords = Exclude<keyof typeof words, 'common' | 'kinds'>;

/** `words`: of which pages and parts; a test compares them with what the parts ask for. */
export const lazyPage = <Module extends Record<string, unknown>, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
  names: readonly PageWords[],
) =>
  lazyRouteComponent(async () => {
    const [module] = await Promise.all([load(), i18next.loadNamespaces(names)]);
    return module;
  }, name);
