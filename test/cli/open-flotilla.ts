import {openPty, type PtyTerminal} from '../support/pty-terminal.ts';
import {launcher, temporary} from './flotilla.ts';

/** Start the built program in a real terminal, with a home of its own. */
export const openFlotilla = (args: readonly string[], env: Readonly<Record<string, string>>): PtyTerminal =>
	openPty({
		file: process.execPath,
		args: [launcher, ...args],
		cwd: temporary('cwd'),
		env: {PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', FLOTILLA_NO_DAEMON: '1', ...env},
		columns: 120,
		rows: 40,
	});
