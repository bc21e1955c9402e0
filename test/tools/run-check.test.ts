import {expect, onTestFinished, test} from 'vitest';
import {readRoleFiles} from '../../source/agents/read-role-files.ts';
import {loadRoles} from '../../source/agents/roles.ts';
import {checkTool} from '../../source/domain/call.ts';
import {noRules} from '../../source/domain/rules.ts';
import {makeTempProject} from '../workspace/temp-project.ts';
import {makeToolBox} from './tool-box.ts';

const makeBox = async () => {
	const project = await makeTempProject();
	onTestFinished(project.remove);
	return {...makeToolBox(project), project};
};

test('a check is weighed as the command that it is, by the same rules, and names itself', async () => {
	const {weigh} = await makeBox();
	const input = {name: 'test', command: 'npm run test'};
	const asked = await weigh(checkTool, input);
	expect(asked).toMatchObject({
		effect: 'run',
		verdict: {kind: 'ask'},
		preview: {title: 'Check test: npm run test', body: 'npm run test', format: 'command'},
		grant: 'bash(npm run test:*)',
	});
	expect((await weigh('run_command', {command: input.command})).grant).toBe(asked.grant);
	expect((await weigh(checkTool, input, 'plan')).verdict.kind).toBe('deny');
	const deny = {...noRules, deny: ['bash(npm run:*)']};
	expect((await weigh(checkTool, input, 'bypass', deny)).verdict).toMatchObject({
		kind: 'deny',
		rule: expect.stringContaining('bash(npm run:*)'),
	});
	expect((await weigh(checkTool, {name: 'x', command: 'sudo rm -rf /'}, 'bypass')).verdict.kind).toBe('deny');
});

test('a check runs in the project, and what it prints and its code are its outcome', async () => {
	const {run, project, seen} = await makeBox();
	const passed = await run(checkTool, {name: 'here', command: 'pwd'});
	expect(passed).toMatchObject({isError: false, text: expect.stringContaining(`${project.root}\n[exit code 0 `)});
	expect(seen.join('')).toContain(project.root);
	const failed = await run(checkTool, {name: 'never', command: 'echo no; exit 3'});
	expect(failed).toMatchObject({isError: true, text: expect.stringMatching(/^no\n\[exit code 3 /)});
});

test('no role has it, so no model is offered it', () => {
	const {roles} = loadRoles(readRoleFiles());
	for (const {facts} of roles.values()) expect(facts.tools).not.toContain(checkTool);
});
