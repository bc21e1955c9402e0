import childProcess from 'node:child_process';
import fs from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import Sqlite from 'better-sqlite3';
import {isPlace, type Place} from './kills-places.ts';

/**
 * Loaded before the program (`node --import`): the process kills itself, as hard as `kill -9`, the n-th time that it
 * comes by a place. From outside nobody hits the moment between a commit and its effects, or between writing a file
 * and renaming it. `FLOTILLA_TEST_KILL` says where, as in `commit:12`.
 */
const [name, count] = (process.env['FLOTILLA_TEST_KILL'] ?? '').split(':');
if (name === undefined || !isPlace(name)) throw new Error(`FLOTILLA_TEST_KILL names no place: ${name}`);

let left = Number(count);

const comeBy = (place: Place): void => {
	if (place !== name || --left > 0) return;
	process.kill(process.pid, 'SIGKILL');
};

/** Puts another function in the place of a method, made from it. */
const wrap = <K extends string>(
	host: {[key in K]: (...args: never[]) => unknown},
	key: K,
	around: (
		original: (args: readonly unknown[], self: unknown) => unknown,
	) => (self: unknown, args: readonly unknown[]) => unknown,
): void => {
	const original = host[key];
	const wrapped = around((args, self) => Reflect.apply(original, self, args));
	Reflect.set(host, key, function replaced(this: unknown, ...args: unknown[]) {
		return wrapped(this, args);
	});
};

wrap(Sqlite.prototype, 'prepare', original => (self, args) => {
	const statement = original(args, self);
	if (String(args[0]).startsWith('INSERT INTO events') && statement instanceof Object && 'run' in statement) {
		const {run} = statement;
		Reflect.set(statement, 'run', (...values: unknown[]) => {
			comeBy('insert');
			return Reflect.apply(run instanceof Function ? run : () => undefined, statement, values);
		});
	}
	return statement;
});

wrap(Sqlite.prototype, 'transaction', original => (self, args) => {
	const transaction = original(args, self);
	if (!(transaction instanceof Function) || !('immediate' in transaction)) return transaction;
	const {immediate} = transaction;
	return Object.assign((...values: unknown[]) => Reflect.apply(transaction, undefined, values), {
		immediate: (...values: unknown[]) => {
			const result: unknown = Reflect.apply(
				immediate instanceof Function ? immediate : () => undefined,
				undefined,
				values,
			);
			comeBy('commit');
			return result;
		},
	});
});

wrap(process.stdout, 'write', original => (self, args) => {
	const result = original(args, self);
	comeBy('told');
	return result;
});

wrap(fs.promises, 'rename', original => async (self, args) => {
	comeBy('rename');
	const result = await original(args, self);
	comeBy('renamed');
	return result;
});

wrap(childProcess, 'spawn', original => (self, args) => {
	comeBy('spawn');
	const result = original(args, self);
	comeBy('spawned');
	return result;
});
syncBuiltinESMExports();
