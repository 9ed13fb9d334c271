import { useDirectory, useMe } from '../page-data';
import { Message } from '../parts/message';

/** Says once what the reader may not do here; silent for those who may do everything. */
export function AccessNote() {
  const me = useMe().data;
  const directory = useDirectory().data;
  if (me === undefined || directory === undefined || me.organizationAdmin || !directory.hasKey) return null;
  return (
    <Message tone="information" title="You can look at everything and simulate">
      Saving settings, full syncs, approving and deleting need an organization administrator of this Atlassian
      organization.
    </Message>
  );
}
