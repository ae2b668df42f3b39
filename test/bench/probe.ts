/**
 * Loaded into a server ahead of its own code (`--require`), to see for how long it cannot take a message. While asked to, it
 * looks at each turn of the event loop. Of a turn, the less of wall time and CPU time counts: the first grows when other
 * programs have the processor, the second with what other threads of this process do.
 */
let watching = false;
let longestMs = 0;
let turnsMs = 0;
let lastWall = 0;
let lastCpu = process.cpuUsage();

function turn(): void {
  const { user, system } = process.cpuUsage(lastCpu);
  const now = performance.now();
  const took = Math.min(now - lastWall, (user + system) / 1000);
  longestMs = Math.max(longestMs, took);
  // the shortest are those of this watch itself
  if (took > 0.1) turnsMs += took;
  lastWall = now;
  lastCpu = process.cpuUsage();
  if (watching) setImmediate(turn);
}

process.on('message', (wanted) => {
  if (wanted === 'watch') {
    watching = true;
    longestMs = 0;
    turnsMs = 0;
    lastWall = performance.now();
    lastCpu = process.cpuUsage();
    setImmediate(turn);
    process.send?.({ longestMs: 0, turnsMs: 0 });
  } else {
    watching = false;
    process.send?.({ longestMs, turnsMs });
  }
});
// the server ends when its client goes, not when this channel does
process.channel?.unref();
