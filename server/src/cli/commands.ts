import type { Command } from './command';

/** Every command; loaded when it is called, since start-up is most of what a small file costs. */
export const COMMANDS: Readonly<Record<string, () => Command>> = {
  validate: () => (require('./commands/validate') as typeof import('./commands/validate')).default,
  plan: () => (require('./commands/plan') as typeof import('./commands/plan')).default,
  apply: () => (require('./commands/apply') as typeof import('./commands/apply')).default,
  rollback: () => (require('./commands/rollback') as typeof import('./commands/rollback')).default,
  pull: () => (require('./commands/pull') as typeof import('./commands/pull')).default,
  drift: () => (require('./commands/drift') as typeof import('./commands/drift')).default,
  history: () => (require('./commands/history') as typeof import('./commands/history')).default,
  fmt: () => (require('./commands/fmt') as typeof import('./commands/fmt')).default,
  convert: () => (require('./commands/convert') as typeof import('./commands/convert')).default,
  rules: () => (require('./commands/rules') as typeof import('./commands/rules')).default,
  explain: () => (require('./commands/explain') as typeof import('./commands/explain')).default,
  schema: () => (require('./commands/schema') as typeof import('./commands/schema')).default,
  completion: () => (require('./commands/completion') as typeof import('./commands/completion')).default,
  lsp: () => (require('./commands/lsp') as typeof import('./commands/lsp')).default,
};
