import type { FormErrors, GetInputPropsReturnType } from '@mantine/form';

/** What fields that several forms have use of the form that they are in. */
export interface FormPart {
  readonly errors: FormErrors;
  getInputProps(path: string): GetInputPropsReturnType;
  setFieldValue(path: string, value: unknown): void;
  insertListItem(path: string, item: unknown): void;
  removeListItem(path: string, index: number): void;
}
