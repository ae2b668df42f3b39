import * as assert from 'node:assert/strict';
import { check, findingsOf } from './support/marked';

describe('what looks wrong and is not', () => {
  const spec = (more: { container?: string; task?: string; rest?: string }) => `Name: a\nTaskTemplate:\n  ContainerSpec: { Image: "busy:1"${more.container ?? ''} }\n${more.task ?? ''}${more.rest ?? 'Mode: { Replicated: { Replicas: 1 } }\n'}`;
  /** How bad a rule finds a spec; undefined where it says nothing. */
  const severityOf = (rule: string, text: string) => findingsOf(text).find((finding) => finding.rule === rule)?.severity;

  it('a program in a directory with a space is no command line for sure, but one with a flag is', () => {
    assert.equal(severityOf('command-line-in-one-entry', spec({ container: ', Command: ["/opt/my app/run.sh"]' })), 'information');
    assert.equal(severityOf('command-line-in-one-entry', spec({ container: ', Command: ["/usr/bin/app --port 80"]' })), 'warning');
  });

  it('a label may hold an asterisk, a host name cannot', () => {
    assert.equal(severityOf('constraint-never-matches', spec({ task: '  Placement: { Constraints: ["node.labels.zone==eu-*"] }\n' })), 'information');
    assert.equal(severityOf('constraint-never-matches', spec({ task: '  Placement: { Constraints: ["node.hostname==web-*"] }\n' })), 'warning');
  });

  it('one node has room for one more task, if it may have two', () => {
    const order = (most: number) => spec({ task: `  Placement: { MaxReplicas: ${most} }\n`, rest: 'Mode: { Replicated: { Replicas: 1 } }\nUpdateConfig: { Parallelism: 1, Order: start-first }\n' });
    assert.equal(severityOf('start-first-with-max-replicas', order(2)), undefined);
    assert.equal(severityOf('start-first-with-max-replicas', order(1)), 'information');
  });

  it('a user of Windows is no entry of the image', () => {
    assert.equal(severityOf('user-by-name', spec({ container: ", User: 'corp\\svc'" })), undefined);
    assert.equal(severityOf('user-by-name', spec({ container: ', User: ContainerAdministrator' })), undefined);
    assert.equal(severityOf('user-by-name', spec({ container: ', User: app' })), 'hint');
  });

  check('what an asterisk means in a constraint is said where it stands', `
TaskTemplate:
  ContainerSpec: { Image: busy:1 }
  Placement:
    Constraints:
      - node.labels.zone==eu-*
#                         ^^^^ constraint-never-matches: \`*\` has no meaning in a constraint
      - node.hostname==web-*
#                      ^^^^^ constraint-never-matches: \`web-*\` is compared as it is
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
