/**
 * Processor time of this thread, ms: other programs on the machine disturb it less than the time on the wall. It advances in steps of some
 * milliseconds, so that only times from 100 ms on, and sums of many, mean something.
 */
export function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
