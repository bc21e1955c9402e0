import {describe, expect, it} from 'vitest';
import {chooseRole} from '../../source/boot/choose-role.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import {readRoles} from '../../source/boot/read-roles.ts';

const roles = readRoles();

describe('the role a goal is given to', () => {
	it('is said by its name or by an alias, or not at all', () => {
		expect(chooseRole('writer', roles)).toBe('writer');
		expect(chooseRole('explore', roles)).toBe('scout');
		expect(chooseRole(undefined, roles)).toBeUndefined();
	});

	it('is refused where there is none of that name, and all are named', () => {
		expect(() => chooseRole('cook', roles)).toThrow(
			/^There is no role "cook": --role is one of analyst, builder, .*scout/,
		);
	});

	it('goes with a bare goal and with run, and with no run that was begun', () => {
		expect(parseArguments(['survey this', '--role', 'scout'], '0').flags.role).toBe('scout');
		expect(parseArguments(['run', 'survey', '--role', 'scout'], '0').flags.role).toBe('scout');
		expect(() => parseArguments(['resume', 'last', '--role', 'scout'], '0')).toThrow(/--role.*goes with run, create/);
	});
});
