import { startSharedKeycloak } from '../../dev/keycloak/shared-server';

export default startSharedKeycloak;
