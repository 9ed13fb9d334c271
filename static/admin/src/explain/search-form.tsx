import SearchIcon from '@atlaskit/icon/core/search';
import { Action } from '../parts/action';
import { TextField } from '../parts/field';

interface SearchFormProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onAsk: (user: string) => void;
  readonly busy: boolean;
}

export function SearchForm({ value, onChange, onAsk, busy }: SearchFormProps) {
  return (
    <form
      className="explain-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (value.trim() !== '' && !busy) onAsk(value);
      }}
    >
      <TextField
        label="User name, e-mail address or id"
        hint="Exactly as Keycloak has it. An Atlassian account id finds the person whom the account is linked to."
        value={value}
        onChange={onChange}
        type="search"
      />
      <Action
        appearance="primary"
        submit
        icon={SearchIcon}
        busy={busy}
        disabledBecause={value.trim() === '' ? 'Enter whom to look for first.' : undefined}
      >
        Explain
      </Action>
    </form>
  );
}
