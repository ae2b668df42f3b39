import { imageFault } from '../grammar/imageReference';
import { serviceRule } from './rule';

/** Names of what is newest, of a branch, of a channel: with letters behind them at most, since `main-4f2a1c` and `nightly-20260801` stay. */
const MOVING = /^(latest(-.*)?|(edge|main|master|mainline|nightly|canary|stable|testing|unstable|dev|develop|devel|rolling)(-[a-z]+)*)$/;

export default serviceRule({
  id: 'floating-image-tag',
  effect: 'advice',
  summary: '`Image` has a tag that stays, or a digest.',
  why: 'Without a tag it is `:latest`, whatever other tags a node has, and a tag such as `stable`, `edge` or `main` moves on like that one. The engine does not look up the digest when a service is saved: each task gets what the tag means when it starts, so replicas can differ, there is nothing to roll back to, and applying the same text again replaces no task.',
  source: 'engine 28.5: task rejected, "No such image: app:latest"; no task replaced when the tag moved',
  covers: ['image-untagged-means-latest', 'image-same-tag-does-not-redeploy'],
  examples: {
    bad: 'TaskTemplate:\n  ContainerSpec: { Image: registry.example.com:5000/shop/api }\n',
    good: `TaskTemplate:\n  ContainerSpec: { Image: "registry.example.com:5000/shop/api@sha256:${'a'.repeat(64)}" }\n`,
  },

  check({ TaskTemplate }, { report }) {
    const image = TaskTemplate?.ContainerSpec?.Image;
    if (!image || image.includes('@') || imageFault(image)) return;
    const colon = image.indexOf(':', image.lastIndexOf('/') + 1);
    const tag = colon < 0 ? undefined : image.slice(colon + 1);
    if (tag !== undefined && !MOVING.test(tag)) return;
    const name = colon < 0 ? image : image.slice(0, colon);
    report({
      at: ['TaskTemplate', 'ContainerSpec', 'Image'],
      message: `${tag === undefined ? `\`${image}\` has no tag and means \`${image}:latest\`` : `\`${image}\` can mean another image tomorrow`}: each task runs what that is when it starts, and applying the spec again brings no newer one.`,
      hint: `Write a version, or a digest: \`${name}@sha256:…\`.`,
    });
  },
});
