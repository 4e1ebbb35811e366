/** Opens the palette and the help of keys from anywhere; what they show is loaded then (tools.tsx). */
import { useSyncExternalStore } from 'react';

export type Tool = 'palette' | 'help' | null;

let open: Tool = null;
const watchers = new Set<() => void>();
const watch = (tell: () => void): (() => void) => {
  watchers.add(tell);
  return () => void watchers.delete(tell);
};

export function openTool(tool: Tool): void {
  open = tool;
  for (const tell of watchers) tell();
}

export const useOpenTool = (): Tool => useSyncExternalStore(watch, () => open);
export const openPalette = (): void => openTool('palette');
export const openHelp = (): void => openTool('help');
export const closeTool = (): void => openTool(null);
