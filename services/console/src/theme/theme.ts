import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The one accent: petrol. Shade 7 carries white text with a contrast of 5.7. */
const petrol: MantineColorsTuple = [
  '#eaf6f7',
  '#d7ebee',
  '#acd6dc',
  '#7fc0ca',
  '#5aaebb',
  '#3f9dab',
  '#288595',
  '#13707d',
  '#0d5a65',
  '#08444d',
];

/** Greys with a little of it, for the light scheme and for the dark one. */
const slate: MantineColorsTuple = [
  '#f7f9fa',
  '#f0f3f5',
  '#e5eaed',
  '#d5dce1',
  '#b9c4cb',
  '#8f9ca6',
  '#687681',
  '#4d5a64',
  '#333e47',
  '#1b2329',
];
const night: MantineColorsTuple = [
  '#d9e0e5',
  '#b9c3ca',
  '#99a5af',
  '#6d7a85',
  '#3a444d',
  '#2b343b',
  '#20282e',
  '#161c21',
  '#11161a',
  '#0b0f12',
];

const sans = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';
const mono = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** How the console looks; everything that differs from it says why. */
export const theme = createTheme({
  colors: { petrol, gray: slate, dark: night },
  black: slate[9],
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 7 },
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontFamily: sans,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  cursorType: 'pointer',
  // People who ask their system for less motion get it.
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Modal: {
      defaultProps: {
        styles: { title: { fontWeight: 600 } },
        // Its head would be a second banner of the page.
        attributes: { header: { role: 'none' } },
      },
    },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NativeSelect: { defaultProps: { size: 'sm' } },
    Tooltip: {
      defaultProps: { withArrow: true, multiline: true, maw: 320, events: { hover: true, focus: true, touch: true } },
    },
  },
});

/**
 * The colours by what they are for; the library's own are replaced where they are too pale to be read. WCAG asks for a
 * contrast of 4.5.
 */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': slate[7],
    '--mantine-color-placeholder': slate[6],
    '--mantine-color-error': '#b3261e',
    '--surface': '#ffffff',
    '--canvas': slate[0],
    '--line': slate[2],
    '--accent-text': petrol[8],
    '--accent-surface': petrol[0],
    '--tone-good': '#12692f',
    '--tone-bad': '#b3261e',
    '--tone-warn': '#8a4b00',
    '--tone-info': petrol[8],
    '--tone-quiet': slate[7],
    // Areas of a chart are no text: WCAG asks for a contrast of 3.
    '--chart-main': petrol[6],
    '--chart-good': '#3f9a5f',
    '--chart-bad': '#cf4a40',
    '--chart-warn': '#b8791a',
  },
  dark: {
    '--mantine-color-dimmed': night[2],
    '--mantine-color-placeholder': night[2],
    '--mantine-color-error': '#ff9d94',
    '--surface': night[7],
    '--canvas': night[8],
    '--line': night[5],
    '--accent-text': petrol[3],
    '--accent-surface': '#1a2f34',
    '--tone-good': '#79d391',
    '--tone-bad': '#ff9d94',
    '--tone-warn': '#f0b866',
    '--tone-info': petrol[3],
    '--tone-quiet': night[2],
    '--chart-main': petrol[4],
    '--chart-good': '#56b377',
    '--chart-bad': '#ee766b',
    '--chart-warn': '#d6a04c',
  },
});
