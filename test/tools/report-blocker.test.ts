import {expect, onTestFinished, test} from 'vitest';
import {makeTempProject} from '../workspace/temp-project.ts';
import {makeToolBox} from './tool-box.ts';

const makeBox = async () => {
	const project = await makeTempProject();
	onTestFinished(project.remove);
	return makeToolBox(project);
};

test('report_blocker says to the engine what is wrong and what was tried, which may be nothing', async () => {
	const {weigh} = await makeBox();
	expect(await weigh('report_blocker', {problem: 'No map.', tried: 'I looked.'}, 'plan')).toMatchObject({
		effect: 'control',
		verdict: {kind: 'allow'},
		preview: {title: 'Report a blocker', body: 'No map.'},
		control: {kind: 'block', problem: 'No map.', tried: 'I looked.'},
	});
	expect(await weigh('report_blocker', {problem: 'No \u001b[2Jmap.'})).toMatchObject({
		preview: {title: 'Report a blocker', body: 'No ␛[2Jmap.'},
		control: {kind: 'block', problem: 'No ␛[2Jmap.', tried: ''},
	});
});

test('report_blocker refuses to say nothing, or more than anybody would read', async () => {
	const {weigh} = await makeBox();
	for (const input of [{}, {problem: ''}, {problem: 'x'.repeat(4001)}])
		expect((await weigh('report_blocker', input)).problem).toContain('problem');
});
