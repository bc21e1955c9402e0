'use strict';

const {enableCompileCache} = require('node:module');

if (process.env.FLOTILLA_LAUNCHED !== undefined) {
	// Programs started by this one are not launched by the launcher.
	delete process.env.FLOTILLA_LAUNCHED;
	// The launcher holds the other end. When it is gone, even by kill -9, nobody waits for this process any more.
	process.once('disconnect', () => process.exit(137));
	process.channel?.unref();
}

enableCompileCache();
import('../dist/cli.js').catch(error => {
	console.error(error);
	process.exit(70);
});
