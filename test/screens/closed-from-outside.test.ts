import {afterEach, expect, test} from 'vitest';
import {nothingWritten} from '../../store/written.ts';
import {everyAsk} from '../panes/asking.ts';
import {sizes} from './open-robot.ts';
import {openSteered, type Steered} from './steered.ts';

const opened: Steered[] = [];

afterEach(async () => {
	for (const {robot} of opened.splice(0)) await robot.leave();
});

/** What was typed when a window is closed under the person's hands is found in the next window by the keys that led there. */
test.each(
	sizes.flatMap(size => [
		{...size, what: 'a form', keys: ['I']},
		{...size, what: 'an answer', keys: ['w', 'enter']},
	]),
)('$what that is open when the window closes is found again at $columns×$rows', async ({keys, ...size}) => {
	const ask = everyAsk.find(({kind}) => kind === 'question');
	if (ask === undefined) throw new Error('Questions are asked.');
	const requestId = 'request_made01_9';
	const open = async (written = nothingWritten) => {
		let left = written;
		const steered = await openSteered(
			size,
			{steps: 3},
			[{type: 'request.opened', requestId, agentId: 'agent_made01_3', stepId: undefined, ask}],
			{
				written,
				onLeft: (_, now) => {
					left = now;
				},
			},
		);
		opened.push(steered);
		return {...steered, left: () => left};
	};
	const first = await open();
	await first.robot.press(...keys);
	await first.robot.type('counting gulls');
	await first.robot.leave();
	expect(first.left().unsent).toMatchObject([{text: 'counting gulls'}]);
	const {robot, fleet} = await open(first.left());
	await robot.seesNo('counting gulls');
	await robot.press(...keys);
	await robot.sees('counting gulls');
	await robot.sees('What you entered before stands here again.');
	expect(fleet.commands.filter(({type}) => type !== 'request.see')).toEqual([]);
});
