import type { LogOutputChannel } from 'vscode';

/**
 * The channel for the trace of the protocol (shown at log level *Trace*): names, ids and times of the messages. What they hold, which may
 * be a whole spec with its secrets, stays out.
 */
export function redactedTrace(output: LogOutputChannel): LogOutputChannel {
  return {
    name: output.name,
    get logLevel() {
      return output.logLevel;
    },
    onDidChangeLogLevel: output.onDidChangeLogLevel,
    // the first line says which message went where, the others what it held
    trace: (message) => output.trace(message.split('\n', 1)[0].replace(/^\{.*/, '{…}')),
    debug: (message) => output.debug(message),
    info: (message) => output.info(message),
    warn: (message) => output.warn(message),
    error: (message) => output.error(message),
    append: (value) => output.append(value),
    appendLine: (value) => output.appendLine(value),
    replace: (value) => output.replace(value),
    clear: () => output.clear(),
    show: () => output.show(),
    hide: () => output.hide(),
    dispose: () => undefined,
  };
}
