import { SegmentedControl, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { MoonIcon, SunIcon, SystemIcon, type Icon } from '../components/icons.tsx';

const schemes: readonly { value: 'light' | 'auto' | 'dark'; name: string; icon: Icon }[] = [
  { value: 'light', name: 'Light', icon: SunIcon },
  { value: 'auto', name: 'System', icon: SystemIcon },
  { value: 'dark', name: 'Dark', icon: MoonIcon },
];

/** Light, dark, or what the system has. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label="Colour scheme"
      size="xs"
      fullWidth
      value={colorScheme}
      onChange={(value) => setColorScheme(value)}
      data={schemes.map(({ value, name, icon: SchemeIcon }) => ({
        value,
        label: (
          <span title={name} style={{ display: 'inline-grid' }}>
            <SchemeIcon size={15} />
            <VisuallyHidden>{name}</VisuallyHidden>
          </span>
        ),
      }))}
    />
  );
}
