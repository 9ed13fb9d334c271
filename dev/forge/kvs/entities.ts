import type { Entity } from '../manifest';
import { badRequest } from './refusal';

const fits = {
  string: (value: unknown) => typeof value === 'string',
  boolean: (value: unknown) => typeof value === 'boolean',
  float: (value: unknown) => typeof value === 'number',
  integer: (value: unknown) => Number.isSafeInteger(value),
  any: () => true,
};

/** The declaration of an entity; one that the manifest does not name is refused. */
export function findEntity(entities: readonly Entity[], name: string): Entity {
  const found = entities.find((each) => each.name === name);
  if (!found) throw badRequest('ENTITY_NOT_FOUND', `The manifest declares no entity ${name}.`);
  return found;
}

/** Refuses undeclared attributes and values of another type. */
export function checkAttributes(entity: Entity, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('INVALID_VALUE', `A row of ${entity.name} is an object.`);
  }
  for (const [name, each] of Object.entries(value)) {
    const type = Object.hasOwn(entity.attributes, name) ? entity.attributes[name]?.type : undefined;
    if (!type) throw badRequest('INVALID_ATTRIBUTE', `${entity.name} declares no attribute ${name}.`);
    if (!fits[type](each)) throw badRequest('INVALID_ATTRIBUTE', `${entity.name}.${name} is not of type ${type}.`);
  }
}
