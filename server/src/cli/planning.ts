import { planUpdate, type PlanOptions, type PlanOutcome } from '../apply/plan';
import type { Syntax } from '../document/document';
import { specsIn } from '../document/shape';
import { isObject, type SpecObject } from '../document/value';
import type { Engine, EngineInfo } from '../engine/engine';
import { apiProblem } from '../engine/negotiate';
import type { ApiVersion } from '../facts/types';
import { isAboutWhatIsSent, validate } from '../features/validate';
import { type Arguments, type OptionRow, type Terminal, UsageError } from './command';
import { apiOption } from './commands/validate';
import { readInputs } from './files';
import { FileOptions } from './options';
import { textPrinter } from './printers/text';
import { toReport } from './report';

export interface PlannedInput {
  readonly path: string;
  readonly spec: SpecObject;
  readonly api: ApiVersion;
  readonly syntax: Syntax;
  readonly outcome: PlanOutcome;
  /** Why this spec is not applied, whatever the plan says. */
  readonly blocked?: string;
}

/** Whether the engine is asked to check updates without storing them. */
export const DRY_RUN_OPTION: OptionRow = {
  name: 'dry-run', value: 'WHERE', doc: 'server (default) has the engine check the update without storing it; none does not ask.', words: ['server', 'none'], example: '--dry-run none',
};

export function dryRunOption(value: Arguments['values'][string]): 'server' | 'none' {
  if (value !== undefined && value !== 'server' && value !== 'none') throw new UsageError('`--dry-run` takes server or none.');
  return value ?? 'server';
}

/** Checks and plans every spec of the files. Findings are printed to the error stream as they come. */
export async function* planInputs(
  paths: readonly string[], values: Arguments['values'], terminal: Terminal, engine: Engine, info: EngineInfo, planOptions: Omit<PlanOptions, 'api'> = {},
): AsyncGenerator<PlannedInput> {
  const flag = apiOption(values.api);
  const options = new FileOptions({ api: flag }, terminal, info);
  const printer = textPrinter(terminal.color);
  for (const { path, file } of readInputs(paths, terminal)) {
    const chosen = options.of(path);
    const { target } = chosen;
    const findings = validate(file, chosen).filter(isAboutWhatIsSent);
    const loud = findings.filter(({ severity, effect }) => severity === 'error' || severity === 'warning' || effect === 'never-runs');
    if (loud.length > 0) terminal.err(printer.file(toReport({ path, file, findings: loud, target: target(file.documents[0].document) })));
    for (const { document, index } of file.documents) {
      const errors = findings.filter((finding) => finding.document === index && finding.severity === 'error').length;
      const { api, as } = target(document);
      const { syntax } = document;
      for (const { value } of specsIn(document)) {
        if (as) {
          yield { path, spec: {}, api, syntax, outcome: { kind: 'unnamed' }, blocked: 'this is a fragment, and only a whole spec can be applied.' };
        } else if (!isObject(value) || errors > 0) {
          yield { path, spec: {}, api, syntax, outcome: { kind: 'unnamed' }, blocked: `${errors} error${errors === 1 ? '' : 's'}; a spec with errors is not applied.` };
        } else if (apiProblem(api, info)) {
          yield { path, spec: value, api, syntax, outcome: { kind: 'unnamed' }, blocked: apiProblem(api, info) };
        } else {
          yield { path, spec: value, api, syntax, outcome: await planUpdate(value, engine, { ...planOptions, severity: chosen.severity, api }) };
        }
      }
    }
  }
}
