import { EnvironmentReader, SettingsError } from '../environment.ts';

/** Reads some settings out of an environment: what they come to, or what is wrong with them. */
export function reading<T>(readFrom: (reader: EnvironmentReader) => T) {
  const read = (environment: NodeJS.ProcessEnv): T => {
    const reader = new EnvironmentReader(environment);
    const settings = readFrom(reader);
    reader.finish();
    return settings;
  };
  const faults = (environment: NodeJS.ProcessEnv): readonly string[] => {
    try {
      read(environment);
    } catch (error) {
      if (error instanceof SettingsError) return error.faults;
      throw error;
    }
    return [];
  };
  return { read, faults };
}
