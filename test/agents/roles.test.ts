import {describe, expect, it} from 'vitest';
import {readRoleFiles} from '../../source/agents/read-role-files.ts';
import {findRole, loadRoles} from '../../source/agents/roles.ts';
import {createTools} from '../../source/tools/registry.ts';
import {withoutSandbox} from '../../source/workspace/sandbox.ts';

const shipped = loadRoles(readRoleFiles());

const toolNames = [...createTools({env: {}, sandbox: withoutSandbox('None runs.'), after: () => () => {}}).keys()];

const file = (facts: string, body = 'Do it well.') => ({file: 'odd.md', text: `---\n${facts}\n---\n${body}\n`});

const facts = [
	...['name: odd', 'summary: does odd things', 'tier: haiku', 'tools: [grep]'],
	...['maxTurns: 5', 'toolBudget: 5', 'maxOutputTokens: 4000'],
].join('\n');

describe('the roles that come with the program', () => {
	it('all load', () => {
		expect(shipped.problems).toEqual([]);
		expect([...shipped.roles.keys()]).toEqual(
			expect.arrayContaining([
				...['planner', 'scout', 'researcher', 'analyst', 'designer', 'builder', 'writer', 'documenter', 'tester'],
				...['qa_tester', 'reviewer'],
			]),
		);
	});

	it.each([...shipped.roles.values()])(
		'$facts.name can report, ask, and use its whole tool budget',
		({facts: role}) => {
			// A manager is asked before a person is: what it cannot settle, it reports.
			const asks = role.name === 'manager' ? 'delegate' : 'ask_person';
			expect(role.tools).toEqual(expect.arrayContaining(['finish_step', asks]));
			for (const tool of role.tools) expect(toolNames).toContain(tool);
			// One call a turn for three quarters of the budget, and a turn to report in.
			expect(role.maxTurns).toBeGreaterThan(role.toolBudget * 0.75);
		},
	);

	it.each(['scout', 'planner', 'reviewer', 'manager'])('%s cannot change files', name => {
		const tools = shipped.roles.get(name)?.facts.tools;
		expect(tools).not.toContain('write_file');
		expect(tools).not.toContain('edit_file');
	});

	it.each([
		['coder', 'builder'],
		['architect', 'designer'],
		['scout', 'scout'],
	])('%s means %s', (word, name) => {
		expect(findRole(shipped.roles, word)?.facts.name).toBe(name);
	});
});

describe('a role file', () => {
	it('gives the facts of a role and the words for its model', () => {
		const {roles, problems} = loadRoles([file(`${facts}\naliases: [strange]\nreportWords: 50`)]);
		expect(problems).toEqual([]);
		expect(roles.get('odd')).toEqual({
			facts: {name: 'odd', tier: 'haiku', tools: ['grep'], maxTurns: 5, toolBudget: 5, maxOutputTokens: 4000},
			aliases: ['strange'],
			summary: 'does odd things',
			instructions: 'Do it well.',
			reportWords: 50,
		});
	});

	it.each([
		['no facts', {file: 'odd.md', text: 'Do it well.'}, 'begins with its facts'],
		['facts that are not YAML', file('name: [odd'), 'not YAML'],
		['an unknown tier', file(facts.replace('haiku', 'huge')), 'tier'],
		['a word that is misspelt', file(`${facts}\nmaxTurn: 3`), 'maxTurn'],
		['no turns', file(facts.replace('maxTurns: 5', 'maxTurns: 0')), 'maxTurns'],
		['no instructions', file(facts, ' '), 'no instructions'],
	])('with %s is left out, and the problem names the file', (_, bad, words) => {
		const {roles, problems} = loadRoles([bad]);
		expect(roles.size).toBe(0);
		expect(problems.join('\n')).toMatch(/^odd\.md: /);
		expect(problems.join('\n')).toContain(words);
	});

	it('cannot take the name or alias of another', () => {
		const second = {...file(facts.replace('name: odd', 'name: even\naliases: [odd]')), file: 'even.md'};
		const {roles, problems} = loadRoles([file(facts), second]);
		expect([...roles.keys()]).toEqual(['odd']);
		expect(problems).toEqual(['even.md: the name "odd" is taken by odd.md.']);
	});
});
