/** What a real engine makes of a document: it refuses it, takes and keeps it, takes it and loses or changes something, or its handler panics. */
export type Verdict = 'refused' | 'taken' | 'lost' | 'crash';

export interface OddSpec {
  readonly text: string;
  readonly is: Verdict;
}

const IMAGE = '"ContainerSpec":{"Image":"busy:1"}';
const task = (inside: string) => `{"Name":"odd","TaskTemplate":{${IMAGE},${inside}}}`;
const container = (inside: string) => `{"Name":"odd","TaskTemplate":{"ContainerSpec":{"Image":"busy:1",${inside}}}}`;
const service = (inside: string) => `{"Name":"odd","TaskTemplate":{${IMAGE}},${inside}}`;
const env = (text: string) => container(`"Env":[${JSON.stringify(text)}]`);
const plugin = (inside: string, spec = '') => `{"Name":"odd","TaskTemplate":{"Runtime":"plugin","PluginSpec":{"name":"a","remote":"b"${spec}}${inside}},"Mode":{"Global":{}}}`;

const all = (is: Verdict, ...texts: string[]): OddSpec[] => texts.map((text) => ({ text, is }));

/** Specs that nobody writes on purpose, each tried on engine 28.5: what Go's decoder makes of numbers and of keys given twice, and what is never looked at. */
export const ODD_SPECS: readonly OddSpec[] = [
  // minus zero is a signed integer
  ...all('taken', container('"StopGracePeriod":-0'), container('"OomScoreAdj":-0'), task('"Resources":{"Limits":{"NanoCPUs":-0}}'), service('"UpdateConfig":{"Parallelism":1,"Delay":-0}')),
  ...all('refused', task('"ForceUpdate":-0'), service('"EndpointSpec":{"Ports":[{"TargetPort":80,"PublishedPort":-0}]}')),
  // a ratio has 32 bits, and is taken where it is in range with these
  ...all('taken', ...['0.1', '0.25', '1', '0.05', '1e-3', '0.123456789', '1.00000005', '-1e-46'].map((ratio) => service(`"UpdateConfig":{"Parallelism":1,"MaxFailureRatio":${ratio}}`))),
  ...all('refused', service('"UpdateConfig":{"Parallelism":1,"MaxFailureRatio":1.0000001}')),
  // of a key given twice, the first value is decoded too
  ...all(
    'refused',
    task('"ForceUpdate":-1,"ForceUpdate":1'), task('"ForceUpdate":18446744073709551616,"ForceUpdate":1'), container('"StopGracePeriod":9223372036854775808,"StopGracePeriod":1000000000'),
    service('"EndpointSpec":{"Ports":[{"TargetPort":-1,"TargetPort":80}]}'), service('"UpdateConfig":{"MaxFailureRatio":1e39,"MaxFailureRatio":0.5}'), service('"UpdateConfig":{"Parallelism":-1},"UpdateConfig":null'),
    container('"Privileges":{"Seccomp":{"Mode":"custom","Profile":"x","Profile":"e30="}}'), service('"UpdateConfig":{"Parallelism":-1,"parallelism":1}'),
  ),
  // what is replaced is only decoded, also where it is spelled in another letter case
  ...all(
    'lost',
    service('"UpdateConfig":{"Order":"bad","order":"stop-first","Parallelism":1}'), service('"UpdateConfig":{"order":"bad","Order":"stop-first","Parallelism":1}'), service('"UpdateConfig":{"Delay":-1},"updateconfig":{"Delay":1,"Parallelism":1}'),
    task('"Networks":[{}],"networks":[]'), task('"placement":{"Constraints":["a=b"]},"Placement":null'), service('"EndpointSpec":{"Mode":"bad"},"endpointspec":{"Mode":"vip"}'),
    `{"Name":"odd","TaskTemplate":{${IMAGE}},"TaskTemplate":null}`, `{"Name":"odd","TaskTemplate":{${IMAGE}},"tasktemplate":null}`,
  ),
  ...all('refused', service('"UpdateConfig":{"Order":"stop-first","order":"bad"}'), service('"Mode":{"Replicated":{"Replicas":1}},"mode":{"Global":{}}')),
  // of a list given twice, what an item of the first had shines through the item of the second
  ...all(
    'lost',
    container('"Mounts":[{"Type":"volume","Source":"v","Target":"/a","ReadOnly":true}],"Mounts":[{"Target":"/b"}]'), container('"Mounts":[{"Type":"volume","Source":"v","Target":"/a"}],"mounts":[null,{"Type":"volume","Target":"/b"}]'),
    container('"Ulimits":[{"Name":"nofile","Soft":10,"Hard":20}],"Ulimits":[{"Name":"core"}]'), task('"Placement":{"Preferences":[{"Spread":{"SpreadDescriptor":"node.labels.a"}}],"Preferences":[{}]}'),
    service('"EndpointSpec":{"Ports":[{"TargetPort":80,"PublishedPort":80}],"Ports":[{"Protocol":"udp"}]}'), container('"Env":["A=1"],"Env":[null]'),
  ),
  ...all('lost', container('"Mounts":[{"Type":"volume","Target":"/a"}],"Mounts":[],"Mounts":[{"Target":"/b"}]'), container('"Mounts":[{"Type":"tmpfs","Target":"/a"}],"Mounts":[{"Source":"v"}]')),
  ...all('refused', task('"Networks":[{"Target":"ingress"}],"Networks":[{"Aliases":["a"]}]')),
  ...all('crash', container('"Ulimits":[{"Name":"nofile","Soft":10,"Hard":20}],"Ulimits":[null]')),
  // every value that a later one replaces is decoded, whatever comes in between
  ...all(
    'refused',
    container('"TTY":true,"TTY":"x","TTY":false'), service('"Labels":{"a":"1"},"Labels":[],"Labels":null'), task('"RestartPolicy":{"Delay":0,"Delay":"5s"},"RestartPolicy":null'), container('"Env":["a",5],"Env":["b"]'),
  ),
  // a list that was longer before leaves something behind for the next
  ...all('lost', container('"Mounts":[{"Type":"volume","Target":"/a"},{"Type":"volume","Target":"/b"}],"Mounts":[{"Target":"/c"}],"Mounts":[{"Target":"/d"},{"Target":"/e"}]')),
  ...all('crash', plugin('', ',"privileges":[{}],"privileges":[null]')),
  // what is thrown away whole need not be right, but is lost
  ...all('lost', ...['{"Foo":1}', '{"Imge":"x"}', '{"Mounts":[{"Type":"bogus"}]}', '{"Healthcheck":{"Interval":1}}', '{"Secrets":[{"SecretName":"x"}]}', '{"Isolation":"foo"}'].map((spec) => plugin(`,"ContainerSpec":${spec}`))),
  ...all('taken', ...['{"Image":"","TTY":false,"Env":[""]}', '{"Secrets":[null]}'].map((spec) => plugin(`,"ContainerSpec":${spec}`)), ...['{"disabled":false}', '{"name":""}', '{"privileges":[null]}'].map((spec) => task(`"PluginSpec":${spec}`))),
  // a text that reads as zero, or holds white space alone, is a text
  ...all('lost', ...['{"Image":"0"}', '{"Image":" "}', '{"User":"0"}', '{"Args":["00"]}', '{"Env":["\\n"]}', '{"Secrets":[{"File":{"UID":"0"}}]}'].map((spec) => plugin(`,"ContainerSpec":${spec}`)), ...['{"name":"0"}', '{"env":[" "]}', '{"privileges":[{"value":["0x0"]}]}'].map((spec) => task(`"PluginSpec":${spec}`))),
  ...all('lost', task('"Resources":{"Reservations":{"GenericResources":[{"NamedResourceSpec":{"Value":"0"},"DiscreteResourceSpec":{"Kind":"gpu","Value":1}}]}}')),
  ...all('taken', task('"Resources":{"Reservations":{"GenericResources":[{"NamedResourceSpec":{"Kind":"","Value":""},"DiscreteResourceSpec":{"Kind":"gpu","Value":1}}]}}')),
  ...all('taken', plugin(',"ContainerSpec":{"Secrets":[{"SecretID":"","SecretName":""}]}')),
  // line breaks in base64 are skipped, and nothing is left
  ...all('lost', ...['custom', 'default', ''].map((mode) => container(`"Privileges":{"Seccomp":{"Mode":"${mode}","Profile":"\\n"}}`))),
  // the list of networks on the service is not looked at next to that of the task
  ...all('refused', service('"Networks":[{}]'), `{"Name":"odd","TaskTemplate":{${IMAGE},"Networks":[]},"Networks":[{}]}`),
  // words are compared in the upper case of Go
  ...all('taken', service('"EndpointSpec":{"Ports":[{"Protocol":"UDP","TargetPort":80}]}')),
  ...all('refused', service('"EndpointSpec":{"Mode":"dnsrr","Ports":[{"PublishMode":"ho\ufb06","TargetPort":80,"PublishedPort":80}]}'), container('"Mounts":[{"Type":"clu\ufb06er","Target":"/a"}]')),
  ...all('lost', service('"EndpointSpec":{"Mode":"dnsrr","Ports":[{"PublishMode":"ho\u017ft","TargetPort":80,"PublishedPort":80}]}'), container('"Mounts":[{"Type":"b\u0131nd","Source":"/a","Target":"/a"}]')),
  ...all('refused', service('"EndpointSpec":{"Ports":[{"Protocol":"\u017fctp","TargetPort":80,"PublishedPort":80},{"Protocol":"sctp","TargetPort":81,"PublishedPort":80}]}')),
  // the decoder goes 10,000 levels deep
  ...all('lost', service(`"X":${'['.repeat(9000)}${']'.repeat(9000)}`), service(`"X":${'{"a":'.repeat(900)}1${'}'.repeat(900)}`)),
  ...all('refused', service(`"X":${'['.repeat(11000)}${']'.repeat(11000)}`), service(`"X":${'['.repeat(900)}1,,2${']'.repeat(900)}`), service(`"X":${'['.repeat(900)}${']'.repeat(899)}`)),
  // plugins
  ...all('crash', plugin('', ',"privileges":[null]'), plugin('', ',"privileges":[{"name":"x"},null]')),
  ...all('lost', plugin(',"Resources":{"Limits":{"Pids":1}}'), plugin(',"ContainerSpec":{"Image":"A:1:2"}'), plugin(',"ContainerSpec":{"Image":"busy:1","Mounts":[{"Type":"x"}]}'), plugin(',"ContainerSpec":{"Image":"busy:1","Env":["A={{"]}')),
  ...all('taken', plugin(',"ContainerSpec":{}')),
  ...all('refused', plugin(',"ContainerSpec":{"Image":5}')),
  // numbers and escapes of templates
  ...all('refused', ...['{{08}}', '{{019}}', '{{-08}}', '{{0_8}}', '{{1_}}', '{{1__0}}', '{{1e400}}', '{{\\"\\\\ud800\\"}}', '{{\\"\\\\U00110000\\"}}'].map((text) => container(`"Env":["A=${text}"]`))),
  ...all('taken', ...['{{07}}', '{{1_0}}', '{{0x_f}}', '{{1e3}}', '{{\\"\\\\u00e9\\"}}'].map((text) => container(`"Env":["A=${text}"]`))),
  // comparisons end at the first that is equal; structs of any kind can be compared unless the second holds the labels
  ...all('refused', ...['{{eq "a" "b" 1}}', '{{eq .Task .Service}}', '{{eq . .Task}}', '{{eq .Service.Labels .Task}}', '{{if eq .Service.Labels nil}}{{.Nope}}{{end}}', '{{range $i, $v := 2}}{{end}}', '{{if 1i}}{{.Nope}}{{end}}', '{{if eq 1i 1i}}{{.Nope}}{{end}}', '{{if eq \'\\n\' 10}}{{.Nope}}{{end}}'].map((text) => env(`A=${text}`))),
  ...all('taken', ...['{{eq "a" "a" 1}}', '{{eq .Service .Task}}', '{{ne .Node .Node.Platform}}', '{{eq . .}}', '{{eq .Service.Labels .Service.Labels}}', '{{range $i := index "a" 0}}{{end}}', '{{if 0x0p5i}}{{.Nope}}{{end}}', '{{if eq .Task .Node}}{{.Nope}}{{end}}'].map((text) => env(`A=${text}`))),
  // fields of the API description that the engine has never heard of
  ...all('lost', task('"Resources":{"Limits":{"GenericResources":5}}'), task('"Resources":{"SwapBytes":"1g"}'), plugin('', ',"PluginPrivilege":"x"')),
  ...all('refused', task('"Networks":[{"Target":"docker_gwbridge"}]')),
];
