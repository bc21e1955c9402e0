import {stripVTControlCharacters} from 'node:util';
import {render} from 'ink-testing-library';
import {describe, expect, it} from 'vitest';
import {App} from '../../components/app.tsx';
import {createFrameLoop} from '../../components/frame-loop.ts';
import {createPainter} from '../../components/painter.ts';
import {logLine} from '../../components/panes/log-line.ts';
import {createTerminalLease} from '../../components/terminal-lease.ts';
import {createTheme} from '../../components/theme.ts';
import {createFleetStore} from '../../store/fleet-store.ts';
import {createWindow} from '../../store/window.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';

describe('the app as Ink draws it', () => {
	it('fills its 100 columns and never one more, and a key changes what is seen', async () => {
		const memory = createMemoryFleet(makeEvents({stage: 'proposed'}));
		const clock = createManualClock(memory.run().lastEventAt);
		const fleet = createFleetStore({
			port: memory.port,
			runId: memory.run().id,
			describe: logLine,
			schedule: call => call(),
			soon: clock.soon,
		});
		fleet.flush();
		const window = createWindow({
			port: memory.port,
			fleet,
			now: clock.now,
			after: clock.after,
			onQuit: () => app.unmount(),
		});
		const paint = createPainter({theme: createTheme({color: false}), reducedMotion: true});
		const loop = createFrameLoop({
			window,
			paint,
			now: clock.now,
			after: clock.after,
			reducedMotion: true,
			columns: 100,
			rows: 24,
		});
		const app = render(<App shown={{window, loop, lease: createTerminalLease()}} painted={false} />);
		const frame = (): readonly string[] => stripVTControlCharacters(app.lastFrame() ?? '').split('\n');
		expect(frame().some(line => line.includes('1 plan'))).toBe(true);
		expect(Math.max(...frame().map(line => line.length))).toBe(100);
		expect(frame().length).toBeLessThanOrEqual(24);
		await expect
			.poll(() => {
				app.stdin.write('?');
				return app.lastFrame();
			})
			.toContain('Keys');
		app.unmount();
		loop.stop();
		fleet.close();
	});
});
