import { MessageType } from 'vscode-languageserver';
import { type AuthChoice, chooseAuth, imageOf } from '../../apply/registryAuth';
import type { SpecValue } from '../../document/value';
import { type Chosen, type End, tell } from './context';

/** What is done about registry credentials, or the end of the command where those that are wanted cannot be had. */
export async function authFor(chosen: Chosen, action: 'create' | 'update', spec: SpecValue, live?: SpecValue): Promise<AuthChoice | End> {
  const { world, platform } = chosen.session;
  const image = imageOf(spec);
  if (image === undefined) return { says: '' };
  const found = world.settings.withRegistryAuth ? await platform.registryAuth?.(image) : undefined;
  if (found?.problem) return tell(chosen, MessageType.Error, { kind: 'noCredentials', message: `${found.problem} Nothing was applied.` });
  const choice = chooseAuth({ action, image, liveImage: live === undefined ? undefined : imageOf(live), found });
  return found || choice.warning ? choice : { ...choice, says: '' };
}

/** What a person should know of the choice, as further lines of a question. */
export function lineOf({ says, warning }: AuthChoice): string {
  return [says, warning].filter(Boolean).map((text) => `\n${text}`).join('');
}
