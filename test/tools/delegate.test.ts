import {expect, onTestFinished, test} from 'vitest';
import {makeTempProject} from '../workspace/temp-project.ts';
import {makeToolBox} from './tool-box.ts';

const makeBox = async () => {
	const project = await makeTempProject();
	onTestFinished(project.remove);
	return makeToolBox(project);
};

test('delegate says to the engine what is handed on, in every mode, and shows it without what acts on a terminal', async () => {
	const {weigh} = await makeBox();
	const input = {role: 'scout', title: 'Map \u001b[31mit', objective: 'Look\u0007 around.'};
	for (const mode of ['plan', 'ask'] as const)
		expect(await weigh('delegate', input, mode)).toMatchObject({
			effect: 'control',
			verdict: {kind: 'allow'},
			preview: {title: 'Hand on to a scout: Map ␛[31mit', body: 'Look␇ around.', format: 'text'},
			control: {kind: 'delegate', role: 'scout', title: 'Map ␛[31mit', objective: 'Look␇ around.'},
		});
});

test.each([
	[{role: 'scout', title: 'Map it'}, 'objective'],
	[{role: '', title: 'Map it', objective: 'Look.'}, 'role'],
	[{role: 'scout', title: 'x'.repeat(121), objective: 'Look.'}, 'title'],
	[{role: 'scout', title: 'Map it', objective: 'Look.', tier: 'opus'}, 'tier'],
])('delegate refuses input that does not fit and names the field: %j', async (input, field) => {
	const {weigh} = await makeBox();
	const {problem, control} = await weigh('delegate', input);
	expect(problem).toMatch(/The input of delegate does not fit\./);
	expect(problem).toContain(field);
	expect(control).toBeUndefined();
});

test('delegate is never run: the engine acts on what it says', async () => {
	const {run} = await makeBox();
	expect(await run('delegate', {role: 'scout', title: 'Map it', objective: 'Look.'})).toMatchObject({isError: true});
});
