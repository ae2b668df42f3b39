import { protectionOf } from '../../config/protection';
import { EngineError } from '../../engine/error';
import { applyCommand as apply } from '../applyCommand';
import type { ServerCommand } from '../command';
import { COMMANDS } from '../protocol';

export const applyCommand: ServerCommand = {
  name: COMMANDS.apply,
  run: ({ text, file }, [where], { connection, client, open, platform, world }) =>
    apply(
      {
        connection, file, findings: open.findings(text), path: platform.pathOf(text.uri), options: (connected) => open.options(text.uri, connected), canAsk: client.window?.showMessage !== undefined,
        canShowProgress: client.window?.workDoneProgress === true,
        engine: () => {
          if (!platform.connect) throw new EngineError('unreachable', 'No engine can be reached from a browser.');
          return platform.connect(world.settings);
        },
        guard: () => {
          const engine = platform.whereabouts?.(world.settings);
          return engine && protectionOf(engine, world.settings.protection, open.configOf(text.uri).protection);
        },
        registryAuth: world.settings.withRegistryAuth ? platform.registryAuth : undefined,
      },
      where as { document: number; base: string } | undefined,
    ),
};
