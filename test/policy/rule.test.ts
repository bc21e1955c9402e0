import {expect, test} from 'vitest';
import {parseRule} from '../../source/policy/rule.ts';

test.each([
	['bash', 'bash', undefined],
	['*', '*', undefined],
	[' Bash( npm test:* ) ', 'bash', 'npm test:*'],
	['bash(*)', 'bash', undefined],
	['bash(a (b) | c)', 'bash', 'a (b) | c'],
	['write(src/**)', 'write', 'src/**'],
	['Edit(*.ts)', 'write', '*.ts'],
	['WebFetch(domain:example.com)', 'fetch', 'domain:example.com'],
	['fetch(*.example.com)', 'fetch', '*.example.com'],
	['fetch(localhost:8080)', 'fetch', 'localhost:8080'],
	['run_command(make)', 'run_command', 'make'],
])('%j is read', (text, tool, pattern) => {
	expect(parseRule(text)).toEqual({text, tool, pattern});
});

test.each([
	['', 'is no rule'],
	['npm test', 'is no rule'],
	['bash(npm', 'is no rule'],
	['bash()', 'empty pattern'],
	['*(x)', 'Name the tool'],
	['bash(npm *)', 'bash(npm:*)'],
	['bash(npm | sh:*)', 'plain words'],
	['bash($x:*)', 'plain words'],
	['bash(a > b:*)', 'plain words'],
	['write(/etc/**)', 'below the project'],
	['read(../**)', 'below the project'],
	['read(~/x)', 'below the project'],
	['write(*.{ts,js})', 'braces'],
	['fetch(https://example.com/)', 'names no host'],
	['fetch(*)', undefined],
])('%j is answered with words that say %j', (text, words) => {
	const read = parseRule(text);
	expect('problem' in read ? read.problem : undefined).toEqual(
		words === undefined ? undefined : expect.stringContaining(words),
	);
});
