import {findRole, type Roles} from '../agents/roles.ts';
import {workRoles} from '../domain/work-roles.ts';
import {Problem} from './problem.ts';

/** The name of the role that a goal is given to, said by it or by an alias; undefined when none was said. */
export const chooseRole = (word: string | undefined, roles: Roles): string | undefined => {
	if (word === undefined) return undefined;
	const role = findRole(roles, word);
	const names = workRoles(roles.keys());
	if (role === undefined || !names.includes(role.facts.name))
		throw new Problem(`There is no role "${word}": --role is one of ${names.join(', ')}.`);
	return role.facts.name;
};
