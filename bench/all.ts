import {benchParallelAgents} from './parallel-agents.ts';

await benchParallelAgents();
