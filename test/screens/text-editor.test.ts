import {expect, test} from 'vitest';
import {noOutside} from '../../store/outside.ts';
import {openRobot, sizes} from './open-robot.ts';

test.each(sizes)('a message goes through the editor and back at $columns×$rows', async size => {
	const {promise: saved, resolve: save} = Promise.withResolvers<string>();
	const {robot, fleet} = await openRobot(
		{},
		{
			...size,
			outside: borrow => ({
				...noOutside,
				edit: () => borrow(async () => ({kind: 'edited', text: await saved})),
			}),
		},
	);
	await robot.press('2', 'm');
	await robot.sees('Ctrl+G editor');
	await robot.type('look');
	robot.written();
	await robot.press('ctrl+g');
	// The terminal is the editor's: what is typed now reaches no key of the window.
	expect(robot.written()).toContain('\u001b[?1049l');
	save('look\nagain\n');
	await robot.sees('❯ look⏎again');
	expect(robot.written()).toContain('\u001b[?1049h');
	expect(fleet.commands).toEqual([]);
	await robot.press('enter');
	await robot.sees('Queued for');
	expect(fleet.commands).toMatchObject([{type: 'agent.message', text: 'look\nagain'}]);
	await robot.leave();
});
