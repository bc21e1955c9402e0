import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {execa} from 'execa';
import {openPty, type PtyTerminal} from '../test/support/pty-terminal.ts';
import {startStandIn} from '../test/support/stand-in/server.ts';
import {demoGoal, demoScript, writeDemoProject} from './demo-model.ts';
import {drawMovie, drawStill, type Frame, takeFrame} from './terminal-svg.ts';

/**
 * Plays a run of the built program in a pseudo-terminal and writes what a person would have seen: a still of each view and
 * a moving picture (SVG) for the README, and a recording for asciinema. Nothing is drawn by hand. The model is a stand-in
 * that acts out a small job; the rest is real.
 */
const root = join(import.meta.dirname, '..');
const media = join(root, 'media');
mkdirSync(media, {recursive: true});
for (const old of readdirSync(media)) rmSync(join(media, old));
const columns = 120;
const rows = 34;

const place = mkdtempSync(join(tmpdir(), 'flotilla-media-'));
const [project, home] = [join(place, 'greeter'), join(place, 'home')];
mkdirSync(home);
writeDemoProject(project);

const server = await startStandIn({script: demoScript(30)});
const {PATH = ''} = process.env;
const env = {
	PATH,
	HOME: home,
	FLOTILLA_HOME: home,
	FLOTILLA_NO_DAEMON: '1',
	TERM: 'xterm-256color',
	COLORTERM: 'truecolor',
	LANG: 'C.UTF-8',
	ANTHROPIC_BASE_URL: server.url,
	ANTHROPIC_API_KEY: 'a-key',
};

const began = performance.now();
const elapsed = (): number => Math.round(performance.now() - began);
const cast: string[] = [JSON.stringify({version: 2, width: columns, height: rows, env: {TERM: 'xterm-256color'}})];

const open = (args: readonly string[], onData?: (data: string) => void): PtyTerminal =>
	openPty({
		file: process.execPath,
		args: [join(root, 'bin', 'flotilla.cjs'), ...args],
		cwd: project,
		env,
		columns,
		rows,
		...(onData && {onData}),
	});

let terminal = open([demoGoal], data => cast.push(JSON.stringify([elapsed() / 1000, 'o', data])));
const frames: Frame[] = [];
const frame = (): Frame => takeFrame(terminal.emulator, elapsed());
const still = (name: string): void => writeFileSync(join(media, `${name}.svg`), drawStill(frame(), columns));
const press = async (keys: string, pauseMs = 700): Promise<void> => {
	terminal.press(keys);
	await sleep(pauseMs);
};
const back = '\u001b';
const enter = '\r';

/** What a view is reached by, in order: keys to press, or the row to go down to. */
type Way = readonly (string | RegExp)[];

const isOn = (row: RegExp): boolean => terminal.screen().some(line => /[▸▌❯]/.test(line) && row.test(line));

const follow = async (way: Way): Promise<void> => {
	for (const at of way) {
		if (typeof at === 'string') await press(at);
		else {
			for (let i = 0; i < 60 && !isOn(at); i++) await press('j', 100);
			if (!isOn(at)) throw new Error(`There is no row ${at} on the screen:\n${terminal.screen().join('\n')}`);
		}
	}
};

/** Goes to a view, waits for what is to be seen there, takes the picture, and goes back. */
const visit = async (name: string, way: Way, sees: string | RegExp, levels = 1): Promise<void> => {
	await follow(way);
	await terminal.until(sees);
	still(name);
	for (let i = 0; i < levels; i++) await press(back, 400);
};

const camera = setInterval(() => frames.push(frame()), 250);
await terminal.until('The plan waits for your', 60_000);
await sleep(1500);
still('plan');
await press('A', 500);
await terminal.until(/needs you [23]/, 60_000);
await sleep(500);
still('window');
await press('w', 2000);
still('inbox');
await press('a', 1500);
await press(back);
clearInterval(camera);
writeFileSync(join(media, 'flotilla.svg'), drawMovie(frames, columns, elapsed() + 2500));
writeFileSync(join(media, 'flotilla.cast'), `${cast.join('\n')}\n`);

await visit('palette', ['\u0010', 'limit'], 'Set a limit');
await visit('peek', ['2', ' '], /waits|says|asks/);
await visit('past', ['1', 'T', ...Array.from({length: 6}, () => ',')], /working|needs you/);

// The rest of the job: yes to each request, the first answer to a question.
const answer = async (): Promise<void> => {
	await press('w', 700);
	await press('1', 500);
	await press('a', 700);
	await press(back, 300);
};
for (let i = 0; i < 60 && !terminal.screen().join('\n').includes('6 of 6 done'); i++) {
	await answer();
	await sleep(500);
}
await terminal.until('6 of 6 done', 60_000);
await press('1');
await press('v');
still('timeline');
await press('v');
await visit('step', ['g', /builder.*Let greet/, ' '], 'Objective');
await visit('files', ['d', '\t'], 'source/greet.js', 0);
await visit('diff', [/source\/greet\.js/, enter, ']'], /toUpperCase/, 2);
await visit('cost', ['4', enter], /cache/);
await visit('transcript', ['2', 'g', /builder-1/, enter, '[', '['], /parseArgs/);
await visit('search', ['\u0006', 'shout*'], /shout/);
await visit('help', ['?'], 'Signs');
await press('q', 300);
await press('y', 300);
await Promise.race([terminal.exited, sleep(3000)]);
terminal.kill('SIGKILL');

// Home, with runs of another project as well: one that is done, by the offline model, and one whose plan waits.
const tide = join(place, 'tide');
mkdirSync(tide);
writeFileSync(join(tide, 'README.md'), '# tide\n\nWhen the water is high.\n');
const elsewhere = (...args: readonly string[]) =>
	execa(process.execPath, [join(root, 'bin', 'flotilla.cjs'), 'run', ...args, '--non-interactive'], {
		cwd: tide,
		env,
		extendEnv: false,
		reject: false,
	});
await elsewhere('Survey this project', '--offline', '--yes');
await elsewhere('Tell the tides of a week', '--budget', '2');
terminal = open([]);
await terminal.until('greeter', 30_000);
await sleep(1000);
still('home');
terminal.kill('SIGKILL');
console.log(`wrote media/: ${frames.length} frames, ${readdirSync(media).length} files`);
await server[Symbol.asyncDispose]();
rmSync(place, {recursive: true, force: true});
process.exit(0);
