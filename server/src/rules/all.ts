// Written by `npm run generate` from the files of this folder; do not edit.
import ingressPortWithDnsrr from './ingressPortWithDnsrr';
import missingContainerSpec from './missingContainerSpec';
import severalModes from './severalModes';
import type { Rule } from './rule';

export const RULES: readonly Rule[] = [
  ingressPortWithDnsrr,
  missingContainerSpec,
  severalModes,
];
