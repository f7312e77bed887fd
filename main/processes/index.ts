/** Child processes of Node behind a port, for commands without a shell. */
export { forkPort, type ForkedProcess } from './fork-port.ts';
