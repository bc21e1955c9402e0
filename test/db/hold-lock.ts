import {LockHeld, type LockPhase, takeLock} from '../../db/lock.ts';

/** A process that tries for the lock, says on its output what came of it, and keeps it until it is ended. */
try {
	takeLock(process.argv[2] ?? '', 'hold it', process.argv[3] as LockPhase | undefined);
	process.stdout.write('taken\n');
	process.stdin.resume();
} catch (error) {
	process.stdout.write(error instanceof LockHeld ? `held by ${error.pid}\n` : `${String(error)}\n`);
}
