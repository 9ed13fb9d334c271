import { useEffect, useState } from 'react';
import type { ConnectorView } from '../../../../src/api';
import type { ConnectorSettings } from '../../../../src/domain/connector';
import { useNavigation } from '../navigation';
import { takeDraft } from './kept-drafts';
import type { FieldErrors } from './settings-fields';
import { dropErrors } from './settings-fields';

/** The settings being edited, next to what was saved last. */
export function useDraft(settings: ConnectorSettings, saved: ConnectorView | undefined) {
  const { setUnsaved } = useNavigation();
  const [view, setView] = useState(saved);
  const [base, setBase] = useState(settings);
  const [kept] = useState(() => (saved === undefined ? undefined : takeDraft(saved.id, saved.revision)));
  const [draft, setDraft] = useState(kept?.draft ?? settings);
  const [confirmation, setConfirmation] = useState(kept?.confirmation ?? '');
  const [clientSecret, setClientSecret] = useState('');
  const [errors, setErrors] = useState<FieldErrors>({});
  const dirty = clientSecret !== '' || JSON.stringify(draft) !== JSON.stringify(base);

  useEffect(() => {
    setUnsaved(dirty);
    return () => setUnsaved(false);
  }, [dirty, setUnsaved]);

  return {
    view,
    draft,
    dirty,
    errors,
    setErrors,
    confirmation,
    setConfirmation,
    clientSecret,
    setClientSecret: (secret: string) => {
      setClientSecret(secret);
      setErrors((old) => dropErrors(old, 'clientSecret'));
    },
    change: (field: string, next: (draft: ConnectorSettings) => ConnectorSettings) => {
      setDraft(next);
      setErrors((old) => dropErrors(old, field));
    },
    /** What the app saved is the new base; the secret is gone from the page. */
    accept: (next: ConnectorView) => {
      setView(next);
      setBase(next.settings);
      setDraft(next.settings);
      setClientSecret('');
      setConfirmation('');
      setErrors({});
      setUnsaved(false);
    },
  };
}
