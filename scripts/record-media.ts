import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {openPty} from '../test/support/pty-terminal.ts';
import {drawMovie, drawStill, type Frame, takeFrame} from './terminal-svg.ts';

/**
 * Plays a real run of the built program in a pseudo-terminal and writes what a person would have seen: stills and a
 * moving picture (SVG) for the README, and a recording for asciinema. Nothing is drawn by hand.
 */
const root = join(import.meta.dirname, '..');
const media = join(root, 'media');
mkdirSync(media, {recursive: true});
const columns = 120;
const rows = 34;

// A clean copy of what is committed, so that the figures of the report are those of a known state.
const project = join(mkdtempSync(join(tmpdir(), 'flotilla-media-')), 'flotilla');
execFileSync('git', ['clone', '-q', root, project]);

const began = performance.now();
const elapsed = (): number => Math.round(performance.now() - began);
const cast: string[] = [JSON.stringify({version: 2, width: columns, height: rows, env: {TERM: 'xterm-256color'}})];
const frames: Frame[] = [];
const {PATH = ''} = process.env;
const home = mkdtempSync(join(tmpdir(), 'flotilla-media-home-'));
const terminal = openPty({
	file: process.execPath,
	args: [join(root, 'bin', 'flotilla.cjs'), 'Survey this project'],
	cwd: project,
	env: {PATH, HOME: home, TERM: 'xterm-256color', LANG: 'C.UTF-8', FLOTILLA_NO_DAEMON: '1'},
	columns,
	rows,
	onData: data => cast.push(JSON.stringify([elapsed() / 1000, 'o', data])),
});

const frame = (): Frame => takeFrame(terminal.emulator, elapsed());
const camera = setInterval(() => frames.push(frame()), 250);
const still = (name: string): void => writeFileSync(join(media, `${name}.svg`), drawStill(frame(), columns));
const press = async (keys: string, pauseMs = 900): Promise<void> => {
	terminal.press(keys);
	await sleep(pauseMs);
};

await terminal.until('proposed', 60_000);
await sleep(2500);
still('plan');
await press('A', 4000);
still('window');
await press('2');
await press('\r', 3500);
still('transcript');
await press('\u001b', 600);
await press('?', 1500);
still('help');
await press('\u001b', 600);
await terminal.until('6 of 6 done', 120_000);
await sleep(1500);
still('done');
clearInterval(camera);
frames.push(frame());
writeFileSync(join(media, 'flotilla.svg'), drawMovie(frames, columns, elapsed() + 3000));
writeFileSync(join(media, 'flotilla.cast'), `${cast.join('\n')}\n`);
await press('q', 500);
await press('y', 500);
terminal.kill();
console.log(`wrote media/: ${frames.length} frames in ${(elapsed() / 1000).toFixed(0)} s`);
process.exit(0);
