// Written by `npm run generate` from the files of this folder; do not edit.
import badConstraint from './badConstraint';
import badImage from './badImage';
import badName from './badName';
import badTemplate from './badTemplate';
import configTarget from './configTarget';
import credentialSpecConfig from './credentialSpecConfig';
import credentialSpecSource from './credentialSpecSource';
import duplicateFileTarget from './duplicateFileTarget';
import duplicateMountTarget from './duplicateMountTarget';
import duplicatePublishedPort from './duplicatePublishedPort';
import emptyGroup from './emptyGroup';
import emptyPluginSpec from './emptyPluginSpec';
import genericResourceBothKinds from './genericResourceBothKinds';
import genericResourceWithoutSpec from './genericResourceWithoutSpec';
import healthTestWithoutCommand from './healthTestWithoutCommand';
import ingressPortWithDnsrr from './ingressPortWithDnsrr';
import jobWithUpdateConfig from './jobWithUpdateConfig';
import manyReplicas from './manyReplicas';
import missingContainerSpec from './missingContainerSpec';
import pluginWithMode from './pluginWithMode';
import predefinedNetwork from './predefinedNetwork';
import preferenceWithoutSpread from './preferenceWithoutSpread';
import serviceNetworksIgnored from './serviceNetworksIgnored';
import severalModes from './severalModes';
import specTooLarge from './specTooLarge';
import unusedRuntimeSpec from './unusedRuntimeSpec';
import type { Rule } from './rule';

export const RULES: readonly Rule[] = [
  badConstraint,
  badImage,
  badName,
  badTemplate,
  configTarget,
  credentialSpecConfig,
  credentialSpecSource,
  duplicateFileTarget,
  duplicateMountTarget,
  duplicatePublishedPort,
  emptyGroup,
  emptyPluginSpec,
  genericResourceBothKinds,
  genericResourceWithoutSpec,
  healthTestWithoutCommand,
  ingressPortWithDnsrr,
  jobWithUpdateConfig,
  manyReplicas,
  missingContainerSpec,
  pluginWithMode,
  predefinedNetwork,
  preferenceWithoutSpread,
  serviceNetworksIgnored,
  severalModes,
  specTooLarge,
  unusedRuntimeSpec,
];
