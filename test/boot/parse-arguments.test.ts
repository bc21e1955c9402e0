import {describe, expect, it} from 'vitest';
import {helpText} from '../../source/boot/help-text.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';

describe('the words after flotilla', () => {
	it('knows verbs, goals, and goals that were not put in quotes', () => {
		expect(parseArguments(['ls'], '0').request).toEqual({kind: 'verb', verb: 'ls', subject: undefined});
		expect(parseArguments(['mend the roof'], '0').request).toEqual({kind: 'open', goal: 'mend the roof'});
		expect(() => parseArguments(['mend', 'the', 'roof'], '0')).toThrow(/flotilla "mend the roof"/);
		expect(() => parseArguments(['run'], '0')).toThrow(/needs a goal/);
		expect(() => parseArguments(['shw'], '0')).toThrow(/no command "shw".*show/);
		expect(() => parseArguments(['ls', 'all'], '0')).toThrow(/takes no argument/);
		expect(() => parseArguments(['trust', 'it'], '0')).toThrow(/takes no argument/);
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
		for (const flag of ['--[no-]verify', '--limit', '--allow', '--timeout', '--json'])
			expect(helpText().split(`  ${flag} `)).toHaveLength(2);
	});
});
