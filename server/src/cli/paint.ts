import type { Severity } from '../finding';
import { withoutControls } from '../controls';

const COLORS = { error: '31;1', warning: '33;1', information: '36', hint: '36', dim: '2', bold: '1', removed: '31', added: '32' } as const satisfies Record<Severity, string> & Record<string, string>;

export interface Painter {
  readonly paint: (style: keyof typeof COLORS, text: string) => string;
  /** Sentences: what could be typed stands in backticks; on a terminal with colours it is bold instead. */
  readonly prose: (text: string) => string;
}

export function painter(color: boolean): Painter {
  const paint: Painter['paint'] = (style, text) => (color ? `\u001b[${COLORS[style]}m${text}\u001b[0m` : text);
  return {
    paint,
    prose: (text) => {
      const plain = withoutControls(text);
      return color ? plain.replaceAll(/`([^`]+)`/g, (_, code: string) => paint('bold', code)) : plain;
    },
  };
}
