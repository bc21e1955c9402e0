import {readRoleFiles} from '../agents/read-role-files.ts';
import {loadRoles, type Roles} from '../agents/roles.ts';
import {Problem} from './problem.ts';

/** The roles that come with the program. */
export const readRoles = (): Roles => {
	const {roles, problems} = loadRoles(readRoleFiles());
	if (problems.length > 0) throw new Problem(`Some roles cannot be used:\n${problems.join('\n')}`);
	return roles;
};
