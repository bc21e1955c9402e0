import {benchParallelAgents} from './parallel-agents.ts';
import {benchWindow} from './window.ts';

await benchParallelAgents();
await benchWindow();
process.exit(0);
