/**
 * The language of the pages. In: what the person chose, else what the account or the browser says. Out: i18next with the words of that language;
 * each page's are loaded with the page (app/lazy-page.ts). `?language=pseudo` shows every text longer and with accents, so that one sees what is not translated or does not fit.
 */
import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { askInLanguage } from '../api/ask.ts';
import { renewSocket } from '../api/connection.ts';
import type { words } from './known.ts';

export const languages = ['nl', 'fr', 'en'] as const;
export type PageLanguage = (typeof languages)[number];
/** Those of `common` and `kinds` are always there. */
export type PageWords = Exclude<keyof typeof words, 'common' | 'kinds'>;
/** What each calls itself. */
export const ownNames: Readonly<Record<PageLanguage, string>> = { nl: 'Nederlands', fr: 'Français', en: 'English' };

const kept = 'koppel-language';
/** Each file has the words of its pages under the name by which they are asked for. */
type WordFile = Readonly<Record<string, object>>;
const files = import.meta.glob<WordFile>([
  './everywhere/*.ts',
  './tools/*.ts',
  './views/*.ts',
  '../pages/*/words.*.ts',
]);

const isPseudo = new URLSearchParams(location.search).get('language') === 'pseudo';

/** `valueLists` are in the folder value-lists. */
function fileOf(language: string, name: string): string {
  if (name === 'common' || name === 'kinds') return `./everywhere/${language}.ts`;
  if (name === 'tools' || name === 'views') return `./${name}/${language}.ts`;
  return `../pages/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}/words.${language}.ts`;
}

async function wordsOf(language: string, name: string): Promise<object> {
  const words = (await files[fileOf(isPseudo ? 'en' : language, name)]!())[name]!;
  if (isPseudo) return (await import('./pseudo.ts')).pseudoWords(words as never);
  return language === 'fr' ? (await import('./french.ts')).frenchWords(words as never) : words;
}

const byFile: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, name, done) => {
    wordsOf(language, name).then(
      (words) => done(null, words as never),
      (error: unknown) => done(error as Error, null),
    );
  },
};

export const isPageLanguage = (tag: unknown): tag is PageLanguage => languages.includes(tag as PageLanguage);

/** What to begin with: the choice of before, else the first language of the browser that we speak. */
export function firstLanguage(): PageLanguage {
  const chosen = localStorage.getItem(kept);
  if (isPageLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isPageLanguage) ?? 'en';
}

export const hasChosenLanguage = (): boolean => isPageLanguage(localStorage.getItem(kept));

/** The last change of the language; words that are loaded while it goes on must be of the new one. */
let change: Promise<unknown> = Promise.resolve();

/** In the language of the pages. Rejects when some of them cannot be loaded; i18next itself would show their keys from then on. */
export async function loadWords(names: readonly PageWords[]): Promise<void> {
  // From now on they are loaded with every change of the language.
  i18next.options.ns = [...new Set([...(i18next.options.ns ?? []), ...names])];
  await change;
  const { language } = i18next;
  const missing = names.filter((name) => !i18next.hasResourceBundle(language, name));
  const load = async (name: PageWords): Promise<unknown> => i18next.addResourceBundle(language, name, await wordsOf(language, name)); // prettier-ignore
  await Promise.all(missing.map(load));
}

/** Before anything is shown. */
export async function startWords(): Promise<void> {
  const language = firstLanguage();
  await i18next
    .use(byFile)
    .use(initReactI18next)
    .init({
      lng: language,
      ns: ['common', 'kinds'],
      defaultNS: 'common',
      fallbackLng: false,
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  become(language);
}

/** `isKept`: also at the next visit. */
export async function speak(language: PageLanguage, isKept = true): Promise<void> {
  if (isKept) localStorage.setItem(kept, language);
  become(language);
  change = i18next.changeLanguage(language);
  await change;
  renewSocket();
}

function become(language: PageLanguage): void {
  askInLanguage(language);
  document.documentElement.lang = language;
}
