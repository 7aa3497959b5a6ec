import { createFormContext } from '@mantine/form';
import type { TargetFormValues } from './target-values.ts';

/** The one form of the dialog, which its parts share. */
export const [TargetFormProvider, useTargetFormContext, useTargetForm] = createFormContext<TargetFormValues>();
