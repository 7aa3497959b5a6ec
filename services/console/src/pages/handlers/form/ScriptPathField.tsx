import { Autocomplete, Text, type AutocompleteProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { scriptWarnings, type AvailableScript, type ScriptAvailability } from '#contracts';
import { scriptsQuery } from '../../../api/scripts.ts';
import { AwayIcon } from '../../../components/icons.tsx';
import { useHandlerFormContext } from './form-context.ts';
import classes from './ScriptPathField.module.css';

/** The most suggestions at once; typing narrows them. */
const mostOffered = 50;

/** The path of a script: offers those that executors have, and warns at once of one that cannot run. */
export function ScriptPathField() {
  const form = useHandlerFormContext();
  const { data } = useQuery(scriptsQuery);
  const [isTyping, setIsTyping] = useState(false);
  const path = form.values.task.script.path.trim();
  const warnings = data ? warningsAbout(path, data, isTyping) : [];
  return (
    <div>
      <Autocomplete
        label="Path"
        withAsterisk
        description={descriptionOf(data)}
        placeholder="user/local/vcs/script.py"
        classNames={{ input: 'mono' }}
        data={[...(data?.scripts.keys() ?? [])]}
        limit={mostOffered}
        renderOption={optionsOf(data?.scripts)}
        {...form.getInputProps('task.script.path')}
        onFocus={() => setIsTyping(true)}
        onBlur={() => setIsTyping(false)}
      />
      <div role="status">
        {warnings.map((warning) => (
          <p key={warning} className={classes.warning}>
            <AwayIcon size={14} /> {warning}
          </p>
        ))}
      </div>
    </div>
  );
}

function descriptionOf(known: ScriptAvailability | undefined): string {
  const where = 'Relative to a script folder of the executors, or absolute';
  return known?.executors.length === 0 ? `${where}. No executor runs, so its scripts are unknown` : where;
}

/** None while what is typed may still become one of the scripts. */
function warningsAbout(path: string, known: ScriptAvailability, isTyping: boolean): string[] {
  const isBeginning = isTyping && [...known.scripts.keys()].some((each) => each !== path && each.startsWith(path));
  return path === '' || isBeginning ? [] : scriptWarnings(path, known);
}

function optionsOf(
  scripts: ReadonlyMap<string, AvailableScript> | undefined,
): NonNullable<AutocompleteProps['renderOption']> {
  return function Option({ option }) {
    const script = scripts?.get(option.value);
    return (
      <div>
        <span className="mono">{option.value}</span>
        {script?.runnable === false && (
          <Text size="xs" className={classes.refusal}>
            {script.reason}: {script.hint}
          </Text>
        )}
      </div>
    );
  };
}
