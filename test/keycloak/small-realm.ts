import type { RealmState } from './realm-server';

/** People `u00`, `u01` …, each with an address; no groups. */
export function peopleOf(count: number): RealmState['users'] {
  return Array.from({ length: count }, (_, index) => {
    const username = `u${String(index).padStart(4, '0')}`;
    return { id: `id-${username}`, username, email: `${username}@example.com` };
  });
}

/** 25 people, 4 groups on three levels and a service account that is a member. */
export function smallRealm(): RealmState {
  return {
    users: [...peopleOf(25), { id: 'id-robot', username: 'service-account-robot', service: true }],
    groups: [
      { id: 'g-all', name: 'all' },
      { id: 'g-rd', name: 'R&D / Labs' },
      { id: 'g-a', name: 'A', parentId: 'g-rd' },
      { id: 'g-deep', name: 'all', parentId: 'g-a' },
    ],
    members: {
      'g-all': [...peopleOf(25).map(({ id }) => id), 'id-robot'],
      'g-a': ['id-u0003', 'id-robot'],
      'g-deep': ['id-u0003', 'id-u0024'],
    },
  };
}
