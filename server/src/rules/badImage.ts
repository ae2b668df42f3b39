import { imageFault } from '../grammar/imageReference';
import { serviceRule } from './rule';

export default serviceRule({
  id: 'bad-image',
  effect: 'refused',
  summary: '`Image` is `[REGISTRY/]NAME[:TAG][@DIGEST]`.',
  why: 'The engine parses the reference when the service is saved, and answers 400 where it cannot. Neither templates nor variables are replaced in it.',
  source: 'engine 28.5: "is not a valid repository/tag"',
  covers: ['image-invalid-reference', 'image-64-hex', 'image-tag-too-long', 'image-digest-malformed', 'image-template-not-supported'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec:\n    Image: Busy:1\n',
    good: 'TaskTemplate:\n  ContainerSpec:\n    Image: localhost:5000/team/busy:1.36_Beta\n',
  },

  check({ TaskTemplate }, { target, report }) {
    const image = TaskTemplate?.ContainerSpec?.Image;
    if (!image) return;
    const at = ['TaskTemplate', 'ContainerSpec', 'Image'];
    const fault = imageFault(image);
    if (!fault) {
      // seen on 20.10, whose grammar of references has no IPv6 addresses yet
      if (image.startsWith('[') && target.engine !== undefined && target.engine < 23) report({ at, message: `Engine ${target.engine} refuses this \`Image\`: a registry cannot be an IPv6 address there.`, hint: 'Give the registry a name.' });
      return;
    }
    const { message, span, hint, instead } = fault;
    report({
      at,
      within: span,
      message: `The engine refuses this \`Image\`: ${message}.`,
      hint,
      fix: instead && !imageFault(instead) ? { title: `Write \`${instead}\``, safe: false, edits: [{ kind: 'set', at, value: instead }] } : undefined,
    });
  },
});
