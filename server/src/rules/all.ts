// Written by `npm run generate` from the files of this folder; do not edit.
import attemptsNeverReached from './attemptsNeverReached';
import badAlias from './badAlias';
import badConstraint from './badConstraint';
import badImage from './badImage';
import badLogOption from './badLogOption';
import badName from './badName';
import badNameserver from './badNameserver';
import badTemplate from './badTemplate';
import badUlimit from './badUlimit';
import capabilityAddedAndDropped from './capabilityAddedAndDropped';
import commandDropsArguments from './commandDropsArguments';
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
import emptyHealthTest from './emptyHealthTest';
import emptyPluginSpec from './emptyPluginSpec';
import engineSocketMounted from './engineSocketMounted';
import envDuplicateName from './envDuplicateName';
import envNameTemplate from './envNameTemplate';
import envShellSyntax from './envShellSyntax';
import envWithoutName from './envWithoutName';
import envWithoutValue from './envWithoutValue';
import exitZeroNotReplaced from './exitZeroNotReplaced';
import failureActionNever from './failureActionNever';
import fileModeMissing from './fileModeMissing';
import fileOwner from './fileOwner';
import floatingImageTag from './floatingImageTag';
import genericResourceBothKinds from './genericResourceBothKinds';
import genericResourceWithoutSpec from './genericResourceWithoutSpec';
import healthTestExtraWords from './healthTestExtraWords';
import healthTestKind from './healthTestKind';
import healthTestWithoutCommand from './healthTestWithoutCommand';
import hiddenFile from './hiddenFile';
import hostNetworkConflict from './hostNetworkConflict';
import hostPortOnHostNetwork from './hostPortOnHostNetwork';
import hostPortTwice from './hostPortTwice';
import hostPortWithReplicas from './hostPortWithReplicas';
import hostnameTooLong from './hostnameTooLong';
import hostsAddress from './hostsAddress';
import hostsAliasDropped from './hostsAliasDropped';
import hostsDropped from './hostsDropped';
import hugeDuration from './hugeDuration';
import imageIdAsName from './imageIdAsName';
import ingressInServiceNetworks from './ingressInServiceNetworks';
import ingressPortWithDnsrr from './ingressPortWithDnsrr';
import jobCountsMissing from './jobCountsMissing';
import jobRunsAgain from './jobRunsAgain';
import jobWithUpdateConfig from './jobWithUpdateConfig';
import jobWithoutTasks from './jobWithoutTasks';
import limitTooSmall from './limitTooSmall';
import manyReplicas from './manyReplicas';
import missingContainerSpec from './missingContainerSpec';
import missingName from './missingName';
import monitorTooShort from './monitorTooShort';
import mountOptions from './mountOptions';
import mountSource from './mountSource';
import mountTarget from './mountTarget';
import mountTypeMissing from './mountTypeMissing';
import namedGenericResource from './namedGenericResource';
import networkByName from './networkByName';
import networkTwice from './networkTwice';
import oomScoreOutOfRange from './oomScoreOutOfRange';
import parallelismAboveReplicas from './parallelismAboveReplicas';
import parallelismMissing from './parallelismMissing';
import pidsNotLimited from './pidsNotLimited';
import platformSpelling from './platformSpelling';
import pluginWithMode from './pluginWithMode';
import portOutOfRange from './portOutOfRange';
import portWithoutTarget from './portWithoutTarget';
import predefinedNetwork from './predefinedNetwork';
import preferenceWithoutSpread from './preferenceWithoutSpread';
import publishedPortMissing from './publishedPortMissing';
import relativeDir from './relativeDir';
import relativeFileName from './relativeFileName';
import replicasMissing from './replicasMissing';
import reservationAboveLimit from './reservationAboveLimit';
import reservedLabel from './reservedLabel';
import resolverSetting from './resolverSetting';
import restartConditionMissing from './restartConditionMissing';
import restartSettingUnused from './restartSettingUnused';
import rollbackRange from './rollbackRange';
import seccompEmptyProfile from './seccompEmptyProfile';
import seccompNotApplied from './seccompNotApplied';
import seccompProfileNotJson from './seccompProfileNotJson';
import secretInPlainText from './secretInPlainText';
import serviceNetworksIgnored from './serviceNetworksIgnored';
import severalModes from './severalModes';
import specTooLarge from './specTooLarge';
import spreadDescriptor from './spreadDescriptor';
import startFirstWithHostPort from './startFirstWithHostPort';
import startFirstWithMaxReplicas from './startFirstWithMaxReplicas';
import startIntervalUnused from './startIntervalUnused';
import startPeriodUnused from './startPeriodUnused';
import stopGracePeriod from './stopGracePeriod';
import stopSignal from './stopSignal';
import swapOutOfRange from './swapOutOfRange';
import swapWithoutMemoryLimit from './swapWithoutMemoryLimit';
import sysctlNotNamespaced from './sysctlNotNamespaced';
import sysctlValue from './sysctlValue';
import timeoutAboveInterval from './timeoutAboveInterval';
import tinyDuration from './tinyDuration';
import tinySize from './tinySize';
import tmpfsOptionUnknown from './tmpfsOptionUnknown';
import unknownCapability from './unknownCapability';
import unlimitedRestarts from './unlimitedRestarts';
import unusedInMode from './unusedInMode';
import unusedMountOptions from './unusedMountOptions';
import unusedRuntimeSpec from './unusedRuntimeSpec';
import updateDelayUnused from './updateDelayUnused';
import userByName from './userByName';
import userIdOutOfRange from './userIdOutOfRange';
import windowsOnlySetting from './windowsOnlySetting';
import clusterVolumeMissing from './live/clusterVolumeMissing';
import cpuLimitAboveNode from './live/cpuLimitAboveNode';
import digestDropped from './live/digestDropped';
import digestLookup from './live/digestLookup';
import erasedFromLive from './live/erasedFromLive';
import forceUpdateFallsBack from './live/forceUpdateFallsBack';
import genericResourceUnknown from './live/genericResourceUnknown';
import hostPortInUse from './live/hostPortInUse';
import ingressNetworkMissing from './live/ingressNetworkMissing';
import jobRunsNow from './live/jobRunsNow';
import maxReplicasBelowNeed from './live/maxReplicasBelowNeed';
import modeChanged from './live/modeChanged';
import nameTaken from './live/nameTaken';
import networkNotFound from './live/networkNotFound';
import networkNotSwarmScoped from './live/networkNotSwarmScoped';
import noNodeMatches from './live/noNodeMatches';
import placementRemoved from './live/placementRemoved';
import platformsDropped from './live/platformsDropped';
import pluginMissingOnNodes from './live/pluginMissingOnNodes';
import pluginNeedsExperimental from './live/pluginNeedsExperimental';
import portInUse from './live/portInUse';
import portsUnpublished from './live/portsUnpublished';
import referenceNotFound from './live/referenceNotFound';
import reservationAboveNodes from './live/reservationAboveNodes';
import restartWithoutChange from './live/restartWithoutChange';
import rolloutUnderWay from './live/rolloutUnderWay';
import scaledSince from './live/scaledSince';
import serviceNetworksChanged from './live/serviceNetworksChanged';
import serviceRenamed from './live/serviceRenamed';
import stackService from './live/stackService';
import stillFails from './live/stillFails';
import type { LiveRule } from './liveRule';
import type { Rule } from './rule';

export const RULES: readonly Rule[] = [
  attemptsNeverReached,
  badAlias,
  badConstraint,
  badImage,
  badLogOption,
  badName,
  badNameserver,
  badTemplate,
  badUlimit,
  capabilityAddedAndDropped,
  commandDropsArguments,
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
  emptyHealthTest,
  emptyPluginSpec,
  engineSocketMounted,
  envDuplicateName,
  envNameTemplate,
  envShellSyntax,
  envWithoutName,
  envWithoutValue,
  exitZeroNotReplaced,
  failureActionNever,
  fileModeMissing,
  fileOwner,
  floatingImageTag,
  genericResourceBothKinds,
  genericResourceWithoutSpec,
  healthTestExtraWords,
  healthTestKind,
  healthTestWithoutCommand,
  hiddenFile,
  hostNetworkConflict,
  hostPortOnHostNetwork,
  hostPortTwice,
  hostPortWithReplicas,
  hostnameTooLong,
  hostsAddress,
  hostsAliasDropped,
  hostsDropped,
  hugeDuration,
  imageIdAsName,
  ingressInServiceNetworks,
  ingressPortWithDnsrr,
  jobCountsMissing,
  jobRunsAgain,
  jobWithUpdateConfig,
  jobWithoutTasks,
  limitTooSmall,
  manyReplicas,
  missingContainerSpec,
  missingName,
  monitorTooShort,
  mountOptions,
  mountSource,
  mountTarget,
  mountTypeMissing,
  namedGenericResource,
  networkByName,
  networkTwice,
  oomScoreOutOfRange,
  parallelismAboveReplicas,
  parallelismMissing,
  pidsNotLimited,
  platformSpelling,
  pluginWithMode,
  portOutOfRange,
  portWithoutTarget,
  predefinedNetwork,
  preferenceWithoutSpread,
  publishedPortMissing,
  relativeDir,
  relativeFileName,
  replicasMissing,
  reservationAboveLimit,
  reservedLabel,
  resolverSetting,
  restartConditionMissing,
  restartSettingUnused,
  rollbackRange,
  seccompEmptyProfile,
  seccompNotApplied,
  seccompProfileNotJson,
  secretInPlainText,
  serviceNetworksIgnored,
  severalModes,
  specTooLarge,
  spreadDescriptor,
  startFirstWithHostPort,
  startFirstWithMaxReplicas,
  startIntervalUnused,
  startPeriodUnused,
  stopGracePeriod,
  stopSignal,
  swapOutOfRange,
  swapWithoutMemoryLimit,
  sysctlNotNamespaced,
  sysctlValue,
  timeoutAboveInterval,
  tinyDuration,
  tinySize,
  tmpfsOptionUnknown,
  unknownCapability,
  unlimitedRestarts,
  unusedInMode,
  unusedMountOptions,
  unusedRuntimeSpec,
  updateDelayUnused,
  userByName,
  userIdOutOfRange,
  windowsOnlySetting,
];

export const LIVE_RULES: readonly LiveRule[] = [
  clusterVolumeMissing,
  cpuLimitAboveNode,
  digestDropped,
  digestLookup,
  erasedFromLive,
  forceUpdateFallsBack,
  genericResourceUnknown,
  hostPortInUse,
  ingressNetworkMissing,
  jobRunsNow,
  maxReplicasBelowNeed,
  modeChanged,
  nameTaken,
  networkNotFound,
  networkNotSwarmScoped,
  noNodeMatches,
  placementRemoved,
  platformsDropped,
  pluginMissingOnNodes,
  pluginNeedsExperimental,
  portInUse,
  portsUnpublished,
  referenceNotFound,
  reservationAboveNodes,
  restartWithoutChange,
  rolloutUnderWay,
  scaledSince,
  serviceNetworksChanged,
  serviceRenamed,
  stackService,
  stillFails,
];
