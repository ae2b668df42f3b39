// Written by `npm run generate` from the files of this folder; do not edit.
import badConstraint from './badConstraint';
import badImage from './badImage';
import badLogOption from './badLogOption';
import badName from './badName';
import badNameserver from './badNameserver';
import badTemplate from './badTemplate';
import badUlimit from './badUlimit';
import capabilityAddedAndDropped from './capabilityAddedAndDropped';
import commandLineInOneEntry from './commandLineInOneEntry';
import configTarget from './configTarget';
import constraintNeverMatches from './constraintNeverMatches';
import credentialSpecConfig from './credentialSpecConfig';
import credentialSpecSource from './credentialSpecSource';
import duplicateFileTarget from './duplicateFileTarget';
import duplicateMountTarget from './duplicateMountTarget';
import duplicatePublishedPort from './duplicatePublishedPort';
import emptyCommand from './emptyCommand';
import emptyGroup from './emptyGroup';
import emptyPluginSpec from './emptyPluginSpec';
import envDuplicateName from './envDuplicateName';
import envNameTemplate from './envNameTemplate';
import envWithoutName from './envWithoutName';
import fileOwner from './fileOwner';
import genericResourceBothKinds from './genericResourceBothKinds';
import genericResourceWithoutSpec from './genericResourceWithoutSpec';
import healthTestKind from './healthTestKind';
import healthTestWithoutCommand from './healthTestWithoutCommand';
import hostNetworkConflict from './hostNetworkConflict';
import hostPortOnHostNetwork from './hostPortOnHostNetwork';
import hostnameTooLong from './hostnameTooLong';
import hostsAddress from './hostsAddress';
import hostsDropped from './hostsDropped';
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
import oomScoreOutOfRange from './oomScoreOutOfRange';
import platformSpelling from './platformSpelling';
import pluginWithMode from './pluginWithMode';
import portOutOfRange from './portOutOfRange';
import portWithoutTarget from './portWithoutTarget';
import predefinedNetwork from './predefinedNetwork';
import preferenceWithoutSpread from './preferenceWithoutSpread';
import relativeDir from './relativeDir';
import seccompNotApplied from './seccompNotApplied';
import seccompProfileNotJson from './seccompProfileNotJson';
import serviceNetworksIgnored from './serviceNetworksIgnored';
import severalModes from './severalModes';
import specTooLarge from './specTooLarge';
import startFirstWithHostPort from './startFirstWithHostPort';
import stopSignal from './stopSignal';
import sysctlNotNamespaced from './sysctlNotNamespaced';
import unknownCapability from './unknownCapability';
import unusedMountOptions from './unusedMountOptions';
import unusedRuntimeSpec from './unusedRuntimeSpec';
import type { Rule } from './rule';

export const RULES: readonly Rule[] = [
  badConstraint,
  badImage,
  badLogOption,
  badName,
  badNameserver,
  badTemplate,
  badUlimit,
  capabilityAddedAndDropped,
  commandLineInOneEntry,
  configTarget,
  constraintNeverMatches,
  credentialSpecConfig,
  credentialSpecSource,
  duplicateFileTarget,
  duplicateMountTarget,
  duplicatePublishedPort,
  emptyCommand,
  emptyGroup,
  emptyPluginSpec,
  envDuplicateName,
  envNameTemplate,
  envWithoutName,
  fileOwner,
  genericResourceBothKinds,
  genericResourceWithoutSpec,
  healthTestKind,
  healthTestWithoutCommand,
  hostNetworkConflict,
  hostPortOnHostNetwork,
  hostnameTooLong,
  hostsAddress,
  hostsDropped,
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
  oomScoreOutOfRange,
  platformSpelling,
  pluginWithMode,
  portOutOfRange,
  portWithoutTarget,
  predefinedNetwork,
  preferenceWithoutSpread,
  relativeDir,
  seccompNotApplied,
  seccompProfileNotJson,
  serviceNetworksIgnored,
  severalModes,
  specTooLarge,
  startFirstWithHostPort,
  stopSignal,
  sysctlNotNamespaced,
  unknownCapability,
  unusedMountOptions,
  unusedRuntimeSpec,
];
