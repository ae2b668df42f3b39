import { isOlder } from '../../facts/versions';
import { liveRule } from '../liveRule';

export default liveRule({
  id: 'digest-lookup',
  effect: 'advice',
  summary: 'Below API v1.30 the engine itself asks the registry for the digest.',
  why: 'It then stores another image than the one written, with its digest, and every update waits for the registry. Where the registry does not answer, it warns and goes on.',
  source: 'engines 20.10 and 28.5: warning "could not be accessed on a registry to record its digest"',
  covers: ['image-not-pinned-warning'],
  examples: {
    live: 'service: {}\napi: "1.29"\n',
    bad: 'Labels: { a: b }\n',
    good: `TaskTemplate:\n  ContainerSpec: { Image: "busy:1@sha256:${'a'.repeat(64)}" }\n`,
  },

  check({ TaskTemplate }, _, { target: { api }, report }) {
    const image = TaskTemplate?.ContainerSpec?.Image;
    if (!image || image.includes('@') || !isOlder(api, '1.30')) return;
    report({ at: ['TaskTemplate', 'ContainerSpec', 'Image'], message: `At API v${api} the engine asks the registry what \`${image}\` is now, and stores its digest when it gets an answer.`, hint: 'Use API v1.30 or newer, or write the digest.' });
  },
});
