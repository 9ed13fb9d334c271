import type { UserProvisioning } from '../../../../src/domain/connector';
import { Switch } from '../parts/choice';

interface UpdateSwitchesProps {
  readonly users: UserProvisioning;
  readonly onChange: (part: Partial<UserProvisioning>) => void;
}

/** What of an existing account follows the mapping. */
export function UpdateSwitches({ users, onChange }: UpdateSwitchesProps) {
  return (
    <section className="form-part">
      <h3>Existing accounts</h3>
      <p className="lead">
        What the mapping writes to accounts that exist: only to those that this connector created or adopted, and only
        where your organization has verified their e-mail domain in Atlassian. Off: differences are notes in the plan.
      </p>
      <Switch
        label="Update names"
        description="Write the name of the mapping."
        checked={users.updateName}
        onChange={(updateName) => onChange({ updateName })}
      />
      <Switch
        label="Update e-mails"
        description="Write a changed e-mail address. It signs the person out everywhere; at most 10 are changed in a run."
        checked={users.updateEmail}
        onChange={(updateEmail) => onChange({ updateEmail })}
      />
      <Switch
        label="Update profiles"
        description="Write nickname, job title, department, organization, location and time zone, as far as the mapping has rows for them."
        checked={users.updateProfile}
        onChange={(updateProfile) => onChange({ updateProfile })}
      />
    </section>
  );
}
