export type { Reason } from './influences.ts';
export { roleMessages } from './messages.ts';
export type { PortRoles } from './port-roles.ts';
export type { KeptState, PostOwned } from './post-owned.ts';
export { createReader, type Reader, type Reads } from './reads.ts';
export { type RoleOptions, type RolesResult, type SynapseRoles, synapseRoles } from './synapse-roles.ts';
