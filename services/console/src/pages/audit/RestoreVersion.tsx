import { useQueryClient } from '@tanstack/react-query';
import type { AuditEntryView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { notifyFailed } from '../../components/notify.tsx';
import type { DialogSubject } from '../handlers/form/save-handler.ts';
import { handlerQuery } from '../handlers/handler-list.ts';
import { versionIn } from './handler-version.ts';

interface Props {
  entry: AuditEntryView;
  onOpen: (subject: DialogSubject) => void;
}

/**
 * Opens the form with the handler as an entry left it, to be saved as a new version. Nothing where the entry has no
 * such version.
 */
export function RestoreVersion({ entry, onOpen }: Props) {
  const client = useQueryClient();
  const version = versionIn(entry);
  if (!version) return null;
  const open = async (): Promise<void> => {
    try {
      const handler = await client.query({ ...handlerQuery(version.id), staleTime: 0 });
      onOpen({ kind: 'restore', handler, version });
    } catch (problem) {
      notifyFailed('Failed to load the handler', problem as Parameters<typeof notifyFailed>[1]);
    }
  };
  return (
    <ActionButton
      needs="admin"
      variant="default"
      size="compact-xs"
      aria-label={`Restore this version: ${version.version} of ${version.name}`}
      onClick={() => void open()}
    >
      Restore this version
    </ActionButton>
  );
}
