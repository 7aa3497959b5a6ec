import { createFormContext } from '@mantine/form';
import type { HandlerFormValues } from './form-values.ts';

/** The one form of the dialog, which its parts share. */
export const [HandlerFormProvider, useHandlerFormContext, useHandlerForm] = createFormContext<HandlerFormValues>();
