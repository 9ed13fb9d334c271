import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ConnectorSummary } from '../../../../src/api';
import { call } from '../app-calls';
import { showDone, showFailed } from '../flags';
import { useNavigation } from '../navigation';
import { dataKey } from '../page-data';
import { Menu } from '../parts/menu';

interface RowMenuProps {
  readonly connector: ConnectorSummary;
  /** Why the reader may not write. */
  readonly refused: string | undefined;
  /** Why the connector cannot be deleted now. */
  readonly running: string | undefined;
  /** Why it cannot simulate now. */
  readonly idle: string | undefined;
  readonly onCopy: () => void;
  readonly onImportLinks: () => void;
  readonly onDelete: () => void;
}

/** What is seldom done with a connector. */
export function RowMenu({ connector: { id, name, enabled }, refused, running, idle, ...asking }: RowMenuProps) {
  const { onCopy, onImportLinks, onDelete } = asking;
  const { go } = useNavigation();
  const data = useQueryClient();
  const turn = useMutation({
    mutationFn: () => call('setEnabled', { connectorId: id, enabled: !enabled }),
    onSuccess: async () => {
      await data.invalidateQueries({ queryKey: dataKey('listConnectors') });
      showDone(`Switched ${name} ${enabled ? 'off' : 'on'}`, enabled ? 'It starts nothing until it is on again.' : '');
    },
    onError: (error) => showFailed(`Could not switch ${name} ${enabled ? 'off' : 'on'}`, error),
  });
  const save = useMutation({
    mutationFn: async () => {
      const [file, { downloadSettings }] = await Promise.all([
        call('exportSettings', { connectorId: id }),
        import('../settings/settings-download'),
      ]);
      downloadSettings(file);
    },
    onError: (error) => showFailed(`Could not export the settings of ${name}`, error),
  });
  const saveLinks = useMutation({
    mutationFn: async () => (await import('../links/links-download')).downloadLinks({ id, name }),
    onError: (error) => showFailed(`Could not export the links of ${name}`, error),
  });
  const changing = turn.isPending ? 'It is being switched.' : undefined;
  return (
    <Menu
      text="More"
      label={`More for ${name}`}
      items={[
        {
          text: enabled ? 'Switch off' : 'Switch on',
          disabledBecause: refused ?? changing,
          onChoose: () => turn.mutate(),
        },
        { text: 'Make a copy', disabledBecause: refused, onChoose: onCopy },
        { text: 'Export settings', onChoose: () => save.mutate() },
        { text: 'Export links', disabledBecause: refused, onChoose: () => saveLinks.mutate() },
        { text: 'Import links', disabledBecause: refused ?? idle, onChoose: onImportLinks },
        { text: 'Settings history', onChoose: () => go({ screen: 'settings-history', connectorId: id }) },
        { text: 'Delete', danger: true, disabledBecause: refused ?? running, onChoose: onDelete },
      ]}
    />
  );
}
