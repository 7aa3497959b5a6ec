import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createQueryClient } from '../api/query-client.ts';
import { ConfirmProvider } from '../components/ConfirmProvider.tsx';
import { cssVariables, theme } from '../theme/theme.ts';
import { router } from './router.ts';
import { styleNonce } from './style-nonce.ts';

const queryClient = createQueryClient();
/** public/color-scheme.js reads it before this runs. */
const colorSchemes = localStorageColorSchemeManager({ key: 'provisor-color-scheme' });

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemes}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <ConfirmProvider>
          <RouterProvider router={router} />
        </ConfirmProvider>
        <Notifications position="bottom-right" limit={4} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
