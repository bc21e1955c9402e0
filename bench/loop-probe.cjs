'use strict';

/** Loaded into a program that is measured: writes how long its event loop was held up, p99 in ms, to a file at its end. */
const {monitorEventLoopDelay} = require('node:perf_hooks');
const {writeFileSync} = require('node:fs');

const delays = monitorEventLoopDelay({resolution: 5});
delays.enable();
process.on('SIGUSR2', () => delays.reset());
process.on('exit', () => writeFileSync(process.env.LOOP_PROBE, String(delays.percentile(99) / 1e6)));
