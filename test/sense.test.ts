import { check } from './support/marked';

describe('what looks wrong and is not', () => {
  check('a program in a directory with a space is no command line for sure', `
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    Command: ["/opt/my app/run.sh"]
#             ^^^^^^^^^^^^^^^^^^^^ command-line-in-one-entry
`);
  check('but one with a flag is', `
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    Command: ["/usr/bin/app --port 80"]
#             ^^^^^^^^^^^^^^^^^^^^^^^^ command-line-in-one-entry
`);
  check('a label may hold an asterisk, a host name cannot', `
TaskTemplate:
  ContainerSpec: { Image: busy:1 }
  Placement:
    Constraints:
      - node.labels.zone==eu-*
#                         ^^^^ constraint-never-matches: \`*\` has no meaning in a constraint
      - node.hostname==web-*
#                      ^^^^^ constraint-never-matches: \`web-*\` is compared as it is
`);
  check('one node has room for one more task', `
TaskTemplate:
  ContainerSpec: { Image: busy:1 }
  Placement: { MaxReplicas: 2 }
Mode: { Replicated: { Replicas: 1 } }
UpdateConfig: { Parallelism: 1, Order: start-first }
`);
  check('a user of Windows is no entry of the image', `
TaskTemplate:
  ContainerSpec: { Image: busy:1, User: 'corp\\\\svc' }
`);
  check('a profile that is JSON but no object', `
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    Privileges:
      Seccomp: { Mode: custom, Profile: W10= }
#                                       ^^^^ seccomp-profile-not-json: \`Profile\` is base64 of JSON that is no object
`);
  check('a profile of nothing is an empty one', `
TaskTemplate:
  ContainerSpec:
    Image: busy:1
    Privileges:
      Seccomp: { Mode: custom, Profile: bnVsbA== }
#                                       ^^^^^^^^ seccomp-empty-profile: This \`Profile\` is \`null\`
`);
});
