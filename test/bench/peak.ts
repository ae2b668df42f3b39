/** Loaded into a command ahead of its own code (`--require`): tells at its end what memory it has held at most, in KiB. */
process.once('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS}\n`));
