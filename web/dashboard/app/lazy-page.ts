/**
 * Pages and parts that are loaded when they are opened: their code, and the words of all that is shown in them. Words that came later than an answer
 * would hide what is shown until they are there, and take the focus from it.
 */
import { lazyRouteComponent } from '@tanstack/react-router';
import { lazy, type ComponentType } from 'react';
import { loadWords, type PageWords } from '../words/language.ts';

/** Rejects with what could not be loaded, first of all the code; asked again, it is tried again. */
async function withWords<Code>(load: () => Promise<Code>, words: readonly PageWords[]): Promise<Code> {
  const loading = loadWords(words);
  loading.catch(() => undefined);
  const code = await load();
  await loading;
  return code;
}

/** The page of a route. `words`: those of all its parts; a test compares them with what the parts ask for. */
export const lazyPage = <Module extends Record<string, unknown>, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
  words: readonly PageWords[],
) => lazyRouteComponent(() => withWords(load, words), name);

/** A part of a page, within a `Suspense` of its own. `words`: as those of a page. `preload`: before it is shown, as far as it can be had. */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>, words: readonly PageWords[]) {
  const ready = async () => ({ default: await withWords(load, words) });
  return Object.assign(lazy(ready), { preload: () => void ready().catch(() => undefined) });
}
