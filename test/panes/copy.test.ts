import {expect, test} from 'vitest';
import {codeIn} from '../../components/panes/markdown-lines.ts';
import type {TranscriptItem} from '../../components/panes/transcript-item.ts';
import {codeToCopy, linksToCopy, textToCopy} from '../../components/panes/transcript-text.ts';

const said = (text: string): TranscriptItem => ({kind: 'text', seq: 1, part: 0, turnId: 'turn_1', text});

test('what is copied is as it was written, with its tabs and signs made of several', () => {
	const code = 'all:\n\tcc -o x x.c\n\t\techo 👩‍🚀 ❤️ 👍🏽 🇨🇭';
	const item = said(`Build it:\n\n\`\`\`make\n${code}\n\`\`\``);
	expect(codeToCopy([item], item)).toBe(code);
	expect(textToCopy([item], item)).toContain(code);
});

test('nothing that is copied acts on the terminal it is pasted into, or hides in it', () => {
	const item = said('rm \u001b[31mred\u001b[0m\u001b]52;c;aGk=\u0007 \u202egpj.exe\u200b\u0003\r\nend\u{e0041}');
	expect(textToCopy([item], item)).toBe('rm red gpj.exe\nend');
});

test('code is found where lists and quotes have it', () => {
	expect(codeIn('1. Run:\n   ```sh\n   npm ci\n   ```\n2. Then:\n   > ```sh\n   > npm test\n   > ```\n')).toEqual([
		'npm ci',
		'npm test',
	]);
});

test('links are taken from the item at the bar, else from the nearest above it, each once and whole', () => {
	const long = `https://a.example/${'b/'.repeat(200)}?q=1`;
	const items = [
		said('None.'),
		{...said(`See [it](${long}), ${long} and <https://c.example>.`), seq: 2},
		{...said('None, http is a protocol.'), seq: 3},
		{...said('`curl https://d.example/x`'), seq: 4},
	];
	expect(items.map(item => linksToCopy(items, item))).toEqual([
		[],
		[long, 'https://c.example'],
		[long, 'https://c.example'],
		['https://d.example/x'],
	]);
	expect(linksToCopy(items, undefined)).toEqual([]);
});
