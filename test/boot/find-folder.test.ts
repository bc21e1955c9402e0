import {mkdirSync, realpathSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {findFolder} from '../../source/boot/find-folder.ts';
import {temporaryFolder} from './temporary-folder.ts';

const openHome = () => {
	const home = realpathSync(temporaryFolder());
	mkdirSync(join(home, 'shop', '~'), {recursive: true});
	symlinkSync(join(home, 'shop'), join(home, 'store'));
	writeFileSync(join(home, 'list'), '');
	return {home, find: (typed: string) => findFolder(typed, join(home, 'shop'), home)};
};

describe('a folder that a person types', () => {
	test('begins at home with a tilde, and else where the person is', () => {
		const {home, find} = openHome();
		expect(find('~')).toEqual({dir: home});
		expect(find('~/')).toEqual({dir: home});
		expect(find('~/shop')).toEqual({dir: join(home, 'shop')});
		expect(find('..')).toEqual({dir: home});
		expect(find('./~')).toEqual({dir: join(home, 'shop', '~')});
		expect(find('~/store')).toEqual({dir: join(home, 'shop')});
	});

	test('is refused in words without a flag where it cannot be used', () => {
		const {home, find} = openHome();
		expect(find('~/nowhere')).toEqual({problem: `There is no folder ${join(home, 'nowhere')}.`});
		expect(find('~/list')).toEqual({problem: `${join(home, 'list')} is not a folder.`});
		expect(find('~/list/below')).toEqual({problem: `There is no folder ${join(home, 'list', 'below')}.`});
		expect(find(`/${'long'.repeat(100)}`)).toEqual({problem: expect.stringContaining('cannot be used (ENAMETOOLONG)')});
	});
});
