import {benchParallelAgents} from './parallel-agents.ts';
import {benchWindow} from './window.ts';

const met = [await benchParallelAgents(), await benchWindow()];
process.exit(met.every(Boolean) ? 0 : 1);
