import {describe, expect, it} from 'vitest';
import {helpOf, helpText} from '../../source/boot/help-text.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';

describe('the words after flotilla', () => {
	it('knows verbs, goals, and goals that were not put in quotes', () => {
		expect(parseArguments(['ls'], '0').request).toEqual({kind: 'verb', verb: 'ls', words: []});
		expect(parseArguments(['mend the roof'], '0').request).toEqual({kind: 'open', goal: 'mend the roof'});
		expect(() => parseArguments(['mend', 'the', 'roof'], '0')).toThrow(/flotilla "mend the roof"/);
	});

	it.each([
		{argv: ['run'], says: /needs a goal: flotilla run "<goal>"/},
		{argv: ['run', ' '], says: /needs a goal/},
		{argv: ['run', 'mend', 'it'], says: /takes one argument; 2 were given.*flotilla run "mend it"/},
		{argv: ['ls', 'all'], says: /takes no argument; "all" was given/},
		{argv: ['trust', 'it'], says: /takes no argument/},
		{argv: ['export', 'a', 'b', 'c'], says: /takes two arguments; 3 were given.*flotilla export \[run\] \[file\|-\]/},
		{argv: ['agent'], says: /needs an agent: flotilla agent <agent>/},
		{argv: ['send', 'scout-1'], says: /needs a text: flotilla send <agent> "<text>"/},
		{argv: ['send', 'scout-1', 'look', 'there'], says: /flotilla send scout-1 "look there"/},
		{argv: ['engine'], says: /one of start, stop, restart, status, logs/},
		{argv: ['engine', 'go'], says: /one of start.*"go" is not/},
	])('counts the words of a verb by its row in the table: $argv', ({argv, says}) => {
		expect(() => parseArguments(argv, '0')).toThrow(says);
	});

	it('takes as many words as the row says, and a hidden one', () => {
		const wordsOf = (...argv: readonly string[]) => parseArguments(argv, '0').request;
		expect(wordsOf('reply', 'scout-1', 'the old one')).toMatchObject({words: ['scout-1', 'the old one']});
		expect(wordsOf('export', 'made1', '-')).toMatchObject({verb: 'export', words: ['made1', '-']});
		expect(wordsOf('engine', 'serve')).toMatchObject({words: ['serve']});
		expect(helpText()).not.toContain('serve');
	});

	it('takes a word alone for a command that was mistyped, and says how to make it the goal', () => {
		expect(() => parseArguments(['shw'], '0')).toThrow(/no command "shw".*flotilla show.*flotilla run "shw"/);
		expect(() => parseArguments(['agnets', 'made1'], '0')).toThrow(/Did you mean `flotilla agents made1`/);
		expect(() => parseArguments(['lss'], '0')).toThrow(/Did you mean `flotilla ls`/);
		expect(() => parseArguments(['--bugdet', '2', 'x'], '0')).toThrow(/Did you mean --budget\?/);
		expect(() => parseArguments(['--nope', 'x'], '0')).toThrow(/There is no flag --nope\. `flotilla --help`/);
		expect(() => parseArguments(['-x', 'x'], '0')).toThrow(/There is no flag -x\. `flotilla --help`/);
		expect(() => parseArguments(['refactor'], '0')).toThrow(/no command "refactor"\. If it is the goal/);
	});

	it('helps with no command that is not there, and says which one was meant', () => {
		for (const argv of [
			['help', 'shw'],
			['shw', '--help'],
			['shw', '-h'],
		])
			expect(() => parseArguments(argv, '0')).toThrow(/no command "shw".*flotilla show/);
		expect(parseArguments(['help', 'engine', 'stop'], '0').request).toEqual({kind: 'help', verb: 'engine'});
		expect(parseArguments(['--help', '--json'], '0').request).toEqual({kind: 'help', verb: undefined});
		for (const argv of [['--help'], ['-h'], ['help']])
			expect(parseArguments(argv, '0').request).toEqual({kind: 'help', verb: undefined});
		expect(parseArguments(['--help', 'cost'], '0').request).toEqual({kind: 'help', verb: 'cost'});
	});

	it('takes what stands after -- as it is', () => {
		expect(parseArguments(['search', '--', '-h'], '0').request).toMatchObject({verb: 'search', words: ['-h']});
		expect(parseArguments(['search', '--', '--json=1'], '0').request).toMatchObject({words: ['--json=1']});
	});

	it('takes no value for a flag that says yes or no, but true and false', () => {
		expect(() => parseArguments(['ls', '--json=1'], '0')).toThrow(
			'--json takes no value; "1" was given. Leave it out.',
		);
		expect(() => parseArguments(['run', 'x', '--yes='], '0')).toThrow(/--yes takes no value/);
		expect(parseArguments(['ls', '--json=true'], '0').flags.json).toBe(true);
		expect(parseArguments(['ls', '--json=false'], '0').flags.json).toBe(false);
	});

	it('helps with one verb, and with a flag that was mistyped', () => {
		expect(parseArguments(['cost', '--help'], '0').request).toEqual({kind: 'help', verb: 'cost'});
		expect(helpOf('cost')).toMatch(/--csv/);
		expect(helpOf('cost')).not.toMatch(/--follow/);
		expect(() => parseArguments(['ls', '--jsn'], '0')).toThrow(/no flag --jsn.*--json/);
		expect(() => parseArguments(['ls', '-x'], '0')).toThrow(/no flag -x/);
	});

	it('hears short flags, a no to the engine, and where they have no effect', () => {
		expect(parseArguments(['logs', '-f', '--after', '12'], '0').flags).toMatchObject({follow: true, after: '12'});
		expect(parseArguments(['pause', '--no-daemon'], '0').flags.daemon).toBe(false);
		expect(() => parseArguments(['ls', '-f'], '0')).toThrow(
			/--follow has no effect on `flotilla ls`; it goes with logs/,
		);
		expect(() => parseArguments(['stop', 'a', '--run', 'b'], '0')).toThrow(/all that act but stop/);
		expect(() => parseArguments(['ls', '--no-daemon'], '0')).toThrow(/run, resume, attach, all that act/);
	});

	it('refuses a choice that is none, and names the choices', () => {
		expect(() => parseArguments(['--approve', 'nothing'], '0')).toThrow(/plan, edits, all/);
		expect(() => parseArguments(['--on-timeout', 'shout'], '0')).toThrow(/pause, deny/);
	});

	it.each([
		{argv: ['resume', 'last', '--permissions', 'plan'], says: /--permissions.*flotilla resume.*goes with run/},
		{argv: ['resume', 'last', '--max-parallel', '2'], says: /--max-parallel.*flotilla resume/},
		{argv: ['resume', 'last', '--offline'], says: /--offline.*run, doctor/},
		{argv: ['resume', 'last', '--allow', 'bash'], says: /--allow.*flotilla resume.*goes with run/},
		{argv: ['ls', '--yes'], says: /--yes.*flotilla ls.*run, resume/},
		{argv: ['show', 'last', '--budget', '2'], says: /--budget.*flotilla show/},
		{argv: ['survey this', '--speed', '2'], says: /--speed.*replay/},
	])('refuses a flag that would have no effect: $argv', ({argv, says}) => {
		expect(() => parseArguments(argv, '0')).toThrow(says);
	});

	it('takes the flags of run with a bare goal, and --json everywhere', () => {
		expect(parseArguments(['survey this', '--mode', 'sequential'], '0').flags.mode).toBe('sequential');
		expect(parseArguments(['resume', 'last', '--json', '--budget', '2'], '0').flags).toMatchObject({json: true});
	});

	it('takes some flags several times, others once', () => {
		const {flags} = parseArguments(['g o', '--allow', 'bash(npm test:*)', '--allow', 'read', '--limit=day.usd=5'], '0');
		expect(flags).toMatchObject({allow: ['bash(npm test:*)', 'read'], limit: ['day.usd=5'], deny: undefined});
		expect(() => parseArguments(['g o', '--model', 'a', '--model', 'b'], '0')).toThrow(/--model.*once/);
		expect(() => parseArguments(['g o', '--allow', ''], '0')).toThrow(/--allow needs a value/);
	});

	it('hears a no and a yes to the checks', () => {
		expect(parseArguments(['g o', '--no-verify'], '0').flags.verify).toBe(false);
		expect(parseArguments(['g o', '--verify'], '0').flags.verify).toBe(true);
		expect(parseArguments(['g o'], '0').flags.verify).toBeUndefined();
	});

	it('shows every flag once in the help', () => {
		for (const flag of ['--[no-]verify', '--[no-]daemon', '-f, --follow', '--limit', '--allow', '--timeout', '--json'])
			expect(helpText().split(`\n  ${flag} `)).toHaveLength(2);
	});

	it.each([40, 60, 80, 120, 200])('breaks the help at words into lines of %i columns', columns => {
		const all = [helpText(columns), helpOf('run', columns), helpOf('engine', columns)];
		const words = new Set(helpText(100_000).split(/\s+/));
		for (const text of all) {
			for (const line of text.split('\n')) {
				// What is typed is never broken, so that it can be copied.
				const isTyped = /^( {2}-| {0,2}flotilla )/.test(line);
				if (!isTyped || columns >= 60) expect(line.length, line).toBeLessThanOrEqual(columns);
				expect(line).not.toMatch(/\s$/);
			}
		}
		for (const word of helpText(columns).split(/\s+/)) expect(words).toContain(word);
	});

	it('has 80 columns for the help where it is no terminal', () => {
		expect(helpText()).toBe(helpText(80));
	});
});
