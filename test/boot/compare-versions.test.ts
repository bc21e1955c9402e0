import {expect, it} from 'vitest';
import {compareVersions} from '../../source/boot/compare-versions.ts';

it('orders versions as semver.org does', () => {
	const ordered = [
		'0.0.9',
		'0.1.0-alpha',
		'0.1.0-alpha.1',
		'0.1.0-alpha.beta',
		'0.1.0-beta.2',
		'0.1.0-beta.11',
		'0.1.0-rc.1',
		'0.1.0',
		'0.1.1',
		'0.2.0',
		'0.10.0',
		'1.0.0-x-y.1',
		'1.0.0',
	];
	for (const [i, one] of ordered.entries())
		for (const [j, other] of ordered.entries())
			expect([one, other, Math.sign(compareVersions(one, other))]).toEqual([one, other, Math.sign(i - j)]);
	expect(compareVersions('1.0.0+a', '1.0.0+b')).toBe(0);
});
