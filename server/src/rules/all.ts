// Written by `npm run generate` from the files of this folder; do not edit.
import badAlias from './badAlias';
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
import decimalFileMode from './decimalFileMode';
import duplicateFileTarget from './duplicateFileTarget';
import duplicateMountTarget from './duplicateMountTarget';
import duplicatePublishedPort from './duplicatePublishedPort';
import emptyCommand from './emptyCommand';
import emptyGroup from './emptyGroup';
import emptyPluginSpec from './emptyPluginSpec';
import envDuplicateName from './envDuplicateName';
import envNameTemplate from './envNameTemplate';
import envWithoutName from './envWithoutName';
import envWithoutValue from './envWithoutValue';
import failureActionNever from './failureActionNever';
import fileModeMissing from './fileModeMissing';
import fileOwner from './fileOwner';
import genericResourceBothKinds from './genericResourceBothKinds';
import genericResourceWithoutSpec from './genericResourceWithoutSpec';
import healthTestExtraWords from './healthTestExtraWords';
import healthTestKind from './healthTestKind';
import healthTestWithoutCommand from './healthTestWithoutCommand';
import hiddenFile from './hiddenFile';
import hostNetworkConflict from './hostNetworkConflict';
import hostPortOnHostNetwork from './hostPortOnHostNetwork';
import hostPortTwice from './hostPortTwice';
import hostnameTooLong from './hostnameTooLong';
import hostsAddress from './hostsAddress';
import hostsAliasDropped from './hostsAliasDropped';
import hostsDropped from './hostsDropped';
import imageIdAsName from './imageIdAsName';
import ingressInServiceNetworks from './ingressInServiceNetworks';
import ingressPortWithDnsrr from './ingressPortWithDnsrr';
import jobWithUpdateConfig from './jobWithUpdateConfig';
import jobWithoutTasks from './jobWithoutTasks';
import limitTooSmall from './limitTooSmall';
import manyReplicas from './manyReplicas';
import missingContainerSpec from './missingContainerSpec';
import missingName from './missingName';
import mountOptions from './mountOptions';
import mountSource from './mountSource';
import mountTarget from './mountTarget';
import mountTypeMissing from './mountTypeMissing';
import namedGenericResource from './namedGenericResource';
import networkTwice from './networkTwice';
import oomScoreOutOfRange from './oomScoreOutOfRange';
import parallelismMissing from './parallelismMissing';
import pidsNotLimited from './pidsNotLimited';
import platformSpelling from './platformSpelling';
import pluginWithMode from './pluginWithMode';
import portOutOfRange from './portOutOfRange';
import portWithoutTarget from './portWithoutTarget';
import predefinedNetwork from './predefinedNetwork';
import preferenceWithoutSpread from './preferenceWithoutSpread';
import relativeDir from './relativeDir';
import replicasMissing from './replicasMissing';
import reservationAboveLimit from './reservationAboveLimit';
import reservedLabel from './reservedLabel';
import rollbackRange from './rollbackRange';
import seccompEmptyProfile from './seccompEmptyProfile';
import seccompNotApplied from './seccompNotApplied';
import seccompProfileNotJson from './seccompProfileNotJson';
import serviceNetworksIgnored from './serviceNetworksIgnored';
import severalModes from './severalModes';
import specTooLarge from './specTooLarge';
import spreadDescriptor from './spreadDescriptor';
import startFirstWithHostPort from './startFirstWithHostPort';
import startIntervalUnused from './startIntervalUnused';
import stopGracePeriod from './stopGracePeriod';
import stopSignal from './stopSignal';
import sysctlNotNamespaced from './sysctlNotNamespaced';
import tinyDuration from './tinyDuration';
import tmpfsOptionUnknown from './tmpfsOptionUnknown';
import unknownCapability from './unknownCapability';
import unusedInMode from './unusedInMode';
import unusedMountOptions from './unusedMountOptions';
import unusedRuntimeSpec from './unusedRuntimeSpec';
import type { Rule } from './rule';

export const RULES: readonly Rule[] = [
  badAlias,
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
  decimalFileMode,
  duplicateFileTarget,
  duplicateMountTarget,
  duplicatePublishedPort,
  emptyCommand,
  emptyGroup,
  emptyPluginSpec,
  envDuplicateName,
  envNameTemplate,
  envWithoutName,
  envWithoutValue,
  failureActionNever,
  fileModeMissing,
  fileOwner,
  genericResourceBothKinds,
  genericResourceWithoutSpec,
  healthTestExtraWords,
  healthTestKind,
  healthTestWithoutCommand,
  hiddenFile,
  hostNetworkConflict,
  hostPortOnHostNetwork,
  hostPortTwice,
  hostnameTooLong,
  hostsAddress,
  hostsAliasDropped,
  hostsDropped,
  imageIdAsName,
  ingressInServiceNetworks,
  ingressPortWithDnsrr,
  jobWithUpdateConfig,
  jobWithoutTasks,
  limitTooSmall,
  manyReplicas,
  missingContainerSpec,
  missingName,
  mountOptions,
  mountSource,
  mountTarget,
  mountTypeMissing,
  namedGenericResource,
  networkTwice,
  oomScoreOutOfRange,
  parallelismMissing,
  pidsNotLimited,
  platformSpelling,
  pluginWithMode,
  portOutOfRange,
  portWithoutTarget,
  predefinedNetwork,
  preferenceWithoutSpread,
  relativeDir,
  replicasMissing,
  reservationAboveLimit,
  reservedLabel,
  rollbackRange,
  seccompEmptyProfile,
  seccompNotApplied,
  seccompProfileNotJson,
  serviceNetworksIgnored,
  severalModes,
  specTooLarge,
  spreadDescriptor,
  startFirstWithHostPort,
  startIntervalUnused,
  stopGracePeriod,
  stopSignal,
  sysctlNotNamespaced,
  tinyDuration,
  tmpfsOptionUnknown,
  unknownCapability,
  unusedInMode,
  unusedMountOptions,
  unusedRuntimeSpec,
];
