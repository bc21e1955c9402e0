'use strict';

/**
 * Loaded into a program that is measured: writes how long its event loop was held up, p99 in ms, to a file at its end. Node counts
 * the time between two looks, which is never shorter than what it was told to wait.
 */
const {monitorEventLoopDelay} = require('node:perf_hooks');
const {writeFileSync} = require('node:fs');

const everyMs = 5;
const delays = monitorEventLoopDelay({resolution: everyMs});
delays.enable();
process.on('SIGUSR2', () => delays.reset());
process.on('exit', () => writeFileSync(process.env.LOOP_PROBE, String(delays.percentile(99) / 1e6 - everyMs)));
