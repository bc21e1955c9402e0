import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {docsPages} from '../../scripts/docs-pages.ts';
import {actionIds} from '../../store/keymap.ts';

const pages = docsPages();

test.each([...pages])('docs/%s is what the tables of the program give: npm run docs', (name, text) => {
	expect(readFileSync(join(import.meta.dirname, '..', '..', 'docs', name), 'utf8')).toBe(text);
});

test('the page of keys names every action, and none without its place', () => {
	const keys = pages.get('keys.md') ?? '';
	for (const id of actionIds) expect(keys).toContain(`| \`${id}\` |`);
	expect(keys).not.toContain('undefined');
});
