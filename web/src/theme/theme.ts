import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#e0f2f0',
  '#c5e6e3',
  '#9fd6d1',
  '#62c7c1',
  '#35a8a2',
  '#178a85',
  '#0f7672',
  '#0b6f6c',
  '#0b6b68',
  '#07504e',
];

/** Mantine's neutral greys, in our hue: text first, the ground last. */
const dark: MantineColorsTuple = [
  '#e4e9e9',
  '#c3cccc',
  '#9aa5a6',
  '#6f7a7b',
  '#434c4e',
  '#2b3233',
  '#1f2425',
  '#191d1e',
  '#131617',
  '#0d0f10',
];

/** Mantine's settings: one accent, the system's fonts, 14 px and a 4 px grid. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, dark },
  defaultRadius: 'sm',
  radius: { xs: '4px', sm: '6px', md: '8px' },
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
});

const names = {
  '--mantine-color-body': 'var(--ground)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--quiet)',
  '--mantine-color-placeholder': 'var(--quiet)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--hover)',
  '--mantine-color-disabled-color': 'var(--quiet)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--accent-fill)',
};

/** Gives Mantine's variables our tokens, in both schemes. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: names, dark: names });
