// Written by `npm run generate` from the files of this folder; do not edit.
import badConstraint from './badConstraint';
import badImage from './badImage';
import badName from './badName';
import badTemplate from './badTemplate';
import commandLineInOneEntry from './commandLineInOneEntry';
import configTarget from './configTarget';
import constraintNeverMatches from './constraintNeverMatches';
import credentialSpecConfig from './credentialSpecConfig';
import credentialSpecSource from './credentialSpecSource';
import duplicateFileTarget from './duplicateFileTarget';
import duplicateMountTarget from './duplicateMountTarget';
import duplicatePublishedPort from './duplicatePublishedPort';
import emptyGroup from './emptyGroup';
import emptyPluginSpec from './emptyPluginSpec';
import fileOwner from './fileOwner';
import genericResourceBothKinds from './genericResourceBothKinds';
import genericResourceWithoutSpec from './genericResourceWithoutSpec';
import healthTestKind from './healthTestKind';
import healthTestWithoutCommand from './healthTestWithoutCommand';
import hostNetworkConflict from './hostNetworkConflict';
import hostPortOnHostNetwork from './hostPortOnHostNetwork';
import imageIdAsName from './imageIdAsName';
import ingressInServiceNetworks from './ingressInServiceNetworks';
import ingressPortWithDnsrr from './ingressPortWithDnsrr';
import jobWithUpdateConfig from './jobWithUpdateConfig';
import jobWithoutTasks from './jobWithoutTasks';
import limitTooSmall from './limitTooSmall';
import manyReplicas from './manyReplicas';
import missingContainerSpec from './missingContainerSpec';
import mountOptions from './mountOptions';
import mountSource from './mountSource';
import mountTarget from './mountTarget';
import namedGenericResource from './namedGenericResource';
import pluginWithMode from './pluginWithMode';
import portOutOfRange from './portOutOfRange';
import portWithoutTarget from './portWithoutTarget';
import predefinedNetwork from './predefinedNetwork';
import preferenceWithoutSpread from './preferenceWithoutSpread';
import serviceNetworksIgnored from './serviceNetworksIgnored';
import severalModes from './severalModes';
import specTooLarge from './specTooLarge';
import startFirstWithHostPort from './startFirstWithHostPort';
import unusedMountOptions from './unusedMountOptions';
import unusedRuntimeSpec from './unusedRuntimeSpec';
import type { Rule } from './rule';

export const RULES: readonly Rule[] = [
  badConstraint,
  badImage,
  badName,
  badTemplate,
  commandLineInOneEntry,
  configTarget,
  constraintNeverMatches,
  credentialSpecConfig,
  credentialSpecSource,
  duplicateFileTarget,
  duplicateMountTarget,
  duplicatePublishedPort,
  emptyGroup,
  emptyPluginSpec,
  fileOwner,
  genericResourceBothKinds,
  genericResourceWithoutSpec,
  healthTestKind,
  healthTestWithoutCommand,
  hostNetworkConflict,
  hostPortOnHostNetwork,
  imageIdAsName,
  ingressInServiceNetworks,
  ingressPortWithDnsrr,
  jobWithUpdateConfig,
  jobWithoutTasks,
  limitTooSmall,
  manyReplicas,
  missingContainerSpec,
  mountOptions,
  mountSource,
  mountTarget,
  namedGenericResource,
  pluginWithMode,
  portOutOfRange,
  portWithoutTarget,
  predefinedNetwork,
  preferenceWithoutSpread,
  serviceNetworksIgnored,
  severalModes,
  specTooLarge,
  startFirstWithHostPort,
  unusedMountOptions,
  unusedRuntimeSpec,
];
