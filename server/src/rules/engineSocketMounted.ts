import { cleaned } from '../grammar/mountPath';
import { serviceRule } from './rule';

const SOCKETS = ['/var/run/docker.sock', '/run/docker.sock'];
const PIPE = /^[\\/]{2}\.[\\/]pipe[\\/]docker_engine$/i;

export default serviceRule({
  id: 'engine-socket-mounted',
  effect: 'advice',
  decidedBy: 'Type',
  summary: 'A container has no access to the socket of the engine.',
  why: 'Whoever can talk to it can start a container with all of the node in it, and is root there; on a manager the whole swarm with its secrets is theirs. `ReadOnly` changes nothing: it keeps the file from being replaced, and requests go through it all the same.',
  source: 'engine 28.5: the API knows no permissions',
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: bind, Source: /var/run/docker.sock, Target: /var/run/docker.sock, ReadOnly: true }]\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Mounts: [{ Type: bind, Source: /srv/app, Target: /app, ReadOnly: true }]\n',
  },

  check({ TaskTemplate }, { report }) {
    for (const [i, mount] of (TaskTemplate?.ContainerSpec?.Mounts ?? []).entries()) {
      const { Type = 'bind', Source = '', ReadOnly } = mount ?? {};
      const path = Source.startsWith('/') ? cleaned(Source) : '';
      const within = (Type || 'bind') === 'bind' && (path === '/var/run' || path === '/run');
      if (!within && !((Type || 'bind') === 'bind' && SOCKETS.includes(path)) && !(Type === 'npipe' && PIPE.test(Source))) continue;
      report({
        at: ['TaskTemplate', 'ContainerSpec', 'Mounts', i, 'Source'],
        message: `\`${Source}\` ${within ? 'holds' : 'is'} the socket of the engine: the container can do anything with the node, and on a manager with the whole swarm.${ReadOnly ? ' `ReadOnly` does not limit what goes through it.' : ''}`,
        hint: within ? 'Mount only the directory that is needed.' : 'Where that is meant, put a proxy in between that lets only the needed requests through.',
      });
    }
  },
});
