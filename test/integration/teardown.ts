import { stopSharedKeycloak } from '../../dev/keycloak/shared-server';

export default stopSharedKeycloak;
