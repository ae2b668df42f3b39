import { SERVICE } from '../../facts/kinds';
import { type ApiVersion } from '../../facts/types';
import { API_VERSIONS, DEFAULT_API } from '../../facts/versions';
import { toJsonSchema } from '../../schema/jsonSchema';
import { type Command, EXIT } from '../command';
import { apiOption } from './validate';

const command: Command = {
  name: 'schema',
  usage: '[--api V]',
  summary: 'Print the JSON Schema of a service spec.',
  options: [{ name: 'api', value: 'V', doc: `API version (default ${DEFAULT_API}).`, example: '--api 1.44', words: API_VERSIONS.map(({ version }) => version) }],
  examples: ['swarmspec schema --api 1.44 > service-spec.json'],
  words: [],

  run({ values }, terminal) {
    const api = (apiOption(values.api) ?? DEFAULT_API) as ApiVersion;
    terminal.out(`${JSON.stringify(toJsonSchema(SERVICE, api, `service-spec.v${api}.json`), null, 2)}\n`);
    return EXIT.done;
  },
};
export default command;
