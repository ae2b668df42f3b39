/** Terminal output as HTML: colours and weights become spans, everything else that is not text goes. */

const PALETTE = ['#24292e', '#c62828', '#1b7f37', '#946200', '#0b5cad', '#8250a8', '#0f7a85', '#6e7781',
  '#57606a', '#d73a49', '#22863a', '#b08800', '#0366d6', '#a040c0', '#1b9aaa', '#8c959f'];   // readable on white

/** The output of a program in the colours of a light terminal. Knows SGR (`ESC [ … m`); a lone CR starts the line anew. */
export function ansiToHtml(text) {
  let style = {};
  let html = '';
  for (const part of withoutOverwritten(text).split(/(\x1b\[[\d;:]*m)/)) {
    const codes = /^\x1b\[([\d;:]*)m$/.exec(part);
    if (codes) style = restyle(style, codes[1].split(/[;:]/).map(Number));
    else html += span(escapeHtml(withoutControls(part)), style);
  }
  return html;
}

export function escapeHtml(text) {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}

function span(text, style) {
  if (!text) return '';
  const { bold, dim, italic, underline, strike, inverse, color, background } = style;
  const [front, back] = inverse ? [background ?? '#fbfbfb', color ?? '#24292e'] : [color, background];
  const lines = [underline && 'underline', strike && 'line-through'].filter(Boolean).join(' ');
  const css = [bold && 'font-weight:bold', dim && 'opacity:.65', italic && 'font-style:italic',
    lines && `text-decoration:${lines}`, front && `color:${front}`, back && `background:${back}`].filter(Boolean);
  return css.length > 0 ? `<span style="${css.join(';')}">${text}</span>` : text;
}

function restyle(before, codes) {
  let style = { ...before };
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) style = {};
    else if (code === 1) style.bold = true;
    else if (code === 2) style.dim = true;
    else if (code === 3) style.italic = true;
    else if (code === 4) style.underline = true;
    else if (code === 7) style.inverse = true;
    else if (code === 9) style.strike = true;
    else if (code === 22) style.bold = style.dim = false;
    else if (code === 23) style.italic = false;
    else if (code === 24) style.underline = false;
    else if (code === 27) style.inverse = false;
    else if (code === 29) style.strike = false;
    else if (code === 39) style.color = undefined;
    else if (code === 49) style.background = undefined;
    else if (code >= 30 && code <= 37) style.color = PALETTE[code - 30];
    else if (code >= 90 && code <= 97) style.color = PALETTE[code - 82];
    else if (code >= 40 && code <= 47) style.background = PALETTE[code - 40];
    else if (code >= 100 && code <= 107) style.background = PALETTE[code - 92];
    else if (code === 38 || code === 48) {
      const [color, used] = extendedColor(codes.slice(i + 1));
      style[code === 38 ? 'color' : 'background'] = color;
      i += used;
    }
  }
  return style;
}

/** The colour after 38 or 48, `5;n` or `2;r;g;b`, and how many codes it took. */
function extendedColor([form, ...rest]) {
  if (form === 2) return [`rgb(${rest.slice(0, 3).join(',')})`, 4];
  if (form !== 5) return [undefined, 0];
  const n = rest[0];
  if (n < 16) return [PALETTE[n], 2];
  if (n >= 232) return [`rgb(${Array(3).fill(8 + (n - 232) * 10).join(',')})`, 2];
  const level = step => (step === 0 ? 0 : 55 + step * 40);
  return [`rgb(${[Math.floor((n - 16) / 36), Math.floor((n - 16) / 6) % 6, (n - 16) % 6].map(level).join(',')})`, 2];
}

/** A progress line that rewrites itself ends as what it said last. */
function withoutOverwritten(text) {
  return text.replace(/\r\n/g, '\n').replace(/^.*\r(?=.)/gm, '');
}

/** Cursor movements, titles and hyperlinks (OSC) have no place in a picture; the text of a link stays. */
function withoutControls(text) {
  return text.replace(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g, '').replace(/\x1b\[[\d;?]*[A-Za-z]/g, '').replace(/[\x00-\x08\x0b-\x1f]/g, '');
}
