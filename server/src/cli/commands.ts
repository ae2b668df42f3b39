import type { Command } from './command';

/** Every command; loaded when it is called, since start-up is most of what a small file costs. */
export const COMMANDS: Readonly<Record<string, () => Command>> = {
  validate: () => (require('./commands/validate') as typeof import('./commands/validate')).default,
  plan: () => (require('./commands/plan') as typeof import('./commands/plan')).default,
  apply: () => (require('./commands/apply') as typeof import('./commands/apply')).default,
  rules: () => (require('./commands/rules') as typeof import('./commands/rules')).default,
  explain: () => (require('./commands/explain') as typeof import('./commands/explain')).default,
  schema: () => (require('./commands/schema') as typeof import('./commands/schema')).default,
  completion: () => (require('./commands/completion') as typeof import('./commands/completion')).default,
  lsp: () => (require('./commands/lsp') as typeof import('./commands/lsp')).default,
};
