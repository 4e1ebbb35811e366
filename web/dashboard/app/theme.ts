/** Colours, sizes and habits of all parts. Contrast of muted text is at least 4.5:1 on both backgrounds. */
import { createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from '@mantine/core';

const koppel: MantineColorsTuple = [
  '#e6f6f6',
  '#cfe9ea',
  '#9fd3d5',
  '#6bbcbf',
  '#43a8ac',
  '#2a9ba0',
  '#127a80',
  '#0b6e75',
  '#06585e',
  '#004349',
];

/** Darker than those of the kit, whose words on a light ground are too faint to read. */
const red: MantineColorsTuple = [
  '#fdeeee',
  '#f9dada',
  '#f2b8b8',
  '#ea9494',
  '#e57373',
  '#d95050',
  '#c93a3a',
  '#b52a2a',
  '#a02020',
  '#8a1717',
];

export const theme = createTheme({
  primaryColor: 'koppel',
  primaryShade: { light: 7, dark: 6 },
  colors: { koppel, red },
  // Red words without a ground of their own are as light or dark as what they stand on asks for.
  variantColorResolver(input) {
    const usual = defaultVariantColorsResolver(input);
    return input.variant === 'subtle' && input.color === 'red' ? { ...usual, color: 'var(--koppel-failed)' } : usual;
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  fontFamily: "Inter, 'Segoe UI', system-ui, -apple-system, Roboto, 'Helvetica Neue', Arial, sans-serif",
  // The name of a flow may take a second line.
  components: { Modal: { styles: { title: { lineHeight: 1.35, fontWeight: 650 } } } },
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.125rem' }, h3: { fontSize: '1rem' } },
  },
});
