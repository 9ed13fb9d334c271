import AddIcon from '@atlaskit/icon/core/add';
import EditIcon from '@atlaskit/icon/core/edit';
import LinkIcon from '@atlaskit/icon/core/link';
import MinusIcon from '@atlaskit/icon/core/minus';
import type { ExplainedChange } from '../../../../src/domain/explanation';

const signs: Readonly<Record<ExplainedChange['kind'], 'add' | 'take' | 'link' | 'edit'>> = {
  'create-group': 'add',
  'adopt-group': 'link',
  invite: 'add',
  'adopt-account': 'link',
  restore: 'add',
  'update-profile': 'edit',
  'update-email': 'edit',
  'add-member': 'add',
  'remove-member': 'take',
  suspend: 'take',
  'remove-account': 'take',
};
const icons = { add: AddIcon, take: MinusIcon, link: LinkIcon, edit: EditIcon } as const;

/** Changes with a sign for what gives, what takes, and what only links. */
export function ChangeList({ changes }: { changes: readonly ExplainedChange[] }) {
  return (
    <ul className="explain-changes">
      {changes.map(({ kind, text, reason }) => {
        const Icon = icons[signs[kind]];
        return (
          <li key={text}>
            <span className={`change-sign change-${signs[kind]}`} aria-hidden="true">
              <Icon label="" />
            </span>
            <span>
              {text} <span className="subtle">{reason}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
