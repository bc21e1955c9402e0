import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {markdownLines} from '../../components/panes/markdown-lines.ts';
import {previewLines} from '../../components/panes/preview-lines.ts';
import {createItemRows} from '../../components/panes/transcript-rows.ts';
import {addressOf} from '../../components/text/address.ts';
import {withoutCodes} from '../../components/text/codes.ts';
import {linksIn, withLinks} from '../../components/text/links.ts';
import {sanitiseLine} from '../../components/text/sanitise.ts';
import {sliceColumns} from '../../components/text/slice-columns.ts';
import {drawLine, type Line, span} from '../../components/text/spans.ts';
import {textRows} from '../../components/text/text-rows.ts';
import {createWrapCache} from '../../components/text/wrap-cache.ts';
import {createTheme} from '../../components/theme.ts';
import {anyText} from './any-text.ts';

const theme = createTheme({color: true, links: true});
const found = (text: string): readonly string[] => linksIn(text).map(({link}) => link);

/** What opens what: the text of each link beside its address. */
const opens = (line: Line): readonly (readonly [string, string])[] =>
	line.flatMap(({text, link}) => (link === undefined ? [] : [[text, link] as const]));

const long = `https://harbour.example/${'berth/'.repeat(30)}?q=1&r=a;b#end`;

describe('addresses in a text', () => {
	test('are found whole, without what the sentence around them adds', () => {
		expect(
			found('See https://a.example, (http://b.example/x?y=1&z=2), "https://c.example/q". Or http://[::1]:3000/!'),
		).toEqual(['https://a.example', 'http://b.example/x?y=1&z=2', 'https://c.example/q', 'http://[::1]:3000/']);
		expect(found('https://w.example/Pier_(Hull) [x](https://w.example/Pier_(Hull)) **https://d.example/a_b**')).toEqual(
			['https://w.example/Pier_(Hull)', 'https://w.example/Pier_(Hull)', 'https://d.example/a_b'],
		);
		expect(found(`at ${long}.`)).toEqual([long]);
		expect(found("fetch('https://e.example/x') <https://f.example>")).toEqual([
			'https://e.example/x',
			'https://f.example',
		]);
	});

	test('are those of the web only, with a host that cannot pass for another', () => {
		for (const text of [
			'javascript:alert(1)',
			'file:///etc/passwd',
			'ftp://a.example',
			'mailto:a@b.example',
			'xhttps://a.example',
			'https://',
			'https://good.example@evil.example/',
			'https://good.example:pass@evil.example/',
			'https://g\u043e\u043ed.example/',
			`https://a.example/${'x'.repeat(2100)}`,
		])
			expect([text, found(text)]).toEqual([text, []]);
	});

	test('are written for the terminal in plain signs, and never with one that acts', () => {
		expect(addressOf('https://a.example/über?q=港')).toBe('https://a.example/%C3%BCber?q=%E6%B8%AF');
		expect(addressOf('https://a.example/\ud800')).toBe('https://a.example/%EF%BF%BD');
		fc.assert(
			fc.property(anyText, anyText, (before, after) => {
				const address = addressOf(`https://a.example/${before}${after}`);
				if (address !== undefined) expect(address).toMatch(/^[!-~]+$/);
			}),
		);
	});

	test('are looked for as fast as other text is drawn', () => {
		const began = performance.now();
		for (const unit of ['https://a.example/', 'https://a.example ', 'https://', 'http', ')', ').', 'h://'])
			withLinks([span(`https://a.example/${unit.repeat(1_000_000 / unit.length)}`)]);
		expect(performance.now() - began).toBeLessThan(2000);
	});
});

describe('a link', () => {
	test('is underlined, and a terminal is told what it opens', () => {
		expect(drawLine(theme, withLinks([span('at https://a.example now', 'muted')]), 26)).toBe(
			'\u001b[2mat \u001b[0m\u001b]8;id=' +
				'4unmx9;https://a.example\u0007\u001b[2;4mhttps://a.example\u001b[0m\u001b]8;;\u0007\u001b[2m now\u001b[0m  ',
		);
		const line = withLinks([span('https://a.example')]);
		expect(drawLine(createTheme({color: false}), line, 17)).toBe('\u001b[4mhttps://a.example\u001b[0m');
		expect(drawLine(createTheme({color: false, links: true}), line, 17)).toContain('\u001b]8;id=');
	});

	test('that is broken over rows is one link for the terminal, each piece with the whole address', () => {
		const rows = textRows(`See ${long} there`, 40).map(row => drawLine(theme, row, 40));
		const codes = rows.flatMap(row => row.match(/\u001b\]8;[^\u0007]+/g) ?? []).filter(code => code !== '\u001b]8;;');
		expect(codes.length).toBeGreaterThan(4);
		expect(new Set(codes).size).toBe(1);
		expect(codes[0]).toMatch(/^\u001b\]8;id=[a-z\d]+;https:/);
		expect(codes[0]?.endsWith(long)).toBe(true);
		for (const row of rows) expect(stringWidth(row)).toBe(40);
		expect(rows.map(withoutCodes).join('').replaceAll(' ', '')).toBe(`See${long}there`);
	});

	test('in a transcript is found over the tones of code, and keeps what it opens in each row', () => {
		const rowsOf = createItemRows(createWrapCache());
		const text = `Read [the log](${long}).\n\n\`\`\`js\nfetch(https://c.example/x) // https://d.example/y\n\`\`\`\n`;
		const look = {unfolded: true, now: 0, turn: {number: undefined, model: undefined}, width: 50};
		const rows = rowsOf({kind: 'text', text, turnId: undefined, seq: 1, part: 0}, look);
		const links = rows.flatMap(({spans}) => opens(spans));
		expect(new Set(links.map(([, link]) => link))).toEqual(
			new Set([long, 'https://c.example/x', 'https://d.example/y']),
		);
		expect(links[0]).toEqual(['the log', long]);
		expect(
			links
				.filter(([, link]) => link === long)
				.slice(1)
				.map(([part]) => part)
				.join(''),
		).toBe(long);
	});

	test('in a diff or a command is one, and marks of changed words stay', () => {
		const diff = '@@ -1 +1 @@\n-see https://a.example/one here\n+see https://a.example/two here';
		const lines = previewLines({title: '', body: diff, format: 'diff'}, 60);
		expect(lines.flatMap(opens).map(([, link]) => link)).toContain('https://a.example/two');
		expect(lines.at(-1)?.some(({tone, link}) => tone === 'addedWord' && link !== undefined)).toBe(true);
		const command = previewLines({title: '', body: 'curl https://a.example/x', format: 'command'}, 60);
		expect(command.flatMap(opens)).toEqual([['https://a.example/x', 'https://a.example/x']]);
	});

	test('closes at every cut, and nothing of it is left where nothing of it is seen', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.oneof(anyText, fc.constantFrom(' https://a.example/x ', 'https://b.example', '日本 https://c.example 港')),
					{maxLength: 6},
				),
				fc.integer({min: 0, max: 50}),
				fc.integer({min: 0, max: 30}),
				fc.integer({min: 0, max: 30}),
				fc.boolean(),
				(texts, width, from, columns, selected) => {
					const line = withLinks([span(sanitiseLine(texts.join('')), 'you')]);
					const drawn = drawLine(theme, line, width, selected);
					expect(stringWidth(drawn)).toBe(width);
					expect(stringWidth(withoutCodes(drawn))).toBe(width);
					const part = sliceColumns(drawn, from, from + columns);
					expect(stringWidth(part)).toBe(columns);
					for (const text of [drawn, part]) {
						expect(withoutCodes(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
						const codes = text.match(/\u001b\]8;[^\u0007]*\u0007/g) ?? [];
						for (const [i, code] of codes.entries()) expect(code === '\u001b]8;;\u0007').toBe(i % 2 === 1);
						expect(codes.length % 2).toBe(0);
					}
				},
			),
		);
	});

	test('is drawn only when its address may be opened, whoever says it is one', () => {
		for (const link of [
			'javascript:alert(1)',
			'https://a.example/\u0007\u001b]0;title\u0007',
			'https://a.example/\u001b\\',
			'https://a.example/\u009c',
			'https://a.example/ b',
			'',
		])
			expect(drawLine(theme, [{...span('text'), link}], 4)).toBe('\u001b[4mtext\u001b[0m');
	});
});

describe('a link in markdown', () => {
	const linksOf = (text: string) => markdownLines(text, '', 200).flatMap(({spans}) => opens(withLinks(spans)));

	test('opens its address by its words and by the address beside them', () => {
		expect(linksOf('[the **log**](https://a.example/x_(y)) <https://b.example> https://c.example.')).toEqual([
			['the ', 'https://a.example/x_(y)'],
			['log', 'https://a.example/x_(y)'],
			['https://a.example/x_(y)', 'https://a.example/x_(y)'],
			['https://b.example', 'https://b.example'],
			['https://c.example', 'https://c.example'],
		]);
	});

	test('whose words look like another address does not open by them', () => {
		expect(linksOf('[https://good.example](https://evil.example/x)')).toEqual([
			['https://good.example', 'https://good.example'],
			['https://evil.example/x', 'https://evil.example/x'],
		]);
		for (const words of ['good.example', 'www.good.example/login', 'good.example/login now', 'a@good.example'])
			expect(linksOf(`[${words}](https://evil.example/x)`)).toEqual([
				['https://evil.example/x', 'https://evil.example/x'],
			]);
	});

	test('to anything but the web is text', () => {
		expect(linksOf('[x](javascript:alert(1)) [y](file:///etc/passwd) [z](#here) <a@b.example>')).toEqual([]);
		expect(linksOf('[x](https://good.example@evil.example/)')).toEqual([]);
	});
});
